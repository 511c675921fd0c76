use super::*;

#[test]
fn words_are_folded_and_split() {
    for (text, expected) in [
        ("Seán O'Brien-Łuk", &["sean", "obrien", "luk"][..]),
        ("  Dr.  GROẞ ", &["dr", "gross"]),
        ("İstanbul", &["istanbul"]),
        ("Jose\u{301}", &["jose"]),
        ("李小龍", &["李小龍"]),
        (" - ", &[]),
    ] {
        assert_eq!(words(text), expected, "{text}");
    }
}

#[test]
fn a_shorter_way_to_write_may_be_the_same() {
    let check = |a: &str, b: &str| may_be_same(&words(a), &words(b));
    for (a, b) in [("Jane", "JANE"), ("J.", "Jane"), ("Jane", "Jane Marie"), ("Smith Jane", "Jane Q. Smith"), ("", "x")]
    {
        assert!(check(a, b) && check(b, a), "{a} | {b}");
    }
    for (a, b) in [("Jane", "Joan"), ("Ja", "Jane"), ("Jane Doe", "Jane Smith"), ("K", "Jane")] {
        assert!(!check(a, b) && !check(b, a), "{a} | {b}");
    }
}
