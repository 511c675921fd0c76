//! Rows to evidence. Bad cells become unresolved values, bad rows are quarantined, and every row is accounted for.

mod decimal;
mod entity;
mod field;
mod key;
mod link;
mod order;
mod preview;
mod report;
mod set_aside;

pub(crate) use order::Proof as DateProof;
pub(crate) use preview::{gain, read};
pub use set_aside::SetAside;

use std::collections::HashMap;

use polars::prelude::DataFrame;
use rayon::prelude::*;
use velocity_model::{Evidence, Issue, Locator, Profile, QuarantinedRow, Question, RecordId, StagedTable, VersionId};

use crate::columns::{Cells, Columns};
use crate::transform::Context;
use decimal::Decimals;
use entity::{EntityPlan, Stated};
use key::Key;
use order::Orders;
use report::Tally;

/// Code of a row that states nothing.
const NO_VALUE: &str = "map.no_value";

/// What a table states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapped {
    /// The evidence, unique by version, in the order in which rows first state it.
    pub evidence: Vec<Evidence>,
    /// Every row that states something: its physical row and the indexes of what it states in `evidence`.
    pub rows: Vec<(u64, Vec<u32>)>,
    /// Every other row.
    pub quarantined: Vec<QuarantinedRow>,
    /// What those rows, and the ones that could not be read, may be about.
    pub set_aside: Vec<SetAside>,
    /// Headers of columns that went nowhere.
    pub unmapped: Vec<String>,
    /// What a person has to answer before the values that stayed raw can be read.
    pub questions: Vec<Question>,
    /// What was decided for a whole column, and what could not be read, by column.
    pub issues: Vec<Issue>,
}

/// Maps a table by a profile. Never fails: every row of the frame is in [`Mapped::rows`] or in [`Mapped::quarantined`].
///
/// Ids depend on what is stated alone: the same rows in another order, or among more rows, give the same record ids.
pub fn map(profile: &Profile, table: &StagedTable, frame: &DataFrame) -> Mapped {
    let columns = Columns::of(profile, &table.headers);
    let cells = Cells::new(frame, table.headers.len());
    let context = Context::of(profile);
    let decided = Decided::of(profile, table, &columns, &cells);
    let plans: Vec<EntityPlan<'_>> =
        profile.entities.iter().map(|entity| EntityPlan::new(profile, entity, &columns, &context, &decided)).collect();
    let mut tally = Tally::default();
    let mut builder = Builder::new(&plans);
    // Keys depend on all rows, so that everything is read before anything is built.
    let read = |row| plans.iter().map(|plan| plan.read(row, &cells)).collect();
    let read: Vec<Vec<Option<Stated>>> = (0..cells.height()).into_par_iter().map(read).collect();
    let sound = read.into_iter().enumerate().filter(|(row, stated)| builder.is_sound(*row, stated, &cells));
    let (places, rows): (Vec<_>, Vec<_>) = sound.map(|(row, stated)| (cells.place(row), stated)).unzip();
    let keys = key::keys(&plans, &rows);
    let built = places.into_par_iter().zip(rows).zip(&keys);
    let built = built.map(|((place, stated), keys)| Row::build(profile, table, &plans, place, stated, keys));
    for row in built.collect::<Vec<_>>() {
        builder.row(row, &mut tally);
    }
    let mut mapped = builder.mapped;
    mapped.set_aside = set_aside::of(profile, &plans, &table.quarantined, &mapped.quarantined);
    let repeated = builder.repeated;
    mapped.unmapped = report::unmapped(profile, table, &columns, &cells);
    mapped.questions = report::questions(profile, table, &cells, &tally);
    mapped.issues = report::issues(profile, table, &columns, &decided, &tally, repeated);
    mapped
}

/// What was decided for whole columns.
struct Decided {
    orders: Orders,
    decimals: Decimals,
}

impl Decided {
    fn of(profile: &Profile, table: &StagedTable, columns: &Columns, cells: &Cells) -> Self {
        let orders = order::decide(profile, columns, cells);
        Self { orders, decimals: decimal::decide(profile, table.format, columns, cells) }
    }
}

