use super::*;

fn name(text: &str) -> NameKey {
    let (given, family) = text.split_once(' ').unwrap_or((text, ""));
    NameKey::of(&PersonName::from_parts(&given.replace('_', " "), "", family, "", "")).expect("a given name")
}

#[test]
fn names_that_can_be_one_persons() {
    for (a, b, expected) in [
        ("ana example", "ana married", true),
        ("ana example", "example ana", true),
        ("jean_luc example", "example jean luc", true),
        ("robert example", "bob example", true),
        ("a example", "ana example", true),
        ("catherine example", "catehrine example", true),
        ("lena example", "tom example", false),
        // Three letters differ by meaning as often as by accident.
        ("tim example", "tom example", false),
    ] {
        assert_eq!(name(a).is_compatible(&name(b)), expected, "{a} {b}");
        assert_eq!(name(b).is_compatible(&name(a)), expected, "{b} {a}");
    }
}

#[test]
fn birth_dates_that_can_be_one_persons() {
    for (a, b, expected) in [
        ("1980-03-04", "1980-03-04", true),
        ("1980-03-04", "1980-04-03", true),
        ("1980-03-14", "1980-03-41", true),
        ("1980-03-14", "1981-03-14", true),
        ("1980-03-14", "1980", true),
        ("--03-14", "1980-03-14", true),
        ("1980-01-01", "1980-03-14", true),
        ("1980-03-14", "1980-11-20", false),
        ("1980", "1981", false),
        ("1980-03-14", "1955-11-20", false),
    ] {
        let date = |text| PartialDate::of(text).expect("a date");
        assert_eq!(dates_are_compatible(date(a), date(b)), expected, "{a} {b}");
    }
}
