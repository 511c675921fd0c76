//! Columns of a table whose rows say by name what they hold.

use std::collections::HashMap;

use velocity_model::{Issue, Severity};

use crate::frame::{Builder, Place, note};

/// Most columns, and most cells of which a table may be made wider: a file in which every row has properties of its
/// own must not need memory for rows times columns.
pub(crate) const WIDEST: usize = 1_000;
const MOST_CELLS: usize = 32 * 1024 * 1024;
/// Columns that a table may have however long it is.
const ALWAYS: usize = 64;

/// Header of the column that takes in the properties for which there is no column.
const OTHERS: &str = "(other properties)";

/// Between values that cannot be told apart by their column.
const BETWEEN: &str = " ::: ";

/// Properties in the order in which they are first seen, up to as many as a table may have columns.
#[derive(Default)]
pub(crate) struct Properties {
    names: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Properties {
    /// The number of a property, unless there are too many.
    pub(crate) fn number(&mut self, name: &str) -> Option<usize> {
        if let Some(number) = self.numbers.get(name) {
            return Some(*number);
        }
        let number = self.names.len();
        if number >= WIDEST {
            return None;
        }
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        Some(number)
    }

    /// Adds the properties of rows that follow.
    pub(crate) fn add(&mut self, next: Self) {
        for name in next.names {
            self.number(&name);
        }
    }

    /// The columns of a table of as many rows.
    pub(crate) fn into_columns(mut self, rows: u64) -> Columns {
        let rows = usize::try_from(rows).unwrap_or(usize::MAX);
        let widest = (MOST_CELLS / rows.max(1)).clamp(ALWAYS, WIDEST);
        let named = self.names.split_off(self.names.len().min(widest));
        if !named.is_empty() || self.names.len() == WIDEST {
            self.names.push(OTHERS.to_owned());
        }
        Columns { headers: self.names, numbers: self.numbers, named, widest }
    }
}

/// A value of a property that has no number: it says itself what it is of.
pub(crate) fn elsewhere(name: &str, value: &str) -> (usize, String) {
    (WIDEST, format!("{name}: {value}"))
}

/// The columns of a table.
pub(crate) struct Columns {
    pub(crate) headers: Vec<String>,
    numbers: HashMap<String, usize>,
    /// Properties that have a number and no column.
    named: Vec<String>,
    widest: usize,
}

impl Columns {
    /// The number of a property and its value, unless it is empty.
    pub(crate) fn place(&self, name: &str, value: String) -> Option<(usize, String)> {
        let place = |value: String| match self.numbers.get(name) {
            Some(number) => (*number, value),
            None => elsewhere(name, &value),
        };
        (!value.is_empty()).then(|| place(value))
    }

    /// Gives the values of a row, each with the number of its property, to a table.
    pub(crate) fn take(&self, builder: &mut Builder<'_>, place: Place, row: Vec<(usize, String)>) {
        let mut cells = vec![String::new(); self.headers.len()];
        for (number, value) in row.into_iter().filter(|(_, value)| !value.is_empty()) {
            let (column, value) = match number.checked_sub(self.widest) {
                None => (number, value),
                Some(other) => {
                    builder.tally.others += 1;
                    let value = self.named.get(other).map_or(value.clone(), |name| format!("{name}: {value}"));
                    (self.widest, value)
                }
            };
            let cell = &mut cells[column];
            if !cell.is_empty() {
                cell.push_str(BETWEEN);
            }
            cell.push_str(&value);
        }
        if cells.iter().any(|cell| cell.contains('\0')) {
            builder.set_aside(place, "read.nul", "the row has a NUL byte; remove it".to_owned(), cells);
        } else {
            builder.push(place, &cells);
        }
    }

    /// What to tell if values have no column of their own.
    pub(crate) fn issue(&self, others: u64) -> Option<Issue> {
        let message = format!("{others} values have no column of their own and stand in `{OTHERS}`; split the file");
        (others > 0).then(|| note(Severity::Warning, "read.too_many_columns", message))
    }
}
