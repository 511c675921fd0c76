//! How the cells of a sheet are shown and laid out, as far as calamine does not tell.

use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;

use calamine::Dimensions;

use crate::sheet_cell::has_leading_zeros;

/// What is asked of a workbook whose sheets are read once more for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Number formats that show leading zeros: where there is none, the sheets are not looked at.
    Formats,
    /// Which cells span columns, too.
    Everything,
}

/// Layouts by the names of their sheets.
pub(super) type Layouts = HashMap<String, Layout>;

/// The styles of cells whose numbers are shown with leading zeros.
pub(super) struct Styles<K> {
    codes: Rc<[String]>,
    codes_of: HashMap<K, usize>,
}

impl<K: Eq + Hash> Styles<K> {
    /// Keeps of the styles, each with its number format, those that matter.
    pub(super) fn new(styles: impl Iterator<Item = (K, String)>) -> Self {
        let (mut codes, mut codes_of) = (Vec::new(), HashMap::new());
        for (style, code) in styles.filter(|(_, code)| has_leading_zeros(code)) {
            codes_of.insert(style, codes.len());
            codes.push(code);
        }
        Self { codes: codes.into(), codes_of }
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }
}

/// Which cells of a sheet have a number format that shows leading zeros, and which span columns.
#[derive(Default)]
pub(super) struct Layout {
    codes: Rc<[String]>,
    runs: Vec<Run>,
    pub(super) merged: Vec<Dimensions>,
}

/// Cells beside each other, in one row or in repeated ones, that have one format.
#[derive(Clone, Copy)]
struct Run {
    first: (u32, u32),
    last: (u32, u32),
    code: usize,
}

impl Layout {
    pub(super) fn new<K>(styles: &Styles<K>) -> Self {
        Self { codes: Rc::clone(&styles.codes), ..Self::default() }
    }

    /// Takes in the cells from `first` to `last`, each a row and a column, if their style matters.
    pub(super) fn push<K: Eq + Hash>(&mut self, styles: &Styles<K>, style: &K, first: (u32, u32), last: (u32, u32)) {
        if let Some(code) = styles.codes_of.get(style) {
            self.runs.push(Run { first, last, code: *code });
        }
    }

    /// The layout with all its cells.
    pub(super) fn finish(mut self) -> Self {
        self.runs.sort_by_key(|run| run.first);
        self
    }

    /// The number format of a cell, if it shows leading zeros.
    pub(super) fn format(&self, row: u32, column: u32) -> Option<&str> {
        // Repeated rows are equal, so the runs of a row all begin in the same one.
        let above = self.runs.partition_point(|run| run.first.0 <= row);
        let first_row = self.runs[..above].last()?.first.0;
        let before = self.runs.partition_point(|run| run.first <= (first_row, column));
        let run = self.runs[..before].last()?;
        let code = (row <= run.last.0 && column <= run.last.1 && run.first.1 <= column).then_some(run.code)?;
        self.codes.get(code).map(String::as_str)
    }
}

#[cfg(test)]
mod tests;
