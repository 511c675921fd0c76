//! XML to staged tables: elements that stand beside each other are rows; their attributes and what stands in them are columns, named
//! by the path from the row as those of JSON are (`address.city`).
//!
//! What stands once beside the rows is preamble. Entities are never expanded. The place of a row is that of its element.

mod events;
mod outline;

use velocity_model::{BlobId, Severity, TableFormat};

use crate::ReadError;
use crate::dialect::finding;
use crate::frame::{Staged, note};
use crate::markup::{Markup, MarkupPlaces, is_damaged, reference, unescape};
use crate::property_table::PropertyTable;
use crate::stored_text::opening;

pub(crate) use events::{Piece, Tag, walk};
use outline::{Outline, Way};

/// Lines of preamble that are kept.
const MOST_PREAMBLE: usize = 100;

const UNKNOWN: &str = "read.unknown_entity";
const UNKNOWN_ENTITY: &str =
    "references to entities are unknown or declared by the document; they are not expanded and stay as written";

/// Whether the text begins as XML does: with its declaration, or with an element.
pub(crate) fn detect(bytes: &[u8]) -> bool {
    let opening = opening(bytes);
    is_declared(bytes)
        || match *opening {
            [b'<', b'!', ..] => opening.starts_with(b"<!--") || opening.starts_with(b"<!DOCTYPE"),
            [b'<', first, ..] => first.is_ascii_alphabetic() || first == b'_',
            _ => false,
        }
}

/// Whether the text states that it is XML.
pub(crate) fn is_declared(bytes: &[u8]) -> bool {
    opening(bytes).starts_with(b"<?xml")
}

/// Reads a document.
///
/// # Errors
/// [`ReadError::Xml`] with line and column if it is none.
pub(crate) fn read(markup: &Markup<'_>, blob: BlobId) -> Result<Vec<Staged>, ReadError> {
    let wrong = |at: usize| {
        let (line, column) = markup.line_and_column(at);
        ReadError::Xml { line, column }
    };
    let outline = Outline::of(&markup.text).map_err(wrong)?;
    let choice = outline.rows();
    let tables = choice.rows.iter().map(|_| (0, PropertyTable::default())).collect();
    let mut reading = Reading {
        markup,
        outline: &outline,
        rows: &choice.rows,
        places: markup.places(),
        way: Way::default(),
        open: Vec::new(),
        row: None,
        tables,
        preamble: Vec::new(),
        left_out: 0,
    };
    walk(&markup.text, |piece| reading.take(piece)).map_err(wrong)?;
    let Reading { tables, mut preamble, left_out, .. } = reading;
    let is_one = tables.len() == 1;
    let mut staged: Vec<(usize, Staged)> = Vec::new();
    for ((bytes, table), path) in tables.into_iter().zip(&choice.rows) {
        let mut one = table.finish(blob, TableFormat::Xml, &markup.found);
        one.table.name = (!is_one).then(|| outline.name(*path).to_owned());
        one.table.detected.push(finding("rows", outline.path(*path), choice.why.to_owned()));
        let why = "the names of the attributes and elements in its rows";
        one.table.detected.push(finding("header", "names".to_owned(), why.to_owned()));
        staged.push((bytes, one));
    }
    // The table that matters comes first.
    staged.sort_by_key(|(bytes, _)| std::cmp::Reverse(*bytes));
    let mut staged: Vec<Staged> = (0..).zip(staged).map(|(number, (_, one))| numbered(one, number)).collect();
    if let Some(first) = staged.first_mut() {
        first.table.preamble.append(&mut preamble);
        if left_out > 0 {
            let message = format!("{left_out} values stand once beside the rows and are left out; look at the file");
            first.table.issues.push(note(Severity::Note, "read.left_out_values", message));
        }
        first.table.issues.extend(markup.found.issue());
    }
    Ok(staged)
}

fn numbered(mut staged: Staged, number: u32) -> Staged {
    staged.table.table = number;
    staged
}

/// An open element.
#[derive(Default)]
struct Open {
    text: String,
    /// Length of the path of its row around it.
    outer: usize,
    /// Whether it has attributes or elements.
    is_structured: bool,
}

/// A row while it is read.
struct Row {
    table: usize,
    /// Elements around it.
    depth: usize,
    at: usize,
    path: String,
    cells: Vec<(String, String)>,
    is_damaged: bool,
    unknown: u64,
}

