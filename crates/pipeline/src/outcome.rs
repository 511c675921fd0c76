//! What became of each source row.

use std::collections::HashSet;

use velocity_model::{RecordId, RowCounts, VersionId};

use crate::files::MappedTable;
use crate::members::Members;

/// Records and versions known so far in a run.
#[derive(Debug, Default)]
pub(crate) struct Known {
    records: HashSet<RecordId>,
    versions: HashSet<VersionId>,
}

impl Known {
    pub(crate) fn of(members: &Members) -> Self {
        Self { records: members.by_record.keys().copied().collect(), versions: members.versions.clone() }
    }

    /// Counts the rows of a table and takes its records in. A row is new if it states a record not known before, updated
    /// if it states a version not known before, else unchanged.
    pub(crate) fn count(&mut self, table: &MappedTable, set_aside: u64) -> RowCounts {
        let mut counts = RowCounts { quarantined: set_aside, ..RowCounts::default() };
        for (_, places) in &table.mapping.rows {
            let stated = places.iter().filter_map(|place| table.evidence.get(*place as usize));
            let (mut is_new, mut is_updated) = (false, false);
            for evidence in stated {
                is_new |= self.records.insert(evidence.record);
                is_updated |= self.versions.insert(evidence.version);
            }
            match (is_new, is_updated) {
                (true, _) => counts.new += 1,
                (false, true) => counts.updated += 1,
                (false, false) => counts.unchanged += 1,
            }
        }
        counts.read = counts.new + counts.updated + counts.unchanged + counts.quarantined;
        counts
    }
}
