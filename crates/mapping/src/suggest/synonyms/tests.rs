use std::collections::BTreeSet;

use velocity_model::Field;

use super::entries;
use crate::transform::plain;

#[test]
fn every_phrase_is_plain_stands_once_and_means_a_field() {
    let decided = ["=id", "=name", "=title", "=company", "=employer", "=date", "=text", "=skip"];
    let mut seen = BTreeSet::new();
    for (phrase, meaning) in entries() {
        assert!(seen.insert(phrase), "{phrase} stands twice");
        assert_eq!(plain(phrase), phrase);
        assert!(decided.contains(&meaning) || Field::from_name(meaning).is_some(), "{meaning}");
    }
    assert!(seen.len() > 500);
}
