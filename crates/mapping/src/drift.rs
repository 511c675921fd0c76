//! Columns that changed since files of a profile were approved.
//!
//! Somebody has to look if a column came that no approved file had and that the profile does not know, because its values would be
//! lost without a word; and if a column is gone that the profile reads, because an export that lost its telephone numbers looks
//! like one that never had any. Everything else is no reason to wait: another order of columns, a column that the profile knows
//! and that now is there, one that goes nowhere and now is gone.

use std::collections::BTreeSet;

use velocity_model::{ColumnMap, Drift, Field, Profile, StagedTable, TableFormat, WaitingColumn};

use crate::columns::{fold_header, headers_of, is_added};
use crate::header_pattern::HeaderPattern;
use crate::recognise::known_headers;
use crate::suggest::{ColumnProposal, Draft};

/// What changed in `table` against the headers of `approved` files of the profile; nothing if there are none.
pub fn drift(profile: &Profile, approved: &[&[String]], table: &StagedTable) -> Drift {
    if approved.is_empty() || !states_columns(table.format) {
        return Drift::default();
    }
    let here = folded(&table.headers);
    let seen: BTreeSet<String> = approved.iter().flat_map(|headers| folded(headers)).collect();
    let known: Vec<HeaderPattern> = known_headers(profile).into_iter().map(HeaderPattern::new).collect();
    let is_known = |folded: &String| seen.contains(folded) || known.iter().any(|pattern| pattern.matches(folded));
    let mut new: Vec<String> = Vec::new();
    for header in table.headers.iter().filter(|header| !fold_header(header).is_empty() && !is_added(header)) {
        if !is_known(&fold_header(header)) && !new.contains(header) {
            new.push(header.clone());
        }
    }
    // Of a family of columns there are as many as some row needs.
    let read = profile.entities.iter().flat_map(headers_of).map(HeaderPattern::new);
    let read: BTreeSet<String> = read
        .filter_map(|pattern| match pattern {
            HeaderPattern::Literal(folded) => Some(folded),
            HeaderPattern::Repeated(_) => None,
        })
        .collect();
    let gone = |headers: &&[String]| -> Vec<String> {
        let is_gone = |folded: &String| !folded.is_empty() && !here.contains(folded) && read.contains(folded);
        headers.iter().filter(|header| is_gone(&fold_header(header))).cloned().collect()
    };
    let gone = approved.iter().rev().map(gone).min_by_key(Vec::len).unwrap_or_default();
    Drift { new, gone }
}

/// Whether most columns of a table that no profile recognises are those of an approved file, and the other way round.
pub fn is_relative(approved: &[String], table: &StagedTable) -> bool {
    let (here, there) = (folded(&table.headers), folded(approved));
    let shared = here.intersection(&there).count();
    states_columns(table.format) && shared > 1 && 2 * shared >= here.len() && 2 * shared >= there.len()
}

/// Whether the columns are stated for the whole file, and not by each row that has something to say in them.
const fn states_columns(format: TableFormat) -> bool {
    matches!(format, TableFormat::Csv | TableFormat::Workbook | TableFormat::Parquet | TableFormat::Arrow)
}

fn folded(headers: &[String]) -> BTreeSet<String> {
    let headers = headers.iter().filter(|header| !is_added(header)).map(|header| fold_header(header));
    headers.filter(|header| !header.is_empty()).collect()
}

/// The next revision of a profile, which reads the table too: new columns go where the draft of the table would put them, if nothing
/// else is read there, and columns that are gone need not be there any more. Files as they were before are read as before.
pub fn adapt(profile: &Profile, table: &StagedTable, draft: &Draft, drift: &Drift) -> (Profile, Vec<WaitingColumn>) {
    let mut revised = profile.clone();
    revised.version += 1;
    let here = folded(&table.headers);
    let mut columns = Vec::new();
    for header in &drift.new {
        let Some(proposal) = draft.columns.iter().find(|column| column.header == *header) else { continue };
        let (target, reason) = place(&mut revised, &here, proposal, drift);
        if target.is_some() || proposal.is_key && reason.is_some() {
            revised.recognise.optional.push(header.clone());
        } else {
            revised.ignore.push(header.clone());
        }
        columns.push(WaitingColumn {
            header: header.clone(),
            is_key: proposal.is_key && reason.is_some(),
            target,
            confidence: proposal.confidence,
            reason: reason.unwrap_or_else(|| proposal.reason.clone()),
            fill_percent: proposal.sample_fill_percent,
            samples: proposal.samples.clone(),
        });
    }
    let required = std::mem::take(&mut revised.recognise.headers);
    let (kept, gone): (Vec<String>, Vec<String>) =
        required.into_iter().partition(|header| here.contains(&fold_header(header)));
    revised.recognise.headers = kept;
    revised.recognise.optional.extend(gone);
    (revised, columns)
}

/// Puts a new column where it belongs: `None` and a reason if it is left out for one, or has become the key.
fn place(
    profile: &mut Profile,
    here: &BTreeSet<String>,
    proposal: &ColumnProposal,
    drift: &Drift,
) -> (Option<Field>, Option<String>) {
    let is_gone = |header: &String| drift.gone.iter().any(|gone| fold_header(gone) == fold_header(header));
    if proposal.is_key {
        let lost = profile.entities.iter().flat_map(|entity| &entity.key).find(|key| is_gone(key)).cloned();
        let Some(lost) = lost else { return (None, None) };
        let keys = profile.entities.iter_mut().flat_map(|entity| &mut entity.key);
        keys.filter(|key| **key == lost).for_each(|key| key.clone_from(&proposal.header));
        return (None, Some(format!("the key, in the place of `{lost}`")));
    }
    let Some(field) = &proposal.target else { return (None, None) };
    let maps = profile.entities.iter_mut().flat_map(|entity| &mut entity.fields);
    let mut maps: Vec<&mut ColumnMap> = maps.filter(|map| map.to == *field).collect();
    let lost = maps.iter_mut().find_map(|map| Some((map.from.clone().filter(is_gone)?, map)));
    if let Some((lost, map)) = lost {
        map.or_from.push(proposal.header.clone());
        return (Some(field.clone()), Some(format!("in the place of `{lost}`")));
    }
    let mut stands = maps.iter().flat_map(|map| map.from.iter().chain(&map.or_from));
    if !field.spec().multi
        && let Some(other) = stands.find(|header| here.contains(&fold_header(header)))
    {
        let why = format!("left out: `{field}` is read from `{other}`");
        return (None, Some(why));
    }
    let entity = profile.entities.iter_mut().find(|entity| field.spec().kinds.contains(&entity.kind));
    match entity {
        Some(entity) => {
            entity.fields.push(ColumnMap::of(field.clone(), &proposal.header));
            (Some(field.clone()), None)
        }
        None => (None, Some(format!("left out: nothing that the rows state has `{field}`"))),
    }
}

#[cfg(test)]
mod tests;
