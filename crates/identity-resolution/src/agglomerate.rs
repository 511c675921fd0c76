//! Entities from weighed pairs: the heaviest first, and two groups join only if their records speak for it on average.
//!
//! Joining whatever any pair connects lets one wrong pair merge two large groups. On average over the pairs between two
//! groups it cannot (average linkage; Sokal and Michener, 1958): every pair is weighed, also those that blocking never
//! proposed, so that what speaks against counts as well.

use velocity_model::MilliBits;

/// A pair of records and its weight.
pub(crate) type Edge = (u32, u32, MilliBits);

/// Pairs looked at between two groups: the first of each, so many of each.
const LOOKS: usize = 8;
/// One pair counts for no more than this, so that no single certainty outvotes many doubts.
const BOUND: MilliBits = 12_000;

/// The group of each record, named by its first record. `edges` in any order.
pub(crate) fn agglomerate(
    records: usize,
    edges: &mut [Edge],
    cut: MilliBits,
    weigh: &dyn Fn(usize, usize) -> MilliBits,
) -> Vec<u32> {
    edges.sort_unstable_by(|a, b| b.2.cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let mut groups: Vec<Vec<u32>> = (0..records as u32).map(|record| vec![record]).collect();
    let mut group_of: Vec<u32> = (0..records as u32).collect();
    for (a, b, _) in edges.iter().take_while(|(_, _, weight)| *weight >= cut) {
        let (a, b) = (group_of[*a as usize] as usize, group_of[*b as usize] as usize);
        if a == b || (groups[a].len() + groups[b].len() > 2 && average(&groups[a], &groups[b], weigh) < cut) {
            continue;
        }
        let (keep, give) = if groups[a].len() >= groups[b].len() { (a, b) } else { (b, a) };
        let moved = std::mem::take(&mut groups[give]);
        moved.iter().for_each(|record| group_of[*record as usize] = keep as u32);
        groups[keep].extend(moved);
    }
    let mut first = vec![0; records];
    for group in &groups {
        let least = group.iter().copied().min().unwrap_or_default();
        group.iter().for_each(|record| first[*record as usize] = least);
    }
    first
}

fn average(a: &[u32], b: &[u32], weigh: &dyn Fn(usize, usize) -> MilliBits) -> MilliBits {
    let pick = |group: &[u32]| -> Vec<u32> {
        let step = group.len().div_ceil(LOOKS);
        group.iter().step_by(step).copied().collect()
    };
    let (a, b) = (pick(a), pick(b));
    let sum: i64 = a
        .iter()
        .flat_map(|a| b.iter().map(move |b| (*a as usize, *b as usize)))
        .map(|(a, b)| i64::from(weigh(a, b).clamp(-BOUND, BOUND)))
        .sum();
    (sum / (a.len() * b.len()) as i64) as MilliBits
}
