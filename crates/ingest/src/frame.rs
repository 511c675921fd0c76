//! A staged table while it is being built, column by column.

use polars::prelude::{DataFrame, IntoColumn, IntoSeries, NamedFrom, Series, StringChunkedBuilder};
use velocity_model::{Issue, QuarantinedRow, RowHasher, Severity, StagedTable};

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
pub(crate) const KEPT: usize = 64 * 1024;

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) row: u64,
    pub(crate) offset: u64,
    pub(crate) len: u64,
}

/// What was found in the rows of a table, or of a part of it.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    rows: u64,
    quarantined: Vec<QuarantinedRow>,
    short: u64,
    /// Rows without any value.
    blank: u64,
    /// Rows that are written in another dialect than their table, and the first of them.
    mended: u64,
    first_mended: u64,
    /// Values that have no column of their own.
    pub(crate) others: u64,
}

impl Tally {
    /// Counts a row that another dialect made fit.
    pub(crate) fn mended(&mut self, row: u64) {
        self.first_mended = if self.mended == 0 { row } else { self.first_mended };
        self.mended += 1;
    }

    /// Forgets rows that were set aside.
    pub(crate) fn forget_set_aside(&mut self) {
        self.quarantined.clear();
    }

    /// Takes in what was found in the next part.
    pub(crate) fn add(&mut self, mut next: Self) {
        self.rows += next.rows;
        self.quarantined.append(&mut next.quarantined);
        self.short += next.short;
        self.blank += next.blank;
        self.first_mended = if self.mended == 0 { next.first_mended } else { self.first_mended };
        self.mended += next.mended;
        self.others += next.others;
    }

    /// Tells the table what was found.
    pub(crate) fn tell(self, table: &mut StagedTable) {
        table.rows = self.rows;
        table.quarantined = self.quarantined;
        // Some readers find what is damaged before they know the columns, and so before the rows.
        table.quarantined.sort_by_key(|row| (row.row, row.offset));
        if self.short > 0 {
            let message = format!("{} rows have fewer cells than the header; the missing ones are empty", self.short);
            table.issues.push(note(Severity::Warning, "read.too_few_cells", message));
        }
        if self.blank > 0 {
            let message = format!("{} rows hold no value and are passed over", self.blank);
            table.issues.push(note(Severity::Note, "read.blank_rows", message));
        }
        if self.rows == 0 {
            let message = "the table has a header and no row".to_owned();
            table.issues.push(note(Severity::Warning, "read.no_rows", message));
        }
        if self.mended > 0 {
            let rows = self.mended;
            let message =
                format!("{rows} rows use another delimiter or other quotes than the table, and were read by those");
            let issue = note(Severity::Warning, "read.other_dialect", message);
            table.issues.push(Issue { row: Some(self.first_mended), ..issue });
        }
    }
}

/// Collects the rows of one table, or of a part of it.
pub(crate) struct Builder<'a> {
    header: &'a [String],
    rows: Vec<u64>,
    offsets: Vec<u64>,
    lens: Vec<u64>,
    hasher: RowHasher,
    digests: StringChunkedBuilder,
    columns: Vec<StringChunkedBuilder>,
    pub(crate) tally: Tally,
}

impl<'a> Builder<'a> {
    /// A builder for `width` columns and as many as `rows` rows; `header` is what a repeated header looks like (empty if there
    /// is none).
    pub(crate) fn new(width: usize, header: &'a [String], rows: usize) -> Self {
        let column = |number: usize| StringChunkedBuilder::new(format!("c{number}").into(), rows);
        Self {
            header,
            rows: Vec::with_capacity(rows),
            offsets: Vec::with_capacity(rows),
            lens: Vec::with_capacity(rows),
            hasher: RowHasher::default(),
            digests: StringChunkedBuilder::new("_digest".into(), rows),
            columns: (0..width).map(column).collect(),
            tally: Tally::default(),
        }
    }

    /// Whether there is a row yet.
    pub(crate) fn has_rows(&self) -> bool {
        self.tally.rows > 0
    }

    /// Takes in a row, or sets it aside if it is no row of this table.
    pub(crate) fn push(&mut self, place: Place, cells: &[impl AsRef<str>]) {
        let texts = || cells.iter().map(AsRef::as_ref);
        let owned = || texts().map(str::to_owned).collect();
        let width = self.columns.len();
        let filled = texts().filter(|cell| !cell.trim_ascii().is_empty()).count();
        if filled == 0 {
            self.tally.blank += 1;
            return;
        }
        if texts().skip(width).any(|cell| !cell.trim().is_empty()) {
            let message =
                format!("the row has {} cells, the table {width}; quote or remove what is too much", cells.len());
            return self.set_aside(place, "read.too_many_cells", message, owned());
        }
        if !self.header.is_empty() && texts().map(str::trim).eq(self.header.iter().map(String::as_str)) {
            let message = "the header stands here again; nothing to mend".to_owned();
            return self.set_aside(place, "read.repeated_header", message, owned());
        }
        if width >= 3 && cells.len() < width && filled == 1 {
            let message = format!("a line with one cell in a table of {width} columns: a title, a total or a note");
            return self.set_aside(place, "read.single_cell", message, owned());
        }
        self.tally.short += u64::from(cells.len() < width);
        self.take_place(place);
        self.hasher.digest(texts().take(width)).with_text(|text| self.digests.append_value(text));
        for (number, column) in self.columns.iter_mut().enumerate() {
            column.append_option(cells.get(number).map(AsRef::as_ref));
        }
    }

    /// Takes in a row of a file that has types: it fits its table, and a cell without a value is told from an empty one.
    pub(crate) fn push_typed(&mut self, place: Place, cells: &[Option<String>]) {
        if cells.iter().all(Option::is_none) {
            return;
        }
        self.take_place(place);
        let digest = self.hasher.digest(cells.iter().map(|cell| cell.as_deref().unwrap_or_default()));
        digest.with_text(|text| self.digests.append_value(text));
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.append_option(cell.as_deref());
        }
    }

    fn take_place(&mut self, place: Place) {
        self.tally.rows += 1;
        self.rows.push(place.row);
        self.offsets.push(place.offset);
        self.lens.push(place.len);
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
        self.tally.quarantined.push(QuarantinedRow { row, offset, len, code: code.to_owned(), message, cells });
    }

    /// The rows as a frame, and what was found in them.
    pub(crate) fn into_frame(self) -> (DataFrame, Tally) {
        let mut columns = vec![
            Series::new("_row".into(), self.rows).into_column(),
            Series::new("_offset".into(), self.offsets).into_column(),
            Series::new("_len".into(), self.lens).into_column(),
            self.digests.finish().into_series().into_column(),
        ];
        columns.extend(self.columns.into_iter().map(|column| column.finish().into_series().into_column()));
        // Every column got one value a row, so that the heights agree by construction.
        let frame = DataFrame::new(self.tally.rows as usize, columns).unwrap_or_default();
        (frame, self.tally)
    }

    /// The finished table: `table` with rows, quarantine and issues filled in.
    pub(crate) fn finish(self, mut table: StagedTable) -> Staged {
        let (frame, tally) = self.into_frame();
        tally.tell(&mut table);
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

    /// The physical row of each row in its source, from 1.
    pub fn rows(&self) -> Vec<u64> {
        let rows = self.frame.column("_row").ok().and_then(|column| column.u64().ok());
        rows.map(|rows| rows.iter().map(Option::unwrap_or_default).collect()).unwrap_or_default()
    }
}
