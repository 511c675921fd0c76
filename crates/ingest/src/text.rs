//! Delimited text to a staged table.

use encoding_rs::Encoding;
use velocity_model::{BlobId, StagedTable, TableFormat};

use crate::frame::{Builder, Staged};
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
    /// The cells of a row; `Err` with the raw row, lossily decoded, if a byte is not of the encoding.
    fn cells(&self, row: &RowSpan, dialect: Dialect, into: &mut Vec<String>) -> Result<(), String> {
        into.clear();
        let mut damaged = false;
        cells(&self.bytes[row.span.clone()], dialect, !row.unterminated, |cell| {
            let (text, had_errors) = self.encoding.decode_without_bom_handling(cell);
            damaged |= had_errors;
            into.push(text.into_owned());
        });
        if damaged { Err(self.raw(row)) } else { Ok(()) }
    }

    fn raw(&self, row: &RowSpan) -> String {
        let cut = row.span.len().min(64 * 1024);
        let bytes = &self.bytes[row.span.start..row.span.start + cut];
        self.encoding.decode_without_bom_handling(bytes).0.into_owned()
    }
}

/// Reads delimited text.
pub(crate) fn read(bytes: &[u8], blob: BlobId) -> Result<Staged, ReadError> {
    let stored = StoredText::new(bytes, encoding::detect(bytes)?);
    let (start, encoding, places) = (stored.start, stored.encoding, stored.places());
    let mut text = Text { bytes: &stored.bytes, start, encoding, places };
    let dialect = dialect::detect(text.bytes, text.start);
    let head = head(&text, dialect);
    let table = StagedTable {
        blob,
        table: 0,
        name: None,
        format: TableFormat::Csv,
        encoding: stored.stored.name().to_owned(),
        delimiter: Some(char::from(dialect.delimiter)),
        header_row: head.header_row,
        headers: head.headers,
        preamble: head.preamble,
        rows: 0,
        quarantined: Vec::new(),
        issues: Vec::new(),
    };
    let mut staged = body(&mut text, dialect, head.behind, table);
    staged.table.issues.extend(stored.issue());
    Ok(staged)
}

/// The head of a text: preamble and header.
struct TextHead {
    preamble: Vec<String>,
    headers: Vec<String>,
    header_row: Option<u64>,
    /// Line behind which data begins.
    behind: u64,
}

fn head(text: &Text<'_>, dialect: Dialect) -> TextHead {
    let mut spans = Vec::new();
    let mut rows = Vec::new();
    for row in Rows::new(text.bytes, text.start, dialect).filter(|row| !row.span.is_empty()).take(header::HEAD) {
        let mut cells = Vec::new();
        // A damaged row is still as wide as it is.
        let _ = text.cells(&row, dialect, &mut cells);
        rows.push(cells);
        spans.push(row);
    }
    let found = header::find(&rows);
    let preamble: Vec<String> =
        rows.iter().take(found.preamble).map(|row| row.join(&char::from(dialect.delimiter).to_string())).collect();
    if found.has_header {
        let headers = rows[found.preamble].iter().map(|cell| clean_header(cell)).collect();
        let row = &spans[found.preamble];
        return TextHead { preamble, headers, header_row: Some(row.line), behind: row.line + row.lines - 1 };
    }
    let width = dialect::usual_width(rows.iter().map(Vec::len));
    let behind = found.preamble.checked_sub(1).map_or(0, |last| spans[last].line + spans[last].lines - 1);
    TextHead { preamble, headers: vec![String::new(); width], header_row: None, behind }
}

/// A header without outer blanks and without a byte order mark that a careless concatenation left in it.
pub(crate) fn clean_header(cell: &str) -> String {
    cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}').to_owned()
}

fn body(text: &mut Text<'_>, dialect: Dialect, behind: u64, table: StagedTable) -> Staged {
    let width = table.headers.len();
    let header: &[String] = if table.header_row.is_some() { &table.headers } else { &[] };
    let mut builder = Builder::new(width, header);
    let mut rows = Rows::new(text.bytes, text.start, dialect);
    let mut found = Vec::new();
    while let Some(mut row) = rows.next() {
        if row.line <= behind || row.span.is_empty() {
            continue;
        }
        let mut read = text.cells(&row, dialect, &mut found);
        if row.lines > 1 && found.len() != width {
            // A quoted cell may hold line ends, but a row that then does not fit has begun a quote by mistake.
            row = rows.resume_after_first_line(&row);
            read = text.cells(&row, dialect, &mut found);
        }
        let place = text.places.of(row.line, &row.span);
        if row.span.len() > LONGEST_CELL {
            let message = "the row is larger than 16 MiB; shorten its largest cell".to_owned();
            builder.set_aside(place, "read.cell_too_large", message, vec![text.raw(&row)]);
        } else if row.unterminated {
            let message =
                "a quoted cell begins on this line and nothing closes it; close or remove the quote".to_owned();
            builder.set_aside(place, "read.unterminated_quote", message, vec![text.raw(&row)]);
        } else if let Err(raw) = read {
            let message = format!("a byte of the row is not {}; save the row in that encoding", table.encoding);
            builder.set_aside(place, "read.bad_encoding", message, vec![raw]);
        } else if found.iter().any(|cell| cell.contains('\0')) {
            let message = "the row has a NUL byte; remove it".to_owned();
            builder.set_aside(place, "read.nul", message, found.clone());
        } else {
            builder.push(place, &found);
        }
    }
    builder.finish(table)
}

#[cfg(test)]
mod tests;
