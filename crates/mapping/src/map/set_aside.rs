//! What rows that were set aside may be about: a full snapshot that has such a row does not lack its record.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use velocity_model::{EntityKind, Profile, QuarantinedRow, RecordId, record_id};

use super::entity::EntityPlan;
use super::key::SEPARATOR;

/// A row that was set aside, as far as its keys can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Of each kind that a row may state the records whose keys stand in it; none if they are known by what is stated.
    pub records: BTreeMap<EntityKind, Vec<RecordId>>,
    /// Whether it was read and states nothing: then nothing is unknown of it.
    pub states_nothing: bool,
}

/// Those rows of a table that could not be read, and those that could not be mapped.
pub(super) fn of(
    profile: &Profile,
    plans: &[EntityPlan<'_>],
    unread: &[QuarantinedRow],
    unmapped: &[QuarantinedRow],
) -> Vec<SetAside> {
    let of_row = |row: &QuarantinedRow| {
        let mut records: BTreeMap<EntityKind, Vec<RecordId>> = BTreeMap::new();
        for plan in plans {
            let own = records.entry(plan.map.kind).or_default();
            let key = plan.key_of(|column| row.cells.get(column).map(String::as_str));
            let key = key.filter(|parts| !parts.iter().any(String::is_empty));
            own.extend(key.map(|parts| record_id(&profile.source, plan.map.kind, &parts.join(SEPARATOR))));
        }
        SetAside { records, states_nothing: row.code == super::NO_VALUE }
    };
    unread.iter().chain(unmapped).map(of_row).collect()
}

#[cfg(test)]
mod tests;
