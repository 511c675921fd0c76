//! Entities from weighed pairs: the heaviest first, and two groups join only if the pairs between them speak for it on average.
//!
//! Joining whatever any pair connects lets one wrong pair merge two large groups. On average over the pairs between two
//! groups it cannot (average linkage; Sokal and Michener, 1958). A pair that does not match counts little against a group:
//! one record that lacks what the others have makes many such pairs, and they are one doubt, not many.

use velocity_model::{MilliBits, Risk};

use crate::forest::Forest;

/// A pair of records, the smaller first, and its weight.
pub(crate) type Edge = (u32, u32, MilliBits);

/// Records looked at in each of two groups.
const LOOKS: usize = 8;
/// One pair counts for no more than this, so that no single certainty outvotes many doubts.
const MOST: MilliBits = 12_000;
/// What a pair counts for that is not known, or weighs less: four to one that it is none.
const LEAST: MilliBits = -2_000;

/// The weights of pairs, to be found by their records.
#[derive(Debug)]
pub(crate) struct Linkage {
    /// Where the pairs of each smaller record begin; one more for the end.
    starts: Vec<u32>,
    /// The larger record and the weight, by pair.
    pairs: Vec<(u32, MilliBits)>,
}

impl Linkage {
    /// `edges` in any order, each pair once, between places below `records`.
    pub(crate) fn of(records: usize, edges: &[Edge]) -> Self {
        let told = || edges.iter().filter(|(.., weight)| *weight > LEAST);
        let mut starts = vec![0_u32; records + 1];
        told().for_each(|(a, ..)| starts[*a as usize + 1] += 1);
        for record in 0..records {
            starts[record + 1] += starts[record];
        }
        let mut next = starts.clone();
        let mut pairs = vec![(0, 0); starts[records] as usize];
        for (a, b, weight) in told() {
            pairs[next[*a as usize] as usize] = (*b, *weight);
            next[*a as usize] += 1;
        }
        for bounds in starts.windows(2) {
            pairs[bounds[0] as usize..bounds[1] as usize].sort_unstable();
        }
        Self { starts, pairs }
    }

    fn weight(&self, a: u32, b: u32) -> MilliBits {
        let (a, b) = (a.min(b) as usize, a.max(b));
        let own = &self.pairs[self.starts[a] as usize..self.starts[a + 1] as usize];
        let found = own.binary_search_by_key(&b, |(other, _)| *other);
        found.map_or(LEAST, |place| own[place].1.min(MOST))
    }

    fn average(&self, a: &[u32], b: &[u32]) -> MilliBits {
        let looked = |group: &[u32]| group.len().div_ceil(group.len().div_ceil(LOOKS));
        let pick = |group: &'_ [u32]| group.len().div_ceil(LOOKS);
        let pairs = a.iter().step_by(pick(a)).flat_map(|a| b.iter().step_by(pick(b)).map(move |b| (*a, *b)));
        let sum: i64 = pairs.map(|(a, b)| i64::from(self.weight(a, b))).sum();
        (sum / (looked(a) * looked(b)) as i64) as MilliBits
    }
}

/// Joins the groups of a forest by `edges`, in their order, where the average reaches `cut` and nothing forbids it. Of two
/// roots `doubt` says by how much more than `cut` their groups need, or `None` if they cannot be one. Gives the pairs that
/// did not join their groups, and why.
pub(crate) fn agglomerate<'e>(
    forest: &mut Forest<'_>,
    edges: impl Iterator<Item = &'e Edge>,
    linkage: &Linkage,
    cut: MilliBits,
    doubt: impl Fn(&Forest<'_>, u32, u32) -> Option<MilliBits>,
) -> Vec<(u32, u32, Risk)> {
    let mut kept_apart = Vec::new();
    for (a, b, _) in edges {
        let (root_a, root_b) = (forest.root(*a), forest.root(*b));
        if root_a == root_b || forest.are_apart(root_a, root_b) {
            continue;
        }
        let (group_a, group_b) = (forest.members(root_a), forest.members(root_b));
        let is_pair = group_a.len() + group_b.len() == 2;
        match doubt(forest, root_a, root_b) {
            None => kept_apart.push((*a, *b, Risk::ClusterContradiction)),
            Some(doubt) if !is_pair && linkage.average(group_a, group_b) < cut + doubt => {
                kept_apart.push((*a, *b, Risk::WeakBridge));
            }
            Some(_) => forest.join(root_a, root_b),
        }
    }
    kept_apart
}

#[cfg(test)]
mod tests;
