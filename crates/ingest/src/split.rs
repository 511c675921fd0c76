//! Splitting bytes into rows and rows into cells (RFC 4180, read leniently), without losing where anything stands.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memchr3};

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

    /// Lines as rows of one cell: the delimiter is a control character, so that no text is parted.
    pub(crate) const LINES: Self = Self { quote: None, ..Self::plain(0x1f) };

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
    /// Its cells.
    pub(crate) cells: usize,
    /// Whether it begins a quoted cell that nothing closes; it then ends with its first line.
    pub(crate) unterminated: bool,
}

/// Longest quoted cell, in bytes: a quote that is not closed within this is taken as unterminated. A row that is longer than
/// this is not looked into.
pub(crate) const LONGEST_CELL: usize = 16 * 1024 * 1024;

/// Bytes that may be read twice because of quotes that nothing closes, before quotes no longer span lines. Bounds the
/// work on a file in which every line begins a quote.
const PATIENCE: usize = 256 * 1024 * 1024;

/// How far the splitting has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Where the next row begins.
    pub(crate) at: usize,
    /// Line on which it begins, from 1.
    pub(crate) line: u64,
    pub(crate) patience: usize,
}

impl Progress {
    pub(crate) const fn at(start: usize) -> Self {
        Self { at: start, line: 1, patience: PATIENCE }
    }
}

/// What comes next in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Row(RowSpan),
    /// Nothing.
    End,
    /// What there is of the text does not tell: more of it must be shown.
    Cut,
}

/// Splits text into rows, one after the other.
#[derive(Clone, Debug)]
pub(crate) struct Rows<'a> {
    pub(crate) bytes: &'a [u8],
    /// Whether the text ends where `bytes` end.
    pub(crate) is_last: bool,
    pub(crate) dialect: Dialect,
    pub(crate) progress: Progress,
}

impl<'a> Rows<'a> {
    /// The rows of a whole text.
    pub(crate) fn new(bytes: &'a [u8], start: usize, dialect: Dialect) -> Self {
        Self { bytes, is_last: true, dialect, progress: Progress::at(start) }
    }

    /// The next row. Where the text is cut, `progress` is of no more use.
    pub(crate) fn next_row(&mut self) -> Next {
        let Progress { at: start, line, patience } = self.progress;
        if start >= self.bytes.len() {
            return if self.is_last { Next::End } else { Next::Cut };
        }
        let quote = self.dialect.quote.filter(|_| patience > 0);
        if let Some(end) = line_end(self.bytes, start).or(self.is_last.then_some(self.bytes.len()))
            && quote.is_none_or(|quote| memchr(quote, &self.bytes[start..end]).is_none())
        {
            return self.line_as_row(start, end, patience == 0);
        }
        let mut scan = Scan::at(start);
        match scan.go_on(self.bytes, self.is_last, Dialect { quote, ..self.dialect }) {
            ScanEnd::Row => self.closed(scan.at, 1 + count_line_ends(&self.bytes[start..scan.at]), scan.cells),
            ScanEnd::Open => {
                let looked_at = self.bytes.len().min(scan.at + LONGEST_CELL) - scan.at;
                let row = RowSpan { line, span: start..scan.at, lines: 1, cells: scan.cells, unterminated: true };
                self.progress.patience = patience.saturating_sub(looked_at);
                self.resume_after_first_line(&row).map_or(Next::Cut, Next::Row)
            }
            ScanEnd::Cut => Next::Cut,
        }
    }

    /// A row that is one line because no quote in it could span lines.
    fn line_as_row(&mut self, start: usize, end: usize, has_quotes: bool) -> Next {
        let row = &self.bytes[start..end];
        let mut count = 0;
        if has_quotes {
            cells(row, self.dialect, true, |_| count += 1);
        } else {
            count = 1 + memchr_iter(self.dialect.delimiter, row).count();
        }
        self.closed(end, 1, count)
    }

    fn closed(&mut self, end: usize, lines: u64, cells: usize) -> Next {
        let Progress { at, line, .. } = self.progress;
        let Some(next) = behind_line_end(self.bytes, end, self.is_last) else { return Next::Cut };
        (self.progress.at, self.progress.line) = (next, line + lines);
        Next::Row(RowSpan { line, span: at..end, lines, cells, unterminated: false })
    }

