use velocity_model::blob_id;

use super::*;
use crate::properties::WIDEST;

fn place(row: u64) -> Place {
    Place { row, offset: 0, len: 1 }
}

fn cells(cells: &[(&str, &str)]) -> Vec<(String, String)> {
    cells.iter().map(|(header, value)| ((*header).to_owned(), (*value).to_owned())).collect()
}

fn finish(table: PropertyTable) -> Staged {
    table.finish(blob_id(b""), TableFormat::VCard, &Detected::UTF_8)
}

#[test]
fn headers_stand_as_they_are_first_seen() {
    let mut table = PropertyTable::default();
    table.push(place(1), cells(&[("FN", "Ana"), ("TEL", "1")]));
    table.push(place(2), cells(&[("EMAIL", "b@mail.example"), ("FN", "Ben"), ("FN", "Benno")]));
    let staged = finish(table);
    assert_eq!(staged.table.headers, ["FN", "TEL", "EMAIL"]);
    assert_eq!(staged.column(0), ["Ana", "Ben ::: Benno"]);
    assert_eq!(staged.column(2), ["", "b@mail.example"]);
}

#[test]
fn a_table_never_grows_as_wide_as_its_rows_would_have_it() {
    let mut table = PropertyTable::default();
    for row in 0..3_000 {
        table.push(place(row), vec![("FN".to_owned(), "Ana".to_owned()), (format!("X-{row}"), "x".to_owned())]);
    }
    let staged = finish(table);
    assert_eq!(staged.table.headers.len(), WIDEST + 1);
    assert_eq!(staged.column(WIDEST)[2_999], "X-2999: x");
    assert_eq!(staged.table.issues[0].code, "read.too_many_columns");
}

#[test]
fn what_is_odd_is_told_once_and_counted() {
    let mut table = PropertyTable::default();
    table.push(place(1), cells(&[("FN", "Ana")]));
    for row in [4, 9] {
        table.count(row, 2, Severity::Note, "read.odd", "values are odd; look at them");
    }
    let staged = finish(table);
    let issue = &staged.table.issues[0];
    assert_eq!((issue.row, issue.message.as_str()), (Some(4), "4 values are odd; look at them"));
}

#[test]
fn a_row_with_a_nul_byte_is_set_aside() {
    let mut table = PropertyTable::default();
    table.push(place(7), cells(&[("FN", "A\0na")]));
    let staged = finish(table);
    assert_eq!((staged.table.rows, staged.table.quarantined[0].row), (0, 7));
}

#[test]
fn rows_that_are_set_aside_stand_in_the_order_of_the_file() {
    let mut table = PropertyTable::default();
    table.push(place(7), cells(&[("FN", "A\0na")]));
    table.set_aside(place(9), "read.bad_encoding", "a byte is damaged; mend it".to_owned(), "B?n".to_owned());
    let rows: Vec<u64> = finish(table).table.quarantined.iter().map(|row| row.row).collect();
    assert_eq!(rows, [7, 9]);
}
