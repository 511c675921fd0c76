//! What is served of some records, each read once.

use std::collections::{BTreeMap, BTreeSet};

use velocity_model::RecordId;
use velocity_store::{EntityRow, Store};

use crate::PipelineError;

/// Served records, as far as somebody asked for them.
pub(super) struct Scene<'a> {
    pub(super) store: &'a dyn Store,
    rows: BTreeMap<RecordId, EntityRow>,
    /// Those that were asked for and are not served.
    unknown: BTreeSet<RecordId>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(store: &'a dyn Store) -> Self {
        Self { store, rows: BTreeMap::new(), unknown: BTreeSet::new() }
    }

    /// Reads what is not there yet.
    pub(super) async fn load(&mut self, wanted: impl IntoIterator<Item = RecordId>) -> Result<(), PipelineError> {
        let is_missing = |id: &RecordId| !self.rows.contains_key(id) && !self.unknown.contains(id);
        let missing: BTreeSet<RecordId> = wanted.into_iter().filter(is_missing).collect();
        let rows = self.store.entity_rows(&ids(&missing)).await?;
        self.rows.extend(rows.into_iter().map(|row| (row.record.id, row)));
        self.unknown.extend(missing.into_iter().filter(|id| !self.rows.contains_key(id)));
        Ok(())
    }

    /// A record as it is served; `None` if it is not, or was never asked for.
    pub(super) fn row(&self, id: RecordId) -> Option<&EntityRow> {
        self.rows.get(&id)
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &EntityRow> {
        self.rows.values()
    }
}

pub(super) fn ids(of: &BTreeSet<RecordId>) -> Vec<RecordId> {
    of.iter().copied().collect()
}
