//! Constrained clustering: pairs and decisions to entities.
//!
//! Decisions come first: later ones before earlier ones, each unless it contradicts a later one. Then automatic pairs join
//! clusters, the heaviest first (ties by record ids), unless
//! * a decision keeps the two apart, or
//! * every birth date, every name or every generation of one cluster contradicts every one of the other, or
//! * both clusters have several records and only this one pair, of ordinary weight, speaks for joining them.
//!
//! The last rule asks for a second witness before two groups are joined, because one wrong pair there does the most harm.
//! Everything is decided within connected components, so that what is not connected cannot influence each other.

mod constraints;
mod forest;
mod signature;

use std::collections::BTreeMap;

use velocity_model::{Decision, DecisionId, Evidence, MilliBits, PairOutcome, RecordId, Risk, ScoredPair};

use constraints::Constraints;
use forest::Forest;
use signature::Signature;

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

/// A pair that weighs this much more than an automatic one must may join two groups alone.
const STRONG: MilliBits = 7_000;

/// Clusters records under decisions in force (in ledger order). `automatic` is the weight from which the plan merges a pair. Pairs and decisions about records that are not members are
/// passed over. The result does not depend on the order of members and pairs.
pub fn cluster(members: &[Member], pairs: &[ScoredPair], decisions: &[&Decision], automatic: MilliBits) -> Clustering {
    let mut members: Vec<&Member> = members.iter().collect();
    members.sort_unstable_by_key(|member| member.record);
    let place = |record: &RecordId| members.binary_search_by_key(record, |member| member.record).ok();
    let mut edges: Vec<(usize, usize, &ScoredPair)> =
        pairs.iter().filter_map(|pair| Some((place(&pair.lo)?, place(&pair.hi)?, pair))).collect();
    edges.sort_unstable_by(|a, b| (b.2.weight, a.2.lo, a.2.hi).cmp(&(a.2.weight, b.2.lo, b.2.hi)));

    let constraints = Constraints::of(decisions, place);
    let mut forest = Forest::new(&members);
    let conflicts = constraints.apply(&mut forest);
    let blocked = join(&mut forest, &edges, automatic.saturating_add(STRONG));
    let reviews = reviews(&mut forest, &edges, &blocked, &constraints);
    Clustering { clusters: clusters(&mut forest, &members), reviews, conflicts }
}

/// Joins clusters by automatic pairs and says why single pairs did not. A `strong` pair needs no second witness.
fn join(
    forest: &mut Forest<'_>,
    edges: &[(usize, usize, &ScoredPair)],
    strong: MilliBits,
) -> BTreeMap<(usize, usize), Risk> {
    let automatic = edges.iter().filter(|(_, _, pair)| pair.outcome == PairOutcome::Automatic);
    let mut near: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (a, b, _) in edges {
        near.entry(*a).or_default().push(*b);
        near.entry(*b).or_default().push(*a);
    }
    let mut blocked = BTreeMap::new();
    let mut waiting: Vec<&(usize, usize, &ScoredPair)> = Vec::new();
    for edge in automatic {
        let (a, b, pair) = edge;
        let (root_a, root_b) = (forest.root(*a), forest.root(*b));
        if root_a == root_b || forest.are_apart(root_a, root_b) {
            continue;
        }
        if forest.contradict(root_a, root_b) {
            blocked.insert((*a, *b), Risk::ClusterContradiction);
        } else if forest.size(root_a) > 1
            && forest.size(root_b) > 1
            && pair.weight < strong
            && witnesses(forest, &near, root_a, root_b) < 2
        {
            blocked.insert((*a, *b), Risk::WeakBridge);
            waiting.push(edge);
        } else {
            forest.join(root_a, root_b);
        }
    }
    // Clusters have grown since: a bridge may have found its second witness.
    for (a, b, _) in waiting {
        let (root_a, root_b) = (forest.root(*a), forest.root(*b));
        let may_join = root_a != root_b && !forest.are_apart(root_a, root_b) && !forest.contradict(root_a, root_b);
        if may_join && witnesses(forest, &near, root_a, root_b) >= 2 {
            forest.join(root_a, root_b);
        }
    }
    blocked
}

/// Pairs at or above the review threshold between two clusters.
fn witnesses(forest: &mut Forest<'_>, near: &BTreeMap<usize, Vec<usize>>, a: usize, b: usize) -> usize {
    let (small, large) = if forest.size(a) <= forest.size(b) { (a, b) } else { (b, a) };
    let members = forest.members(small).to_vec();
    let others = members.iter().filter_map(|member| near.get(member)).flatten();
    others.filter(|other| forest.root(**other) == large).count()
}

fn reviews(
    forest: &mut Forest<'_>,
    edges: &[(usize, usize, &ScoredPair)],
    blocked: &BTreeMap<(usize, usize), Risk>,
    constraints: &Constraints,
) -> Vec<ReviewPair> {
    let held: Vec<(usize, usize)> = constraints.unsure().map(|(a, b)| (forest.root(a), forest.root(b))).collect();
    let mut best: BTreeMap<(usize, usize), ReviewPair> = BTreeMap::new();
    // The heaviest pair comes first and stays.
    for (a, b, pair) in edges {
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
    let mut by_root: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for member in 0..members.len() {
        by_root.entry(forest.root(member)).or_default().push(member);
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
