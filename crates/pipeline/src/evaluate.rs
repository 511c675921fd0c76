//! How well the records agree with a known truth: for generated sources and labelled samples.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use velocity_identity_resolution::metrics::{Metrics, pairwise};
use velocity_model::{EntityKind, RecordId};

use crate::files::read_mapped;
use crate::workspace::off_thread;
use crate::{PipelineError, Workspace};

/// One line of a truth file: the row states this entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthRow {
    /// Path of the file as it was imported.
    pub file: String,
    /// Physical row, from 1.
    pub row: u64,
    /// `person` or `organisation`.
    pub kind: String,
    /// Whatever names the real one.
    pub entity_id: String,
}

/// Different people whom a careless comparison takes for one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardCase {
    /// What they are to each other, in the plural: `twins`.
    pub name: String,
    /// Who they are in the truth.
    pub entity_ids: Vec<String>,
}

/// How hard cases of one name came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Apart {
    /// Cases in which no record holds two of the people.
    pub kept_apart: u64,
    /// All cases.
    pub cases: u64,
}

/// Agreement with the truth, by kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// Pairwise figures by kind, kinds without truth left out.
    pub by_kind: BTreeMap<EntityKind, Metrics>,
    /// Hard cases, by name.
    pub hard_cases: BTreeMap<String, Apart>,
    /// Truth rows whose record is not there (quarantined or held).
    pub missing: u64,
}

impl Workspace {
    /// Compares the published records with a truth, and tells how the hard cases among its people came out.
    ///
    /// # Errors
    /// A store failure, or evidence that is gone from the lake.
    pub async fn evaluate(&self, truth: Vec<TruthRow>, hard: Vec<HardCase>) -> Result<Evaluation, PipelineError> {
        let receipts = self.store.receipts().await?;
        let served = self.store.members().await?;
        let settings = std::sync::Arc::clone(&self.settings);
        off_thread(move || {
            let mut stated: HashMap<(String, u64, EntityKind), RecordId> = HashMap::new();
            for receipt in receipts {
                let Some(table) = read_mapped(&settings.layout, &receipt.evidence_file) else {
                    return Err(PipelineError::EvidenceMissing { path: receipt.path });
                };
                for (row, places) in &table.mapping.rows {
                    for evidence in places.iter().filter_map(|place| table.evidence.get(*place as usize)) {
                        let key = (receipt.path.clone(), *row, evidence.kind);
                        stated.entry(key).or_insert(evidence.record);
                    }
                }
            }
            let served = served.into_iter().map(|(record, _, entity)| (record, entity)).collect();
            Ok(compare(&truth, &hard, &stated, &served))
        })
        .await
    }
}

fn compare(
    truth: &[TruthRow],
    hard: &[HardCase],
    stated: &HashMap<(String, u64, EntityKind), RecordId>,
    entity_of: &HashMap<RecordId, RecordId>,
) -> Evaluation {
    let mut by_kind = BTreeMap::new();
    let mut missing = 0;
    let mut records: HashMap<&str, BTreeSet<RecordId>> = HashMap::new();
    for kind in [EntityKind::Person, EntityKind::Organisation] {
        let mut known = BTreeMap::new();
        let mut predicted = BTreeMap::new();
        for row in truth.iter().filter(|row| row.kind == kind.as_str()) {
            let record = stated.get(&(row.file.clone(), row.row, kind));
            match record.and_then(|record| Some((*record, *entity_of.get(record)?))) {
                Some((record, entity)) => {
                    records.entry(&row.entity_id).or_default().insert(entity);
                    known.insert(record, row.entity_id.clone());
                    predicted.insert(record, entity);
                }
                None => missing += 1,
            }
        }
        if !known.is_empty() {
            by_kind.insert(kind, pairwise(&known, &predicted));
        }
    }
    let mut hard_cases: BTreeMap<String, Apart> = BTreeMap::new();
    for case in hard {
        let mut taken = BTreeSet::new();
        let of_each = case.entity_ids.iter().filter_map(|id| records.get(id.as_str()));
        let clashes = of_each.flatten().filter(|record| !taken.insert(**record)).count();
        let count = hard_cases.entry(case.name.clone()).or_default();
        count.cases += 1;
        count.kept_apart += u64::from(clashes == 0);
    }
    Evaluation { by_kind, hard_cases, missing }
}