    /// Goes back behind the first line of a row that turned out not to span lines; `None` if its end is not to be seen.
    pub(crate) fn resume_after_first_line(&mut self, row: &RowSpan) -> Option<RowSpan> {
        let start = row.span.start;
        let end = line_end(self.bytes, start).or(self.is_last.then_some(self.bytes.len()))?;
        self.progress.at = behind_line_end(self.bytes, end, self.is_last)?;
        self.progress.patience = self.progress.patience.saturating_sub(row.span.len());
        self.progress.line = row.line + 1;
        let cells = 1 + memchr_iter(self.dialect.delimiter, &self.bytes[start..end]).count();
        Some(RowSpan { line: row.line, span: start..end, lines: 1, cells, unterminated: true })
    }
}

impl Iterator for Rows<'_> {
    type Item = RowSpan;

    fn next(&mut self) -> Option<RowSpan> {
        match self.next_row() {
            Next::Row(row) => Some(row),
            Next::End | Next::Cut => None,
        }
    }
}

/// The search for the end of a row, which can go on where the text was cut.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scan {
    /// How far it has come; for a row that has ended its end, for one that is open its open quote.
    pub(crate) at: usize,
    /// Cells that have begun.
    pub(crate) cells: usize,
    place: InRow,
}

/// Where in a row a scan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InRow {
    CellStart,
    BehindDelimiter,
    InCell,
}

/// How far a scan came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScanEnd {
    /// To the end of the row.
    Row,
    /// To a quote that nothing closes.
    Open,
    /// As far as the text is to be seen.
    Cut,
}

impl Scan {
    pub(crate) const fn at(start: usize) -> Self {
        Self { at: start, cells: 1, place: InRow::CellStart }
    }

