//! A table to resolve: records with an id, and columns of which equal cells are one value.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

/// A column: its header, what it is known to hold, and a value for each record.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// As the source writes it.
    pub header: String,
    /// The field of the data model that it holds, such as `family_name`; `None` if nobody knows.
    pub meaning: Option<String>,
    /// Distinct cells; the first is the empty one.
    pub(crate) values: Vec<String>,
    /// Place in `values` for each record.
    pub(crate) cells: Vec<u32>,
}

impl Column {
    /// The cell of a record.
    pub(crate) fn cell(&self, record: usize) -> &str {
        &self.values[self.cells[record] as usize]
    }

    /// Records with a value.
    pub(crate) fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| **cell != 0).count()
    }
}

/// Records in the order of their ids, so that the order of the input reaches no result.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Ids, rising.
    pub(crate) ids: Vec<String>,
    pub(crate) columns: Vec<Column>,
}

impl Table {
    /// A table of records with `ids`, which must differ, and columns given as header and meaning. `cell` gives the text of a
    /// row (as counted in `ids`) and column; white space around it does not count.
    pub fn of<'a>(
        ids: Vec<String>,
        headers: Vec<(String, Option<String>)>,
        cell: impl Fn(usize, usize) -> &'a str + Sync,
    ) -> Self {
        let mut order: Vec<usize> = (0..ids.len()).collect();
        order.sort_by(|a, b| ids[*a].cmp(&ids[*b]));
        let columns = headers.into_par_iter().enumerate().map(|(column, (header, meaning))| {
            let mut places: HashMap<&str, u32, FixedState> = HashMap::from_iter([("", 0)]);
            let mut values = vec![String::new()];
            let mut intern = |text: &'a str| {
                *places.entry(text).or_insert_with(|| {
                    values.push(text.to_owned());
                    values.len() as u32 - 1
                })
            };
            let cells = order.iter().map(|row| intern(cell(*row, column).trim())).collect();
            Column { header, meaning, values, cells }
        });
        let columns = columns.collect();
        let mut ids = ids;
        ids.sort_unstable();
        Self { ids, columns }
    }

    /// What two records say: header and two cells, where one is filled; nothing of a record that is not there.
    pub(crate) fn side_by_side(&self, a: &str, b: &str) -> Vec<[String; 3]> {
        let place = |id: &str| self.ids.binary_search_by(|own| own.as_str().cmp(id)).ok();
        let Some((a, b)) = place(a).zip(place(b)) else { return Vec::new() };
        let cells =
            self.columns.iter().map(|column| [&column.header, column.cell(a), column.cell(b)].map(str::to_owned));
        cells.filter(|[_, a, b]| !a.is_empty() || !b.is_empty()).collect()
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Ids, rising.
    pub fn ids(&self) -> &[String] {
        &self.ids
    }
}
