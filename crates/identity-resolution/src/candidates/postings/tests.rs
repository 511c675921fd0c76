use proptest::prelude::*;

use super::*;

proptest! {
    /// However the keys are spread, all holders of one are found, and no others.
    #[test]
    fn holders_are_those_with_the_key(
        entries in prop::collection::vec((prop_oneof![0..40_u32, any::<u32>(), (u32::MAX - 40)..=u32::MAX], 0..500_u32), 0..400),
        key in prop_oneof![0..40_u32, any::<u32>(), (u32::MAX - 40)..=u32::MAX],
    ) {
        let postings = Postings::of(entries.clone());
        for key in entries.iter().map(|(key, _)| *key).chain([key, 0, u32::MAX]) {
            let expected: BTreeSet<u32> = entries.iter().filter(|(own, _)| *own == key).map(|(_, holder)| *holder).collect();
            prop_assert_eq!(postings.holders_of(key), expected.into_iter().collect::<Vec<_>>());
        }
    }
}
