//! A staged table while it is being built, column by column.

use polars::prelude::{DataFrame, IntoColumn, IntoSeries, NamedFrom, Series, StringChunkedBuilder};
use velocity_model::{Issue, QuarantinedRow, Severity, StagedTable, row_digest};

use crate::dialect::finding;

/// A staged table: what is known of it, and its cells (columns as documented at [`StagedTable`]).
#[derive(Clone, Debug)]
pub struct Staged {
    /// What is known of the table.
    pub table: StagedTable,
    /// Its rows.
    pub frame: DataFrame,
}

/// Longest text kept of a row that is set aside.
const KEPT: usize = 64 * 1024;

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) row: u64,
    pub(crate) offset: u64,
    pub(crate) len: u64,
}

/// Collects the rows of one table.
pub(crate) struct Builder {
    header: Vec<String>,
    rows: Vec<u64>,
    offsets: Vec<u64>,
    lens: Vec<u64>,
    digests: StringChunkedBuilder,
    columns: Vec<StringChunkedBuilder>,
    quarantined: Vec<QuarantinedRow>,
    short: u64,
    /// Rows without any value.
    blank: u64,
}

impl Builder {
    /// A builder for `width` columns; `header` is what a repeated header looks like (empty if there is none).
    pub(crate) fn new(width: usize, header: &[String]) -> Self {
        let column = |number: usize| StringChunkedBuilder::new(format!("c{number}").into(), 0);
        Self {
            header: header.to_vec(),
            rows: Vec::new(),
            offsets: Vec::new(),
            lens: Vec::new(),
            digests: StringChunkedBuilder::new("_digest".into(), 0),
            columns: (0..width).map(column).collect(),
            quarantined: Vec::new(),
            short: 0,
            blank: 0,
        }
    }

    /// Whether there is a row yet.
    pub(crate) fn has_rows(&self) -> bool {
        !self.rows.is_empty()
    }

    /// Takes in a row, or sets it aside if it is no row of this table.
    pub(crate) fn push(&mut self, place: Place, cells: &[String]) {
        let width = self.columns.len();
        let filled = cells.iter().filter(|cell| !cell.trim_ascii().is_empty()).count();
        if filled == 0 {
            self.blank += 1;
            return;
        }
        if cells.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
            let message =
                format!("the row has {} cells, the table {width}; quote or remove what is too much", cells.len());
            return self.set_aside(place, "read.too_many_cells", message, cells.to_vec());
        }
        if !self.header.is_empty() && cells.iter().map(|cell| cell.trim()).eq(self.header.iter().map(String::as_str)) {
            let message = "the header stands here again; nothing to mend".to_owned();
            return self.set_aside(place, "read.repeated_header", message, cells.to_vec());
        }
        if width >= 3 && cells.len() < width && filled == 1 {
            let message = format!("a line with one cell in a table of {width} columns: a title, a total or a note");
            return self.set_aside(place, "read.single_cell", message, cells.to_vec());
        }
        self.short += u64::from(cells.len() < width);
        self.rows.push(place.row);
        self.offsets.push(place.offset);
        self.lens.push(place.len);
        self.digests.append_value(row_digest(cells.iter().take(width).map(String::as_str)).to_string());
        for (number, column) in self.columns.iter_mut().enumerate() {
            match cells.get(number) {
                Some(cell) => column.append_value(cell),
                None => column.append_null(),
            }
        }
    }

    /// Takes in a row of a file that has types: it fits its table, and a cell without a value is told from an empty one.
    pub(crate) fn push_typed(&mut self, place: Place, cells: &[Option<String>]) {
        if cells.iter().all(Option::is_none) {
            return;
        }
        self.rows.push(place.row);
        self.offsets.push(place.offset);
        self.lens.push(place.len);
        let digest = row_digest(cells.iter().map(|cell| cell.as_deref().unwrap_or_default()));
        self.digests.append_value(digest.to_string());
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.append_option(cell.as_deref());
        }
    }

    /// Sets a row aside.
    pub(crate) fn set_aside(&mut self, place: Place, code: &str, message: String, mut cells: Vec<String>) {
        for cell in &mut cells {
            if cell.len() > KEPT {
                let cut = (0..=KEPT).rev().find(|at| cell.is_char_boundary(*at)).unwrap_or(0);
                cell.truncate(cut);
            }
        }
        let Place { row, offset, len } = place;
        self.quarantined.push(QuarantinedRow { row, offset, len, code: code.to_owned(), message, cells });
    }

    /// The finished table: `table` with rows, quarantine and issues filled in.
    pub(crate) fn finish(self, mut table: StagedTable) -> Staged {
        let height = self.rows.len();
        let mut columns = vec![
            Series::new("_row".into(), self.rows).into_column(),
            Series::new("_offset".into(), self.offsets).into_column(),
            Series::new("_len".into(), self.lens).into_column(),
            self.digests.finish().into_series().into_column(),
        ];
        columns.extend(self.columns.into_iter().map(|column| column.finish().into_series().into_column()));
        // Every column got one value a row, so that the heights agree by construction.
        let frame = DataFrame::new(height, columns).unwrap_or_default();
        table.rows = height as u64;
        table.quarantined = self.quarantined;
        if self.short > 0 {
            let message = format!("{} rows have fewer cells than the header; the missing ones are empty", self.short);
            table.issues.push(note(Severity::Warning, "read.too_few_cells", message));
        }
        if self.blank > 0 {
            let message = format!("{} rows hold no value and are passed over", self.blank);
            table.issues.push(note(Severity::Note, "read.blank_rows", message));
        }
        if height == 0 {
            let message = "the table has a header and no row".to_owned();
            table.issues.push(note(Severity::Warning, "read.no_rows", message));
        }
        Staged { table, frame }
    }
}

/// An issue about the table as a whole.
pub(crate) fn note(severity: Severity, code: &str, message: String) -> Issue {
    Issue { severity, code: code.to_owned(), row: None, column: None, message }
}

impl Staged {
    /// The same table as what came out of a container that is `what`.
    pub(crate) fn unpacked(mut self, what: &str) -> Self {
        let why = "its first bytes say so".to_owned();
        self.table.detected.insert(0, finding("container", what.to_owned(), why));
        self
    }

    /// The same table as a part of what is called `outer`.
    pub(crate) fn inside(mut self, outer: &str) -> Self {
        let name = self.table.name.take();
        self.table.name = Some(name.map_or_else(|| outer.to_owned(), |inner| format!("{outer}/{inner}")));
        self
    }

    /// The cells of a column, one a row; empty where a row has no such cell.
    pub fn column(&self, number: usize) -> Vec<&str> {
        let texts = self.frame.column(&format!("c{number}")).ok().and_then(|column| column.str().ok());
        texts.map(|texts| texts.iter().map(Option::unwrap_or_default).collect()).unwrap_or_default()
    }
}
