//! Delimited text to staged tables, of any size: one thread finds the rows, all of them understand what is in the rows.

use std::borrow::Cow;
use std::io;

use polars::prelude::DataFrame;
use rayon::prelude::*;
use velocity_model::{BlobId, StagedTable, TableFormat};

use crate::dialect::{self, SAMPLE, finding};
use crate::frame::{Builder, Place, Tally};
use crate::part::{Part, RowText, Writing, settle};
use crate::source::Source;
use crate::split::Dialect;
use crate::target::{Stop, Target};
use crate::text_reader::{Position, TextReader, TextRow};
use crate::window::Window;
use crate::{encoding, header};

/// How much is read and understood at once. What comes out does not depend on it, but for the row groups of staged files.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    /// Bytes read at once.
    pub(crate) block: usize,
    /// Most rows of a part.
    pub(crate) rows: usize,
    /// Bytes and cells that make a part.
    pub(crate) bytes: u64,
    pub(crate) cells: usize,
}

impl Sizes {
    /// Large enough for columns to compress well, small enough for some parts to be worked on at once.
    pub(crate) const USUAL: Self =
        Self { block: 4 * 1024 * 1024, rows: 128 * 1024, bytes: 16 * 1024 * 1024, cells: 2 * 1024 * 1024 };

    /// Whether a part has enough rows. In a very wide table a part of a few rows costs more than the rows are.
    pub(crate) fn are_reached(self, part: &Part, width: usize) -> bool {
        let is_large = part.bytes >= self.bytes || part.rows.saturating_mul(width) >= self.cells;
        let is_worth_it = width < 10_000 || part.rows >= 64 || part.bytes >= 16 * self.bytes;
        part.is_closed() || part.rows >= self.rows || (is_large && is_worth_it)
    }
}

/// Parts worked on at once, and found meanwhile. Bounds the memory where there are many threads.
const AT_ONCE: usize = 8;

/// Reads delimited text: its tables, one below the other.
pub(crate) fn read(source: Source<'_>, blob: BlobId, sizes: Sizes, target: &mut impl Target) -> Result<(), Stop> {
    let found = encoding::detect_in(source)?;
    let mut sample = Window::new(source, found, SAMPLE + 1);
    while sample.bytes.len() <= SAMPLE && !sample.is_last {
        sample.slide(sample.start.at)?;
    }
    let dialect::Detected { dialect, findings } = dialect::detect(&sample.bytes);
    let mut detected = vec![found.finding()];
    detected.extend(findings);
    let mut reader = TextReader::new(source, found, dialect, sizes.block);
    let bytes_of = reader.window.bytes_of();
    let encoding = if bytes_of.is_some() { encoding_rs::UTF_8 } else { found.encoding };
    let mut begins = Some(reader.position());
    let mut number = 0;
    while let Some(from) = begins {
        reader.go(from);
        let head = head(&mut reader, dialect, encoding)?;
        reader.go(from);
        detected.retain(|finding| finding.of != "header");
        detected.push(finding("header", head.rows_in_words(), head.why.to_owned()));
        let width = head.headers.len();
        let header = if head.header_row.is_some() { head.headers.clone() } else { Vec::new() };
        let writing = Writing { dialect, encoding, label: found.name(), bytes_of, width, header };
        let mut table = StagedTable {
            blob,
            table: number,
            name: None,
            format: TableFormat::Csv,
            encoding: found.name().to_owned(),
            delimiter: Some(char::from(dialect.delimiter)),
            header_row: head.header_row,
            headers: head.headers,
            preamble: head.preamble,
            rows: 0,
            quarantined: Vec::new(),
            issues: Vec::new(),
            detected: detected.clone(),
        };
        target.begin(&table).map_err(Stop::Failed)?;
        let (tally, next) = rows(Body::new(&mut reader, &writing, head.behind), sizes, target)?;
        tally.tell(&mut table);
        if number == 0 {
            table.issues.extend(found.issue());
        }
        target.end(table).map_err(Stop::Failed)?;
        number += 1;
        begins = next;
    }
    Ok(())
}

/// Reads the rows of one table; also gives where the next table begins, if there is one.
fn rows(mut body: Body<'_, '_>, sizes: Sizes, target: &mut impl Target) -> Result<(Tally, Option<Position>), Stop> {
    let writing = body.writing;
    let tally = stage_parts(target, |count| body.parts(count, sizes), |part| part.build(writing))?;
    Ok((tally, body.next))
}

