//! Which records hang together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use velocity_identity_resolution::SCORER_VERSION;
use velocity_lake::read_pairs;
use velocity_model::{Decision, EntityKind, RecordId, ScoredPair, active};
use velocity_store::PairsPlace;

use super::Touch;
use crate::PipelineError;
use crate::decide::named;
use crate::pairs::KindPairs;
use crate::workspace::{Workspace, off_thread};

/// The pairs of one kind, found by either record.
#[derive(Debug)]
pub(crate) struct PairGraph {
    pub(crate) kind: EntityKind,
    pub(crate) place: PairsPlace,
    /// By (lo, hi).
    pub(crate) pairs: Vec<ScoredPair>,
    /// The second record of each pair with its place in `pairs`, rising.
    by_hi: Vec<(RecordId, u32)>,
}

impl PairGraph {
    pub(crate) fn new(kind: EntityKind, place: PairsPlace, mut pairs: Vec<ScoredPair>) -> Self {
        // A few pairs behind many that are in order: a stable sort merges the two.
        pairs.sort_by_key(|pair| (pair.lo, pair.hi));
        let mut by_hi: Vec<(RecordId, u32)> = (0..).zip(&pairs).map(|(place, pair)| (pair.hi, place)).collect();
        by_hi.par_sort_unstable();
        Self { kind, place, pairs, by_hi }
    }

    /// The pairs of a record.
    pub(crate) fn of(&self, record: RecordId) -> impl Iterator<Item = &ScoredPair> {
        let first = self.pairs.partition_point(|pair| pair.lo < record);
        let as_lo = self.pairs[first..].iter().take_while(move |pair| pair.lo == record);
        let first = self.by_hi.partition_point(|(hi, _)| *hi < record);
        let as_hi = self.by_hi[first..].iter().take_while(move |(hi, _)| *hi == record);
        as_lo.chain(as_hi.map(|(_, place)| &self.pairs[*place as usize]))
    }

    /// The pairs within a component.
    pub(super) fn among(&self, component: &BTreeSet<RecordId>) -> KindPairs {
        let own = component.iter().flat_map(|record| self.of(*record).filter(move |pair| pair.lo == *record));
        KindPairs { kind: self.kind, place: self.place.clone(), pairs: own.cloned().collect() }
    }
}

impl Workspace {
    /// The pairs as they were published; `None` if they are not in the lake, or of another scorer.
    pub(crate) async fn graphs(&self) -> Result<Option<Vec<Arc<PairGraph>>>, PipelineError> {
        let mut graphs = Vec::new();
        for (kind, place) in self.store.pairs().await? {
            if place.scorer != SCORER_VERSION {
                return Ok(None);
            }
            let held = self
                .graphs
                .lock()
                .ok()
                .and_then(|held| held.iter().find(|graph| graph.place.file == place.file).cloned());
            let graph = match held {
                Some(graph) => graph,
                None => {
                    let path = self.settings.layout.pairs().join(&place.file);
                    let read =
                        off_thread(move || Ok(read_pairs(&path).ok().map(|pairs| PairGraph::new(kind, place, pairs))));
                    let Some(graph) = read.await? else { return Ok(None) };
                    Arc::new(graph)
                }
            };
            graphs.push(graph);
        }
        if let Ok(mut held) = self.graphs.lock() {
            held.clone_from(&graphs);
        }
        Ok(Some(graphs))
    }
}

/// All records that are connected with those in question, by pairs or by decisions in force.
pub(super) fn component(touch: &Touch, graphs: &[Arc<PairGraph>], decisions: &[Decision]) -> BTreeSet<RecordId> {
    let (decisions, _) = active(decisions);
    let judged: Vec<Vec<RecordId>> = decisions.iter().map(|decision| named(&decision.action)).collect();
    let mut judged_with: BTreeMap<RecordId, Vec<&[RecordId]>> = BTreeMap::new();
    for together in &judged {
        together.iter().for_each(|record| judged_with.entry(*record).or_default().push(together));
    }
    let mut found: BTreeSet<RecordId> = BTreeSet::new();
    let mut next: Vec<RecordId> = touch.records.iter().chain(touch.arrivals.keys()).copied().collect();
    while let Some(record) = next.pop() {
        if found.insert(record) {
            let paired = graphs.iter().flat_map(|graph| graph.of(record)).flat_map(|pair| [pair.lo, pair.hi]);
            let judged = judged_with.get(&record).into_iter().flatten().copied().flatten().copied();
            next.extend(paired.chain(judged).filter(|other| !found.contains(other)));
        }
    }
    found
}
