//! Delimited text to a staged table.

use encoding_rs::Encoding;
use velocity_model::{BlobId, Severity, StagedTable, TableFormat};

use crate::dialect::finding;
use crate::frame::{Builder, Staged, note};
use crate::split::{Dialect, LONGEST_CELL, RowSpan, Rows, cells};
use crate::stored_text::{Places, StoredText};
use crate::{ReadError, dialect, encoding, header};

/// Rows are split on bytes and then decoded, so that places are those of the stored bytes.
struct Text<'a> {
    bytes: &'a [u8],
    start: usize,
    encoding: &'static Encoding,
    places: Places<'a>,
}

impl Text<'_> {
    /// The cells of a row; `false` if a byte is not of the encoding, and the cells are lossily decoded.
    fn cells(&self, row: &RowSpan, dialect: Dialect, into: &mut Vec<String>) -> bool {
        into.clear();
        let mut damaged = false;
        cells(&self.bytes[row.span.clone()], dialect, !row.unterminated, |cell| {
            let (text, had_errors) = self.encoding.decode_without_bom_handling(cell);
            damaged |= had_errors;
            into.push(text.into_owned());
        });
        !damaged
    }

    fn raw(&self, row: &RowSpan) -> String {
        let cut = row.span.len().min(64 * 1024);
        let bytes = &self.bytes[row.span.start..row.span.start + cut];
        self.encoding.decode_without_bom_handling(bytes).0.into_owned()
    }
}

