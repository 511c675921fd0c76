use proptest::prelude::*;

use super::*;

/// The first record of each record's group.
fn groups(records: usize, edges: &[Edge]) -> Vec<u32> {
    let mut sorted = edges.to_vec();
    sorted.sort_unstable_by(|a, b| b.2.cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let mut forest = Forest::new(records, &[]);
    agglomerate(
        &mut forest,
        sorted.iter().filter(|edge| edge.2 >= 0),
        &Linkage::of(records, edges),
        0,
        |forest, a, b| (!forest.contradict(a, b)).then_some(0),
    );
    forest.first_of_each()
}

#[test]
fn one_pair_does_not_bridge_two_groups_and_two_do() {
    let bridge = [(0, 1, 9_000), (2, 3, 9_000), (1, 2, 5_000)];
    assert_eq!(groups(4, &bridge), [0, 0, 2, 2]);
    assert_eq!(groups(4, &[&bridge[..], &[(0, 3, 3_000)]].concat()), [0, 0, 0, 0]);
}

#[test]
fn what_is_not_known_counts_like_a_weak_no() {
    // 9 - 2 > 0: a record that matches one of two belongs to them; one that hardly does, does not.
    assert_eq!(groups(3, &[(0, 1, 9_000), (1, 2, 4_000)]), [0, 0, 0]);
    assert_eq!(groups(3, &[(0, 1, 9_000), (1, 2, 1_000)]), [0, 0, 2]);
}

proptest! {
    #[test]
    fn the_average_is_that_of_a_plain_sum(
        weights in proptest::collection::vec(-9_000_i32..20_000, 15),
        cut in 1_usize..5,
    ) {
        let pairs: Vec<(u32, u32)> = (0..6).flat_map(|a| (a + 1..6).map(move |b| (a, b))).collect();
        let edges: Vec<Edge> = pairs.iter().zip(&weights).map(|((a, b), weight)| (*a, *b, *weight)).collect();
        let (a, b): (Vec<u32>, Vec<u32>) = (0..6).partition(|record| (*record as usize) < cut);
        let between = edges.iter().filter(|(x, y, _)| a.contains(x) != a.contains(y));
        let sum: i64 = between.map(|(.., weight)| i64::from((*weight).clamp(LEAST, MOST))).sum();
        let expected = (sum / (a.len() * b.len()) as i64) as MilliBits;
        prop_assert_eq!(Linkage::of(6, &edges).average(&a, &b), expected);
    }
}
