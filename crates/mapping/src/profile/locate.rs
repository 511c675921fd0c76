//! Where in the text of a profile a key stands.

use toml::de::{DeTable, DeValue};

/// One step of a path into a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Key of a table.
    Key(&'static str),
    /// Place in an array, from 0.
    At(usize),
}

/// The path as people write it: `entity[0].field[2].to`.
pub(super) fn key(path: &[Step]) -> String {
    let mut out = String::new();
    for step in path {
        match step {
            Step::Key(name) if out.is_empty() => out.push_str(name),
            Step::Key(name) => out.push_str(&format!(".{name}")),
            Step::At(index) => out.push_str(&format!("[{index}]")),
        }
    }
    out
}

/// First byte of the innermost part of the path that the text has: the table, if the key at fault is missing.
pub(super) fn span_of(text: &str, path: &[Step]) -> usize {
    let Ok(root) = DeTable::parse(text) else { return 0 };
    let mut start = 0;
    let mut table = Some(root.get_ref());
    let mut value: Option<&DeValue<'_>> = None;
    for step in path {
        let found = match step {
            Step::Key(name) => {
                let entry = table.and_then(|table| table.iter().find(|(key, _)| key.get_ref() == name));
                entry.map(|(key, value)| (if value.get_ref().is_table() { value.span() } else { key.span() }, value))
            }
            Step::At(index) => {
                value.and_then(DeValue::as_array).and_then(|array| array.get(*index)).map(|item| (item.span(), item))
            }
        };
        let Some((span, item)) = found else { return start };
        start = span.start;
        value = Some(item.get_ref());
        table = item.get_ref().as_table();
    }
    start
}

/// Line and column of a byte, both from 1; columns count characters.
pub(super) fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}
