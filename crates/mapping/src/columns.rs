//! Headers and cells of a staged table.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, StringChunked};

/// The form in which headers are compared: without outer blanks, invisible characters and case.
pub(crate) fn fold_header(header: &str) -> String {
    crate::transform::clean_line(header).to_lowercase()
}

/// Where each header stands. A header may stand several times, so that a column is a header and a number.
pub(crate) struct Columns {
    places: BTreeMap<String, Vec<usize>>,
}

impl Columns {
    pub(crate) fn new(headers: &[String]) -> Self {
        let mut places = BTreeMap::<String, Vec<usize>>::new();
        for (column, header) in headers.iter().enumerate() {
            places.entry(fold_header(header)).or_default().push(column);
        }
        // A missing header names no column.
        places.remove("");
        Self { places }
    }

    /// The column of the `nth` (from 1) occurrence of a header.
    pub(crate) fn find(&self, header: &str, nth: Option<u32>) -> Option<usize> {
        let index = usize::try_from(nth.unwrap_or(1)).ok()?.checked_sub(1)?;
        self.places.get(&fold_header(header))?.get(index).copied()
    }

    /// Every column that has the header.
    pub(crate) fn all(&self, header: &str) -> &[usize] {
        self.places.get(&fold_header(header)).map_or(&[], Vec::as_slice)
    }

    /// Whether any column has the header.
    pub(crate) fn has(&self, header: &str) -> bool {
        !self.all(header).is_empty()
    }
}

/// The cells of a frame. A column that is missing or does not hold text reads as empty.
pub(crate) struct Cells {
    columns: Vec<Option<StringChunked>>,
    rows: Vec<(u64, u64, u64)>,
}

impl Cells {
    pub(crate) fn new(frame: &DataFrame, width: usize) -> Self {
        let text = |index: usize| Some(frame.column(&format!("c{index}")).ok()?.str().ok()?.rechunk().into_owned());
        let number = |name: &str| Some(frame.column(name).ok()?.u64().ok()?.rechunk().into_owned());
        let (row, offset, len) = (number("_row"), number("_offset"), number("_len"));
        let at = |column: &Option<polars::prelude::UInt64Chunked>, index: usize| column.as_ref()?.get(index);
        let rows = (0..frame.height())
            .map(|index| {
                let number = at(&row, index).unwrap_or(index as u64 + 1);
                (number, at(&offset, index).unwrap_or(0), at(&len, index).unwrap_or(0))
            })
            .collect();
        Self { columns: (0..width).map(text).collect(), rows }
    }

    /// Number of rows.
    pub(crate) fn height(&self) -> usize {
        self.rows.len()
    }

    /// Physical row, offset and length of the row.
    pub(crate) fn place(&self, row: usize) -> (u64, u64, u64) {
        self.rows.get(row).copied().unwrap_or_default()
    }

    /// The cell; `None` where the row has no such cell.
    pub(crate) fn get(&self, row: usize, column: usize) -> Option<&str> {
        let cells = self.columns.get(column)?.as_ref()?;
        if row < cells.len() { cells.get(row) } else { None }
    }

    /// All cells of a row, a missing one as empty text.
    pub(crate) fn row(&self, row: usize) -> Vec<String> {
        (0..self.columns.len()).map(|column| self.get(row, column).unwrap_or_default().to_owned()).collect()
    }
}
