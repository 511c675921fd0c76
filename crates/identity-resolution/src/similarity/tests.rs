use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn distance_is_that_of_the_oracle(a in "[a-e0-2 ]{0,20}", b in "[a-e0-2 ]{0,20}") {
        prop_assert_eq!(distance(&a, &b), strsim::osa_distance(&a, &b));
    }

    #[test]
    fn jaro_winkler_is_that_of_the_oracle(a in "[a-e0-2]{0,16}", b in "[a-e0-2]{0,16}") {
        let oracle = (strsim::jaro_winkler(&a, &b) * 1000.0) as i64;
        prop_assert!((i64::from(jaro_winkler(&a, &b)) - oracle).abs() <= 1);
    }
}

#[test]
fn long_texts_are_compared_by_their_beginning() {
    let long = "a".repeat(200);
    assert_eq!(distance(&long, &"a".repeat(100)), 0);
    assert_eq!(jaro_winkler(&long, &long), 1000);
}

#[test]
fn short_words_have_no_typos() {
    assert!(is_typo("mueller", "muller") && is_typo("ana", "anna"));
    assert!(!is_typo("li", "lu") && !is_typo("smith", "smythe"));
}
