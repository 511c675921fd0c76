//! JSON Lines to a staged table: one object a line, nested objects flattened with dots, numbers as they are written.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use velocity_model::{BlobId, StagedTable, TableFormat};

use crate::frame::{Builder, Place, Staged};
use crate::split::{Dialect, Rows};
use crate::{ReadError, encoding};

/// Lines are split as rows of one column are; JSON escapes line ends inside strings, so no quote spans lines.
/// The separators are control characters, which JSON never holds raw.
const LINES: Dialect = Dialect { delimiter: 0x1f, quote: 0x1e };

/// An object with its keys in the order in which they are written.
struct Object(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut keys = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    keys.push(entry);
                }
                Ok(Object(keys))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

/// Whether the text is JSON Lines; a document of another shape is refused here.
pub(crate) fn detect(bytes: &[u8]) -> Result<bool, ReadError> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    match text.first() {
        Some(b'{') => {
            let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
            let is_object = matches!(serde_json::from_slice(line), Ok(Value::Object(_)));
            let is_document = !is_object && serde_json::from_slice::<Value>(text).is_ok();
            if is_document { Err(ReadError::JsonDocument) } else { Ok(is_object) }
        }
        Some(b'[') if serde_json::from_slice::<Value>(text).is_ok() => Err(ReadError::JsonDocument),
        _ => Ok(false),
    }
}

/// The leaves of a line's object by column, or why it is none.
type Line = Result<Vec<(usize, String)>, String>;

/// Reads JSON Lines. Headers are the keys in the order in which they are first seen.
pub(crate) fn read(bytes: &[u8], blob: BlobId) -> Result<Staged, ReadError> {
    let start = encoding::detect(bytes)?.start;
    let mut headers: Vec<String> = Vec::new();
    let mut rows: Vec<(Place, Line)> = Vec::new();
    for line in Rows::new(bytes, start, LINES).filter(|line| !line.span.is_empty()) {
        let text = &bytes[line.span.clone()];
        if text.trim_ascii().is_empty() {
            continue;
        }
        let place = Place { row: line.line, offset: line.span.start as u64, len: text.len() as u64 };
        let object: Result<Object, _> = serde_json::from_slice(text);
        let object = object.map_err(|error| format!("the line is no JSON object (column {})", error.column()));
        let cells = object.map(|Object(keys)| {
            let mut cells = Vec::new();
            for (key, value) in keys {
                flatten(&key, &value, &mut |key, value| {
                    let column = headers.iter().position(|header| *header == key).unwrap_or_else(|| {
                        headers.push(key.clone());
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
    }))
}

/// Leaves of an object by their dotted path; an array is a leaf and stays JSON.
fn flatten(path: &str, value: &Value, take: &mut impl FnMut(String, String)) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                flatten(&format!("{path}.{key}"), value, take);
            }
        }
        Value::Null => take(path.to_owned(), String::new()),
        Value::String(text) => take(path.to_owned(), text.clone()),
        other => take(path.to_owned(), other.to_string()),
    }
}

#[cfg(test)]
mod tests;
