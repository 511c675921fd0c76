//! A table whose columns are the properties that its rows turn out to have.

use std::collections::BTreeMap;

use velocity_model::{BlobId, Issue, Severity, StagedTable, TableFormat};

use crate::component::Component;
use crate::encoding::Detected;
use crate::frame::{Builder, Place, Staged, note};
use crate::properties::{Properties, elsewhere};

/// Collects rows; headers are properties in the order in which they are first seen.
#[derive(Default)]
pub(crate) struct PropertyTable {
    properties: Properties,
    rows: Vec<(Place, Vec<(usize, String)>)>,
    set_aside: Vec<(Place, &'static str, String, String)>,
    /// Issues that many rows share: how often, on which line first, and what.
    counts: BTreeMap<&'static str, (u64, u64, Severity, &'static str)>,
}

impl PropertyTable {
    /// Takes in a row. A property without a value has its column all the same.
    pub(crate) fn push(&mut self, place: Place, cells: Vec<(String, String)>) {
        let mut row = Vec::with_capacity(cells.len());
        for (property, value) in cells {
            match self.properties.number(&property) {
                Some(number) => row.push((number, value)),
                None if !value.is_empty() => row.push(elsewhere(&property, &value)),
                None => {}
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
    pub(crate) fn finish(self, blob: BlobId, format: TableFormat, found: &Detected) -> Staged {
        let mut issues: Vec<Issue> = Vec::new();
        for (code, (times, row, severity, what)) in self.counts {
            issues.push(Issue { row: (row > 0).then_some(row), ..note(severity, code, format!("{times} {what}")) });
        }
        let columns = self.properties.into_columns(self.rows.len() as u64);
        let mut builder = Builder::new(columns.headers.len(), &[], self.rows.len());
        for (place, code, message, raw) in self.set_aside {
            builder.set_aside(place, code, message, vec![raw]);
        }
        for (place, row) in self.rows {
            columns.take(&mut builder, place, row);
        }
        issues.extend(columns.issue(builder.tally.others));
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
            headers: columns.headers.clone(),
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