struct Reading<'m, 't> {
    markup: &'m Markup<'t>,
    outline: &'m Outline<'m>,
    rows: &'m [usize],
    places: MarkupPlaces<'m>,
    way: Way,
    open: Vec<Open>,
    row: Option<Row>,
    /// Each with the bytes of its rows.
    tables: Vec<(usize, PropertyTable)>,
    preamble: Vec<String>,
    left_out: u64,
}

impl Reading<'_, '_> {
    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Start(tag) => self.start(&tag),
            Piece::End(_, end) => self.end(end),
            Piece::Text(text) => {
                let said = self.markup.piece(&text);
                if let Some(row) = &mut self.row {
                    row.is_damaged |= is_damaged(&said, &text);
                }
                self.add(&said);
            }
            Piece::Reference(name) => match reference(&name) {
                Some(text) => self.add(&text),
                None => {
                    if let Some(row) = &mut self.row {
                        row.unknown += 1;
                    }
                    self.add(&format!("&{name};"));
                }
            },
        }
    }

    fn add(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(text);
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        if !self.way.enter(self.outline, tag.name) {
            return;
        }
        let (here, depth) = (self.way.here(), self.way.depth());
        if let Some(outer) = self.open.last_mut() {
            outer.is_structured = true;
        }
        let mut open = Open::default();
        match &mut self.row {
            Some(row) => {
                open.outer = row.path.len();
                if !row.path.is_empty() {
                    row.path.push('.');
                }
                row.path.push_str(&self.markup.piece(tag.name));
            }
            None => {
                let table = self.rows.iter().position(|row| *row == here);
                self.row = table.map(|table| Row {
                    table,
                    depth,
                    at: tag.at,
                    path: String::new(),
                    cells: Vec::new(),
                    is_damaged: false,
                    unknown: 0,
                });
            }
        }
        for (name, value) in tag.attributes() {
            open.is_structured = true;
            let said = self.markup.piece(&value);
            let (said, unknown) = unescape(&said);
            // An element of the same name has the name.
            let at = if self.outline.has_child(here, name) { "@" } else { "" };
            let name = self.markup.piece(name);
            match &mut self.row {
                Some(row) => {
                    let dot = if row.path.is_empty() { "" } else { "." };
                    row.is_damaged |= is_damaged(&said, &value);
                    row.unknown += unknown;
                    row.cells.push((format!("{}{dot}{at}{name}", row.path), said.trim().to_owned()));
                }
                None => beside(
                    &mut self.preamble,
                    &mut self.left_out,
                    &format!("{}.{at}{name}", self.outline.path(here)),
                    &said,
                ),
            }
        }
        self.open.push(open);
    }

    fn end(&mut self, end: usize) {
        let (here, depth) = (self.way.here(), self.way.depth());
        if !self.way.leave() {
            return;
        }
        let Some(open) = self.open.pop() else { return };
        let text = open.text.trim();
        let Some(row) = &mut self.row else {
            return beside(&mut self.preamble, &mut self.left_out, &self.outline.path(here), text);
        };
        let is_leaf = !open.is_structured;
        if row.depth < depth {
            if is_leaf || !text.is_empty() {
                row.cells.push((row.path.clone(), text.to_owned()));
            }
            row.path.truncate(open.outer);
            return;
        }
        if !text.is_empty() || !self.outline.is_structured(here) {
            row.cells.push((self.markup.piece(self.outline.name(here)).into_owned(), text.to_owned()));
        }
        if let Some(row) = self.row.take() {
            self.close(row, end);
        }
    }

    fn close(&mut self, row: Row, end: usize) {
        let place = self.places.of(&(row.at..end));
        let Some((bytes, table)) = self.tables.get_mut(row.table) else { return };
        *bytes += end - row.at;
        table.count(place.row, row.unknown, Severity::Warning, UNKNOWN, UNKNOWN_ENTITY);
        if row.is_damaged {
            let message =
                format!("a byte of the element is not {}; save the file in that encoding", self.markup.found.name());
            let raw = self.markup.piece(&self.markup.text[row.at..end]).into_owned();
            table.set_aside(place, "read.bad_encoding", message, raw);
        } else {
            table.push(place, row.cells);
        }
    }
}

/// Takes in what stands beside the rows.
fn beside(preamble: &mut Vec<String>, left_out: &mut u64, path: &str, value: &str) {
    let value = value.trim();
    if value.is_empty() {
    } else if preamble.len() < MOST_PREAMBLE {
        preamble.push(format!("{path}: {value}"));
    } else {
        *left_out += 1;
    }
}

#[cfg(test)]
mod tests;
