//! What a changed profile would make of one column, by the code that reads it.

use rayon::prelude::*;
use velocity_model::{Assertion, Profile, StagedTable};

use super::Decided;
use super::field::FieldPlan;
use crate::columns::{Cells, Columns, Gate};
use crate::transform::Context;

/// Values that another profile reads, and the first of them with what it becomes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gain {
    pub(crate) values: u64,
    pub(crate) example: Option<(String, String)>,
}

/// The values of a column that stay raw by `before` because of `code`, and that `after` reads; without a code all that it reads.
pub(crate) fn gain(
    (before, after): (&Profile, &Profile),
    table: &StagedTable,
    cells: &Cells,
    column: usize,
    code: Option<&str>,
) -> Gain {
    let is_open = |before: &Assertion| code.is_none_or(|code| before.unresolved.as_deref() == Some(code));
    let of_row = |was: Vec<Assertion>, now: Vec<Assertion>| -> Vec<(String, String)> {
        let open =
            now.into_iter().enumerate().filter(|(place, _)| code.is_none() || was.get(*place).is_some_and(is_open));
        let read = open.map(|(_, now)| now).filter(Assertion::is_resolved);
        read.map(|now| (now.raw, now.value)).collect()
    };
    let read = with_column(before, table, cells, column);
    let was: Vec<Vec<Assertion>> = if code.is_some() { read } else { vec![Vec::new(); cells.height()] };
    let now = with_column(after, table, cells, column);
    let gained: Vec<Vec<(String, String)>> = was.into_par_iter().zip(now).map(|(was, now)| of_row(was, now)).collect();
    let values = gained.iter().map(|row| row.len() as u64).sum();
    Gain { values, example: gained.into_iter().flatten().next() }
}

/// The values of a column that can be read.
pub(crate) fn read(profile: &Profile, table: &StagedTable, cells: &Cells, column: usize) -> Vec<String> {
    let stated = with_column(profile, table, cells, column).into_iter().flatten();
    stated.filter(Assertion::is_resolved).map(|assertion| assertion.value).collect()
}

/// What the rows state by a column, row by row.
fn with_column(profile: &Profile, table: &StagedTable, cells: &Cells, column: usize) -> Vec<Vec<Assertion>> {
    let columns = Columns::of(profile, &table.headers);
    let mut own = profile.clone();
    for entity in &mut own.entities {
        entity.fields.retain(|map| {
            let others = map.or_from.iter().flat_map(|header| columns.named(header, None));
            map.from.iter().flat_map(|from| columns.named(from, map.nth)).chain(others).any(|found| found == column)
        });
    }
    let context = Context::of(&own);
    let decided = Decided::of(&own, table, &columns, cells);
    let plans = own.entities.iter().map(|entity| {
        let fields = entity.fields.iter().flat_map(|map| FieldPlan::family(&own, map, &columns, &context, &decided));
        (entity.when.as_ref().map(|condition| Gate::new(condition, &columns)), fields.collect())
    });
    let plans: Vec<(Option<Gate<'_>>, Vec<FieldPlan<'_>>)> = plans.collect();
    let read = |row: usize| {
        let mut assertions = Vec::new();
        for (gate, fields) in &plans {
            if gate.as_ref().is_none_or(|gate| gate.is_open(row, cells)) {
                fields.iter().for_each(|field| field.read(row, cells, &mut assertions));
            }
        }
        assertions.retain(|assertion| assertion.column.is_some_and(|found| found as usize == column));
        assertions
    };
    (0..cells.height()).into_par_iter().map(read).collect()
}
