//! Where a table's header is.

use crate::cells::looks_like_data;
use crate::dialect::usual_width;

/// Rows looked at.
pub(crate) const HEAD: usize = 60;

/// Rows that a header may take.
const MOST_ROWS: usize = 3;

/// What stands at the head of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// Rows before the header: titles and notes.
    pub(crate) preamble: usize,
    /// Rows of the header; 0 if the table has none.
    pub(crate) rows: usize,
    /// Whether its names stand above values, so that it is a header for certain.
    pub(crate) is_certain: bool,
    /// Why.
    pub(crate) why: &'static str,
}

/// Finds the header among the first rows (blank ones left out). It is the first row that is nearly as wide as the table and
/// that names values rather than holding any; what stands before it, narrower, is preamble. If the first wide row
/// holds values, the table has no header. Further rows belong to the header where columns of values have names in them.
pub(crate) fn find(rows: &[Vec<String>]) -> Head {
    let rows = &rows[..rows.len().min(HEAD)];
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let width = usual_width(rows.iter().map(Vec::len).filter(|width| *width > 1)).max(1);
    let is_wide = |row: &Vec<String>| row.len() * 10 >= width * 9 && filled(row) * 10 >= width * 6;
    let widest = rows.iter().map(filled).max().unwrap_or(0);
    // A sparse table: its header is the row with the most names.
    let fullest = || rows.iter().position(|row| filled(row) == widest).unwrap_or(0);
    let preamble = rows.iter().position(is_wide).unwrap_or_else(fullest);
    let none = |preamble, why| Head { preamble, rows: 0, is_certain: false, why };
    let Some(first) = rows.get(preamble) else {
        return none(0, "there is no row");
    };
    let below = &rows[preamble + 1..];
    let first = &without_terms(first, below);
    let values = value_columns(below);
    let alike = values.iter().filter(|column| first.get(**column).is_some_and(|cell| looks_like_data(cell))).count();
    if !values.is_empty() && alike * 2 > values.len() {
        return none(preamble, "the first row holds values like those below it");
    }
    // One name may stand twice, but above values a row without any is a header whatever it says.
    if !names(first) && (values.is_empty() || first.iter().any(|cell| looks_like_data(cell))) {
        return none(preamble, "the first row holds values");
    }
    let more = (1..MOST_ROWS).take_while(|number| goes_on(below, *number)).count();
    let why = match (values.is_empty(), more) {
        (_, 1..) => "several rows of names stand above columns of values",
        (false, _) => "the first full row has names where the rows below have values",
        (true, _) => "the first full row holds no values",
    };
    Head { preamble, rows: 1 + more, is_certain: !values.is_empty(), why }
}

/// The row, with names in place of addresses that are terms of a vocabulary: exports of linked data name their columns by
/// `http://vocabulary.example/contact#phone`. One address may be anybody's, and above other addresses it is one of them.
fn without_terms(row: &[String], below: &[Vec<String>]) -> Vec<String> {
    let is_address = |cell: &str| cell.trim().starts_with("http://") || cell.trim().starts_with("https://");
    if row.iter().filter(|cell| is_address(cell)).count() < 2 {
        return row.to_vec();
    }
    let stands_above_addresses =
        |column: usize| below.iter().filter_map(|row| row.get(column)).any(|cell| is_address(cell));
    let name = |(column, cell): (usize, &String)| match cell.rsplit(['#', '/']).next() {
        Some(last) if is_address(cell) && is_word(last) && !stands_above_addresses(column) => last.to_owned(),
        _ => cell.clone(),
    };
    row.iter().enumerate().map(name).collect()
}

fn is_word(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// Whether the `number`th row below the first of the header belongs to it too.
fn goes_on(below: &[Vec<String>], number: usize) -> bool {
    let (Some(row), Some(rest)) = (below.get(number - 1), below.get(number..)) else { return false };
    let values = value_columns(rest);
    let named = |column: &&usize| row.get(**column).is_some_and(|cell| !cell.trim().is_empty());
    let is_value = |column: &usize| row.get(*column).is_some_and(|cell| looks_like_data(cell));
    rest.len() >= 2
        && values.len() >= 2
        && names(row)
        && !values.iter().any(is_value)
        && values.iter().filter(named).count() * 2 > values.len()
}

/// Columns of which nearly every cell is a value.
fn value_columns(rows: &[Vec<String>]) -> Vec<usize> {
    let width = usual_width(rows.iter().map(Vec::len));
    let is_of_values = |column: &usize| {
        let filled = || rows.iter().filter_map(|row| row.get(*column)).filter(|cell| !cell.trim().is_empty());
        let (values, all) = (filled().filter(|cell| looks_like_data(cell)).count(), filled().count());
        all * 2 >= rows.len() && values * 10 >= all * 9 && all > 0
    };
    (0..width).filter(is_of_values).collect()
}

/// Whether the row names values: hardly any cell is itself one, and hardly any name stands twice.
pub(crate) fn names(row: &[String]) -> bool {
    let filled: Vec<&str> = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let data = filled.iter().filter(|cell| looks_like_data(cell)).count();
    let distinct: std::collections::BTreeSet<&str> = filled.iter().copied().collect();
    let is_long = filled.iter().any(|cell| cell.chars().count() > 200);
    !filled.is_empty() && !is_long && data * 5 <= filled.len() && distinct.len() * 2 > filled.len()
}

/// The header of each column: what stands in its rows, one after the other.
pub(crate) fn join(rows: &[Vec<String>], clean: impl Fn(&str) -> String) -> Vec<String> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let of_column = |column: usize| {
        let parts = rows.iter().filter_map(|row| row.get(column)).map(|cell| clean(cell));
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    (0..width).map(of_column).collect()
}

#[cfg(test)]
mod tests;
