//! Where a table's header is.

use crate::cells::looks_like_data;
use crate::dialect::usual_width;

/// Rows looked at.
pub(crate) const HEAD: usize = 60;

/// What stands at the head of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// Rows before the header: titles and notes.
    pub(crate) preamble: usize,
    /// Whether the row behind the preamble is a header.
    pub(crate) has_header: bool,
}

/// Finds the header among the first rows (blank ones left out). It is the first row that is nearly as wide as the table and
/// that names values rather than holding any; what stands before it, narrower, is preamble. If the first wide row
/// holds values, the table has no header.
pub(crate) fn find(rows: &[Vec<String>]) -> Head {
    let rows = &rows[..rows.len().min(HEAD)];
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let width = usual_width(rows.iter().map(Vec::len).filter(|width| *width > 1)).max(1);
    let is_wide = |row: &Vec<String>| row.len() * 10 >= width * 9 && filled(row) * 10 >= width * 6;
    let widest = rows.iter().map(filled).max().unwrap_or(0);
    let Some(first) = rows.iter().position(is_wide) else {
        // A sparse table: its header is the row with the most names.
        let fullest = rows.iter().position(|row| filled(row) == widest).unwrap_or(0);
        return Head { preamble: fullest, has_header: rows.get(fullest).is_some_and(|row| names(row)) };
    };
    Head { preamble: first, has_header: names(&rows[first]) }
}

/// Whether the row names values: hardly any cell is itself one, and hardly any name stands twice.
fn names(row: &[String]) -> bool {
    let filled: Vec<&str> = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let data = filled.iter().filter(|cell| looks_like_data(cell)).count();
    let distinct: std::collections::BTreeSet<&str> = filled.iter().copied().collect();
    let is_long = filled.iter().any(|cell| cell.chars().count() > 200);
    !filled.is_empty() && !is_long && data * 5 <= filled.len() && distinct.len() * 2 > filled.len()
}

#[cfg(test)]
mod tests;
