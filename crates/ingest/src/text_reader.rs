//! A text of any size, row after row.

use std::io;

use crate::encoding::Detected;
use crate::frame::{KEPT, Place};
use crate::source::Source;
use crate::split::{
    Dialect, LONGEST_CELL, Next, Progress, RowSpan, Rows, Scan, ScanEnd, behind_line_end, count_line_ends, line_end,
};
use crate::window::{TextPlace, Window};

/// Bytes in which a row shows its end if it is not large: the row, behind it a quote that nothing closes, and behind that one
/// amid the text.
const HELD: usize = 4 * LONGEST_CELL;

/// A place between rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Position {
    place: TextPlace,
    line: u64,
    patience: usize,
}

/// A place between rows that is cheap to take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    at: u64,
    line: u64,
    patience: usize,
}

/// A row of a text.
#[derive(Clone, Debug)]
pub(crate) struct TextRow {
    /// As in [`RowSpan`].
    pub(crate) line: u64,
    pub(crate) lines: u64,
    pub(crate) cells: usize,
    pub(crate) unterminated: bool,
    /// Where it stands in the text.
    pub(crate) start: u64,
    pub(crate) len: u64,
    /// Where it stands in the stored bytes and its beginning, if it is longer than [`LONGEST_CELL`]; it is not held then.
    pub(crate) large: Option<Box<(Place, String)>>,
}

/// Reads rows one after the other.
pub(crate) struct TextReader<'a> {
    pub(crate) window: Window<'a>,
    found: Detected,
    dialect: Dialect,
    at: u64,
    line: u64,
    patience: usize,
}

impl<'a> TextReader<'a> {
    /// Begins before the first row; `block` bytes are read at once.
    pub(crate) fn new(source: Source<'a>, found: Detected, dialect: Dialect, block: usize) -> Self {
        let window = Window::new(source, found, block);
        let Progress { line, patience, .. } = Progress::at(0);
        Self { at: window.start.at, window, found, dialect, line, patience }
    }

    /// Where the next row begins.
    pub(crate) fn position(&self) -> Position {
        Position { place: self.window.place(self.at), line: self.line, patience: self.patience }
    }

    /// The same, for as long as only one row is read on from there.
    pub(crate) fn mark(&self) -> Mark {
        Mark { at: self.at, line: self.line, patience: self.patience }
    }

    /// Where a row begins, before which `mark` was taken.
    pub(crate) fn position_of(&self, mark: Mark, row: &TextRow) -> Position {
        let place = match &row.large {
            Some(large) => TextPlace { at: mark.at, stored: large.0.offset },
            None => self.window.place(mark.at),
        };
        Position { place, line: mark.line, patience: mark.patience }
    }

    /// Goes back, or ahead.
    pub(crate) fn go(&mut self, to: Position) {
        self.window.go(to.place);
        (self.at, self.line, self.patience) = (to.place.at, to.line, to.patience);
    }

    /// The bytes of a row that is held.
    pub(crate) fn bytes(&self, row: &TextRow) -> &[u8] {
        &self.window.bytes[self.window.index(row.start)..self.window.index(row.start + row.len)]
    }

    /// The next row.
    pub(crate) fn next_row(&mut self) -> io::Result<Option<TextRow>> {
        loop {
            let mut rows = self.rows();
            match rows.next_row() {
                Next::End => return Ok(None),
                Next::Row(row) => {
                    let progress = rows.progress;
                    return Ok(Some(self.taken(&row, progress)));
                }
                Next::Cut if self.window.end() - self.at > HELD as u64 => return self.large_row().map(Some),
                Next::Cut => self.window.slide(self.at)?,
            }
        }
    }

    /// Up to `count` rows that follow, up to a blank one, as far as they are not large; what stands from `keep` on stays held.
    pub(crate) fn peek(&mut self, count: usize, keep: u64) -> io::Result<Vec<TextRow>> {
        loop {
            let mut rows = self.rows();
            let mut found = Vec::new();
            let is_cut = loop {
                match rows.next_row() {
                    Next::Cut => break true,
                    Next::Row(row) if found.len() < count && !row.span.is_empty() && row.span.len() <= LONGEST_CELL => {
                        found.push(self.described(&row));
                    }
                    Next::Row(_) | Next::End => break false,
                }
            };
            if !is_cut || found.len() == count || self.window.end() - self.at > ((count + 1) * HELD) as u64 {
                return Ok(found);
            }
            self.window.slide(keep)?;
        }
    }

    /// Goes back behind the first line of a row that turned out not to span lines; gives that line.
    pub(crate) fn resume_after_first_line(&mut self, row: &TextRow) -> io::Result<TextRow> {
        let stored = row.large.as_ref().map_or(self.window.start.stored, |large| large.0.offset);
        self.window.go(TextPlace { at: row.start, stored });
        let patience = self.patience.saturating_sub(usize::try_from(row.len).unwrap_or(usize::MAX));
        (self.at, self.line, self.patience) = (row.start, row.line, patience);
        self.first_line()
    }

