//! JSON Lines to a staged table: one object a line, nested objects flattened with dots, numbers as they are written.

use serde::de::IgnoredAny;
use velocity_model::{BlobId, TableFormat};

use crate::dialect::finding;
use crate::frame::{Place, Staged};
use crate::json::{Object, flatten};
use crate::property_table::PropertyTable;
use crate::split::{Dialect, Rows};
use crate::{ReadError, encoding};

/// Whether the text is JSON Lines: its first line is an object, and not the whole document.
pub(crate) fn detect(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let end = memchr::memchr(b'\n', text).unwrap_or(text.len());
    let is_object = text.first() == Some(&b'{') && serde_json::from_slice::<IgnoredAny>(&text[..end]).is_ok();
    is_object && !text[end..].trim_ascii().is_empty()
}

/// Reads JSON Lines. Headers are the keys in the order in which they are first seen.
pub(crate) fn read(bytes: &[u8], blob: BlobId) -> Result<Staged, ReadError> {
    let found = encoding::detect(bytes)?;
    let mut table = PropertyTable::default();
    for line in Rows::new(bytes, found.start, Dialect::LINES) {
        let text = &bytes[line.span.clone()];
        if text.trim_ascii().is_empty() {
            continue;
        }
        let place = Place { row: line.line, offset: line.span.start as u64, len: text.len() as u64 };
        match serde_json::from_slice::<Object<'_>>(text) {
            Ok(Object(keys)) => {
                let mut cells = Vec::new();
                for (key, value) in keys {
                    flatten(&key, value, &mut |key, value| cells.push((key, value)));
                }
                table.push(place, cells);
            }
            Err(error) => {
                let message = format!("the line is no JSON object (column {})", error.column());
                let raw = String::from_utf8_lossy(&text[..text.len().min(64 * 1024)]).into_owned();
                table.set_aside(place, "read.bad_json", message, raw);
            }
        }
    }
    let mut staged = table.finish(blob, TableFormat::JsonLines, &found);
    staged.table.detected.push(finding("header", "keys".to_owned(), "every line is an object".to_owned()));
    Ok(staged)
}

#[cfg(test)]
mod tests;