/// Parts that are worked on at once.
pub(crate) fn at_once() -> usize {
    rayon::current_num_threads().min(AT_ONCE)
}

/// Gives the rows of a table to a target. While some parts are understood, the next ones are found; their order is that of the
/// text.
pub(crate) fn stage_parts(
    target: &mut impl Target,
    mut next: impl FnMut(usize) -> io::Result<Vec<Part>> + Send,
    build: impl Fn(Part) -> (DataFrame, Tally) + Sync,
) -> Result<Tally, Stop> {
    let mut tally = Tally::default();
    let mut parts = next(at_once())?;
    while !parts.is_empty() {
        let done = |part: Part| {
            let (frame, found) = build(part);
            let ready = if frame.height() > 0 { Some(target.ready(frame)) } else { None };
            (ready, found)
        };
        let done = || parts.into_par_iter().map(done).collect::<Vec<_>>();
        let (following, done) = rayon::join(|| next(at_once()), done);
        for (ready, found) in done {
            tally.add(found);
            ready.map_or(Ok(()), |ready| ready.and_then(|ready| target.take(ready))).map_err(Stop::Failed)?;
        }
        parts = following?;
    }
    Ok(tally)
}

/// The head of a table: preamble and header.
struct TextHead {
    preamble: Vec<String>,
    headers: Vec<String>,
    /// Line on which the header begins.
    header_row: Option<u64>,
    /// Rows that the header takes.
    header_rows: usize,
    why: &'static str,
    /// Line behind which data begins.
    behind: u64,
}

impl TextHead {
    fn rows_in_words(&self) -> String {
        match (self.header_row, self.header_rows) {
            (None, _) => "none".to_owned(),
            (Some(line), 1) => format!("line {line}"),
            (Some(line), rows) => format!("{rows} rows from line {line}"),
        }
    }
}

/// Bytes of the rows at which a header is looked for.
const HEAD_BYTES: u64 = 64 * 1024 * 1024;

fn head(
    reader: &mut TextReader<'_>,
    dialect: Dialect,
    encoding: &'static encoding_rs::Encoding,
) -> io::Result<TextHead> {
    let mut spans = Vec::new();
    let mut rows = Vec::new();
    let mut parted = None;
    let mut bytes = 0;
    while let (true, Some(row)) = (rows.len() < header::HEAD && bytes < HEAD_BYTES, reader.next_row()?) {
        if row.len == 0 {
            parted = parted.or(Some(rows.len()).filter(|above| *above > 1));
            continue;
        }
        bytes += row.len;
        rows.push(texts(reader, &row, dialect, encoding));
        spans.push(row);
    }
    // A small table above a larger one is a table and no preamble.
    let above = parted.map(|above| header::find(&rows[..above])).filter(|found| found.is_certain);
    let found = above.unwrap_or_else(|| header::find(&rows));
    let (preamble, header) = (found.preamble.min(rows.len()), (found.preamble + found.rows).min(rows.len()));
    let titles: Vec<String> =
        rows[..preamble].iter().map(|row| row.join(&char::from(dialect.delimiter).to_string())).collect();
    let behind = spans[..header].last().map_or(0, |last| last.line + last.lines - 1);
    let headers = match found.rows {
        0 => vec![String::new(); dialect::usual_width(rows.iter().map(Vec::len))],
        _ => header::join(&rows[preamble..header], clean_header),
    };
    let header_row = spans.get(preamble).filter(|_| found.rows > 0).map(|row| row.line);
    Ok(TextHead { preamble: titles, headers, header_row, header_rows: found.rows, why: found.why, behind })
}

/// The cells of a row, damaged or not: a damaged row is still as wide as it is. A large row is one cell.
fn texts(
    reader: &TextReader<'_>,
    row: &TextRow,
    dialect: Dialect,
    encoding: &'static encoding_rs::Encoding,
) -> Vec<String> {
    if let Some(large) = &row.large {
        return vec![large.1.clone()];
    }
    let text = RowText { bytes: reader.bytes(row), text: None, is_open: row.unterminated };
    let mut cells = Vec::new();
    let _ = text.cells(dialect, encoding, &mut cells);
    cells.into_iter().map(Cow::into_owned).collect()
}

