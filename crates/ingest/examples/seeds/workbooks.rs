//! Workbooks, as the parts that the fuzz targets put together again: the fuzzer is to change these, and not their packing.

use std::io::{Cursor, Read};

use velocity_ingest::RawTable;
use zip::ZipArchive;

use crate::Made;
use crate::markup::header;

/// Cells of the header and of the rows, with row and column; those without text left out.
fn places(table: &RawTable) -> Vec<(u32, u32, String)> {
    let rows = (0..).zip(header(table).chain(table.rows.iter().cloned()).take(8));
    let cells = rows
        .flat_map(|(row, cells)| (0..).zip(cells).map(move |(column, cell)| (row, column, cell.unwrap_or_default())));
    cells.filter(|(_, _, cell)| !cell.is_empty()).collect()
}

/// A member as `fuzz/src/members.rs` reads it.
fn member(name: &str, content: &[u8]) -> Vec<u8> {
    [b"\n\0\0member ", name.as_bytes(), b"\n", content].concat()
}

pub(crate) fn xlsx(table: &RawTable) -> Made {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    for (row, column, cell) in places(table) {
        match cell.parse::<f64>() {
            Ok(number) => sheet.write_with_format(row, column as u16, number, &date)?,
            Err(_) => sheet.write(row, column as u16, cell)?,
        };
    }
    sheet.merge_range(9, 0, 9, 2, "merged", &date)?;
    let mut archive = ZipArchive::new(Cursor::new(workbook.save_to_buffer()?))?;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index)?;
        let name = part.name()?.into_owned();
        // Nothing is read of these.
        if !name.contains("theme") && !name.starts_with("docProps") {
            let mut content = Vec::new();
            part.read_to_end(&mut content)?;
            parts.extend(member(&name, &content));
        }
    }
    Ok(parts)
}

pub(crate) fn ods(table: &RawTable) -> Vec<u8> {
    let mut content =
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"A\">".to_owned();
    for row in header(table).chain(table.rows.iter().cloned()).take(8) {
        content += "<table:table-row>";
        for cell in row.iter().flatten() {
            let text = cell.replace('&', "&amp;").replace('<', "&lt;");
            content += &match cell.parse::<f64>() {
                Ok(number) => format!("<table:table-cell office:value-type=\"float\" office:value=\"{number}\"/>"),
                Err(_) if cell.is_empty() => "<table:table-cell table:number-columns-repeated=\"2\"/>".to_owned(),
                Err(_) => {
                    format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
                }
            };
        }
        content += "</table:table-row>";
    }
    content += "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell/></table:table-row></table:table>\
                </office:spreadsheet></office:body></office:document-content>";
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = "<manifest:manifest><manifest:file-entry manifest:full-path=\"/\"/></manifest:manifest>";
    [
        member("mimetype", kind.as_bytes()),
        member("META-INF/manifest.xml", manifest.as_bytes()),
        member("content.xml", content.as_bytes()),
    ]
    .concat()
}

/// A record of XLSB (MS-XLSB §2.1.4): number and length in groups of seven bits.
fn record(number: u32, content: &[u8]) -> Vec<u8> {
    let mut record = Vec::new();
    for mut value in [number, content.len() as u32] {
        while value >= 128 {
            record.push(value as u8 | 128);
            value >>= 7;
        }
        record.push(value as u8);
    }
    [record, content.to_vec()].concat()
}

fn bytes(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// A text with its length before it.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [bytes(&[units.len() as u32]), units.iter().flat_map(|unit| unit.to_le_bytes()).collect()].concat()
}

