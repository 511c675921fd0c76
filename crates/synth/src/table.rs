//! Delimited text with a count of its lines, and what a rendered source is.

use crate::directory::Mentions;

/// What a row states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Truth {
    pub(crate) row: u64,
    pub(crate) kind: &'static str,
    pub(crate) entity: String,
}

impl Truth {
    pub(crate) fn person(row: u64, number: usize) -> Self {
        Self { row, kind: "person", entity: person_id(number) }
    }

    pub(crate) fn organisation(row: u64, number: usize) -> Self {
        Self { row, kind: "organisation", entity: format!("O{:06}", number + 1) }
    }
}

/// `P000001` for the first.
pub(crate) fn person_id(number: usize) -> String {
    format!("P{:06}", number + 1)
}

/// One source file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rendered {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// Data rows, those that cannot be read included.
    pub(crate) rows: u64,
    pub(crate) truth: Vec<Truth>,
    /// Physical rows that a reader must set aside.
    pub(crate) unreadable: Vec<u64>,
    pub(crate) mentions: Mentions,
}

/// Delimited text while it grows.
pub(crate) struct Table {
    text: String,
    delimiter: char,
    line_end: &'static str,
    line: u64,
    rows: u64,
    pub(crate) truth: Vec<Truth>,
    pub(crate) unreadable: Vec<u64>,
    pub(crate) mentions: Mentions,
}

impl Table {
    pub(crate) fn new(delimiter: char, line_end: &'static str) -> Self {
        let (truth, unreadable, mentions) = (Vec::new(), Vec::new(), Mentions::default());
        Self { text: String::new(), delimiter, line_end, line: 1, rows: 0, truth, unreadable, mentions }
    }

    /// A line that is no data: a title, the header.
    pub(crate) fn line<S: AsRef<str>>(&mut self, cells: &[S]) {
        for (place, cell) in cells.iter().map(AsRef::as_ref).enumerate() {
            if place > 0 {
                self.text.push(self.delimiter);
            }
            if cell.contains([self.delimiter, '"', '\n', '\r']) {
                self.text.push('"');
                self.text.push_str(&cell.replace('"', "\"\""));
                self.text.push('"');
                self.line += cell.matches('\n').count() as u64;
            } else {
                self.text.push_str(cell);
            }
        }
        self.text.push_str(self.line_end);
        self.line += 1;
    }

    /// A data row; gives its physical row.
    pub(crate) fn row<S: AsRef<str>>(&mut self, cells: &[S]) -> u64 {
        let row = self.line;
        self.line(cells);
        self.rows += 1;
        row
    }

    /// A data row that a reader must set aside.
    pub(crate) fn broken<S: AsRef<str>>(&mut self, cells: &[S]) {
        let row = self.row(cells);
        self.unreadable.push(row);
    }

    pub(crate) fn finish(self, name: &'static str, encode: impl Fn(&str) -> Vec<u8>) -> Rendered {
        let Self { text, rows, truth, unreadable, mentions, .. } = self;
        Rendered { name, bytes: encode(&text), rows, truth, unreadable, mentions }
    }
}
