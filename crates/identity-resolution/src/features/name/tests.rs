use super::*;

#[test]
fn whole_names_are_split() {
    for (text, given, family) in [
        ("Ana Maria Example", vec!["ana", "maria"], vec!["example"]),
        ("Example, Ana", vec!["ana"], vec!["example"]),
        ("Dr Jan van der Berg", vec!["jan"], vec!["van", "der", "berg"]),
        ("Cher", vec![], vec!["cher"]),
        ("", vec![], vec![]),
    ] {
        let expected =
            (given.into_iter().map(str::to_owned).collect(), family.into_iter().map(str::to_owned).collect());
        assert_eq!(whole(text), expected, "{text}");
    }
}
