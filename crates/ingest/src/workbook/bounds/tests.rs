use rust_xlsxwriter::Workbook as Writer;
use velocity_model::blob_id;

use super::*;
use crate::workbook::{Workbook, read};

#[test]
fn a_sheet_with_cells_in_opposite_corners_costs_itself() {
    let mut workbook = Writer::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "name").expect("written");
    sheet.write(1_048_575, 16_383, "far").expect("written");
    workbook.add_worksheet().write_row(0, 0, ["name", "city"]).expect("written");
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let tables = read(&bytes, Workbook::Xlsx, blob_id(&bytes)).expect("the other sheet");
    let [other] = tables.as_slice() else { panic!("one table") };
    assert_eq!(other.table.headers, ["name", "city"]);
    assert!(other.table.issues.iter().any(|issue| issue.code == "read.sheet_refused"));
}

fn are_near(cells: impl Iterator<Item = (u32, u32)>) -> bool {
    let mut area = Area::default();
    cells.for_each(|cell| area.add(cell));
    is_worth(area.cells(), area.filled)
}

#[test]
fn a_long_table_and_a_wide_one_are_near() {
    let far = [(0, 0), (1_048_575, 16_383)];
    assert!(!are_near(far.into_iter()));
    assert!(are_near([(0, 0), (0, 16_383)].into_iter()));
    assert!(!are_near([(0, 0), (0, 16_384)].into_iter()));
    assert!(are_near((0..1_048_576).map(|row| (row, row % 3))));
    // A million rows of which one cell in fifty is filled.
    assert!(are_near((0..1_048_576).map(|row| (row, row % 50))));
    assert!(are_near([(7, u32::MAX)].into_iter()));
    assert!(are_near(std::iter::empty()));
}

/// A record of XLS.
fn record(kind: u16, numbers: &[u16]) -> Vec<u8> {
    let content = numbers.iter().flat_map(|number| number.to_le_bytes());
    [kind.to_le_bytes(), (2 * numbers.len() as u16).to_le_bytes()].concat().into_iter().chain(content).collect()
}

/// An XLS of one sheet that states its dimensions and has numbers at places.
fn xls(dimensions: &[u16; 7], places: &[(u16, u16)]) -> Result<Vec<crate::Staged>, crate::ReadError> {
    let begin = |kind| record(0x809, &[0x600, kind, 0, 1997, 0, 0, 0, 0]);
    let end = record(0x0a, &[]);
    // The record that names the sheet is 12 bytes long.
    let at = (begin(5).len() + 12 + end.len()) as u16;
    let mut stream = [begin(5), record(0x85, &[at, 0, 0, 1]), end.clone(), begin(0x10)].concat();
    stream.extend(record(0x200, dimensions));
    for (row, column) in places {
        stream.extend(record(0x203, &[*row, *column, 0, 0, 0, 0, 0x4000]));
    }
    stream.extend(end);
    stream.resize(4096, 0);
    let mut file =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, std::io::Cursor::new(Vec::new())).expect("in memory");
    std::io::Write::write_all(&mut file.create_stream("Workbook").expect("in memory"), &stream).expect("in memory");
    let bytes = file.into_inner().into_inner();
    read(&bytes, Workbook::Xls, blob_id(&bytes))
}

#[test]
fn an_old_workbook_is_asked_for_its_size_before_memory_is() {
    let near = xls(&[0, 0, 2, 0, 0, 2, 0], &[(0, 0), (1, 1)]).expect("a workbook");
    assert_eq!((near.len(), near[0].table.rows), (1, 2));
    // 65,536 rows of 256 columns, as many programs state whatever is filled.
    let whole = xls(&[0, 0, 0, 1, 0, 256, 0], &[(0, 0), (1, 1)]).expect("a workbook");
    assert_eq!(whole[0].table.rows, 2);
    let stated = xls(&[0, 0, 0, 0x8000, 0, 2, 0], &[(0, 0), (1, 1)]);
    let corners = xls(&[0, 0, 2, 0, 0, 2, 0], &[(0, 0), (u16::MAX, u16::MAX)]);
    for refused in [stated, corners] {
        assert!(matches!(refused, Err(crate::ReadError::Workbook(reason)) if reason == FAR_APART));
    }
}

/// An ODS whose table has these rows.
fn ods(rows: &str) -> Result<Vec<crate::Staged>, crate::ReadError> {
    ods_of(&format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"A\">{rows}</table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    ))
}

fn ods_of(content: &str) -> Result<Vec<crate::Staged>, crate::ReadError> {
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", content),
    ];
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, part) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("in memory");
        std::io::Write::write_all(&mut archive, part.as_bytes()).expect("in memory");
    }
    let bytes = archive.finish().expect("in memory").into_inner();
    read(&bytes, Workbook::Ods, blob_id(&bytes))
}

#[test]
fn rows_and_cells_are_not_repeated_beyond_memory() {
    let cell = |repeated: u32| {
        format!(
            "<table:table-cell table:number-columns-repeated=\"{repeated}\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell>"
        )
    };
    // Empty cells with a style go on to the edge of the sheet, as programs write them.
    let edge = "<table:table-cell table:style-name=\"ce1\" table:number-columns-repeated=\"16382\"/>";
    let row = |repeated: u32, cells: &str| {
        format!("<table:table-row table:number-rows-repeated=\"{repeated}\">{cells}</table:table-row>")
    };
    let usual = ods(&[row(3, &(cell(2) + edge)), row(1_048_573, edge)].concat()).expect("a workbook");
    assert_eq!(usual[0].table.rows, 3);
    let rows = ods(&row(1_000_000, &cell(100)));
    let wide = ods(&row(1, &cell(16_384)).repeat(9_000));
    for refused in [rows, wide] {
        assert!(matches!(refused, Err(crate::ReadError::Workbook(reason)) if reason == FAR_APART));
    }
}

#[test]
fn a_table_of_ods_that_does_not_end_is_no_hang() {
    let table = "<office:document-content><table:table table:name=\"A\"><table:table-row/>";
    for end in ["", "</table:tab>", "</table:table><table:named-expressions>"] {
        let refused = ods_of(&format!("{table}{end}</office:document-content>"));
        assert!(matches!(refused, Err(crate::ReadError::Workbook(_))), "{end}");
    }
}
