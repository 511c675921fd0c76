use super::*;
use crate::view::samples;

#[test]
fn a_pair_is_said_in_one_sentence() {
    let waterfall = samples::waterfall();
    assert_eq!(
        pair(EntityKind::Person, &waterfall),
        "Probably the same person: same e-mail, similar given name, but different phone and city."
    );
    let bare = Waterfall { steps: Vec::new(), ..waterfall.clone() };
    assert_eq!(
        pair(EntityKind::Organisation, &bare),
        "Probably the same organisation: nothing tells them apart or together."
    );
}

#[test]
fn a_risk_makes_the_sentence_careful() {
    assert_eq!(verdict(EntityKind::Person, 999_000, false), "Almost certainly the same person");
    assert_eq!(verdict(EntityKind::Person, 999_000, true), "Probably the same person");
    assert_eq!(verdict(EntityKind::Person, 100_000, false), "Probably not the same person");
}

#[test]
fn levels_are_said_in_their_own_words() {
    let step =
        |level: &str, weight| StepWeight { level: level.to_owned(), weight, ..samples::waterfall().steps[1].clone() };
    for (level, weight, said) in [
        ("same given name", 9_000, "same name"),
        ("same", 9_000, "same name"),
        ("typing error", 5_000, "similar name"),
        ("same year and month, or same year and day", 500, "same year and month, or same year and day"),
        ("different given name", -6_000, "name"),
        ("initial of the given name", -100, "name"),
    ] {
        assert_eq!(phrase(&step(level, weight), "name"), said);
    }
}
