//! Delimited text to a staged table.

use velocity_model::{BlobId, Issue, Severity, StagedTable, TableFormat};

use crate::dialect::finding;
use crate::frame::{Builder, Staged, note};
use crate::split::{Dialect, LONGEST_CELL, RowSpan, Rows, cells};
use crate::stored_text::{Places, StoredText};
use crate::{ReadError, dialect, encoding, header};

/// Rows are split on bytes and then decoded, so that places are those of the stored bytes.
struct Text<'a> {
    stored: &'a StoredText<'a>,
    places: Places<'a>,
}

impl Text<'_> {
    /// The cells of a row; `false` if a byte is not of the encoding, and the cells are lossily decoded.
    fn cells(&self, row: &RowSpan, dialect: Dialect, into: &mut Vec<String>) -> bool {
        into.clear();
        let mut damaged = false;
        cells(&self.stored.bytes[row.span.clone()], dialect, !row.unterminated, |cell| {
            let (text, had_errors) = self.stored.encoding.decode_without_bom_handling(cell);
            damaged |= had_errors;
            into.push(text.into_owned());
        });
        !damaged
    }
}

/// Reads delimited text: its tables, one below the other.
pub(crate) fn read(bytes: &[u8], blob: BlobId) -> Result<Vec<Staged>, ReadError> {
    let stored = StoredText::new(bytes, encoding::detect(bytes)?);
    let mut text = Text { stored: &stored, places: stored.places() };
    let dialect::Detected { dialect, findings } = dialect::detect(&stored.bytes, stored.start);
    let mut detected = vec![stored.found.finding()];
    detected.extend(findings);
    let mut tables = Vec::new();
    let mut rows = Some(Rows::new(&stored.bytes, stored.start, dialect));
    while let Some(from) = rows {
        let head = head(&text, from.clone(), dialect);
        detected.retain(|finding| finding.of != "header");
        detected.push(finding("header", head.rows_in_words(), head.why.to_owned()));
        let table = StagedTable {
            blob,
            table: tables.len() as u32,
            name: None,
            format: TableFormat::Csv,
            encoding: stored.found.name().to_owned(),
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
    for row in from {
        if rows.len() == header::HEAD {
            break;
        }
        if row.span.is_empty() {
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
    let mut is_behind_blank = false;
    let mut mended = Mended::default();
    loop {
        let before = rows.clone();
        let Some(mut row) = rows.next() else {
            return (finish(builder, table, mended), None);
        };
        if row.line <= behind || row.span.is_empty() {
            is_behind_blank = row.span.is_empty();
            continue;
        }
        if std::mem::take(&mut is_behind_blank) && builder.has_rows() {
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
        if let Some(cells) = mend(text, &row, dialect, found.len(), width) {
            (found, read, row.unterminated) = (cells, true, false);
            mended.count(row.line);
        }
        let place = text.places.of(row.line, &row.span);
        let is_comment = found.len() < width && found.first().is_some_and(|cell| cell.starts_with('#'));
        if is_comment {
            let message = "the line begins with # and is no row: a comment; nothing to mend".to_owned();
            builder.set_aside(place, "read.comment", message, found.clone());
        } else if row.span.len() > LONGEST_CELL {
            let message = "the row is larger than 16 MiB; shorten its largest cell".to_owned();
            builder.set_aside(place, "read.cell_too_large", message, vec![text.stored.raw(&row.span)]);
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

/// Rows that are written in another dialect than their table.
#[derive(Default)]
struct Mended {
    rows: u64,
    first: u64,
}

impl Mended {
    fn count(&mut self, row: u64) {
        self.first = if self.rows == 0 { row } else { self.first };
        self.rows += 1;
    }
}

fn finish(builder: Builder, table: StagedTable, mended: Mended) -> Staged {
    let mut staged = builder.finish(table);
    if mended.rows > 0 {
        let rows = mended.rows;
        let message =
            format!("{rows} rows use another delimiter or other quotes than the table, and were read by those");
        let issue = note(Severity::Warning, "read.other_dialect", message);
        staged.table.issues.push(Issue { row: Some(mended.first), ..issue });
    }
    staged
}

/// The cells of a row that another dialect than the table's makes as wide as the table. Only a row that its own delimiter does
/// not part may have another, and only one with too many cells other quotes: of a row that ends early nothing is guessed.
fn mend(text: &Text<'_>, row: &RowSpan, dialect: Dialect, found: usize, width: usize) -> Option<Vec<String>> {
    let others: Vec<Dialect> = match found {
        1 if width > 2 => dialect::DELIMITERS.map(|delimiter| Dialect { delimiter, ..dialect }).to_vec(),
        _ if found > width && width > 1 => {
            [b'"', b'\''].map(|quote| Dialect { quote: Some(quote), ..dialect }).to_vec()
        }
        _ => return None,
    };
    let row = RowSpan { unterminated: false, ..row.clone() };
    let mut cells = Vec::new();
    let mut fits = |other: &Dialect| text.cells(&row, *other, &mut cells) && cells.len() == width;
    others.iter().any(|other| *other != dialect && fits(other)).then_some(cells)
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
