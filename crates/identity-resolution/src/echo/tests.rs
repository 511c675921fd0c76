use super::*;

#[test]
fn an_address_repeats_a_name_or_says_more() {
    for (local, expected) in [
        ("anaexample", true),
        ("exampleana", true),
        ("aexample", true),
        ("anaexample77", false),
        ("sunflower", false),
        ("ana", false),
        ("example", false),
    ] {
        let mail = Mail::of(local.to_owned(), "mail.example");
        let found = repeats(&mail, &Name::of("ana"), &Name::of("example"));
        assert_eq!(found, expected, "{local}");
    }
}
