use proptest::prelude::*;

use super::*;
use crate::fields::values::Levels;
use crate::fields::{
    Values,
    kind::{Kind, Lexicon},
};

fn level(a: &str, b: &str) -> &'static str {
    let values = Kind::Street.prepare(["", a, b].map(str::to_owned).to_vec(), &Lexicon::default());
    let levels: Levels = values.levels();
    levels[usize::from(values.compare(1, 2))].0
}

#[test]
fn a_street_is_its_words_and_a_house_its_numbers() {
    for (a, b, expected) in [
        ("1 rue neuve", "rue neuve 1", "same street"),
        ("1 rue neuve", "1 rue neuv", "similar street, same number"),
        ("1 mainstreet", "1 main street", "similar street, same number"),
        ("1 rue neuve", "rue neuve", "similar street, a number missing"),
        ("837 lind road", "832 lind road", "similar street, a number missing"),
        ("837 lind road", "14 lind road", "similar street, other number"),
        ("837 2nd ave", "840 2nd ave", "similar street, other number"),
        ("12 main", "12 oak", "same number, other street"),
        ("12 main", "14 oak", "different street"),
        ("12 main", "14", "different street"),
    ] {
        assert_eq!(level(a, b), expected, "{a} / {b}");
        assert_eq!(level(b, a), expected, "{b} / {a}");
    }
}

proptest! {
    /// A street is made again from its text, and words of it are found.
    #[test]
    fn texts_come_back(words in prop::collection::vec("[a-z0-9]{1,5}", 0..12)) {
        let text = words.join(" ");
        let streets = Streets::of(vec![String::new(), text.clone()]);
        prop_assert_eq!(streets.text(1), &text);
        let named: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit())).collect();
        prop_assert_eq!(streets.words(1).collect::<Vec<_>>(), named);
        prop_assert!(matches!(Values::Street(streets).text(1), again if again == text));
    }
}
