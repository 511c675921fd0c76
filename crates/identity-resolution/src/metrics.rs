//! How well clusters agree with a truth.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Agreement of two clusterings of the same records.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metrics {
    /// Share of what is joined that should be.
    pub precision: f64,
    /// Share of what should be joined that is.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

impl Metrics {
    /// From what is joined rightly, what is joined, and what should be.
    pub fn of_counts(both: u64, is: u64, should: u64) -> Self {
        let share = |whole: u64| if whole == 0 { 1.0 } else { both as f64 / whole as f64 };
        Self::of(share(is), share(should))
    }

    fn of(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        Self { precision, recall, f1: if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum } }
    }
}

/// Pairwise: over pairs of records that are joined. Records that only one side knows are left out. Joining nothing where
/// nothing should be joined is perfect.
pub fn pairwise<R: Ord, T: Ord, P: Ord>(truth: &BTreeMap<R, T>, predicted: &BTreeMap<R, P>) -> Metrics {
    let known = || truth.iter().filter_map(|(record, truth)| Some((truth, predicted.get(record)?)));
    let pairs = |sizes: Vec<u64>| sizes.into_iter().map(|size| size * size.saturating_sub(1) / 2).sum::<u64>();
    let both = pairs(sizes(known()));
    let (should, is) = (pairs(sizes(known().map(|(truth, _)| truth))), pairs(sizes(known().map(|(_, is)| is))));
    Metrics::of_counts(both, is, should)
}

/// B-cubed (Bagga and Baldwin, 1998): the mean over records of how pure and how complete the record's own cluster is.
pub fn bcubed<R: Ord, T: Ord, P: Ord>(truth: &BTreeMap<R, T>, predicted: &BTreeMap<R, P>) -> Metrics {
    let known: Vec<_> = truth.iter().filter_map(|(record, truth)| Some((truth, predicted.get(record)?))).collect();
    let (both, should, is) = (
        counts(known.iter().copied()),
        counts(known.iter().map(|(truth, _)| *truth)),
        counts(known.iter().map(|(_, is)| *is)),
    );
    let count = known.len().max(1) as f64;
    let mean = |whole: &dyn Fn(&T, &P) -> u64| {
        let own = |(truth, is): &(&T, &P)| both[&(*truth, *is)] as f64 / whole(truth, is) as f64;
        known.iter().map(own).sum::<f64>() / count
    };
    Metrics::of(mean(&|_, predicted| is[predicted]), mean(&|truth, _| should[truth]))
}

/// What became of the true entities as wholes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entities {
    /// True entities.
    pub known: u64,
    /// Those of which one cluster holds every record and no other.
    pub exact: u64,
    /// Those whose records lie in several clusters.
    pub split: u64,
    /// Clusters that hold records of several entities.
    pub mixed: u64,
}

/// Counts entities that are found whole and pure, that are split, and clusters that mix several.
pub fn entities<R: Ord, T: Ord, P: Ord>(truth: &BTreeMap<R, T>, predicted: &BTreeMap<R, P>) -> Entities {
    let known = truth.iter().filter_map(|(record, truth)| Some((truth, predicted.get(record)?)));
    let met: BTreeSet<(&T, &P)> = known.collect();
    let (clusters_of, entities_of) =
        (counts(met.iter().map(|(truth, _)| *truth)), counts(met.iter().map(|(_, predicted)| *predicted)));
    let is_exact = |(truth, predicted): &&(&T, &P)| clusters_of[truth] == 1 && entities_of[predicted] == 1;
    Entities {
        known: clusters_of.len() as u64,
        exact: met.iter().filter(is_exact).count() as u64,
        split: clusters_of.values().filter(|count| **count > 1).count() as u64,
        mixed: entities_of.values().filter(|count| **count > 1).count() as u64,
    }
}

fn counts<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, u64> {
    let mut counts = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    counts
}

fn sizes<K: Ord>(keys: impl Iterator<Item = K>) -> Vec<u64> {
    counts(keys).into_values().collect()
}

#[cfg(test)]
mod tests;
