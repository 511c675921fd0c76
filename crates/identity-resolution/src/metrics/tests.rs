use super::*;

#[test]
fn figures_of_a_small_case_done_by_hand() {
    // Truth {1,2,3} {4}; predicted {1,2} {3,4}: one right pair of two joined, of three that should be.
    let truth = BTreeMap::from([(1, 'a'), (2, 'a'), (3, 'a'), (4, 'b')]);
    let predicted = BTreeMap::from([(1, 'x'), (2, 'x'), (3, 'y'), (4, 'y')]);
    let pairs = pairwise(&truth, &predicted);
    assert_eq!((pairs.precision, pairs.recall), (0.5, 1.0 / 3.0));
    let cubed = bcubed(&truth, &predicted);
    assert_eq!((cubed.precision, cubed.recall), (0.75, (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0) / 4.0));
}

#[test]
fn entities_are_counted_as_wholes() {
    let of = |pairs: &[(u8, u8)]| pairs.iter().copied().collect::<BTreeMap<u8, u8>>();
    let truth = of(&[(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 4)]);
    // 1 whole and pure, 2 split with one of its records beside 3, 4 whole and pure.
    let predicted = of(&[(1, 10), (2, 10), (3, 20), (4, 30), (5, 30), (6, 40)]);
    assert_eq!(entities(&truth, &predicted), Entities { known: 4, exact: 2, split: 1, mixed: 1 });
}
