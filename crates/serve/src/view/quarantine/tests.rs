use super::*;

#[test]
fn the_download_keeps_the_columns_and_runs_no_formula() {
    let row = |cells: &[&str]| QuarantinedRow {
        row: 12,
        offset: 0,
        len: 9,
        code: "read.ragged_row".to_owned(),
        message: "too many cells".to_owned(),
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
    };
    let headers = ["Name".to_owned(), "Phone, mobile".to_owned()];
    let text = csv(&headers, &[row(&["=1+1", "+33 6", "say \"hi\""]), row(&["@x", "a\nb"])]);
    assert_eq!(
        text,
        "Name,\"Phone, mobile\",,_line,_errors\r\n\
         '=1+1,'+33 6,\"say \"\"hi\"\"\",12,read.ragged_row: too many cells\r\n\
         '@x,\"a\nb\",,12,read.ragged_row: too many cells\r\n"
    );
}
