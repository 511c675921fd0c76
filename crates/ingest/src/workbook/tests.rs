use rust_xlsxwriter::{ExcelDateTime as Written, Format, Workbook as Writer};
use velocity_model::blob_id;

use super::*;

fn stage_all(bytes: &[u8]) -> Result<Vec<Staged>, ReadError> {
    read(bytes, Workbook::Xlsx, blob_id(bytes))
}

fn row(staged: &Staged, index: usize) -> Vec<String> {
    let columns = 0..staged.table.headers.len();
    let cell = |number: usize| {
        let column = staged.frame.column(&format!("c{number}")).expect("there");
        column.str().expect("text").get(index).unwrap_or_default().to_owned()
    };
    columns.map(cell).collect()
}

#[test]
fn a_portal_workbook_with_titles_phones_as_numbers_and_dates() {
    let mut workbook = Writer::new();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = workbook.add_worksheet();
    sheet.set_name("Enquiries").expect("a name");
    sheet.write(0, 0, "Enquiries").expect("written");
    for (column, name) in (0..).zip(["Name", "Mobile", "Date", "Price"]) {
        sheet.write(3, column, name).expect("written");
    }
    sheet.write(4, 0, "Ana Example").expect("written");
    sheet.write(4, 1, 33_639_981_234_f64).expect("written");
    let day = Written::from_ymd(2026, 3, 31).expect("a date");
    sheet.write_with_format(4, 2, &day, &date).expect("written");
    sheet.write(4, 3, 1234.5).expect("written");
    let bytes = workbook.save_to_buffer().expect("a workbook");

    let tables = stage_all(&bytes).expect("a workbook");
    let [table] = tables.as_slice() else { panic!("one table") };
    assert_eq!(table.table.name.as_deref(), Some("Enquiries"));
    assert_eq!((table.table.header_row, &table.table.preamble), (Some(4), &vec!["Enquiries".to_owned()]));
    assert_eq!(row(table, 0), ["Ana Example", "33639981234", "2026-03-31", "1234.5"]);
    assert_eq!(table.frame.column("_row").expect("there").u64().expect("numbers").get(0), Some(5));
}

#[test]
fn a_cut_workbook_is_refused_not_a_panic() {
    let mut workbook = Writer::new();
    workbook.add_worksheet().write(0, 0, "x").expect("written");
    let bytes = workbook.save_to_buffer().expect("a workbook");
    for end in [4, 30, bytes.len() / 2, bytes.len() - 5] {
        assert!(stage_all(&bytes[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn hidden_sheets_are_told_of_and_formats_keep_zeros() {
    let mut workbook = Writer::new();
    workbook.add_worksheet().write_row(0, 0, ["name", "city"]).expect("written");
    let postcode = Format::new().set_num_format("00000");
    let sheet = workbook.add_worksheet();
    sheet.set_hidden(true).write_row(0, 0, ["name", "postcode"]).expect("written");
    sheet.write(1, 0, "Ana").expect("written").write_with_format(1, 1, 760, &postcode).expect("written");
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let tables = stage_all(&bytes).expect("a workbook");
    assert_eq!(row(&tables[1], 0), ["Ana", "00760"]);
    assert_eq!(tables[1].table.issues[0].code, "read.hidden_sheet");
    assert!(tables[0].table.issues.iter().all(|issue| issue.code != "read.hidden_sheet"));
}

#[test]
fn cells_of_a_header_that_span_columns_name_each_of_them() {
    let mut workbook = Writer::new();
    let (plain, sheet) = (Format::new(), workbook.add_worksheet());
    sheet.merge_range(0, 0, 0, 3, "Customers", &plain).expect("merged");
    sheet.merge_range(2, 0, 3, 0, "Name", &plain).expect("merged");
    sheet.merge_range(2, 1, 2, 2, "Address", &plain).expect("merged");
    sheet.write(2, 3, "Phone").expect("written").write_row(3, 1, ["Street", "City"]).expect("written");
    sheet.write_row(4, 0, ["Ana", "1 rue Neuve", "Lyon", "+33 6 39 98 12 34"]).expect("written");
    sheet.write_row(5, 0, ["Bo", "2 rue Neuve", "Lyon", "+33 6 39 98 12 35"]).expect("written");
    let tables = stage_all(&workbook.save_to_buffer().expect("a workbook")).expect("a workbook");
    assert_eq!(tables[0].table.headers, ["Name", "Address Street", "Address City", "Phone"]);
    assert_eq!(
        (tables[0].table.header_row, tables[0].table.preamble.as_slice()),
        (Some(3), ["Customers".to_owned()].as_slice())
    );
    assert_eq!(row(&tables[0], 0), ["Ana", "1 rue Neuve", "Lyon", "+33 6 39 98 12 34"]);
    assert_eq!(tables[0].table.detected[0].found, "2 rows from row 3");
}
