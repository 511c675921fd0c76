//! Splitting bytes into rows and rows into cells (RFC 4180, read leniently), without losing where anything stands.

use std::ops::Range;

use memchr::{memchr2, memchr3};

/// How cells are separated and quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    /// Whether a space behind a delimiter belongs to it.
    pub(crate) spaced: bool,
    pub(crate) quote: Option<u8>,
    /// What takes its meaning from the quote behind it, where that is not a second quote.
    pub(crate) escape: Option<u8>,
}

impl Dialect {
    /// Cells between delimiters, quoted as RFC 4180 has it.
    pub(crate) const fn plain(delimiter: u8) -> Self {
        Self { delimiter, spaced: false, quote: Some(b'"'), escape: None }
    }

    /// Where the text of a cell begins whose delimiter stands before `at`.
    fn cell_start(self, bytes: &[u8], at: usize) -> usize {
        at + usize::from(self.spaced && bytes.get(at) == Some(&b' '))
    }

    fn is_end(self, byte: Option<&u8>) -> bool {
        byte.is_none_or(|byte| *byte == self.delimiter || matches!(byte, b'\n' | b'\r'))
    }
}

/// A row as it stands in the text: without its line end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RowSpan {
    /// Line on which it begins, from 1.
    pub(crate) line: u64,
    /// Its bytes.
    pub(crate) span: Range<usize>,
    /// Lines that it takes.
    pub(crate) lines: u64,
    /// Whether it begins a quoted cell that nothing closes; it then ends with its first line.
    pub(crate) unterminated: bool,
}

/// Longest quoted cell, in bytes: a quote that is not closed within this is taken as unterminated.
pub(crate) const LONGEST_CELL: usize = 16 * 1024 * 1024;

/// Bytes that may be read twice because of quotes that nothing closes, before quotes no longer span lines. Bounds the
/// work on a file in which every line begins a quote.
const PATIENCE: usize = 256 * 1024 * 1024;

/// Splits text into rows, one after the other.
#[derive(Clone, Debug)]
pub(crate) struct Rows<'a> {
    bytes: &'a [u8],
    dialect: Dialect,
    at: usize,
    line: u64,
    patience: usize,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(bytes: &'a [u8], start: usize, dialect: Dialect) -> Self {
        Self { bytes, dialect, at: start, line: 1, patience: PATIENCE }
    }

    /// Goes back behind the first line of a row that turned out not to span lines.
    pub(crate) fn resume_after_first_line(&mut self, row: &RowSpan) -> RowSpan {
        let end = line_end(self.bytes, row.span.start);
        self.patience = self.patience.saturating_sub(row.span.len());
        self.at = behind_line_end(self.bytes, end);
        self.line = row.line + 1;
        RowSpan { line: row.line, span: row.span.start..end, lines: 1, unterminated: true }
    }

    /// End of the row that begins at `start` (its line end not counted) and whether its quotes are balanced.
    fn row_end(&self, start: usize) -> (usize, bool) {
        let mut at = start;
        loop {
            // At the beginning of a cell.
            if at > start {
                at = self.dialect.cell_start(self.bytes, at);
            }
            if let Some(quote) = self.dialect.quote.filter(|quote| self.bytes.get(at) == Some(quote))
                && self.patience > 0
            {
                match closing_quote(self.bytes, at + 1, quote, self.dialect) {
                    Close::Behind(behind) => at = behind,
                    Close::Letter => {}
                    Close::Nowhere => return (at, false),
                }
            }
            match memchr3(self.dialect.delimiter, b'\n', b'\r', &self.bytes[at..]) {
                None => return (self.bytes.len(), true),
                Some(found) if self.bytes[at + found] == self.dialect.delimiter => at += found + 1,
                Some(found) => return (at + found, true),
            }
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = RowSpan;

    fn next(&mut self) -> Option<RowSpan> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let (start, line) = (self.at, self.line);
        let (end, balanced) = self.row_end(start);
        if !balanced {
            self.patience = self.patience.saturating_sub(self.bytes.len().min(end + LONGEST_CELL) - end);
            let row = RowSpan { line, span: start..end, lines: 1, unterminated: true };
            return Some(self.resume_after_first_line(&row));
        }
        let lines = 1 + count_line_ends(&self.bytes[start..end]);
        self.at = behind_line_end(self.bytes, end);
        self.line += lines;
        Some(RowSpan { line, span: start..end, lines, unterminated: false })
    }
}

/// How a quote at the beginning of a cell is closed.
enum Close {
    /// By the quote before this place.
    Behind(usize),
    /// It is none that quotes: the next one begins a cell as well.
    Letter,
    /// By no quote near enough.
    Nowhere,
}

