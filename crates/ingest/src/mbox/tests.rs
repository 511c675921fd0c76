use proptest::prelude::*;

use super::*;

const GMAIL: &str = "From 1678@xxx Tue Mar 03 09:00:00 +0000 2020\r\n";

fn texts(text: &str) -> Vec<(u64, &str)> {
    messages(text.as_bytes(), 0).into_iter().map(|found| (found.line, &text[found.message..found.span.end])).collect()
}

#[test]
fn a_message_begins_at_a_separator_with_a_header_behind_it() {
    let body = "Subject: a\r\n\r\nFrom here on:\r\nx\r\n\r\nFrom the start: it was so.\r\nNote: this\r\n\r\n";
    let text = format!("{GMAIL}{body}{GMAIL}Subject: b\r\n\r\nFrom now on\r\n");
    let expected = [(1, body.trim_end()), (10, "Subject: b\r\n\r\nFrom now on")];
    assert_eq!(texts(&text), expected);
}

#[test]
fn separators_need_no_date_where_the_first_has_none() {
    assert_eq!(texts("From -\nA: 1\n\nx\n\nFrom -\nB: 2\n"), [(1, "A: 1\n\nx"), (6, "B: 2")]);
}

#[test]
fn quoting_is_undone_by_one_step() {
    let text = b"A: 1\n\n>From a\n>>From b\n> From c\n";
    assert_eq!(unquoted(text).as_ref(), b"A: 1\n\nFrom a\n>From b\n> From c\n");
    assert!(matches!(unquoted(b"A: >From\n"), Cow::Borrowed(_)));
}

#[test]
fn header_names() {
    assert_eq!(header_name(b"Subject : x"), Some("Subject"));
    for line in ["From, to: x", "no header: x", ": x", "", "\"a\": 1", "http"] {
        assert_eq!(header_name(line.as_bytes()), None, "{line}");
    }
}

proptest! {
    #[test]
    fn nothing_but_blanks_stands_between_messages(lines in prop::collection::vec("From -|A: 1||From x 10:00 2020|text", 0..40)) {
        let text = format!("From -\nA: 1\n{}", lines.join("\n"));
        let mut at = 0;
        for Span { span, message, .. } in messages(text.as_bytes(), 0) {
            prop_assert!(text[at..span.start].trim().is_empty());
            prop_assert!(span.start < message && message <= span.end);
            at = span.end;
        }
        prop_assert!(text[at..].trim().is_empty());
    }
}
