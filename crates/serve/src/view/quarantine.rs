//! Rows that an import set aside, on the page and as a download.

use serde::Serialize;
use velocity_model::{QuarantinedRow, RunId};

use super::href;
use crate::format;

/// Quarantined rows of a file that the page shows; the download has all.
const SHOWN: usize = 20;

/// Quarantined rows of one table of a file, as stored: path, headers, rows.
pub(crate) type StoredQuarantine = (String, Vec<String>, Vec<QuarantinedRow>);

/// Rows that were set aside from one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Quarantine {
    /// File.
    pub(crate) path: String,
    /// "7 rows".
    pub(crate) count: String,
    /// The download.
    pub(crate) csv: String,
    /// The first rows: line, reason, code, cells.
    pub(crate) rows: Vec<QuarantineLine>,
    /// How many are only in the download.
    pub(crate) more: usize,
}

/// One row that was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct QuarantineLine {
    /// Physical row.
    pub(crate) line: String,
    /// Why.
    pub(crate) message: String,
    /// Stable dotted code.
    pub(crate) code: String,
    /// What the row holds.
    pub(crate) cells: String,
}

/// What the page shows of the rows of one file.
pub(crate) fn set_aside(run: RunId, (path, _, rows): &StoredQuarantine) -> Quarantine {
    let line = |row: &QuarantinedRow| QuarantineLine {
        line: format::count(row.row),
        message: row.message.clone(),
        code: row.code.clone(),
        cells: row.cells.join(" | ").chars().take(400).collect(),
    };
    Quarantine {
        path: path.clone(),
        count: format::plural(rows.len() as u64, "row", "rows"),
        csv: format!("/imports/{run}/quarantine.csv{}", href::query(&[("file", path)])),
        rows: rows.iter().take(SHOWN).map(line).collect(),
        more: rows.len().saturating_sub(SHOWN),
    }
}

/// The quarantined rows of one file as CSV (RFC 4180): the original columns in their order, then `_line` and `_errors`.
pub(crate) fn csv(headers: &[String], rows: &[QuarantinedRow]) -> String {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(headers.len());
    let empty = String::new();
    let mut out = String::new();
    let names = (0..width).map(|index| headers.get(index).unwrap_or(&empty).as_str());
    push_line(&mut out, names.chain(["_line", "_errors"]));
    for row in rows {
        let number = row.row.to_string();
        let errors = format!("{}: {}", row.code, row.message);
        let cells = (0..width).map(|index| row.cells.get(index).unwrap_or(&empty).as_str());
        push_line(&mut out, cells.chain([number.as_str(), errors.as_str()]));
    }
    out
}

fn push_line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push(',');
        }
        // A spreadsheet would run what begins so as a formula (OWASP, CSV injection).
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let text = if is_formula { format!("'{cell}") } else { cell.to_owned() };
        if text.contains(['"', ',', '\n', '\r']) || text != text.trim() {
            out.push('"');
            out.push_str(&text.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&text);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests;