    /// Goes on to the end of the row (its line end not counted).
    pub(crate) fn go_on(&mut self, bytes: &[u8], is_last: bool, dialect: Dialect) -> ScanEnd {
        loop {
            if self.at >= bytes.len() && !is_last {
                return ScanEnd::Cut;
            }
            if self.place == InRow::BehindDelimiter {
                self.at = dialect.cell_start(bytes, self.at);
                self.place = InRow::CellStart;
                continue;
            }
            if self.place == InRow::CellStart
                && let Some(quote) = dialect.quote.filter(|quote| bytes.get(self.at) == Some(quote))
            {
                match closing_quote(bytes, self.at + 1, quote, dialect, is_last) {
                    Close::Behind(behind) => self.at = behind,
                    Close::Letter => {}
                    Close::Nowhere => return ScanEnd::Open,
                    Close::Cut => return ScanEnd::Cut,
                }
            }
            self.place = InRow::InCell;
            match memchr3(dialect.delimiter, b'\n', b'\r', &bytes[self.at..]) {
                None => {
                    self.at = bytes.len();
                    return if is_last { ScanEnd::Row } else { ScanEnd::Cut };
                }
                Some(found) if bytes[self.at + found] == dialect.delimiter => {
                    self.at += found + 1;
                    self.cells += 1;
                    self.place = InRow::BehindDelimiter;
                }
                Some(found) => {
                    self.at += found;
                    return ScanEnd::Row;
                }
            }
        }
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
    /// What there is of the text does not tell.
    Cut,
}

/// Where the quote closes that begins a cell before `from`: at one that no second quote follows, and no escape stands before.
fn closing_quote(bytes: &[u8], from: usize, quote: u8, dialect: Dialect, is_last: bool) -> Close {
    let mut at = from;
    let limit = bytes.len().min(from.saturating_add(LONGEST_CELL));
    let nowhere = || if is_last || limit < bytes.len() { Close::Nowhere } else { Close::Cut };
    let escape = dialect.escape.unwrap_or(quote);
    while at < limit {
        let Some(found) = memchr2(quote, escape, &bytes[at..limit]) else { return nowhere() };
        at += found;
        if at + 1 == bytes.len() && !is_last {
            return Close::Cut;
        }
        if bytes[at] != quote || bytes.get(at + 1) == Some(&quote) {
            at += 2;
        } else if dialect.is_end(bytes.get(at + 1)) {
            return Close::Behind(at + 1);
        } else if at > from && bytes[at - 1] == dialect.delimiter {
            return Close::Letter;
        } else {
            // A quote amid the text: `"the "old" road"`. It closes the cell unless another does so properly.
            return match proper_close(bytes, at + 1, quote, dialect, is_last) {
                ProperClose::Behind(behind) => Close::Behind(behind),
                ProperClose::None => Close::Behind(at + 1),
                ProperClose::Cut => Close::Cut,
            };
        }
    }
    nowhere()
}

enum ProperClose {
    Behind(usize),
    None,
    Cut,
}

/// Behind a quote on the same line that ends a cell, before any that begins one.
fn proper_close(bytes: &[u8], from: usize, quote: u8, dialect: Dialect, is_last: bool) -> ProperClose {
    let mut at = from;
    let limit = bytes.len().min(from.saturating_add(LONGEST_CELL));
    let none = || if is_last || limit < bytes.len() { ProperClose::None } else { ProperClose::Cut };
    loop {
        let Some(found) = memchr3(quote, b'\n', b'\r', &bytes[at.min(limit)..limit]) else { return none() };
        at += found;
        let before = bytes[from..at].iter().rev().find(|byte| **byte != b' ');
        match () {
            () if bytes[at] != quote || before == Some(&dialect.delimiter) => return ProperClose::None,
            () if at + 1 == bytes.len() && !is_last => return ProperClose::Cut,
            () if dialect.is_end(bytes.get(at + 1)) => return ProperClose::Behind(at + 1),
            () => at += 1,
        }
    }
}

/// The next line end, if there is one.
pub(crate) fn line_end(bytes: &[u8], from: usize) -> Option<usize> {
    memchr2(b'\n', b'\r', &bytes[from..]).map(|found| from + found)
}

/// Where the next line begins; `None` if the text is cut between the two bytes of a line end, or may be.
pub(crate) fn behind_line_end(bytes: &[u8], end: usize, is_last: bool) -> Option<usize> {
    match bytes.get(end..) {
        Some([b'\r', b'\n', ..]) => Some(end + 2),
        Some([b'\r']) if !is_last => None,
        Some([_, ..]) => Some(end + 1),
        _ => Some(bytes.len()),
    }
}

/// Line ends of any kind: `\n`, `\r\n` and `\r` each count one.
pub(crate) fn count_line_ends(bytes: &[u8]) -> u64 {
    let mut count = 0;
    let mut at = 0;
    while let Some(found) = memchr2(b'\n', b'\r', &bytes[at..]) {
        count += 1;
        at += found + if bytes[at + found..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    count
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell<'r> {
    /// It stands in the row as it is.
    Plain(Range<usize>),
    /// Quotes were taken out of it.
    Unquoted(&'r [u8]),
}

impl Cell<'_> {
    pub(crate) fn bytes<'r>(&'r self, row: &'r [u8]) -> &'r [u8] {
        match self {
            Self::Plain(span) => &row[span.clone()],
            Self::Unquoted(bytes) => bytes,
        }
    }
}

/// The cells of a row: what stands between delimiters, quotes and doubled quotes taken off. Text behind a closing quote
/// stays part of the cell.
pub(crate) fn cells(row: &[u8], dialect: Dialect, spans_quotes: bool, mut take: impl FnMut(Cell<'_>)) {
    let mut at = 0;
    let mut unquoted = Vec::new();
    loop {
        let quote = dialect.quote.filter(|quote| spans_quotes && row.get(at) == Some(quote));
        let closed = quote.and_then(|quote| match closing_quote(row, at + 1, quote, dialect, true) {
            Close::Behind(behind) => Some((quote, behind)),
            Close::Letter | Close::Nowhere | Close::Cut => None,
        });
        let search = closed.map_or(at, |(_, behind)| behind);
        let end = memchr(dialect.delimiter, &row[search..]).map(|found| search + found);
        let stop = end.unwrap_or(row.len());
        match closed {
            None => take(Cell::Plain(at..stop)),
            Some((quote, behind)) => {
                let inner = &row[at + 1..behind - 1];
                let escape = dialect.escape.unwrap_or(quote);
                if behind < stop || memchr2(quote, escape, inner).is_some() {
                    unquoted.clear();
                    unescape(inner, quote, escape, &mut unquoted);
                    unquoted.extend_from_slice(&row[behind..stop]);
                    take(Cell::Unquoted(&unquoted));
                } else {
                    take(Cell::Plain(at + 1..behind - 1));
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
                let Some(found) = memchr(quote, &row[at..]) else { return false };
                at += found + 1;
                match row.get(at) {
                    Some(next) if *next == quote => at += 1,
                    next if dialect.is_end(next) => break,
                    _ => return false,
                }
            }
        }
        match memchr(dialect.delimiter, &row[at..]) {
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
