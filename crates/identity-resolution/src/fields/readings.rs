//! How the columns of a table are read where their values decide it: kept, so that other records are read in the same way.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

use super::build::{is_derived, is_left, is_source, naming, of_meaning};
use super::columns::{DateOrder, Shape, date_order, shape};
use super::kind::Lexicon;
use crate::features::fold;
use crate::table::{Column, Table};

/// How one column is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reading {
    /// What it holds; of a column whose meaning is known, whether that is one of few.
    pub(crate) shape: Shape,
    /// The order of the parts of its dates.
    pub(crate) order: DateOrder,
    /// Whether it says where its records come from.
    pub(crate) is_source: bool,
    /// Whether nearly every record has a value of its own.
    pub(crate) is_own: bool,
}

/// How the columns of a table are read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Readings {
    /// By column.
    pub(crate) columns: Vec<Reading>,
    /// Whether streets and whole addresses are one field.
    pub(crate) is_one_street: bool,
    /// The column that names its things, where nobody knows what any means.
    pub(crate) naming: Option<usize>,
    /// Which of the fields that could be made say something.
    pub(crate) kept: Vec<usize>,
    /// The words of those of them that are texts, by place among all that could be made.
    pub(crate) lexicons: Vec<(usize, Lexicon)>,
}

/// Records by which columns are compared.
const LOOKED_AT: usize = 200;
/// A column of a known meaning with no more values has one of few.
const FEW: usize = 60;

impl Readings {
    /// How the columns of a table ask to be read; which fields say something is not known yet.
    pub(super) fn of(table: &Table) -> Self {
        let stands_for = stands_for(table);
        let mut said_by: HashMap<Vec<(usize, String)>, usize, FixedState> = HashMap::default();
        for (place, column) in table.columns.iter().enumerate() {
            said_by.entry(said(column)).or_insert(place);
        }
        let columns: Vec<Reading> = table
            .columns
            .iter()
            .enumerate()
            .map(|(place, column)| {
                // Where no value stands twice, all columns tell the records apart in the same way, whatever they say.
                let is_repeated = match column.values.len() - 1 == column.filled() {
                    true => said_by.get(&said(column)).is_some_and(|first| *first < place),
                    false => stands_for.get(&column.cells[..]) != Some(&place),
                };
                let is_derived = is_left(column) && (is_repeated || is_derived(table, column));
                let shape = match is_left(column) {
                    true if is_derived => Shape::Nothing,
                    true => shape(column),
                    false if column.values.len() <= FEW => Shape::Category,
                    false => Shape::Word,
                };
                let has_dates = shape == Shape::Date || column.meaning.as_deref() == Some("birth_date");
                let order = if has_dates { date_order(column) } else { DateOrder::MonthFirst };
                let is_own = (column.values.len() - 1) * 10 >= column.filled() * 9;
                Reading { shape, order, is_source: is_source(column) && !is_derived, is_own }
            })
            .collect();
        let naming = naming(table, &columns);
        Self { columns, is_one_street: is_one_street(table), naming, ..Self::default() }
    }
}

/// Of the columns that tell the records apart in the very same way the one that counts: the first whose meaning is known, or the
/// last. Values are numbered as they come, so that equal groups have equal numbers.
fn stands_for(table: &Table) -> HashMap<&[u32], usize, FixedState> {
    let mut found: HashMap<&[u32], usize, FixedState> = HashMap::default();
    for (place, column) in table.columns.iter().enumerate() {
        let counts = found.entry(&column.cells).or_insert(place);
        if is_left(&table.columns[*counts]) {
            *counts = place;
        }
    }
    found
}

/// What a column says in the first records that it says something of, but for spelling: a copy of a name, such as its form for an
/// address of the web, says nothing new.
fn said(column: &Column) -> Vec<(usize, String)> {
    let filled = column.cells.iter().enumerate().filter(|(_, cell)| **cell != 0).take(LOOKED_AT);
    filled.map(|(record, cell)| (record, fold(&column.values[*cell as usize]))).collect()
}

impl Readings {
    /// The words of a field, by its place among those kept; none if it is no text.
    pub(crate) fn lexicon(&self, field: usize) -> Cow<'_, Lexicon> {
        let own = self.kept.get(field).and_then(|kept| self.lexicons.iter().find(|(place, _)| place == kept));
        own.map_or_else(|| Cow::Owned(Lexicon::default()), |(_, lexicon)| Cow::Borrowed(lexicon))
    }
}

/// Whether hardly a record fills both a street and an address.
fn is_one_street(table: &Table) -> bool {
    let columns = of_meaning(table, &["street", "address"]);
    let full = |record: usize| {
        columns.iter().filter(|(_, column): &&(usize, &Column)| !column.cell(record).is_empty()).count()
    };
    let both = (0..table.len()).filter(|record| full(*record) > 1).count();
    columns.len() > 1 && both * 10 < table.len()
}