pub(crate) fn xlsb(table: &RawTable) -> Vec<u8> {
    let bundle = [bytes(&[0, 1]), wide("rId1"), wide("A")].concat();
    let workbook =
        [record(153, &[0; 8]), record(143, &[]), record(156, &bundle), record(144, &[]), record(157, &[0; 26])];
    let mut sheet = [record(129, &[]), record(148, &bytes(&[0, 7, 0, 40])), record(145, &[])].concat();
    let mut last = None;
    for (row, column, cell) in places(table) {
        if last.replace(row) != Some(row) {
            sheet.extend(record(0, &[bytes(&[row, 0]), vec![0; 9]].concat()));
        }
        sheet.extend(match cell.parse::<f64>() {
            Ok(number) => record(5, &[bytes(&[column, 0]), number.to_le_bytes().to_vec()].concat()),
            Err(_) if column == 0 => record(7, &bytes(&[column, 0, 0])),
            Err(_) => record(6, &[bytes(&[column, 0]), wide(&cell)].concat()),
        });
    }
    sheet.extend([record(2, &bytes(&[3, 0, 4 * 43_831 + 2])), record(146, &[])].concat());
    let shared = [record(159, &bytes(&[1, 1])), record(19, &[vec![0], wide("shared")].concat()), record(160, &[])];
    let namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relations = format!(
        "<Relationships xmlns=\"{namespace}\"><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.bin\"/></Relationships>"
    );
    [
        member("[Content_Types].xml", b"<Types/>"),
        member("xl/workbook.bin", &workbook.concat()),
        member("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        member("xl/sharedStrings.bin", &shared.concat()),
        member("xl/worksheets/sheet1.bin", &sheet),
    ]
    .concat()
}

/// A record of XLS (MS-XLS §2.1.4).
fn old_record(number: u16, content: &[u8]) -> Vec<u8> {
    [&number.to_le_bytes(), &(content.len() as u16).to_le_bytes(), content].concat()
}

fn shorts(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// The stream of a workbook, no byte of the compound file around it changed (`fuzz/src/compound.rs`).
pub(crate) fn xls(table: &RawTable) -> Vec<u8> {
    let places = places(table);
    let begin = |kind: u16| old_record(0x809, &[shorts(&[0x600, kind, 0, 1997]), vec![0; 8]].concat());
    let end = old_record(0x0a, &[]);
    let text = |cell: &str| -> Vec<u8> {
        let units: Vec<u16> = cell.encode_utf16().take(200).collect();
        [shorts(&[units.len() as u16]), vec![1], shorts(&units)].concat()
    };
    let texts: Vec<&String> =
        places.iter().map(|(_, _, cell)| cell).filter(|cell| cell.parse::<f64>().is_err()).take(60).collect();
    let count = texts.len() as u32;
    let shared = [bytes(&[count, count]), texts.iter().flat_map(|cell| text(cell)).collect()].concat();
    let format = old_record(0x41e, &[shorts(&[164]), text("dd/mm/yyyy")].concat());
    let styles = [0, 164].map(|format| old_record(0xe0, &[shorts(&[0, format]), vec![0; 16]].concat()));
    let globals = [begin(5), old_record(0x42, &shorts(&[1200])), format, styles.concat()].concat();
    let (sheet_record, shared) = (12, old_record(0xfc, &shared));
    let at = globals.len() + sheet_record + 1 + shared.len() + end.len();
    let sheet = old_record(0x85, &[bytes(&[at as u32]), vec![0, 0, 1, 0, b'A']].concat());
    let mut stream = [globals, sheet, shared, end.clone(), begin(0x10)].concat();
    stream.extend(old_record(0x200, &[bytes(&[0, 12]), shorts(&[0, 40, 0])].concat()));
    let mut index = 0_u32;
    for (row, column, cell) in &places {
        let place = |style: u16| shorts(&[*row as u16, *column as u16, style]);
        stream.extend(match cell.parse::<f64>() {
            Ok(number) => old_record(0x203, &[place(1), number.to_le_bytes().to_vec()].concat()),
            Err(_) => {
                index += 1;
                old_record(0xfd, &[place(0), bytes(&[index - 1])].concat())
            }
        });
    }
    let formula = [shorts(&[10, 0, 0]), 7_f64.to_le_bytes().to_vec(), vec![0; 6], shorts(&[3, 0x1e, 7])].concat();
    stream.extend(old_record(6, &formula));
    stream.extend(old_record(0x27e, &[shorts(&[10, 1, 1]), bytes(&[4 * 43_831 + 2])].concat()));
    stream.extend(old_record(0xe5, &shorts(&[1, 11, 11, 0, 2])));
    stream.extend(old_record(0x205, &[shorts(&[10, 2, 0]), vec![7, 1]].concat()));
    [vec![0], stream, end].concat()
}
