//! Rows of cells, from whatever held them, to a staged table: header, preamble, and the rows below.

use std::ops::Range;

use velocity_model::{BlobId, StagedTable, TableFormat};

use crate::dialect::finding;
use crate::frame::{Builder, Place, Staged};
use crate::text::clean_header;
use crate::{header, merged_header};

/// Rows of cells as they stand in a workbook, a page or a text.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) name: Option<String>,
    pub(crate) rows: Vec<Row>,
    /// Columns, whether filled or not.
    pub(crate) width: usize,
}

/// A row of a sheet.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) place: Place,
    pub(crate) cells: Vec<String>,
    /// Columns that one cell spans.
    pub(crate) merged: Vec<Range<usize>>,
    /// What stands there, if some of its bytes are not of the encoding.
    pub(crate) damaged: Option<String>,
}

/// What is known of the file that held a sheet.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) blob: BlobId,
    pub(crate) format: TableFormat,
    pub(crate) encoding: String,
    /// What a row is counted in: `row` or `line`.
    pub(crate) unit: &'static str,
}

/// The rows of the head, without empty cells at their ends; blank rows are left out.
pub(crate) fn head(sheet: &Sheet) -> Vec<Vec<String>> {
    let filled = sheet.rows.iter().filter(|row| is_filled(&row.cells));
    filled.take(header::HEAD).map(|row| trim_end(&row.cells)).collect()
}

/// The staged table.
pub(crate) fn stage(origin: Origin, number: u32, mut sheet: Sheet) -> Staged {
    let mut head = head(&sheet);
    sheet.rows.retain(|row| is_filled(&row.cells));
    let merged: Vec<&[Range<usize>]> = sheet.rows.iter().take(head.len()).map(|row| row.merged.as_slice()).collect();
    let found = merged_header::find(&mut head, &merged);
    let preamble = head.iter().take(found.preamble).map(|row| row.join(" ").trim().to_owned()).collect();
    let data = found.preamble + found.rows;
    let (headers, header_row) = match found.rows {
        0 => (vec![String::new(); sheet.width], None),
        _ => {
            let headers = header::join(&head[found.preamble..data], clean_header);
            (headers, sheet.rows.get(found.preamble).map(|row| row.place.row))
        }
    };
    let in_words = match (header_row, found.rows) {
        (None, _) => "none".to_owned(),
        (Some(row), 2..) if found.why == merged_header::WHY => {
            format!("{} rows from {} {row}", found.rows, origin.unit)
        }
        (Some(row), _) => format!("{} {row}", origin.unit),
    };
    let header = if header_row.is_some() { headers.clone() } else { Vec::new() };
    let mut builder = Builder::new(headers.len(), &header, 0);
    for row in sheet.rows.into_iter().skip(data) {
        let cells = trim_end(&row.cells);
        if let Some(raw) = row.damaged {
            let message = format!("a byte of the row is not {}; save the row in that encoding", origin.encoding);
            builder.set_aside(row.place, "read.bad_encoding", message, vec![raw]);
        } else if cells.iter().any(|cell| cell.contains('\0')) {
            builder.set_aside(row.place, "read.nul", "the row has a NUL byte; remove it".to_owned(), cells);
        } else {
            builder.push(row.place, &cells);
        }
    }
    builder.finish(StagedTable {
        blob: origin.blob,
        table: number,
        name: sheet.name,
        format: origin.format,
        encoding: origin.encoding,
        delimiter: None,
        header_row,
        headers,
        preamble,
        rows: 0,
        quarantined: Vec::new(),
        issues: Vec::new(),
        detected: vec![finding("header", in_words, found.why.to_owned())],
    })
}

fn is_filled(cells: &[String]) -> bool {
    cells.iter().any(|cell| !cell.trim().is_empty())
}

/// Adds empty cells to a row, as far as `gaps` are left of those that a whole file may have.
pub(crate) fn pad(cells: &mut Vec<String>, count: usize, gaps: &mut usize) {
    let count = count.min(*gaps);
    *gaps -= count;
    cells.resize(cells.len() + count, String::new());
}

/// A sheet is as wide as its widest row: empty cells behind the last filled one are no cells of a row.
fn trim_end(cells: &[String]) -> Vec<String> {
    let width = cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
    cells[..width].to_vec()
}
