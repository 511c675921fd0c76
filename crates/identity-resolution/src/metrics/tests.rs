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
