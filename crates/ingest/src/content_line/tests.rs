use encoding_rs::UTF_8;
use proptest::prelude::*;

use super::*;

fn lines(text: &[u8]) -> Vec<Line> {
    ContentLines::new(text, 0, UTF_8).collect()
}

fn one(text: &[u8]) -> ContentLine {
    let mut lines = lines(text);
    assert_eq!(lines.len(), 1);
    lines.remove(0).content.expect("a content line")
}

fn text_of(line: &ContentLine) -> &str {
    let Value::Text(text) = &line.value else { panic!("no text") };
    text
}

#[test]
fn a_fold_in_the_middle_of_a_character_is_undone() {
    let mut folded = "NOTE:Zo".as_bytes().to_vec();
    folded.extend(b"\xc3\r\n \xab, B\r\n\tonn");
    assert_eq!(text_of(&one(&folded)), "Zoë, Bonn");
}

#[test]
fn quoted_printable_spans_lines_and_is_decoded_by_its_charset() {
    let line = one(b"N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FC=\r\nller;J=F6=\r\nrg");
    assert_eq!((line.name.as_str(), text_of(&line)), ("N", "Müller;Jörg"));
    let line = one(b"LABEL;WORK;QUOTED-PRINTABLE:Rue 1=0D=0A=\r\n69001 Lyon=");
    assert_eq!((text_of(&line), line.params[0].1.as_str()), ("Rue 1\r\n69001 Lyon", "WORK"));
}

#[test]
fn a_soft_line_end_does_not_swallow_the_end_of_the_card() {
    let found = lines(b"NOTE;ENCODING=QUOTED-PRINTABLE:cut=\nEND:VCARD\n");
    assert_eq!(found.len(), 2);
    assert_eq!(text_of(found[0].content.as_ref().expect("a line")), "cut=".trim_end_matches('='));
}

#[test]
fn parameters_are_quoted_escaped_and_bare() {
    let line = one(br#"item1.tel;TYPE="work,voice";CELL;X=a^nb^'c\;d:tel:+1;ext=2"#);
    let param = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!((line.group.as_deref(), line.name.as_str()), (Some("ITEM1"), "TEL"));
    assert_eq!(line.params, [param("TYPE", "work,voice"), param("TYPE", "CELL"), param("X", "a\nb\"c;d")]);
    assert_eq!(text_of(&line), "tel:+1;ext=2");
    assert_eq!(text_of(&one(b"DTSTART;TZID=\"A: B\":2020")), "2020");
}

#[test]
fn files_inside_the_text_are_told_from_text() {
    let photo = b"PHOTO;ENCODING=BASE64;JPEG:\r\n /9j/4AAQ\r\n SkZJ\r\n\r\n";
    assert_eq!(one(photo).value, Value::Binary);
    assert_eq!(one(b"PHOTO;ENCODING=b:/9j/4AAQ\nSkZJRg==\n").value, Value::Binary, "not indented");
    assert_eq!(one(b"PHOTO:data:image/png;base64,iVBOR").value, Value::Binary);
    assert_eq!(text_of(&one(b"PHOTO;VALUE=uri:https://mail.example/p.png")), "https://mail.example/p.png");
    assert_eq!(text_of(&one(b"NOTE;ENCODING=BASE64:Wm/Dqw==")), "Zoë");
}

#[test]
fn what_is_no_content_line_is_a_stray_line() {
    for text in ["just words", "https://mail.example/x", "10:30 lunch", ":x", "No name here: x"] {
        assert!(lines(text.as_bytes())[0].content.is_err(), "{text}");
    }
}

#[test]
fn values_in_no_encoding_that_is_stated_are_guessed_and_marked() {
    let line = one(b"FN:Zo\xeb");
    assert_eq!((text_of(&line), line.guessed), ("Zoë", true));
    let line = one(b"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=EB");
    assert_eq!((text_of(&line), line.guessed), ("Zoë", true));
}

#[test]
fn lines_are_numbered_by_any_line_end() {
    let found = lines(b"A:1\r\n b\r\rC:2\nD:3");
    assert_eq!(found.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 4, 5]);
    assert_eq!(found[0].span, 0..7);
}

proptest! {
    #[test]
    fn no_text_is_lost_or_read_twice(text in "(?s)([A-Z]{1,3}[:;=]|QUOTED-PRINTABLE|BASE64|[ \r\n\t\"\\\\=.,]|\\PC){0,60}") {
        let found = lines(text.as_bytes());
        let mut at = 0;
        for line in &found {
            prop_assert!(line.span.start >= at && line.span.end <= text.len());
            prop_assert!(text.as_bytes()[at..line.span.start].trim_ascii().is_empty());
            at = line.span.end;
        }
        prop_assert!(text.as_bytes()[at..].trim_ascii().is_empty());
    }
}
