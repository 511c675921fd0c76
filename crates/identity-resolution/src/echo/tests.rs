use super::*;

#[test]
fn an_address_repeats_a_name_or_says_more() {
    for (local, without_digits, expected) in [
        ("anaexample", false, true),
        ("exampleana", false, true),
        ("aexample", false, true),
        ("anaexample77", false, false),
        ("anaexample77", true, true),
        ("sunflower", false, false),
        ("ana", false, false),
        ("example", false, false),
    ] {
        let mail = Mail::of(local.to_owned(), "mail.example");
        let found = repeats(&mail, &Name::of("ana"), &Name::of("example"), without_digits);
        assert_eq!(found, expected, "{local}");
    }
}
