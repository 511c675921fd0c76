//! Tables of text.

use velocity_lake::{Answer, TableDescription};

/// Cells in columns, numbers to the right.
pub(crate) fn columns(rows: &[Vec<String>], right: &[bool], indent: &str) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..count).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::from(indent);
        for (column, cell) in row.iter().enumerate() {
            let width = widths[column];
            let padded = if right.get(column).copied().unwrap_or(false) {
                format!("{cell:>width$}")
            } else {
                format!("{cell:width$}")
            };
            line.push_str(&padded);
            line.push_str("  ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Widest cell shown of a query's answer, in characters.
const WIDEST: usize = 48;

/// The answer to a query.
pub(crate) fn render_answer(answer: &Answer) -> String {
    let mut rows = vec![answer.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>()];
    let cell = |value: &serde_json::Value| {
        let text = match value {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => text.replace(['\n', '\r', '\t'], " "),
            other => other.to_string(),
        };
        if text.chars().count() > WIDEST { text.chars().take(WIDEST - 1).chain(['…']).collect() } else { text }
    };
    rows.extend(answer.rows.iter().map(|row| row.iter().map(cell).collect()));
    let is_number = |column: usize| {
        let mut values =
            answer.rows.iter().filter_map(|row| row.get(column)).filter(|value| !value.is_null()).peekable();
        values.peek().is_some() && values.all(serde_json::Value::is_number)
    };
    let right: Vec<bool> = (0..answer.columns.len()).map(is_number).collect();
    columns(&rows, &right, "")
}

/// The tables that SQL can read.
pub(crate) fn render_catalogue(tables: &[TableDescription]) -> String {
    let mut text = String::new();
    for table in tables {
        text.push_str(&format!("{}: {}\n", table.name, table.description));
        let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        text.push_str(&format!("    {}\n", names.join(", ")));
    }
    text
}