/// A header without outer blanks and without a byte order mark that a careless concatenation left in it.
pub(crate) fn clean_header(cell: &str) -> String {
    cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}').to_owned()
}

/// The rows of one table while they are found.
struct Body<'a, 's> {
    reader: &'a mut TextReader<'s>,
    writing: &'a Writing,
    /// Line behind which data begins.
    behind: u64,
    /// Takes rows in until one proves to be one: what follows on the first row may be another table.
    first: Option<Builder<'a>>,
    /// Where a part begins that a blank line parts from what stands above it.
    parted: Option<Position>,
    is_behind_blank: bool,
    is_over: bool,
    /// Where the next table begins.
    next: Option<Position>,
}

impl<'a, 's> Body<'a, 's> {
    fn new(reader: &'a mut TextReader<'s>, writing: &'a Writing, behind: u64) -> Self {
        let first = Some(Builder::new(writing.width, &writing.header, 0));
        Self { reader, writing, behind, first, parted: None, is_behind_blank: false, is_over: false, next: None }
    }

    /// The next parts, up to `count`; none if the table is over.
    fn parts(&mut self, count: usize, sizes: Sizes) -> io::Result<Vec<Part>> {
        let mut parts = Vec::new();
        while parts.len() < count && !self.is_over {
            let mut part = Part::default();
            while !sizes.are_reached(&part, self.writing.width) {
                let Some(row) = self.next_row()? else { break };
                part.push(self.reader, row);
            }
            if part.rows > 0 {
                parts.push(part);
            }
        }
        Ok(parts)
    }

    /// The next row that is not blank; `None` where the table is over.
    fn next_row(&mut self) -> io::Result<Option<TextRow>> {
        let width = self.writing.width;
        loop {
            let before = self.reader.mark();
            let Some(mut row) = self.reader.next_row()? else {
                self.is_over = true;
                return Ok(None);
            };
            if row.line <= self.behind || row.len == 0 {
                self.is_behind_blank = row.len == 0;
                continue;
            }
            let has_rows = self.first.is_none();
            if std::mem::take(&mut self.is_behind_blank) && has_rows && self.parted.is_none() {
                self.parted = Some(self.reader.position_of(before, &row));
            }
            if row.cells > 1 {
                // Behind a blank line, or where rows become wider or narrower, another table may begin.
                let parted = self.parted.take();
                if (parted.is_some() || (row.cells != width && has_rows)) && self.is_head(&row)? {
                    self.next = Some(parted.unwrap_or_else(|| self.reader.position_of(before, &row)));
                    self.is_over = true;
                    return Ok(None);
                }
            }
            if row.lines > 1 && row.cells != width {
                // A quoted cell may hold line ends, but a row that then does not fit has begun a quote by mistake.
                row = self.reader.resume_after_first_line(&row)?;
            }
            self.look_for_first(&row);
            return Ok(Some(row));
        }
    }

    /// Finds out whether this is the first row of the table that is not set aside.
    fn look_for_first(&mut self, row: &TextRow) {
        let Some(builder) = self.first.as_mut().filter(|_| row.large.is_none()) else { return };
        let place = Place { row: row.line, offset: 0, len: row.len };
        let text = RowText { bytes: self.reader.bytes(row), text: None, is_open: row.unterminated };
        settle(text, place, self.writing, &mut Vec::new(), builder);
        builder.tally.forget_set_aside();
        if builder.has_rows() {
            self.first = None;
        }
    }

    /// Whether a row is the header of another table: it holds names above values, and the rows that follow are as wide as it is.
    fn is_head(&mut self, row: &TextRow) -> io::Result<bool> {
        let (dialect, encoding) = (self.writing.dialect, self.writing.encoding);
        let mut table = vec![texts(self.reader, row, dialect, encoding)];
        if row.large.is_some() || !header::names(&table[0]) {
            return Ok(false);
        }
        let following = self.reader.peek(FOLLOWING, row.start)?;
        table.extend(following.iter().map(|row| texts(self.reader, row, dialect, encoding)));
        let is_table = table.len() > 1 && table.iter().all(|other| other.len() == row.cells);
        Ok(is_table && header::find(&table).is_certain)
    }
}

/// Rows that must follow a header of another table.
const FOLLOWING: usize = 3;

#[cfg(test)]
mod tests;
