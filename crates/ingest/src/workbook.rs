//! Workbooks to staged tables: every sheet with data is a table, cells as a person sees them.

mod biff;
mod bounds;
mod layout;
mod ods;
mod record;
mod xls;
mod xlsb;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, Dimensions, OdsError, Range, Reader, SheetType, SheetVisible, Sheets, StyleRange, XlsError, XlsbError,
    XlsxError, open_workbook_from_rs,
};
use velocity_model::{BlobId, Severity, TableFormat};

use crate::frame::{Place, Staged, note};
use crate::sheet::Origin;
use crate::sheet_cell::{has_leading_zeros, shown};
use crate::{ReadError, header, merged_header, sheet};
use layout::{Asked, Layouts};

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
    sheet: sheet::Sheet,
    hidden: bool,
    /// Cells that hold an error.
    errors: u64,
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
    let with_data = found.sheets.into_iter().filter(|sheet| !sheet.sheet.rows.is_empty());
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
    let mut layouts = layouts(bytes, &workbook, Asked::Formats);
    // Charts, dialogs and macros are sheets as well, but hold no cells.
    let listed = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let listed: Vec<(String, bool)> =
        listed.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect();
    for (name, hidden) in listed {
        match bounds::range(&mut workbook, &name) {
            Ok(range) => {
                let styles = styles(&mut workbook, &name);
                let layout = layouts.get(&name);
                let mut sheet = rows(&range, |row, column| match layout {
                    Some(layout) => layout.format(row, column),
                    None => styles.get((row, column))?.number_format.as_ref().map(|f| f.format_code.as_str()),
                });
                if merged_header::is_worth_asking(&sheet::head(&sheet)) {
                    let regions = merged(bytes, &mut workbook, &mut layouts, &name);
                    merge(&mut sheet, regions, range.start().unwrap_or_default().1);
                }
                sheet.name = Some(name);
                let errors = range.rows().flatten().filter(|cell| matches!(cell, Data::Error(_))).count() as u64;
                found.sheets.push(Sheet { sheet, hidden, errors });
            }
            Err(reason) => found.refused.push((name, reason)),
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

/// What calamine does not tell of the sheets: formats of all kinds but XLSX, and spanning cells of XLSB and ODS.
fn layouts(bytes: &[u8], workbook: &Sheets<Bytes<'_>>, asked: Asked) -> Layouts {
    match workbook {
        Sheets::Xlsx(_) => Layouts::new(),
        Sheets::Xls(workbook) => {
            xls::layouts(bytes, workbook.sheets_metadata().iter().map(|sheet| sheet.name.as_str()))
        }
        Sheets::Xlsb(_) => xlsb::layouts(bytes, asked),
        Sheets::Ods(_) => ods::layouts(bytes, asked),
    }
}

/// The rows of a sheet that hold something; `format` gives the number format of a cell, where it matters.
fn rows<'f>(range: &Range<Data>, format: impl Fn(u32, u32) -> Option<&'f str>) -> sheet::Sheet {
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut rows = Vec::new();
    for (row, cells) in (first_row..).zip(range.rows()) {
        let cells = (first_column..).zip(cells).map(|(column, cell)| match cell {
            Data::Int(_) | Data::Float(_) => shown(cell, format(row, column)),
            cell => shown(cell, None),
        });
        let cells: Vec<String> = cells.collect();
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            let place = Place { row: u64::from(row) + 1, offset: 0, len: 0 };
            rows.push(sheet::Row { place, cells, merged: Vec::new(), damaged: None });
        }
    }
    sheet::Sheet { rows, width: range.width(), ..sheet::Sheet::default() }
}

/// The cells of a sheet that span others.
fn merged(bytes: &[u8], workbook: &mut Sheets<Bytes<'_>>, layouts: &mut Layouts, name: &str) -> Vec<Dimensions> {
    match workbook {
        Sheets::Xlsx(workbook) => workbook.merge_cells_by_sheet_name(name).unwrap_or_default(),
        Sheets::Xls(workbook) => workbook.merge_cells_by_sheet_name(name).unwrap_or_default(),
        Sheets::Xlsb(_) | Sheets::Ods(_) => {
            if layouts.is_empty() {
                *layouts = self::layouts(bytes, workbook, Asked::Everything);
            }
            layouts.get(name).map(|layout| layout.merged.clone()).unwrap_or_default()
        }
    }
}

/// Adds which cells span columns.
fn merge(sheet: &mut sheet::Sheet, regions: Vec<Dimensions>, first_column: u32) {
    // What is several rows high has no names below it.
    let flat = regions.into_iter().filter(|region| region.start.0 == region.end.0 && region.start.1 >= first_column);
    let column = |column: u32| column.saturating_sub(first_column) as usize;
    for region in flat {
        let number = u64::from(region.start.0) + 1;
        // Rows stand in order; only those of the head matter.
        if let Some(row) = sheet.rows.iter_mut().take(header::HEAD).find(|row| row.place.row == number) {
            row.merged.push(column(region.start.1)..column(region.end.1) + 1);
        }
    }
}

fn open(bytes: &[u8], kind: Workbook) -> Result<Sheets<Bytes<'_>>, ReadError> {
    let cursor = || Cursor::new(bytes);
    let damaged = |error: String| {
        if error.to_lowercase().contains("password") { ReadError::Password } else { ReadError::Workbook(error) }
    };
    match kind {
        // An encrypted XLSX is a compound file that holds an `EncryptedPackage` (MS-OFFCRYPTO §2.3.4.4).
        Workbook::Xls if holds_utf16(bytes, "EncryptedPackage") => Err(ReadError::Password),
        Workbook::Xls if !bounds::xls_fits(bytes) => Err(ReadError::Workbook(bounds::FAR_APART.to_owned())),
        Workbook::Xls => open_workbook_from_rs(cursor()).map(Sheets::Xls).map_err(|e: XlsError| damaged(e.to_string())),
        Workbook::Xlsx => {
            open_workbook_from_rs(cursor()).map(Sheets::Xlsx).map_err(|e: XlsxError| damaged(e.to_string()))
        }
        Workbook::Xlsb => {
            open_workbook_from_rs(cursor()).map(Sheets::Xlsb).map_err(|e: XlsbError| damaged(e.to_string()))
        }
        Workbook::Ods => match bounds::ods_refusal(bytes) {
            Some(reason) => Err(ReadError::Workbook(reason.to_owned())),
            None => open_workbook_from_rs(cursor()).map(Sheets::Ods).map_err(|e: OdsError| damaged(e.to_string())),
        },
    }
}

fn holds_utf16(bytes: &[u8], text: &str) -> bool {
    let text: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(text.len()).any(|window| window == text)
}

fn stage(blob: BlobId, number: u32, found: Sheet) -> Staged {
    let Sheet { sheet, hidden, errors } = found;
    let origin = Origin { blob, format: TableFormat::Workbook, encoding: String::new(), unit: "row" };
    let mut staged = sheet::stage(origin, number, sheet);
    let mut issues = Vec::new();
    if hidden {
        let message = "the sheet is hidden in the workbook and was read like the others".to_owned();
        issues.push(note(Severity::Note, "read.hidden_sheet", message));
    }
    if errors > 0 {
        let message = format!("{errors} cells hold an error such as #REF!; they are kept as that text");
        issues.push(note(Severity::Warning, "read.error_cells", message));
    }
    staged.table.issues.splice(0..0, issues);
    staged
}

#[cfg(test)]
mod tests;
