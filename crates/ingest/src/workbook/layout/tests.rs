mod binary;

use velocity_model::blob_id;

use super::*;
use crate::frame::Staged;
use crate::workbook::{Workbook, read};

const XLSX: &[u8] = include_bytes!("../../../../../fixtures/workbooks/customers.xlsx");
const XLS: &[u8] = include_bytes!("../../../../../fixtures/workbooks/customers.xls");
const ODS: &[u8] = include_bytes!("../../../../../fixtures/workbooks/customers.ods");

fn read_as(kind: Workbook, bytes: &[u8]) -> Vec<Staged> {
    read(bytes, kind, blob_id(b"any")).expect("a workbook")
}

fn rows(staged: &Staged) -> Vec<Vec<String>> {
    let columns: Vec<Vec<&str>> = (0..staged.table.headers.len()).map(|number| staged.column(number)).collect();
    (0..staged.frame.height()).map(|row| columns.iter().map(|cells| cells[row].to_owned()).collect()).collect()
}

#[test]
fn cells_are_as_a_person_sees_them() {
    let tables = read_as(Workbook::Xlsx, XLSX);
    let [people, codes, places] = tables.as_slice() else { panic!("three sheets") };
    let ana = [
        "Ana Example",
        "00760",
        "+33 6 39 98 12 34",
        "021-12-3456",
        "33639981234",
        // A price that is shown rounded, a count in groups of thousands and a percentage keep what they are.
        "1.23456",
        "1234567",
        "0.125",
        "2026-03-31",
        "2026-03-31T10:10:10",
        "26:03:04",
        "TRUE",
        "#DIV/0!",
        "41111111111 1111",
    ];
    let bo = [
        "Bo Example",
        "123456",
        "+33 0 39 98 12 35",
        "521-12-3456",
        "123456789012345",
        "29.02",
        "7",
        "1",
        "1904-01-02",
        "1999-12-31T23:59:59",
        "0:01:01",
        "FALSE",
        "#N/A",
        "0000 0007",
    ];
    assert_eq!(rows(people), [ana, bo]);
    assert_eq!(rows(codes), [["00042", "42"], ["00042", "42"], ["00042", "42"], ["00007", "8"]]);
    assert_eq!(codes.rows(), [4, 5, 6, 7]);
    assert_eq!(places.table.headers, ["Name", "Address Street", "Address City", "Phone"]);
    assert_eq!(rows(places)[1], ["Bo Example", "2 rue Neuve", "Lyon", "+33 0 39 98 12 35"]);
}

#[test]
fn the_same_sheets_read_alike_in_every_format() {
    let binary = binary::customers();
    let expected = read_as(Workbook::Xlsx, XLSX);
    for (kind, bytes) in [(Workbook::Xls, XLS), (Workbook::Ods, ODS), (Workbook::Xlsb, &binary)] {
        let tables = read_as(kind, bytes);
        assert_eq!(tables.len(), expected.len(), "{kind:?}");
        for (table, expected) in tables.iter().zip(&expected) {
            assert_eq!(rows(table), rows(expected), "{kind:?}");
            assert!(table.frame.equals_missing(&expected.frame), "{kind:?}: places and digests");
            let seen = |staged: &Staged| {
                let table = &staged.table;
                (table.name.clone(), table.headers.clone(), table.header_row, table.detected.clone())
            };
            assert_eq!(seen(table), seen(expected), "{kind:?}");
        }
    }
}

#[test]
fn no_damage_to_what_is_read_beside_calamine_is_a_panic() {
    for (kind, bytes) in [(Workbook::Xls, XLS), (Workbook::Ods, ODS), (Workbook::Xlsb, &binary::customers())] {
        for at in (0..bytes.len()).step_by(7) {
            let mut damaged = bytes.to_vec();
            damaged[at] ^= 0xff;
            for bytes in [&damaged, &bytes[..at]] {
                let names = ["People", "Codes & more", "Places"].into_iter();
                let layouts = match kind {
                    Workbook::Xls => super::super::xls::layouts(bytes, names),
                    Workbook::Ods => super::super::ods::layouts(bytes, Asked::Everything),
                    _ => super::super::xlsb::layouts(bytes, Asked::Everything),
                };
                assert!(layouts.len() <= 3);
            }
        }
    }
}

#[test]
fn the_format_of_a_cell_is_that_of_its_run() {
    let styles = Styles::new([('a', "000".to_owned()), ('b', "0.0".to_owned()), ('c', "0000".to_owned())].into_iter());
    let mut layout = Layout::new(&styles);
    layout.push(&styles, &'c', (8, 1), (8, 1));
    layout.push(&styles, &'a', (2, 3), (4, 5));
    layout.push(&styles, &'c', (2, 7), (4, 7));
    layout.push(&styles, &'b', (2, 6), (4, 6));
    let layout = layout.finish();
    let has = |row, column| layout.format(row, column);
    assert_eq!((has(2, 3), has(4, 5), has(3, 7), has(8, 1)), (Some("000"), Some("000"), Some("0000"), Some("0000")));
    let none = [(1, 3), (2, 2), (2, 6), (2, 8), (5, 3), (8, 0), (8, 2), (9, 1)];
    assert!(none.iter().all(|(row, column)| has(*row, *column).is_none()));
}
