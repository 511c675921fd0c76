//! JSON Lines to a staged table: one object a line, nested objects flattened with dots, numbers as they are written.

use std::collections::HashMap;

use serde::de::IgnoredAny;
use velocity_model::{BlobId, StagedTable, TableFormat};

use crate::dialect::finding;
use crate::frame::{Builder, Place, Staged};
use crate::json::{Object, flatten};
use crate::split::{Dialect, Rows};
use crate::{ReadError, encoding};

/// Lines are split as rows of one column are; JSON escapes line ends inside strings, so no quote spans lines. The
/// delimiter is a control character, which JSON never holds raw.
const LINES: Dialect = Dialect { quote: None, ..Dialect::plain(0x1f) };

/// Whether the text is JSON Lines: its first line is an object, and not the whole document.
pub(crate) fn detect(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let end = memchr::memchr(b'\n', text).unwrap_or(text.len());
    let is_object = text.first() == Some(&b'{') && serde_json::from_slice::<IgnoredAny>(&text[..end]).is_ok();
    is_object && !text[end..].trim_ascii().is_empty()
}

/// The leaves of a line's object by column, or why it is none.
type Line = Result<Vec<(usize, String)>, String>;

/// Reads JSON Lines. Headers are the keys in the order in which they are first seen.
pub(crate) fn read(bytes: &[u8], blob: BlobId) -> Result<Staged, ReadError> {
    let start = encoding::detect(bytes)?.start;
    let mut headers: Vec<String> = Vec::new();
    let mut columns: HashMap<String, usize> = HashMap::new();
    let mut rows: Vec<(Place, Line)> = Vec::new();
    for line in Rows::new(bytes, start, LINES).filter(|line| !line.span.is_empty()) {
        let text = &bytes[line.span.clone()];
        if text.trim_ascii().is_empty() {
            continue;
        }
        let place = Place { row: line.line, offset: line.span.start as u64, len: text.len() as u64 };
        let object: Result<Object<'_>, _> = serde_json::from_slice(text);
        let object = object.map_err(|error| format!("the line is no JSON object (column {})", error.column()));
        let cells = object.map(|Object(keys)| {
            let mut cells = Vec::new();
            for (key, value) in keys {
                flatten(&key, value, &mut |key, value| {
                    let column = *columns.entry(key.clone()).or_insert_with(|| {
                        headers.push(key);
                        headers.len() - 1
                    });
                    cells.push((column, value));
                });
            }
            cells
        });
        rows.push((place, cells));
    }
    let mut builder = Builder::new(headers.len(), &[]);
    for (place, cells) in rows {
        match cells {
            Ok(found) => {
                let mut cells = vec![String::new(); headers.len()];
                for (column, value) in found {
                    cells[column] = value;
                }
                builder.push(place, &cells);
            }
            Err(message) => {
                let raw = &bytes[place.offset as usize..(place.offset + place.len) as usize];
                let raw = String::from_utf8_lossy(&raw[..raw.len().min(64 * 1024)]).into_owned();
                builder.set_aside(place, "read.bad_json", message, vec![raw]);
            }
        }
    }
    Ok(builder.finish(StagedTable {
        blob,
        table: 0,
        name: None,
        format: TableFormat::JsonLines,
        encoding: "UTF-8".to_owned(),
        delimiter: None,
        header_row: None,
        headers,
        preamble: Vec::new(),
        rows: 0,
        quarantined: Vec::new(),
        issues: Vec::new(),
        detected: vec![finding("header", "keys".to_owned(), "every line is an object".to_owned())],
    }))
}

#[cfg(test)]
mod tests;