    fn rows(&self) -> Rows<'_> {
        let progress = Progress { at: self.window.index(self.at), line: self.line, patience: self.patience };
        Rows { bytes: &self.window.bytes, is_last: self.window.is_last, dialect: self.dialect, progress }
    }

    fn described(&self, row: &RowSpan) -> TextRow {
        let RowSpan { line, lines, cells, unterminated, .. } = *row;
        let (start, len) = (self.window.start.at + row.span.start as u64, row.span.len() as u64);
        TextRow { line, lines, cells, unterminated, start, len, large: None }
    }

    fn taken(&mut self, row: &RowSpan, progress: Progress) -> TextRow {
        let mut taken = self.described(row);
        if row.span.len() > LONGEST_CELL {
            let start = self.window.place(taken.start).stored;
            let len = self.window.place(taken.start + taken.len).stored - start;
            let place = Place { row: row.line, offset: start, len };
            taken.large = Some(Box::new((place, self.beginning(row.span.start))));
        }
        self.at = self.window.start.at + progress.at as u64;
        (self.line, self.patience) = (progress.line, progress.patience);
        taken
    }

    /// The beginning of a row as text.
    fn beginning(&self, index: usize) -> String {
        let bytes = &self.window.bytes[index..self.window.bytes.len().min(index + KEPT)];
        let encoding = if self.window.bytes_of().is_some() { encoding_rs::UTF_8 } else { self.found.encoding };
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    }

    /// A row of which [`HELD`] bytes do not show the end.
    fn large_row(&mut self) -> io::Result<TextRow> {
        let from = self.position();
        let quote = self.dialect.quote.filter(|_| from.patience > 0);
        match self.scan_large(Dialect { quote, ..self.dialect })? {
            Ok(row) => Ok(row),
            Err(open) => {
                let looked_at = (self.window.end() - open).min(LONGEST_CELL as u64);
                let again = usize::try_from(looked_at + (open - from.place.at)).unwrap_or(usize::MAX);
                self.go(Position { patience: from.patience.saturating_sub(again), ..from });
                self.first_line()
            }
        }
    }

    /// The line that begins here, which is a row because of a quote that does not span lines.
    fn first_line(&mut self) -> io::Result<TextRow> {
        let quoteless = Dialect { quote: None, ..self.dialect };
        let mut row = loop {
            let start = self.window.index(self.at);
            let end = line_end(&self.window.bytes, start);
            let end = end.or(self.window.is_last.then_some(self.window.bytes.len()));
            let next = end.and_then(|end| behind_line_end(&self.window.bytes, end, self.window.is_last));
            if let (Some(end), Some(at)) = (end, next) {
                let cells = 1 + memchr::memchr_iter(self.dialect.delimiter, &self.window.bytes[start..end]).count();
                let row = RowSpan { line: self.line, span: start..end, lines: 1, cells, unterminated: true };
                let progress = Progress { at, line: self.line + 1, patience: self.patience };
                break self.taken(&row, progress);
            }
            if self.window.end() - self.at > HELD as u64 {
                // Without quotes nothing is left open.
                if let Ok(row) = self.scan_large(quoteless)? {
                    break row;
                }
            }
            self.window.slide(self.at)?;
        };
        row.unterminated = true;
        Ok(row)
    }

    /// Goes to the end of a large row, or to a quote in it that nothing closes, without holding it.
    fn scan_large(&mut self, dialect: Dialect) -> io::Result<Result<TextRow, u64>> {
        let (from, line) = (self.window.place(self.at), self.line);
        let beginning = self.beginning(self.window.index(self.at));
        let mut scan = Scan::at(self.window.index(self.at));
        let mut lines = 1;
        loop {
            let seen = self.window.index(self.at);
            let end = scan.go_on(&self.window.bytes, self.window.is_last, dialect);
            let at = self.window.start.at + scan.at as u64;
            if end == ScanEnd::Open {
                return Ok(Err(at));
            }
            lines += count_line_ends(&self.window.bytes[seen..scan.at]);
            self.at = at;
            let next = behind_line_end(&self.window.bytes, scan.at, self.window.is_last);
            if let (ScanEnd::Row, Some(next)) = (end, next) {
                let stored = self.window.place(at).stored;
                let place = Place { row: line, offset: from.stored, len: stored - from.stored };
                let large = Some(Box::new((place, beginning)));
                self.at = self.window.start.at + next as u64;
                self.line = line + lines;
                let (start, len) = (from.at, at - from.at);
                return Ok(Ok(TextRow { line, lines, cells: scan.cells, unterminated: false, start, len, large }));
            }
            self.window.slide(at)?;
            scan.at = self.window.index(at);
        }
    }
}
