//! A table whose columns are the properties that its rows turn out to have.

use std::collections::{BTreeMap, HashMap};

use velocity_model::{BlobId, Issue, Severity, StagedTable, TableFormat};

use crate::component::Component;
use crate::encoding::Detected;
use crate::frame::{Builder, Place, Staged, note};

/// Most columns, and most cells of which a table may be made wider: a file in which every row has properties of its
/// own must not need memory for rows times columns.
const WIDEST: usize = 1_000;
const MOST_CELLS: usize = 32 * 1024 * 1024;
/// Columns that a table may have however long it is.
const ALWAYS: usize = 64;

/// Header of the column that takes in the properties for which there is no column.
const OTHERS: &str = "(other properties)";

/// Between values that cannot be told apart by their column.
const BETWEEN: &str = " ::: ";

/// Collects rows; headers are properties in the order in which they are first seen.
#[derive(Default)]
pub(crate) struct PropertyTable {
    headers: Vec<String>,
    numbers: HashMap<String, usize>,
    rows: Vec<(Place, Vec<(usize, String)>)>,
    set_aside: Vec<(Place, &'static str, String, String)>,
    /// Issues that many rows share: how often, on which line first, and what.
    counts: BTreeMap<&'static str, (u64, u64, Severity, &'static str)>,
}

impl PropertyTable {
    /// Takes in a row. A property without a value has its column all the same.
    pub(crate) fn push(&mut self, place: Place, cells: Vec<(String, String)>) {
        let mut row = Vec::with_capacity(cells.len());
        for (header, value) in cells {
            if let Some(column) = self.numbers.get(&header) {
                row.push((*column, value));
            } else if self.headers.len() < WIDEST {
                self.numbers.insert(header.clone(), self.headers.len());
                row.push((self.headers.len(), value));
                self.headers.push(header);
            } else if !value.is_empty() {
                row.push((WIDEST, format!("{header}: {value}")));
            }
        }
        self.rows.push((place, row));
    }

    /// Sets a piece of the text aside.
    pub(crate) fn set_aside(&mut self, place: Place, code: &'static str, message: String, raw: String) {
        self.set_aside.push((place, code, message, raw));
    }

    /// Counts something that is odd about a row (0: about no row); it is told once, with how many rows or values have it.
    pub(crate) fn count(&mut self, row: u64, times: u64, severity: Severity, code: &'static str, what: &'static str) {
        if times > 0 {
            self.counts.entry(code).or_insert((0, row, severity, what)).0 += times;
        }
    }

    /// Counts what is odd about any component.
    pub(crate) fn count_oddities(&mut self, component: &Component) {
        let guessed = component.properties.iter().filter(|property| property.line.guessed).count() as u64;
        let unclosed = u64::from(!component.is_closed);
        let mut count = |times, code, what| self.count(component.line, times, Severity::Warning, code, what);
        count(
            guessed,
            "read.bad_encoding",
            "values are not in the encoding that they state and were guessed; look at them",
        );
        count(
            unclosed,
            "read.unterminated",
            "components have no END and were read up to the next BEGIN; look at the last of their values",
        );
        count(
            component.strays,
            "read.stray_line",
            "lines are no property and were added to the value before them; fold long values",
        );
    }

    /// The finished table.
    pub(crate) fn finish(mut self, blob: BlobId, format: TableFormat, found: &Detected) -> Staged {
        let mut issues: Vec<Issue> = Vec::new();
        for (code, (times, row, severity, what)) in self.counts {
            issues.push(Issue { row: (row > 0).then_some(row), ..note(severity, code, format!("{times} {what}")) });
        }
        let widest = (MOST_CELLS / self.rows.len().max(1)).clamp(ALWAYS, WIDEST);
        let named = self.headers.split_off(self.headers.len().min(widest));
        let mut others = 0_u64;
        if !named.is_empty() || self.headers.len() == WIDEST {
            self.headers.push(OTHERS.to_owned());
        }
        let headers = self.headers;
        let mut builder = Builder::new(headers.len(), &[], self.rows.len());
        for (place, code, message, raw) in self.set_aside {
            builder.set_aside(place, code, message, vec![raw]);
        }
        for (place, row) in self.rows {
            let mut cells = vec![String::new(); headers.len()];
            for (column, value) in row.into_iter().filter(|(_, value)| !value.is_empty()) {
                let (column, value) = match column.checked_sub(widest) {
                    None => (column, value),
                    Some(other) => {
                        others += 1;
                        // Beyond the widest table the value says already what it is of.
                        let value = named.get(other).map_or(value.clone(), |header| format!("{header}: {value}"));
                        (widest, value)
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
        if others > 0 {
            let message =
                format!("{others} values have no column of their own and stand in `{OTHERS}`; split the file");
            issues.push(note(Severity::Warning, "read.too_many_columns", message));
        }
        let encoding = found.name().to_owned();
        let (delimiter, header_row, preamble, quarantined) = (None, None, Vec::new(), Vec::new());
        let table = StagedTable {
            blob,
            table: 0,
            name: None,
            format,
            encoding,
            delimiter,
            header_row,
            headers,
            preamble,
            rows: 0,
            quarantined,
            issues,
            detected: vec![found.finding()],
        };
        builder.finish(table)
    }
}

#[cfg(test)]
mod tests;
