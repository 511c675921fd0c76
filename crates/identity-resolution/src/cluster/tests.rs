use std::collections::BTreeSet;

use proptest::prelude::*;
use velocity_model::Action;

use super::*;

const AUTOMATIC: MilliBits = 5_000;

fn id(number: u8) -> RecordId {
    RecordId::from_bytes([number; 16])
}

fn members(count: u8) -> Vec<Member> {
    (0..count).map(|n| Member { record: id(n), first_seen: 1, signature: Signature::default() }).collect()
}

fn pair(lo: u8, hi: u8, weight: MilliBits) -> ScoredPair {
    let outcome = if weight >= AUTOMATIC { PairOutcome::Automatic } else { PairOutcome::Review };
    ScoredPair { lo: id(lo.min(hi)), hi: id(lo.max(hi)), weight, outcome, risks: Vec::new() }
}

fn decision(number: u8, action: Action) -> Decision {
    let id = DecisionId::from_bytes([number; 16]);
    Decision { id, at: 0, author: String::new(), reason: String::new(), group: id, action }
}

fn groups(clustering: &Clustering) -> Vec<Vec<u8>> {
    let number = |record: &RecordId| record.as_bytes()[0];
    clustering.clusters.iter().map(|cluster| cluster.members.iter().map(number).collect()).collect()
}

#[test]
fn automatic_pairs_join_and_the_rest_waits() {
    let found = cluster(&members(4), &[pair(0, 1, 9_000), pair(1, 2, 6_000), pair(2, 3, 1_000)], &[]);
    assert_eq!(groups(&found), [vec![0, 1, 2], vec![3]]);
    assert_eq!(found.reviews.len(), 1);
    assert_eq!((found.reviews[0].pair.lo, found.reviews[0].held), (id(2), false));
}

#[test]
fn a_single_ordinary_pair_does_not_bridge_two_groups() {
    let bridge = [pair(0, 1, 9_000), pair(2, 3, 9_000), pair(1, 2, 5_500)];
    let found = cluster(&members(4), &bridge, &[]);
    assert_eq!(groups(&found), [vec![0, 1], vec![2, 3]]);
    assert_eq!(found.reviews[0].pair.risks, [Risk::WeakBridge]);

    let mut witnessed = bridge.to_vec();
    witnessed.push(pair(0, 3, 1_000));
    assert_eq!(groups(&cluster(&members(4), &witnessed, &[])), [vec![0, 1, 2, 3]]);
}

#[test]
fn decisions_come_before_pairs_and_later_ones_before_earlier_ones() {
    let pairs = [pair(0, 1, 9_000), pair(1, 2, 9_000)];
    let apart = decision(1, Action::Different { a: id(0), b: id(2) });
    let found = cluster(&members(3), &pairs, &[&apart]);
    assert_eq!(groups(&found), [vec![0, 1], vec![2]]);
    assert!(found.reviews.is_empty(), "what a person kept apart is not asked again");

    let same = decision(2, Action::Same { a: id(0), b: id(2) });
    assert_eq!(groups(&cluster(&members(3), &[], &[&apart, &same])), [vec![0, 2], vec![1]]);
    // 0 = 2 and 2 = 1 were said last, so that 0 ≠ 1 cannot be kept.
    let first = decision(3, Action::Different { a: id(0), b: id(1) });
    let then = decision(4, Action::Same { a: id(2), b: id(1) });
    let found = cluster(&members(3), &[], &[&first, &same, &then]);
    assert_eq!(groups(&found), [vec![0, 1, 2]]);
    assert_eq!(found.conflicts, [DecisionConflict { decision: first.id }]);
}

#[test]
fn partition_isolate_and_unsure() {
    let pairs = [pair(0, 1, 9_000), pair(1, 2, 9_000), pair(2, 3, 9_000)];
    let split = decision(1, Action::Partition { groups: vec![vec![id(0), id(1)], vec![id(2), id(3)]] });
    assert_eq!(groups(&cluster(&members(4), &pairs, &[&split])), [vec![0, 1], vec![2, 3]]);
    let alone = decision(2, Action::Isolate { record: id(1) });
    assert_eq!(groups(&cluster(&members(4), &pairs, &[&alone])), [vec![0], vec![1], vec![2, 3]]);
    let unsure = decision(3, Action::Unsure { a: id(0), b: id(1) });
    let found = cluster(&members(2), &[pair(0, 1, 1_000)], &[&unsure]);
    assert!(found.reviews[0].held);
}

#[test]
fn the_anchor_is_the_earliest_record() {
    let mut members = members(3);
    members[2].first_seen = 0;
    let found = cluster(&members, &[pair(0, 1, 9_000), pair(1, 2, 9_000)], &[]);
    assert_eq!(found.clusters[0].anchor, id(2));
}

fn random_pairs() -> impl Strategy<Value = Vec<ScoredPair>> {
    let edge = (0_u8..12, 0_u8..12, 0_i32..14).prop_filter("two records", |(a, b, _)| a != b);
    proptest::collection::vec(edge, 0..30).prop_map(|edges| {
        let mut seen = BTreeSet::new();
        let fresh = edges.into_iter().filter(|(a, b, _)| seen.insert((*a.min(b), *a.max(b))));
        fresh.map(|(a, b, weight)| pair(a, b, weight * 1_000)).collect()
    })
}

proptest! {
    #[test]
    fn order_does_not_matter(pairs in random_pairs(), seed in any::<u64>()) {
        let mut shuffled = pairs.clone();
        shuffled.sort_by_key(|pair| (pair.lo.as_bytes()[0] as u64 ^ seed, pair.hi));
        let mut turned = members(12);
        turned.reverse();
        prop_assert_eq!(cluster(&turned, &shuffled, &[]), cluster(&members(12), &pairs, &[]));
    }

    #[test]
    fn clusters_lie_within_connected_components_and_unconnected_parts_do_not_matter(pairs in random_pairs()) {
        let whole = cluster(&members(12), &pairs, &[]);
        // An independent way to the components: the closure of the relation.
        let mut reach: Vec<BTreeSet<u8>> = (0..12).map(|n| BTreeSet::from([n])).collect();
        for _ in 0..12 {
            for pair in &pairs {
                let (a, b) = (pair.lo.as_bytes()[0] as usize, pair.hi.as_bytes()[0] as usize);
                let both: BTreeSet<u8> = reach[a].union(&reach[b]).copied().collect();
                reach[a].clone_from(&both);
                reach[b] = both;
            }
        }
        for group in groups(&whole) {
            prop_assert!(group.iter().all(|member| reach[group[0] as usize].contains(member)));
        }
        for component in &reach {
            let some: Vec<Member> = members(12).into_iter().filter(|m| component.contains(&m.record.as_bytes()[0])).collect();
            let alone = cluster(&some, &pairs, &[]);
            for group in &alone.clusters {
                prop_assert!(whole.clusters.contains(group));
            }
        }
    }
}
