//! A JSON document to staged tables: what is a list of objects or of lists is a table, what stands beside is one row.
//!
//! Numbers are kept as they are written and keys in their order, a key that stands twice too, so that a long number
//! keeps its digits and no value is lost. An element is a row, and its place is that of its bytes.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use velocity_model::{BlobId, TableFormat};

use crate::ReadError;
use crate::dialect::finding;
use crate::encoding;
use crate::frame::{Place, Staged};
use crate::property_table::PropertyTable;
use crate::stored_text::{StoredText, opening};

/// Objects within objects that become columns; what lies deeper stays JSON in its cell.
const DEEPEST: usize = 32;

/// An object with its keys in the order in which they are written.
pub(crate) struct Object<'a>(pub(crate) Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
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

/// Leaves of an object by their dotted path; a list is a leaf and stays JSON.
pub(crate) fn flatten(path: &str, value: &RawValue, take: &mut impl FnMut(String, String)) {
    flatten_within(path, value, DEEPEST, take);
}

fn flatten_within(path: &str, value: &RawValue, depth: usize, take: &mut impl FnMut(String, String)) {
    let text = value.get();
    match text.as_bytes().first() {
        Some(b'{') if depth > 0 => match serde_json::from_str::<Object<'_>>(text) {
            Ok(Object(keys)) if !keys.is_empty() => {
                for (key, value) in keys {
                    let path = if path.is_empty() { key } else { format!("{path}.{key}") };
                    flatten_within(&path, value, depth - 1, take);
                }
            }
            _ => take(path.to_owned(), String::new()),
        },
        Some(b'"') => take(path.to_owned(), serde_json::from_str(text).unwrap_or_else(|_| text.to_owned())),
        Some(b'n') => take(path.to_owned(), String::new()),
        _ => take(path.to_owned(), text.to_owned()),
    }
}

/// Whether the text begins as a JSON document does that holds a table.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    matches!(opening(bytes).first(), Some(b'{' | b'['))
}

/// Reads a document.
///
/// # Errors
/// [`ReadError::Json`] with line and column if it is none.
pub(crate) fn read(bytes: &[u8], blob: BlobId) -> Result<Vec<Staged>, ReadError> {
    let stored = StoredText::new(bytes, encoding::detect_unicode(bytes));
    let wrong = |line, column| ReadError::Json { line, column };
    let text = std::str::from_utf8(&stored.bytes[stored.start..]).map_err(|error| {
        let before = &stored.bytes[..stored.start + error.valid_up_to()];
        let lines = before.iter().filter(|byte| **byte == b'\n').count();
        wrong(lines + 1, before.len() - before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1) + 1)
    })?;
    let at = |error: serde_json::Error| wrong(error.line(), error.column());
    serde_json::from_str::<IgnoredAny>(text).map_err(at)?;
    let whole: &RawValue = serde_json::from_str(text).map_err(at)?;
    let lines = Lines::of(&stored.bytes);
    let mut places = stored.places();
    // Asked for in the order in which the values stand.
    let mut place = |value: &RawValue| {
        let start = (value.get().as_ptr() as usize).saturating_sub(stored.bytes.as_ptr() as usize);
        places.of(lines.number(start), &(start..start + value.get().len()))
    };
    let mut parts = Vec::new();
    match whole.get().as_bytes().first() {
        Some(b'[') => parts.push((None, elements(whole, &mut place))),
        Some(b'{') => {
            let Object(keys) = serde_json::from_str(whole.get()).map_err(at)?;
            let (lists, beside): (Vec<_>, Vec<_>) = keys.into_iter().partition(|(_, value)| is_table(value));
            if !beside.is_empty() || lists.is_empty() {
                let row = if lists.is_empty() { Row::Value(whole) } else { Row::Beside(beside) };
                parts.push((None, vec![(place(whole), row)]));
            }
            parts.extend(lists.into_iter().map(|(key, list)| (Some(key), elements(list, &mut place))));
            // The table that matters comes first: what stands beside it is about the export.
            parts.sort_by_key(|(name, rows)| (name.is_none() && rows.len() < 2, name.is_none()));
        }
        _ => parts.push((None, vec![(place(whole), Row::Value(whole))])),
    }
    let numbered = parts.into_iter().zip(0..);
    Ok(numbered.map(|((name, rows), number)| stage(blob, number, name, rows, &stored)).collect())
}

/// A row of a table to be.
enum Row<'a> {
    Value(&'a RawValue),
    /// What of an object is no table.
    Beside(Vec<(String, &'a RawValue)>),
}

fn elements<'a>(list: &'a RawValue, place: &mut impl FnMut(&RawValue) -> Place) -> Vec<(Place, Row<'a>)> {
    let elements: Vec<&RawValue> = serde_json::from_str(list.get()).unwrap_or_default();
    elements.into_iter().map(|value| (place(value), Row::Value(value))).collect()
}

/// Whether a value is a list of which the first element is an object or a list.
fn is_table(value: &RawValue) -> bool {
    let inner = value.get().strip_prefix('[').map(str::trim_start);
    inner.is_some_and(|inner| inner.starts_with('{') || inner.starts_with('['))
}

fn stage(
    blob: BlobId,
    number: u32,
    name: Option<String>,
    rows: Vec<(Place, Row<'_>)>,
    stored: &StoredText<'_>,
) -> Staged {
    let mut table = PropertyTable::default();
    let mut has_names = false;
    for (place, row) in rows {
        let mut cells: Vec<(String, String)> = Vec::new();
        let mut take = |key: String, value: String| cells.push((key, value));
        match row {
            Row::Beside(keys) => {
                has_names = true;
                keys.iter().for_each(|(key, value)| flatten(key, value, &mut take));
            }
            Row::Value(value) => match value.get().as_bytes().first() {
                Some(b'{') => {
                    has_names = true;
                    flatten("", value, &mut take);
                }
                Some(b'[') => {
                    let list: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
                    for (column, value) in list.into_iter().enumerate() {
                        flatten_within(&format!("[{column}]"), value, 0, &mut take);
                    }
                }
                _ => flatten_within("[0]", value, 0, &mut take),
            },
        }
        table.push(place, cells);
    }
    let mut staged = table.finish(blob, TableFormat::Json, &stored.found);
    staged.table.issues.extend(stored.issue());
    (staged.table.table, staged.table.name) = (number, name);
    let (found, why) = if has_names {
        ("keys", "the keys of its objects")
    } else {
        staged.table.headers.iter_mut().for_each(String::clear);
        ("none", "its rows are lists or values without names")
    };
    staged.table.detected.push(finding("header", found.to_owned(), why.to_owned()));
    staged
}

/// Where the lines of a text begin.
struct Lines(Vec<usize>);

impl Lines {
    fn of(bytes: &[u8]) -> Self {
        Self(memchr::memchr_iter(b'\n', bytes).map(|end| end + 1).collect())
    }

    /// The line, from 1, on which a byte stands.
    fn number(&self, offset: usize) -> u64 {
        self.0.partition_point(|start| *start <= offset) as u64 + 1
    }
}

#[cfg(test)]
mod tests;
