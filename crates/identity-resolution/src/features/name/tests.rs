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

#[test]
fn a_name_in_ideographs_begins_with_the_family() {
    let name = PersonName::from_parts("", "", "", "张秀英", "");
    assert_eq!((name.family, name.given, name.middle), (split("zhang"), split("xiu"), split("ying")));
}

#[test]
fn the_first_of_a_name_is_a_generation_and_an_initial_is_none() {
    let generation = |given: &str, full: &str| {
        let name = PersonName::from_parts(given, "", "", full, "");
        (name.suffix, name.family.concat())
    };
    assert_eq!(generation("Morris I", "").0.as_deref(), Some("i"));
    assert_eq!(generation("", "Morris Example II"), (Some("ii".to_owned()), "example".to_owned()));
    assert_eq!(generation("", "Ana I"), (None, "i".to_owned()));
}
