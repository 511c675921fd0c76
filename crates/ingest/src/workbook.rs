//! Workbooks to staged tables: every sheet with data is a table, cells as a person sees them.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, ExcelDateTime, OdsError, Range, Reader, Sheets, XlsError, XlsbError, XlsxError, open_workbook_from_rs,
};
use velocity_model::{BlobId, Severity, StagedTable, TableFormat};

use crate::cells::number_text;
use crate::frame::{Builder, Place, Staged, note};
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

/// Reads every sheet. calamine panics on some hostile files, which must cost that file alone.
pub(crate) fn read(bytes: &[u8], kind: Workbook, blob: BlobId) -> Result<Vec<Staged>, ReadError> {
    let read = catch_unwind(AssertUnwindSafe(|| read_sheets(bytes, kind)));
    let sheets = read.unwrap_or_else(|_| Err(ReadError::Workbook("its structure contradicts itself".to_owned())))?;
    let with_data = sheets.into_iter().filter(|(_, range)| !range.is_empty());
    let staged: Vec<Staged> =
        (0..).zip(with_data).map(|(number, (name, range))| stage(blob, number, name, &range)).collect();
    if staged.is_empty() { Err(ReadError::NoSheet) } else { Ok(staged) }
}

fn read_sheets(bytes: &[u8], kind: Workbook) -> Result<Vec<(String, Range<Data>)>, ReadError> {
    let mut workbook = open(bytes, kind)?;
    let names = workbook.sheet_names();
    let sheet = |name: String| {
        let range = workbook.worksheet_range(&name).map_err(|error| ReadError::Workbook(error.to_string()))?;
        Ok((name, range))
    };
    names.into_iter().map(sheet).collect()
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

fn stage(blob: BlobId, number: u32, name: String, range: &Range<Data>) -> Staged {
    let first_row = u64::from(range.start().map_or(0, |(row, _)| row)) + 1;
    let mut errors = 0_u64;
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    for (place, row) in (first_row..).zip(range.rows()) {
        errors += row.iter().filter(|cell| matches!(cell, Data::Error(_))).count() as u64;
        let cells: Vec<String> = row.iter().map(shown).collect();
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((place, cells));
        }
    }
    let head: Vec<Vec<String>> = rows.iter().take(header::HEAD).map(|(_, cells)| trim_end(cells)).collect();
    let found = header::find(&head);
    let preamble = head.iter().take(found.preamble).map(|row| row.join(" ").trim().to_owned()).collect();
    let header_at = found.preamble;
    let (headers, header_row, data) = if found.has_header {
        let headers: Vec<String> = head[header_at].iter().map(|cell| clean_header(cell)).collect();
        (headers, Some(rows[header_at].0), header_at + 1)
    } else {
        (vec![String::new(); range.width()], None, header_at)
    };
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
    };
    if errors > 0 {
        let message = format!("{errors} cells hold an error such as #REF!; they are kept as that text");
        table.issues.push(note(Severity::Warning, "read.error_cells", message));
    }
    let header: &[String] = if header_row.is_some() { &table.headers } else { &[] };
    let mut builder = Builder::new(table.headers.len(), header);
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

/// A cell as a person sees it.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(time) => time_text(time),
    }
}

/// ISO 8601 text of a date, a time of day or a duration in either of Excel's date systems.
fn time_text(time: &ExcelDateTime) -> String {
    let days = time.as_f64();
    if time.is_duration() || days < 1.0 {
        let seconds = (days * 86_400.0).round() as i64;
        return format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date}T{hour:02}:{minute:02}:{second:02}") }
}

#[cfg(test)]
mod tests;
