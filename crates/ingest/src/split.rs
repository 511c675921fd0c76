//! Splitting bytes into rows and rows into cells (RFC 4180, read leniently), without losing where anything stands.

use std::ops::Range;

/// How cells are separated and quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    pub(crate) quote: u8,
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
        let Dialect { delimiter, quote } = self.dialect;
        let mut at = start;
        loop {
            // At the beginning of a cell.
            if self.bytes.get(at) == Some(&quote) && self.patience > 0 {
                match closing_quote(self.bytes, at + 1, quote) {
                    Some(behind) => at = behind,
                    None => return (at, false),
                }
            }
            let rest = &self.bytes[at..];
            match rest.iter().position(|byte| *byte == delimiter || *byte == b'\n' || *byte == b'\r') {
                None => return (self.bytes.len(), true),
                Some(found) if rest[found] == delimiter => at += found + 1,
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

/// Behind the quote that closes a cell: one that is followed by no second quote.
fn closing_quote(bytes: &[u8], from: usize, quote: u8) -> Option<usize> {
    let mut at = from;
    let limit = bytes.len().min(from.saturating_add(LONGEST_CELL));
    while at < limit {
        at += bytes[at..limit].iter().position(|byte| *byte == quote)?;
        if bytes.get(at + 1) == Some(&quote) {
            at += 2;
        } else {
            return Some(at + 1);
        }
    }
    None
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    let found = bytes[from..].iter().position(|byte| *byte == b'\n' || *byte == b'\r');
    found.map_or(bytes.len(), |found| from + found)
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
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'\n' || *byte == b'\r') {
        count += 1;
        at = behind_line_end(bytes, at + found);
    }
    count
}

/// The cells of a row: what stands between delimiters, quotes and doubled quotes taken off. Text behind a closing quote
/// stays part of the cell.
pub(crate) fn cells(row: &[u8], dialect: Dialect, spans_quotes: bool, mut take: impl FnMut(&[u8])) {
    let Dialect { delimiter, quote } = dialect;
    let mut at = 0;
    let mut unquoted = Vec::new();
    loop {
        let quoted_end = match row.get(at) {
            Some(first) if *first == quote && spans_quotes => closing_quote(row, at + 1, quote),
            _ => None,
        };
        let search = quoted_end.unwrap_or(at);
        let end = row[search..].iter().position(|byte| *byte == delimiter).map(|found| search + found);
        let stop = end.unwrap_or(row.len());
        match quoted_end {
            None => take(&row[at..stop]),
            Some(behind) => {
                let inner = &row[at + 1..behind - 1];
                if inner.contains(&quote) || behind < stop {
                    unquoted.clear();
                    let mut skip = false;
                    for byte in inner {
                        skip = *byte == quote && !skip;
                        if !skip {
                            unquoted.push(*byte);
                        }
                    }
                    unquoted.extend_from_slice(&row[behind..stop]);
                    take(&unquoted);
                } else {
                    take(inner);
                }
            }
        }
        match end {
            Some(end) => at = end + 1,
            None => return,
        }
    }
}

#[cfg(test)]
mod tests;
