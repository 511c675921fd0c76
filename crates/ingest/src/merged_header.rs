//! Headers of two rows, the upper of which has cells that span several columns: `Address` above `Street` and `City`.

use std::ops::Range;

use crate::cells::looks_like_data;
use crate::header::{self, Head};

pub(crate) const WHY: &str = "cells of the upper row span columns that the row below names";

/// Whether the head of a table may have cells that span columns: one is followed by blank ones that are filled below it. Where
/// it costs something to ask for them, this is asked before.
pub(crate) fn is_worth_asking(rows: &[Vec<String>]) -> bool {
    let is_filled = |row: &[String], column: usize| row.get(column).is_some_and(|cell| !cell.trim().is_empty());
    rows.windows(2).any(|pair| {
        let is_gap = |column: usize| is_filled(&pair[1], column) && !is_filled(&pair[0], column);
        (1..pair[1].len()).any(|column| is_gap(column) && (0..column).any(|before| is_filled(&pair[0], before)))
    })
}

/// Finds the header as [`header::find`] does, with the row above or below that belongs to it by cells which span columns; the
/// text of such a cell is written into each of its columns. `merged` are, for each row, the columns that cells span.
pub(crate) fn find(rows: &mut [Vec<String>], merged: &[&[Range<usize>]]) -> Head {
    let mut found = header::find(rows);
    let first = found.preamble;
    if let Some(upper) = (first.saturating_sub(2)..=first).find(|upper| is_pair(rows, *upper, merged)) {
        let end = if found.rows > 0 { first + found.rows } else { 0 };
        found = Head { preamble: upper, rows: end.max(upper + 2) - upper, is_certain: found.is_certain, why: WHY };
    }
    // The last row of a header names columns: what spans there is one name and its blanks.
    for upper in found.preamble..(found.preamble + found.rows).saturating_sub(1) {
        for group in groups(rows, upper, merged) {
            let text = rows[upper].get(group.start).cloned().unwrap_or_default();
            let row = &mut rows[upper];
            row.resize(row.len().max(group.end), String::new());
            row[group].fill(text);
        }
    }
    found
}

/// The columns that cells of a row span, a title left out: the only text of its row, from the first column on.
fn groups(rows: &[Vec<String>], row: usize, merged: &[&[Range<usize>]]) -> Vec<Range<usize>> {
    let Some(cells) = rows.get(row) else { return Vec::new() };
    let is_alone = cells.iter().filter(|cell| !cell.trim().is_empty()).count() < 2;
    let is_named = |columns: &Range<usize>| cells.get(columns.start).is_some_and(|cell| !cell.trim().is_empty());
    let of_row = merged.get(row).into_iter().flat_map(|columns| columns.iter()).filter(|columns| columns.len() > 1);
    of_row.filter(|columns| is_named(columns) && !(is_alone && columns.start == 0)).cloned().collect()
}

/// Whether a row and the one below it are one header, with a row below them: below each cell that spans columns stand two names or more, and in every
/// other column only one of the two rows has a name.
fn is_pair(rows: &[Vec<String>], upper: usize, merged: &[&[Range<usize>]]) -> bool {
    let groups = groups(rows, upper, merged);
    let (Some(above), Some(below)) = (rows.get(upper), rows.get(upper + 1)) else { return false };
    let is_filled = |row: &[String], column: usize| row.get(column).is_some_and(|cell| !cell.trim().is_empty());
    let is_grouped = |column: usize| groups.iter().any(|group| group.contains(&column));
    let has_names = |group: &Range<usize>| group.clone().filter(|column| is_filled(below, *column)).count() > 1;
    let mut others = (0..above.len().max(below.len())).filter(|column| !is_grouped(*column));
    rows.len() > upper + 2
        && !groups.is_empty()
        && groups.iter().all(has_names)
        && others.all(|column| !(is_filled(above, column) && is_filled(below, column)))
        && !above.iter().chain(below).any(|cell| looks_like_data(cell))
}

#[cfg(test)]
mod tests;