/// Reads delimited text: its tables, one below the other.
pub(crate) fn read(bytes: &[u8], blob: BlobId) -> Result<Vec<Staged>, ReadError> {
    let stored = StoredText::new(bytes, encoding::detect(bytes)?);
    let (start, encoding, places) = (stored.start, stored.encoding, stored.places());
    let mut text = Text { bytes: &stored.bytes, start, encoding, places };
    let found = stored.found;
    let dialect::Detected { dialect, findings } = dialect::detect(text.bytes, text.start);
    let mut detected = vec![finding("encoding", found.name().to_owned(), found.why.to_owned())];
    detected.extend(findings);
    let mut tables = Vec::new();
    let mut rows = Some(Rows::new(text.bytes, text.start, dialect));
    while let Some(from) = rows {
        let head = head(&text, from.clone(), dialect);
        detected.retain(|finding| finding.of != "header");
        detected.push(finding("header", head.rows_in_words(), head.why.to_owned()));
        let table = StagedTable {
            blob,
            table: tables.len() as u32,
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
        let (staged, next) = body(&mut text, from, dialect, head.behind, table);
        tables.push(staged);
        rows = next;
    }
    if let Some(first) = tables.first_mut() {
        first.table.issues.extend(stored.issue());
    }
    Ok(tables)
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

fn head(text: &Text<'_>, from: Rows<'_>, dialect: Dialect) -> TextHead {
    let mut spans = Vec::new();
    let mut rows = Vec::new();
    let mut parted = None;
    for row in from.take(2 * header::HEAD) {
        if row.span.is_empty() || rows.len() == header::HEAD {
            parted = parted.or(Some(rows.len()).filter(|above| *above > 1));
            continue;
        }
        let mut cells = Vec::new();
        // A damaged row is still as wide as it is.
        let _ = text.cells(&row, dialect, &mut cells);
        rows.push(cells);
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
    TextHead { preamble: titles, headers, header_row, header_rows: found.rows, why: found.why, behind }
}

/// A header without outer blanks and without a byte order mark that a careless concatenation left in it.
pub(crate) fn clean_header(cell: &str) -> String {
    cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}').to_owned()
}

/// Reads the rows of one table; also gives where the next table begins, if there is one.
fn body<'t>(
    text: &mut Text<'t>,
    mut rows: Rows<'t>,
    dialect: Dialect,
    behind: u64,
    table: StagedTable,
) -> (Staged, Option<Rows<'t>>) {
    let width = table.headers.len();
    let header: &[String] = if table.header_row.is_some() { &table.headers } else { &[] };
    let mut builder = Builder::new(width, header);
    let mut found = Vec::new();
    // Where a part begins that a blank line parts from what stands above it.
    let mut part: Option<Rows<'t>> = None;
    let mut next_line = 0;
    let mut mended = 0;
    loop {
        let before = rows.clone();
        let Some(mut row) = rows.next() else {
            return (finish(builder, table, mended), None);
        };
        if row.line <= behind || row.span.is_empty() {
            next_line = if row.span.is_empty() { 0 } else { row.line + row.lines };
            continue;
        }
        if next_line != row.line && builder.has_rows() {
            part.get_or_insert(before.clone());
        }
        let mut read = text.cells(&row, dialect, &mut found);
        if found.len() > 1 {
            // Behind a blank line, or where rows become wider or narrower, another table may begin.
            let begins = part.take().or_else(|| (found.len() != width && builder.has_rows()).then_some(before.clone()));
            if let Some(begins) = begins
                && is_head(text, rows.clone(), dialect, &found)
            {
                return (finish(builder, table, mended), Some(begins));
            }
        }
        if row.lines > 1 && found.len() != width {
            // A quoted cell may hold line ends, but a row that then does not fit has begun a quote by mistake.
            row = rows.resume_after_first_line(&row);
            read = text.cells(&row, dialect, &mut found);
        }
        next_line = row.line + row.lines;
        if found.len() != width && width > 2 {
            read = mend(text, &row, dialect, width, &mut found, &mut mended) || read;
        }
        let place = text.places.of(row.line, &row.span);
        let is_comment = found.len() < width && found.first().is_some_and(|cell| cell.starts_with('#'));
        if is_comment {
            let message = "the line begins with # and is no row: a comment; nothing to mend".to_owned();
            builder.set_aside(place, "read.comment", message, found.clone());
        } else if row.span.len() > LONGEST_CELL {
            let message = "the row is larger than 16 MiB; shorten its largest cell".to_owned();
            builder.set_aside(place, "read.cell_too_large", message, vec![text.raw(&row)]);
        } else if row.unterminated {
            let message =
                "a quoted cell begins on this line and nothing closes it; close or remove the quote".to_owned();
            builder.set_aside(place, "read.unterminated_quote", message, found.clone());
        } else if !read {
            let message = format!("a byte of the row is not {}; save the row in that encoding", table.encoding);
            builder.set_aside(place, "read.bad_encoding", message, found.clone());
        } else if found.iter().any(|cell| cell.contains('\0')) {
            let message = "the row has a NUL byte; remove it".to_owned();
            builder.set_aside(place, "read.nul", message, found.clone());
        } else {
            builder.push(place, &found);
        }
    }
}

fn finish(builder: Builder, table: StagedTable, mended: u64) -> Staged {
    let mut staged = builder.finish(table);
    if mended > 0 {
        let message =
            format!("{mended} rows use another delimiter or other quotes than the table, and were read by those");
        staged.table.issues.push(note(Severity::Warning, "read.other_dialect", message));
    }
    staged
}

/// Reads a row that does not fit by the dialects of others: by which it has as many cells as the table, it was written.
fn mend(
    text: &Text<'_>,
    row: &RowSpan,
    dialect: Dialect,
    width: usize,
    found: &mut Vec<String>,
    mended: &mut u64,
) -> bool {
    let others = dialect::DELIMITERS.map(|delimiter| Dialect { delimiter, ..dialect });
    let quoted = [b'"', b'\''].map(|quote| Dialect { quote: Some(quote), ..dialect });
    let is_whole = RowSpan { unterminated: false, ..row.clone() };
    let mut cells = Vec::new();
    for other in others.into_iter().chain(quoted).filter(|other| *other != dialect) {
        if text.cells(&is_whole, other, &mut cells) && cells.len() == width {
            std::mem::swap(found, &mut cells);
            *mended += 1;
            return true;
        }
    }
    false
}

/// Rows that must follow a header of another table.
const FOLLOWING: usize = 3;

/// Whether a row is the header of another table: it holds names above values, and the rows that follow are as wide as it is.
fn is_head(text: &Text<'_>, rows: Rows<'_>, dialect: Dialect, cells: &[String]) -> bool {
    if !header::names(cells) {
        return false;
    }
    let mut table = vec![cells.to_vec()];
    for row in rows.take_while(|row| !row.span.is_empty()).take(FOLLOWING) {
        let mut found = Vec::new();
        let _ = text.cells(&row, dialect, &mut found);
        table.push(found);
    }
    let is_table = table.len() > 1 && table.iter().all(|row| row.len() == cells.len());
    is_table && header::find(&table).is_certain
}

#[cfg(test)]
mod tests;
