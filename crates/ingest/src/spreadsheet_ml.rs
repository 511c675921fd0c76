//! Workbooks that Excel 2002 and 2003 save as XML, often named `.xls`, to staged tables.

use std::collections::HashMap;

use velocity_model::{BlobId, TableFormat};

use crate::ReadError;
use crate::dialect::finding;
use crate::frame::Staged;
use crate::markup::{Markup, MarkupPlaces, is_damaged, reference, unescape};
use crate::sheet::{self, Origin, Sheet, pad};
use crate::sheet_cell::{date_text, number_shown};
use crate::stored_text::opening;
use crate::xml::{Piece, Tag, walk};

const NAMESPACE: &[u8] = b"urn:schemas-microsoft-com:office:spreadsheet";

/// Columns of a sheet of Excel; what claims to stand further right is read at the next column.
const WIDEST: usize = 16_384;

/// Empty cells that places of cells may leave before them in a whole file.
const MOST_GAPS: usize = 4 * 1024 * 1024;

/// Whether the XML is a workbook.
pub(crate) fn detect(bytes: &[u8]) -> bool {
    let opening = opening(bytes);
    let is_there = memchr::memmem::find(&opening, NAMESPACE).is_some();
    is_there && memchr::memmem::find(&opening, b"Workbook").is_some()
}

/// Reads every sheet.
///
/// # Errors
/// [`ReadError::Xml`] with line and column; a workbook without a cell.
pub(crate) fn read(markup: &Markup<'_>, blob: BlobId) -> Result<Vec<Staged>, ReadError> {
    let mut reading = Reading {
        markup,
        places: markup.places(),
        formats: HashMap::new(),
        style: None,
        sheets: Vec::new(),
        row: None,
        cell: None,
        gaps: MOST_GAPS,
        is_hidden: false,
    };
    walk(&markup.text, |piece| reading.take(piece)).map_err(|at| {
        let (line, column) = markup.line_and_column(at);
        ReadError::Xml { line, column }
    })?;
    let with_rows = reading.sheets.into_iter().filter(|sheet| !sheet.rows.is_empty());
    let staged = (0..).zip(with_rows).map(|(number, sheet)| {
        let encoding = markup.found.name().to_owned();
        let mut staged =
            sheet::stage(Origin { blob, format: TableFormat::Workbook, encoding, unit: "row" }, number, sheet);
        let why = "the namespace of its elements says so".to_owned();
        let container = finding("container", "workbook as XML".to_owned(), why);
        staged.table.detected.splice(0..0, [container, markup.found.finding()]);
        staged
    });
    let staged: Vec<Staged> = staged.collect();
    if staged.is_empty() { Err(ReadError::NoSheet) } else { Ok(staged) }
}

struct Reading<'m, 't> {
    markup: &'m Markup<'t>,
    places: MarkupPlaces<'m>,
    /// Number formats by the names of their styles.
    formats: HashMap<String, String>,
    /// The style whose format may follow.
    style: Option<String>,
    sheets: Vec<Sheet>,
    row: Option<Row>,
    cell: Option<Cell>,
    gaps: usize,
    /// Whether what stands here is no value of a cell: a comment.
    is_hidden: bool,
}

struct Row {
    number: u64,
    at: usize,
    cells: Vec<String>,
    merged: Vec<std::ops::Range<usize>>,
    is_damaged: bool,
}

