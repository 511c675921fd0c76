//! Constrained clustering: pairs and decisions to entities.
//!
//! Decisions come first: later ones before earlier ones, each unless it contradicts a later one. Then automatic pairs join
//! clusters, the heaviest first (ties by record ids), unless
//! * a decision keeps the two apart, or
//! * every birth date, every name or every generation of one cluster contradicts every one of the other, or
//! * the pairs between two clusters, risky ones included, speak against it on average.
//!
//! Everything is decided within connected components, so that what is not connected cannot influence each other.

mod constraints;

use std::collections::BTreeMap;

use velocity_model::{Decision, DecisionId, Evidence, MilliBits, PairOutcome, RecordId, Risk, ScoredPair};

use crate::agglomerate::{Edge, Linkage, agglomerate};
use crate::forest::Forest;
use crate::signature::Signature;
use constraints::Constraints;

/// A record to cluster.
#[derive(Clone, Debug)]
pub struct Member {
    /// The record.
    pub record: RecordId,
    /// Batch sequence of the run that first brought it.
    pub first_seen: u64,
    signature: Signature,
}

impl Member {
    /// A record with what can contradict another's.
    pub fn of(evidence: &Evidence, first_seen: u64) -> Self {
        Self { record: evidence.record, first_seen, signature: Signature::of(evidence) }
    }
}

/// Records of one entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// The earliest record by (first batch, record id): the canonical id.
    pub anchor: RecordId,
    /// All records, sorted by id.
    pub members: Vec<RecordId>,
}

/// A pair of clusters that waits for a person, by its heaviest pair of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewPair {
    /// The pair, with the risks that clustering found added.
    pub pair: ScoredPair,
    /// Whether a person has held it.
    pub held: bool,
}

/// A decision that could not be kept because a later one contradicts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecisionConflict {
    /// The decision.
    pub decision: DecisionId,
}

/// The outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clustering {
    /// Every record in exactly one cluster; by anchor.
    pub clusters: Vec<Cluster>,
    /// What waits for a person, by (lo, hi).
    pub reviews: Vec<ReviewPair>,
    /// Decisions that were not kept, in ledger order.
    pub conflicts: Vec<DecisionConflict>,
}

/// Groups join where their pairs speak for it on average: even odds.
const EVEN: MilliBits = 0;

/// Clusters records under decisions in force (in ledger order). Pairs and decisions about records that are not members are
/// passed over. The result does not depend on the order of members and pairs.
pub fn cluster(members: &[Member], pairs: &[ScoredPair], decisions: &[&Decision]) -> Clustering {
    let mut members: Vec<&Member> = members.iter().collect();
    members.sort_unstable_by_key(|member| member.record);
    let place = |record: &RecordId| members.binary_search_by_key(record, |member| member.record).ok();
    let place = |record: &RecordId| place(record).map(|place| place as u32);
    let mut found: Vec<(Edge, &ScoredPair)> =
        pairs.iter().filter_map(|pair| Some(((place(&pair.lo)?, place(&pair.hi)?, pair.weight), pair))).collect();
    found.sort_unstable_by(|(a, _), (b, _)| b.2.cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let edges: Vec<Edge> = found.iter().map(|(edge, _)| *edge).collect();

    let constraints = Constraints::of(decisions, place);
    let signatures: Vec<Signature> = members.iter().map(|member| member.signature.clone()).collect();
    let mut forest = Forest::new(members.len(), &signatures);
    let conflicts = constraints.apply(&mut forest);
    let automatic = found.iter().filter(|(_, pair)| pair.outcome == PairOutcome::Automatic).map(|(edge, _)| edge);
    let blocked = agglomerate(&mut forest, automatic, &Linkage::of(members.len(), &edges), EVEN, |forest, a, b| {
        (!forest.contradict(a, b)).then_some(0)
    });
    let blocked = blocked.into_iter().map(|(a, b, risk)| ((a, b), risk)).collect();
    let reviews = reviews(&mut forest, &found, &blocked, &constraints);
    Clustering { clusters: clusters(&mut forest, &members), reviews, conflicts }
}

fn reviews(
    forest: &mut Forest<'_>,
    found: &[(Edge, &ScoredPair)],
    blocked: &BTreeMap<(u32, u32), Risk>,
    constraints: &Constraints,
) -> Vec<ReviewPair> {
    let held: Vec<(u32, u32)> = constraints.unsure().map(|(a, b)| (forest.root(a), forest.root(b))).collect();
    let mut best: BTreeMap<(u32, u32), ReviewPair> = BTreeMap::new();
    // The heaviest pair comes first and stays.
    for ((a, b, _), pair) in found {
        let (root_a, root_b) = (forest.root(*a), forest.root(*b));
        if root_a == root_b || forest.are_apart(root_a, root_b) {
            continue;
        }
        best.entry((root_a.min(root_b), root_a.max(root_b))).or_insert_with(|| {
            let mut pair = (*pair).clone();
            pair.risks.extend(blocked.get(&(*a, *b)));
            pair.risks.sort_unstable();
            let is_held = held.iter().any(|(x, y)| (*x, *y) == (root_a, root_b) || (*x, *y) == (root_b, root_a));
            ReviewPair { pair, held: is_held }
        });
    }
    let mut reviews: Vec<ReviewPair> = best.into_values().collect();
    reviews.sort_unstable_by_key(|review| (review.pair.lo, review.pair.hi));
    reviews
}

fn clusters(forest: &mut Forest<'_>, members: &[&Member]) -> Vec<Cluster> {
    let mut by_root: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for member in 0..members.len() {
        by_root.entry(forest.root(member as u32)).or_default().push(member);
    }
    let cluster = |places: Vec<usize>| {
        let anchor = places.iter().min_by_key(|place| (members[**place].first_seen, members[**place].record));
        let records: Vec<RecordId> = places.iter().map(|place| members[*place].record).collect();
        anchor.map(|anchor| Cluster { anchor: members[*anchor].record, members: records })
    };
    let mut clusters: Vec<Cluster> = by_root.into_values().filter_map(cluster).collect();
    clusters.sort_unstable_by_key(|cluster| cluster.anchor);
    clusters
}

#[cfg(test)]
mod tests;