/// What one row gives.
struct Row {
    number: u64,
    /// The evidence, each with the number of its plan.
    evidence: Vec<(usize, Evidence)>,
    /// Column and code of what could not be read.
    unread: Vec<(usize, String)>,
}

impl Row {
    fn build(
        profile: &Profile,
        table: &StagedTable,
        plans: &[EntityPlan<'_>],
        (number, offset, len): (u64, u64, u64),
        stated: Vec<Option<Stated>>,
        keys: &[Option<Key>],
    ) -> Self {
        let locator = Locator { blob: table.blob, table: table.table, row: number, offset, len };
        let mut row = Self { number, evidence: Vec::with_capacity(plans.len()), unread: Vec::new() };
        for (at, ((plan, stated), key)) in plans.iter().zip(stated).zip(keys).enumerate() {
            let (Some(stated), Some(key)) = (stated, key) else { continue };
            row.unread.extend(stated.unread());
            let unread = |column: usize, code: &str| row.unread.push((column, code.to_owned()));
            let links = link::links(profile, plan, &stated, keys, plans, unread);
            row.evidence.push((at, entity::evidence(profile, plan, stated, key, links, locator)));
        }
        row
    }
}

struct Builder<'a> {
    plans: &'a [EntityPlan<'a>],
    mapped: Mapped,
    versions: HashMap<VersionId, u32>,
    records: HashMap<RecordId, VersionId>,
    repeated: u64,
}

impl<'a> Builder<'a> {
    fn new(plans: &'a [EntityPlan<'a>]) -> Self {
        Self { plans, mapped: Mapped::default(), versions: HashMap::new(), records: HashMap::new(), repeated: 0 }
    }

    /// Whether a row states something, and all keys it needs; else it is quarantined.
    fn is_sound(&mut self, row: usize, stated: &[Option<Stated>], cells: &Cells) -> bool {
        if stated.iter().all(Option::is_none) {
            let message = "nothing that the profile maps stands in this row; fill a column in, or leave the row out";
            self.quarantine(row, cells, NO_VALUE, message.to_owned());
            return false;
        }
        let mut pairs = self.plans.iter().zip(stated);
        if let Some((plan, _)) = pairs.find(|(_, stated)| stated.as_ref().is_some_and(Stated::lacks_key)) {
            let message =
                format!("the key of the {} is empty ({}); fill it in", plan.map.kind, plan.map.key.join(", "));
            self.quarantine(row, cells, "map.key_missing", message);
            return false;
        }
        true
    }

    fn row(&mut self, row: Row, tally: &mut Tally) {
        for (column, code) in &row.unread {
            tally.add(*column, code, row.number);
        }
        let plans = self.plans;
        let add =
            |(at, evidence): (usize, Evidence)| self.add(evidence, plans.get(at).is_some_and(EntityPlan::has_key));
        let indexes = row.evidence.into_iter().map(add).collect();
        self.mapped.rows.push((row.number, indexes));
    }

    /// Index of the version, which may be there already: fifty rows that name one company state it once.
    fn add(&mut self, evidence: Evidence, has_key: bool) -> u32 {
        if let Some(index) = self.versions.get(&evidence.version) {
            return *index;
        }
        let first = *self.records.entry(evidence.record).or_insert(evidence.version);
        if first != evidence.version && has_key {
            self.repeated += 1;
        }
        // A table of four thousand million rows does not fit the memory.
        let index = u32::try_from(self.mapped.evidence.len()).unwrap_or(u32::MAX);
        self.versions.insert(evidence.version, index);
        self.mapped.evidence.push(evidence);
        index
    }

    fn quarantine(&mut self, row: usize, cells: &Cells, code: &str, message: String) {
        let (number, offset, len) = cells.place(row);
        let cells = cells.row(row);
        self.mapped.quarantined.push(QuarantinedRow {
            row: number,
            offset,
            len,
            code: code.to_owned(),
            message,
            cells,
        });
    }
}

#[cfg(test)]
mod tests;