#[derive(Default)]
struct Cell {
    text: String,
    /// Type of the value.
    kind: String,
    style: Option<String>,
    /// Further columns that it spans.
    across: usize,
    /// Whether text belongs to it.
    is_in_data: bool,
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl Reading<'_, '_> {
    fn attribute(&self, tag: &Tag<'_>, name: &str) -> Option<String> {
        let (_, value) = tag.attributes().find(|(key, _)| local(key) == name)?;
        let said = self.markup.piece(&value).into_owned();
        Some(unescape(&said).0.into_owned())
    }

    fn number(&self, tag: &Tag<'_>, name: &str) -> Option<usize> {
        self.attribute(tag, name)?.trim().parse().ok()
    }

    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Start(tag) => self.start(&tag),
            Piece::End(name, end) => self.end(name, end),
            Piece::Text(text) => {
                let said = self.markup.piece(&text);
                if let Some(row) = &mut self.row {
                    row.is_damaged |= is_damaged(&said, &text);
                }
                self.add(&said);
            }
            Piece::Reference(name) => match reference(&name) {
                Some(text) => self.add(&text),
                None => self.add(&format!("&{name};")),
            },
        }
    }

    fn add(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.is_in_data) {
            cell.text.push_str(text);
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match local(tag.name) {
            "Style" => self.style = self.attribute(tag, "ID"),
            "NumberFormat" => {
                if let (Some(style), Some(format)) = (self.style.clone(), self.attribute(tag, "Format")) {
                    self.formats.insert(style, format);
                }
            }
            "Worksheet" => self.sheets.push(Sheet { name: self.attribute(tag, "Name"), ..Sheet::default() }),
            "Row" => self.start_row(tag),
            "Cell" => self.start_cell(tag),
            "Comment" => self.is_hidden = true,
            "Data" if !self.is_hidden => {
                let kind = self.attribute(tag, "Type").unwrap_or_default();
                if let Some(cell) = &mut self.cell {
                    (cell.kind, cell.is_in_data) = (kind, true);
                }
            }
            _ => {}
        }
    }

    fn start_row(&mut self, tag: &Tag<'_>) {
        let Some(sheet) = self.sheets.last() else { return };
        let next = sheet.rows.last().map_or(1, |row| row.place.row + 1);
        let stated = self.number(tag, "Index").map_or(next, |number| number as u64);
        self.row = Some(Row {
            number: stated.max(next),
            at: tag.at,
            cells: Vec::new(),
            merged: Vec::new(),
            is_damaged: false,
        });
    }

    fn start_cell(&mut self, tag: &Tag<'_>) {
        let stated = self.number(tag, "Index").and_then(|number| number.checked_sub(1));
        let across = self.number(tag, "MergeAcross").unwrap_or(0);
        let style = self.attribute(tag, "StyleID");
        let Some(row) = &mut self.row else { return };
        if let Some(gap) = stated.filter(|at| *at < WIDEST).and_then(|at| at.checked_sub(row.cells.len())) {
            pad(&mut row.cells, gap, &mut self.gaps);
        }
        self.cell = Some(Cell { style, across, ..Cell::default() });
    }

    fn end(&mut self, name: &str, end: usize) {
        match local(name) {
            "Comment" => self.is_hidden = false,
            "Style" => self.style = None,
            "Data" => {
                if let Some(cell) = &mut self.cell {
                    cell.is_in_data = false;
                }
            }
            "Cell" => self.end_cell(),
            "Row" => self.end_row(end),
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let (Some(cell), Some(row)) = (self.cell.take(), self.row.as_mut()) else { return };
        let format = cell.style.as_ref().and_then(|style| self.formats.get(style)).map(String::as_str);
        let text = match cell.kind.as_str() {
            "Number" => number_shown(cell.text.trim(), format),
            "DateTime" => date_text(cell.text.trim()).to_owned(),
            "Boolean" => if cell.text.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            _ => cell.text,
        };
        row.cells.push(text);
        let across = cell.across.min(WIDEST.saturating_sub(row.cells.len()));
        if across > 0 {
            let at = row.cells.len() - 1;
            pad(&mut row.cells, across, &mut self.gaps);
            row.merged.push(at..row.cells.len());
        }
    }

    fn end_row(&mut self, end: usize) {
        let (Some(row), Some(sheet)) = (self.row.take(), self.sheets.last_mut()) else { return };
        let place = crate::frame::Place { row: row.number, ..self.places.of(&(row.at..end)) };
        sheet.width = sheet.width.max(row.cells.len());
        let damaged = row.is_damaged.then(|| self.markup.piece(&self.markup.text[row.at..end]).into_owned());
        sheet.rows.push(sheet::Row { place, cells: row.cells, merged: row.merged, damaged });
    }
}

#[cfg(test)]
mod tests;
