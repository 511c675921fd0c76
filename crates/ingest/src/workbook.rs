//! Workbooks to staged tables: every sheet with data is a table, cells as a person sees them.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, OdsError, Range, Reader, SheetType, SheetVisible, Sheets, StyleRange, XlsError, XlsbError, XlsxError,
    open_workbook_from_rs,
};
use velocity_model::{BlobId, Severity, StagedTable, TableFormat};

use crate::dialect::finding;
use crate::frame::{Builder, Place, Staged, note};
use crate::sheet_cell::{has_leading_zeros, shown};
use crate::text::clean_header;
use crate::{ReadError, header};

/// A kind of workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Workbook {
    Xls,
    Xlsx,
    Xlsb,
    Ods,
}

type Bytes<'a> = Cursor<&'a [u8]>;

/// A sheet as it stands in a workbook.
struct Sheet {
    name: String,
    hidden: bool,
    range: Range<Data>,
    /// Number formats, where some of them show a number with leading zeros.
    styles: StyleRange,
}

/// The sheets, and those that cannot be read with the reason.
#[derive(Default)]
struct Found {
    sheets: Vec<Sheet>,
    refused: Vec<(String, String)>,
}

/// Reads every sheet. calamine panics on some hostile files, which must cost that file alone.
pub(crate) fn read(bytes: &[u8], kind: Workbook, blob: BlobId) -> Result<Vec<Staged>, ReadError> {
    let read = catch_unwind(AssertUnwindSafe(|| read_sheets(bytes, kind)));
    let found = read.unwrap_or_else(|_| Err(ReadError::Workbook("its structure contradicts itself".to_owned())))?;
    let has_data = |sheet: &Sheet| sheet.range.used_cells().any(|(_, _, cell)| !shown(cell, None).trim().is_empty());
    let with_data = found.sheets.into_iter().filter(has_data);
    let mut staged: Vec<Staged> = (0..).zip(with_data).map(|(number, sheet)| stage(blob, number, sheet)).collect();
    let Some(first) = staged.first_mut() else {
        let reason = found.refused.into_iter().next().map(|(_, reason)| ReadError::Workbook(reason));
        return Err(reason.unwrap_or(ReadError::NoSheet));
    };
    for (name, reason) in found.refused {
        let message = format!("the sheet `{name}` was left out ({reason}); copy its cells to a new workbook");
        first.table.issues.push(note(Severity::Warning, "read.sheet_refused", message));
    }
    Ok(staged)
}

fn read_sheets(bytes: &[u8], kind: Workbook) -> Result<Found, ReadError> {
    let mut workbook = open(bytes, kind)?;
    let mut found = Found::default();
    // Charts, dialogs and macros are sheets as well, but hold no cells.
    let listed = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let listed: Vec<(String, bool)> =
        listed.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect();
    for (name, hidden) in listed {
        match workbook.worksheet_range(&name) {
            Ok(range) => {
                let styles = styles(&mut workbook, &name);
                found.sheets.push(Sheet { name, hidden, range, styles });
            }
            Err(error) => found.refused.push((name, error.to_string())),
        }
    }
    Ok(found)
}

/// The styles of a sheet if numbers are shown with leading zeros in it. To read them is to read the sheet again, so the
/// workbook's list of styles is asked first. Only XLSX has them in calamine.
fn styles(workbook: &mut Sheets<Bytes<'_>>, name: &str) -> StyleRange {
    let Sheets::Xlsx(workbook) = workbook else { return StyleRange::empty() };
    let has_zeros = workbook.worksheet_cells_reader(name).is_ok_and(|cells| {
        cells
            .styles()
            .iter()
            .filter_map(|style| style.number_format.as_ref())
            .any(|f| has_leading_zeros(&f.format_code))
    });
    if has_zeros { workbook.worksheet_style(name).unwrap_or_default() } else { StyleRange::empty() }
}

