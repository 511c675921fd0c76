//! A staged table as people and programs read it: rows in the order of the file, with what was set aside in its place.

use polars::prelude::{DataFrame, IntoColumn, ParquetWriter};
use serde::Serialize;

use crate::IngestError;
use crate::frame::Staged;

/// The rows of a table as the file has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RawTable {
    /// Name of the sheet or member, if it has one.
    pub name: Option<String>,
    /// One header a column; `None` if the table has none.
    pub headers: Option<Vec<String>>,
    /// The cells; `None` where a row has no such cell. A row may have more cells than there are headers.
    pub rows: Vec<Vec<Option<String>>>,
}

/// Why a row is set aside that is a title, a total or a header and no row.
const NO_ROWS: [&str; 4] = ["read.single_cell", "read.repeated_header", "read.comment", "read.cell_too_large"];

impl Staged {
    /// The table as the file has it.
    pub fn raw(&self) -> RawTable {
        let width = self.table.headers.len();
        let numbers = self.frame.column("_row").ok().and_then(|column| column.u64().ok().cloned());
        let columns: Vec<_> = (0..width)
            .filter_map(|number| self.frame.column(&format!("c{number}")).ok()?.str().ok().cloned())
            .collect();
        let mut rows: Vec<(u64, Vec<Option<String>>)> = Vec::with_capacity(self.frame.height());
        for row in 0..self.frame.height() {
            let number = numbers.as_ref().and_then(|numbers| numbers.get(row)).unwrap_or(0);
            rows.push((number, columns.iter().map(|column| column.get(row).map(str::to_owned)).collect()));
        }
        let ragged = self.table.quarantined.iter().filter(|row| !NO_ROWS.contains(&row.code.as_str()));
        for row in ragged {
            let mut cells: Vec<Option<String>> = row.cells.iter().cloned().map(Some).collect();
            cells.resize(cells.len().max(width), None);
            rows.push((row.row, cells));
        }
        rows.sort_by_key(|(number, _)| *number);
        let has_header = self.table.headers.iter().any(|header| !header.is_empty());
        RawTable {
            name: self.table.name.clone(),
            headers: has_header.then(|| self.table.headers.clone()),
            rows: rows.into_iter().map(|(_, cells)| cells).collect(),
        }
    }
}

/// The rows of the table as Parquet, those that were set aside left out; its columns are named by their headers: `column_3` where there is none, `name_2` where it stands again.
///
/// # Errors
/// The encoder fails.
pub fn to_parquet(staged: &Staged) -> Result<Vec<u8>, IngestError> {
    let mut names = std::collections::HashSet::new();
    let mut columns = Vec::new();
    for (number, header) in staged.table.headers.iter().enumerate() {
        let base = if header.is_empty() { format!("column_{}", number + 1) } else { header.clone() };
        let numbered = (2..).map(|again| format!("{base}_{again}"));
        let name = std::iter::once(base.clone()).chain(numbered).find(|name| !names.contains(name)).unwrap_or(base);
        names.insert(name.clone());
        if let Ok(column) = staged.frame.column(&format!("c{number}")) {
            columns.push(column.clone().with_name(name.into()).into_column());
        }
    }
    let mut bytes = Vec::new();
    let written = DataFrame::new(staged.frame.height(), columns)
        .and_then(|mut frame| ParquetWriter::new(&mut bytes).finish(&mut frame));
    written.map_err(|source| IngestError::Staged { path: "stdout".into(), source })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
