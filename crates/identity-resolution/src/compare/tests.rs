use super::*;
use crate::features::{Email, PartialDate, PersonName};

fn name(given: &str, family: &str) -> PersonName {
    let words = |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let given = words(given);
    let root = given.first().map(|first| if first == "bob" { "robert" } else { first }).unwrap_or_default();
    PersonName { given_root: root.to_owned(), given: given.clone(), family: words(family), suffix: None }
}

#[test]
fn names() {
    for (a, b, expected) in [
        (("ana", "example"), ("ana", "example"), Some(NameLevel::Exact)),
        (("ana", "example"), ("example", "ana"), Some(NameLevel::Swapped)),
        (("jean luc", "example"), ("example", "jean luc"), Some(NameLevel::Swapped)),
        (("ana", "sample example"), ("sample example", "ana"), Some(NameLevel::Swapped)),
        (("bob", "sample"), ("robert", "sample"), Some(NameLevel::Nickname)),
        (("maria ana", "example"), ("ana", "example"), Some(NameLevel::Nickname)),
        (("a", "example"), ("ana", "example"), Some(NameLevel::Initial)),
        (("catherine", "example"), ("catehrine", "exampel"), Some(NameLevel::Typo)),
        (("ana", "sample example"), ("ana", "example"), Some(NameLevel::PartOfFamily)),
        (("ana", "before"), ("ana", "after"), Some(NameLevel::GivenOnly)),
        (("lena", "example"), ("tom", "example"), Some(NameLevel::FamilyOnly)),
        (("lena", "example"), ("tom", "sample"), Some(NameLevel::Differ)),
        (("", "example"), ("ana", "example"), Some(NameLevel::Initial)),
        (("", ""), ("ana", "example"), None),
        // Three letters differ by meaning as often as by accident.
        (("tim", "example"), ("tom", "example"), Some(NameLevel::FamilyOnly)),
    ] {
        let found = super::name::compare(&name(a.0, a.1), &name(b.0, b.1));
        assert_eq!(found, expected, "{a:?} {b:?}");
        assert_eq!(super::name::compare(&name(b.0, b.1), &name(a.0, a.1)), expected, "{b:?} {a:?}");
    }
}

#[test]
fn birth_dates() {
    for (a, b, expected) in [
        ("1980-03-04", "1980-03-04", Some(0)),
        ("1980-03-04", "1980-04-03", Some(1)),
        ("1980-03-14", "1980-03-41", Some(1)),
        ("1980-03-14", "1981-03-14", Some(1)),
        ("1980-03-14", "1980", Some(2)),
        ("--03-14", "1980-03-14", Some(2)),
        ("1980-03-14", "1980-11-20", Some(3)),
        ("1980-03-14", "1955-11-20", Some(4)),
        ("1980", "--03-14", None),
        ("1980-01-01", "1980-01-01", Some(2)),
        ("1980-01-01", "1980-03-14", Some(2)),
    ] {
        let date = |text| PartialDate::of(text).expect("a date");
        assert_eq!(super::date::compare(date(a), date(b)), expected, "{a} {b}");
    }
}

#[test]
fn mailboxes() {
    let owner = name("ana", "example");
    let emails = |text: &str| vec![Email::of(text, &owner).expect("an address")];
    for (a, b, expected) in [
        ("ana@mail.example", "ana@mail.example", 0),
        ("info@firma.example", "info@firma.example", 1),
        ("ana.example@mail.example", "ana.exmaple@mail.example", 2),
        ("sunflower@mail.example", "sunflower@post.example", 3),
        ("ana.example77@mail.example", "ana.example77@post.example", 3),
        // What the names say already is not said again by addresses made of them.
        ("ana.example@mail.example", "ana.example@post.example", 4),
        ("a.example@mail.example", "a.example@post.example", 4),
        // A number tells two of one name apart.
        ("ana.example@mail.example", "ana.example2@mail.example", 5),
        ("ana.example31@mail.example", "ana.example36@mail.example", 5),
        ("ana@mail.example", "ana@post.example", 5),
    ] {
        assert_eq!(contact::emails(&emails(a), &emails(b)), Some(expected), "{a} {b}");
    }
}