/// Where the quote closes that begins a cell before `from`: at one that no second quote follows, and no escape stands before.
fn closing_quote(bytes: &[u8], from: usize, quote: u8, dialect: Dialect) -> Close {
    let mut at = from;
    let limit = bytes.len().min(from.saturating_add(LONGEST_CELL));
    let escape = dialect.escape.unwrap_or(quote);
    while at < limit {
        let Some(found) = memchr2(quote, escape, &bytes[at..limit]) else { return Close::Nowhere };
        at += found;
        if bytes[at] != quote || bytes.get(at + 1) == Some(&quote) {
            at += 2;
        } else if dialect.is_end(bytes.get(at + 1)) {
            return Close::Behind(at + 1);
        } else if at > from && bytes[at - 1] == dialect.delimiter {
            return Close::Letter;
        } else {
            // A quote amid the text: `"the "old" road"`. It closes the cell unless another does so properly.
            return Close::Behind(proper_close(bytes, at + 1, quote, dialect).unwrap_or(at + 1));
        }
    }
    Close::Nowhere
}

/// Behind a quote on the same line that ends a cell, before any that begins one.
fn proper_close(bytes: &[u8], from: usize, quote: u8, dialect: Dialect) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr3(quote, b'\n', b'\r', &bytes[at..])?;
        let before = bytes[from..at].iter().rev().find(|byte| **byte != b' ');
        match () {
            () if bytes[at] != quote || before == Some(&dialect.delimiter) => return None,
            () if dialect.is_end(bytes.get(at + 1)) => return Some(at + 1),
            () => at += 1,
        }
    }
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    memchr2(b'\n', b'\r', &bytes[from..]).map_or(bytes.len(), |found| from + found)
}

fn behind_line_end(bytes: &[u8], end: usize) -> usize {
    match bytes.get(end..) {
        Some([b'\r', b'\n', ..]) => end + 2,
        Some([_, ..]) => end + 1,
        _ => bytes.len(),
    }
}

/// Line ends of any kind: `\n`, `\r\n` and `\r` each count one.
fn count_line_ends(bytes: &[u8]) -> u64 {
    let mut count = 0;
    let mut at = 0;
    while let Some(found) = memchr2(b'\n', b'\r', &bytes[at..]) {
        count += 1;
        at = behind_line_end(bytes, at + found);
    }
    count
}

/// The cells of a row: what stands between delimiters, quotes and doubled quotes taken off. Text behind a closing quote
/// stays part of the cell.
pub(crate) fn cells(row: &[u8], dialect: Dialect, spans_quotes: bool, mut take: impl FnMut(&[u8])) {
    let mut at = 0;
    let mut unquoted = Vec::new();
    loop {
        let quote = dialect.quote.filter(|quote| spans_quotes && row.get(at) == Some(quote));
        let closed = quote.and_then(|quote| match closing_quote(row, at + 1, quote, dialect) {
            Close::Behind(behind) => Some((quote, behind)),
            Close::Letter | Close::Nowhere => None,
        });
        let search = closed.map_or(at, |(_, behind)| behind);
        let end = memchr::memchr(dialect.delimiter, &row[search..]).map(|found| search + found);
        let stop = end.unwrap_or(row.len());
        match closed {
            None => take(&row[at..stop]),
            Some((quote, behind)) => {
                let inner = &row[at + 1..behind - 1];
                let escape = dialect.escape.unwrap_or(quote);
                if behind < stop || memchr2(quote, escape, inner).is_some() {
                    unquoted.clear();
                    unescape(inner, quote, escape, &mut unquoted);
                    unquoted.extend_from_slice(&row[behind..stop]);
                    take(&unquoted);
                } else {
                    take(inner);
                }
            }
        }
        match end {
            Some(end) => at = dialect.cell_start(row, end + 1),
            None => return,
        }
    }
}

/// Whether every cell of a row that begins with a quote is closed as RFC 4180 has it: by one that ends the cell, the quotes
/// before it doubled.
pub(crate) fn is_quoted_properly(row: &[u8], dialect: Dialect) -> bool {
    let Some(quote) = dialect.quote else { return true };
    let mut at = 0;
    loop {
        if row.get(at) == Some(&quote) {
            at += 1;
            loop {
                let Some(found) = memchr::memchr(quote, &row[at..]) else { return false };
                at += found + 1;
                match row.get(at) {
                    Some(next) if *next == quote => at += 1,
                    next if dialect.is_end(next) => break,
                    _ => return false,
                }
            }
        }
        match memchr::memchr(dialect.delimiter, &row[at..]) {
            Some(end) => at = dialect.cell_start(row, at + end + 1),
            None => return true,
        }
    }
}

/// Doubled and escaped quotes become one; whatever else an escape stands before is left as it is.
fn unescape(inner: &[u8], quote: u8, escape: u8, into: &mut Vec<u8>) {
    let mut at = 0;
    while let Some(byte) = inner.get(at) {
        let next = inner.get(at + 1);
        let is_pair = (*byte == escape && (next == Some(&quote) || next == Some(&escape)))
            || (*byte == quote && next == Some(&quote));
        at += usize::from(is_pair);
        into.extend(inner.get(at));
        at += 1;
    }
}

#[cfg(test)]
mod tests;