fn open(bytes: &[u8], kind: Workbook) -> Result<Sheets<Bytes<'_>>, ReadError> {
    let cursor = || Cursor::new(bytes);
    let damaged = |error: String| {
        if error.to_lowercase().contains("password") { ReadError::Password } else { ReadError::Workbook(error) }
    };
    match kind {
        // An encrypted XLSX is a compound file that holds an `EncryptedPackage` (MS-OFFCRYPTO §2.3.4.4).
        Workbook::Xls if holds_utf16(bytes, "EncryptedPackage") => Err(ReadError::Password),
        Workbook::Xls => open_workbook_from_rs(cursor()).map(Sheets::Xls).map_err(|e: XlsError| damaged(e.to_string())),
        Workbook::Xlsx => {
            open_workbook_from_rs(cursor()).map(Sheets::Xlsx).map_err(|e: XlsxError| damaged(e.to_string()))
        }
        Workbook::Xlsb => {
            open_workbook_from_rs(cursor()).map(Sheets::Xlsb).map_err(|e: XlsbError| damaged(e.to_string()))
        }
        Workbook::Ods => open_workbook_from_rs(cursor()).map(Sheets::Ods).map_err(|e: OdsError| damaged(e.to_string())),
    }
}

fn holds_utf16(bytes: &[u8], text: &str) -> bool {
    let text: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(text.len()).any(|window| window == text)
}

fn stage(blob: BlobId, number: u32, sheet: Sheet) -> Staged {
    let Sheet { name, hidden, range, styles } = sheet;
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut errors = 0_u64;
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    for (row, cells) in (first_row..).zip(range.rows()) {
        errors += cells.iter().filter(|cell| matches!(cell, Data::Error(_))).count() as u64;
        let format = |column| styles.get((row, column))?.number_format.as_ref().map(|f| f.format_code.as_str());
        let cells = (first_column..).zip(cells).map(|(column, cell)| shown(cell, format(column)));
        let cells: Vec<String> = cells.collect();
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((u64::from(row) + 1, cells));
        }
    }
    let head: Vec<Vec<String>> = rows.iter().take(header::HEAD).map(|(_, cells)| trim_end(cells)).collect();
    let found = header::find(&head);
    let preamble = head.iter().take(found.preamble).map(|row| row.join(" ").trim().to_owned()).collect();
    let data = found.preamble + found.rows;
    let (headers, header_row) = match found.rows {
        0 => (vec![String::new(); range.width()], None),
        _ => {
            let headers = header::join(&head[found.preamble..data], clean_header);
            (headers, rows.get(found.preamble).map(|(row, _)| *row))
        }
    };
    let in_words = header_row.map_or("none".to_owned(), |row| format!("row {row}"));
    let mut table = StagedTable {
        blob,
        table: number,
        name: Some(name),
        format: TableFormat::Workbook,
        encoding: String::new(),
        delimiter: None,
        header_row,
        headers,
        preamble,
        rows: 0,
        quarantined: Vec::new(),
        issues: Vec::new(),
        detected: vec![finding("header", in_words, found.why.to_owned())],
    };
    if hidden {
        let message = "the sheet is hidden in the workbook and was read like the others".to_owned();
        table.issues.push(note(Severity::Note, "read.hidden_sheet", message));
    }
    if errors > 0 {
        let message = format!("{errors} cells hold an error such as #REF!; they are kept as that text");
        table.issues.push(note(Severity::Warning, "read.error_cells", message));
    }
    let header = if header_row.is_some() { table.headers.clone() } else { Vec::new() };
    let mut builder = Builder::new(table.headers.len(), &header, 0);
    for (row, cells) in rows.iter().skip(data) {
        builder.push(Place { row: *row, offset: 0, len: 0 }, &trim_end(cells));
    }
    builder.finish(table)
}

/// A sheet is as wide as its widest row: empty cells behind the last filled one are no cells of a row.
fn trim_end(cells: &[String]) -> Vec<String> {
    let width = cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
    cells[..width].to_vec()
}

#[cfg(test)]
mod tests;
