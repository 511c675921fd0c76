//! Features, blocking and scoring of all records of one kind.

use std::sync::atomic::{AtomicU64, Ordering};

use arrow::array::UInt32Array;
use rayon::prelude::*;
use velocity_model::{Evidence, PairOutcome, Plan, ScoredPair};

use crate::blocking::{Block, Blocks};
use crate::features::{Described, Features};
use crate::kernel::weights;
use crate::risk::{SharedPoints, risks};

/// Pairs that the kernel gets at once.
const BATCH: usize = 8192;

/// Scores every candidate pair and keeps those at or above [`Plan::review`], sorted by (lo, hi). `evidence` holds each
/// record once; its order does not matter. `progress` hears of blocks done and blocks in all, from any thread.
pub fn score(plan: &Plan, evidence: &[&Evidence], progress: &(dyn Fn(u64, u64) + Sync)) -> Vec<ScoredPair> {
    let describe = |evidence: &&Evidence| Described { record: evidence.record, features: Features::of(evidence) };
    let mut records: Vec<Described> = evidence.par_iter().map(describe).collect();
    records.par_sort_unstable_by_key(|described| described.record);
    let blocks = Blocks::of(plan.kind, &records, plan.block_limit as usize);
    let shared = SharedPoints::of(&records);

    let total = blocks.blocks().len() as u64;
    let done = AtomicU64::new(0);
    let of_block = |block: &Block| {
        let pairs = score_block(plan, &records, &blocks, &shared, block);
        let now = done.fetch_add(1, Ordering::Relaxed) + 1;
        if now.is_multiple_of(1024) || now == total {
            progress(now, total);
        }
        pairs
    };
    let mut pairs: Vec<ScoredPair> = blocks.blocks().par_iter().flat_map_iter(of_block).collect();
    pairs.par_sort_unstable_by_key(|pair| (pair.lo, pair.hi));
    pairs
}

fn score_block(
    plan: &Plan,
    records: &[Described],
    blocks: &Blocks,
    shared: &SharedPoints,
    block: &Block,
) -> Vec<ScoredPair> {
    let mut kept = Vec::new();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    blocks.pairs(block, |a, b| {
        left.push(a);
        right.push(b);
        if left.len() == BATCH {
            score_batch(plan, records, shared, std::mem::take(&mut left), std::mem::take(&mut right), &mut kept);
        }
    });
    score_batch(plan, records, shared, left, right, &mut kept);
    kept
}

fn score_batch(
    plan: &Plan,
    records: &[Described],
    shared: &SharedPoints,
    left: Vec<u32>,
    right: Vec<u32>,
    kept: &mut Vec<ScoredPair>,
) {
    let (left, right) = (UInt32Array::from(left), UInt32Array::from(right));
    let weights = weights(plan, records, &left, &right);
    for ((a, b), weight) in left.values().iter().zip(right.values()).zip(weights.values()) {
        if *weight < plan.review {
            continue;
        }
        let (a, b) = (&records[*a as usize], &records[*b as usize]);
        let risks = risks(plan, shared, &a.features, &b.features, *weight);
        let outcome = outcome(plan, *weight, !risks.is_empty());
        // Records are sorted, so that the smaller place has the smaller id.
        kept.push(ScoredPair { lo: a.record, hi: b.record, weight: *weight, outcome, risks });
    }
}

/// What becomes of a pair by itself.
pub(crate) fn outcome(plan: &Plan, weight: i32, is_risky: bool) -> PairOutcome {
    if weight < plan.review {
        PairOutcome::Apart
    } else if weight < plan.automatic || is_risky {
        PairOutcome::Review
    } else {
        PairOutcome::Automatic
    }
}

#[cfg(test)]
mod tests;
