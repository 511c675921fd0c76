use proptest::prelude::*;

use super::*;

const KINDS: [Kind; 13] = [
    Kind::Given,
    Kind::Middle,
    Kind::Family,
    Kind::Date,
    Kind::Mail,
    Kind::Phone,
    Kind::Street,
    Kind::Word,
    Kind::Code,
    Kind::Identifier,
    Kind::Text,
    Kind::Number,
    Kind::Category,
];

proptest! {
    /// What is stored of a value is the value: records read back are compared as they were.
    #[test]
    fn a_value_is_made_again_from_its_text(text in "[a-z0-9@.+|]{0,6}( [a-z0-9]{1,5}){0,3}|[0-9]{4}-[0-9]{2}-[0-9]{2}") {
        for kind in KINDS {
            let lexicon = Lexicon::of(&["ana example".to_owned(), text.clone()]);
            let first = kind.prepare(vec![String::new(), text.clone()], &lexicon);
            let second = kind.prepare(vec![String::new(), first.text(1)], &lexicon);
            prop_assert_eq!(format!("{first:?}"), format!("{second:?}"));
            prop_assert_eq!(first.text(1), second.text(1));
        }
    }
}
