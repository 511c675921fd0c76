//! Workbooks to staged tables: every sheet with data is a table, cells as a person sees them.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, ExcelDateTime, Ods, Range, Reader, Sheets, Xls, Xlsb, Xlsx, open_workbook_from_rs};
use velocity_model::{BlobId, Severity, StagedTable, TableFormat};

use crate::container::Container;
use crate::dialect::finding;
use crate::frame::{Builder, Place, Staged, note};
use crate::text::clean_header;
use crate::{ReadError, header};

type Bytes<'a> = Cursor<&'a [u8]>;

/// Reads every sheet. calamine panics on some hostile files, which must cost that file alone.
pub(crate) fn read(bytes: &[u8], container: Container, blob: BlobId) -> Result<Vec<Staged>, ReadError> {
    let read = catch_unwind(AssertUnwindSafe(|| read_sheets(bytes, container)));
    let sheets = read.unwrap_or_else(|_| Err(ReadError::Workbook("its structure contradicts itself".to_owned())))?;
    let with_data = sheets.into_iter().filter(|(_, range)| !range.is_empty());
    let staged: Vec<Staged> =
        (0..).zip(with_data).map(|(number, (name, range))| stage(blob, number, name, &range)).collect();
    if staged.is_empty() { Err(ReadError::NoSheet) } else { Ok(staged) }
}

fn read_sheets(bytes: &[u8], container: Container) -> Result<Vec<(String, Range<Data>)>, ReadError> {
    let mut workbook = open(bytes, container)?;
    let names = workbook.sheet_names();
    let sheet = |name: String| {
        let range = workbook.worksheet_range(&name).map_err(|error| ReadError::Workbook(error.to_string()))?;
        Ok((name, range))
    };
    names.into_iter().map(sheet).collect()
}

fn open(bytes: &[u8], container: Container) -> Result<Sheets<Bytes<'_>>, ReadError> {
    let cursor = || Cursor::new(bytes);
    let damaged = |error: String| {
        if error.to_lowercase().contains("password") { ReadError::Password } else { ReadError::Workbook(error) }
    };
    if container == Container::CompoundWorkbook {
        // An encrypted XLSX is a compound file that holds an `EncryptedPackage` (MS-OFFCRYPTO §2.3.4.4).
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if bytes.windows(name.len()).any(|window| window == name) {
            return Err(ReadError::Password);
        }
        let opened = open_workbook_from_rs::<Xls<_>, _>(cursor());
        return opened.map(Sheets::Xls).map_err(|error| damaged(error.to_string()));
    }
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    if holds(b"xl/workbook.bin") {
        return open_workbook_from_rs::<Xlsb<_>, _>(cursor()).map(Sheets::Xlsb).map_err(|e| damaged(e.to_string()));
    }
    if holds(b"opendocument.spreadsheet") {
        return open_workbook_from_rs::<Ods<_>, _>(cursor()).map(Sheets::Ods).map_err(|e| damaged(e.to_string()));
    }
    if holds(b"xl/") || holds(b"[Content_Types].xml") {
        return open_workbook_from_rs::<Xlsx<_>, _>(cursor()).map(Sheets::Xlsx).map_err(|e| damaged(e.to_string()));
    }
    Err(ReadError::Binary("a ZIP archive that is no workbook, or a damaged one"))
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

/// A phone number stored as a number must not become `3.36e10`. A double holds 15 digits as they were typed.
fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { format!("{number}") }
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
