use proptest::prelude::*;

use super::*;
use crate::encoding;

fn read(text: &str) -> (Vec<Component>, usize) {
    let text = StoredText::new(text.as_bytes(), encoding::detect(text.as_bytes()).expect("text"));
    let (mut components, mut outside) = (Vec::new(), 0);
    pieces(&text, |piece| match piece {
        Piece::Component(component) => components.push(component),
        Piece::Outside(..) => outside += 1,
        Piece::Calendar | Piece::CalendarProperty(_) => {}
    });
    (components, outside)
}

fn names(component: &Component) -> Vec<String> {
    component.properties.iter().map(|Property { path, line }| format!("{path}{}", line.name)).collect()
}

#[test]
fn a_missing_end_ends_with_the_next_beginning() {
    let (found, outside) = read("BEGIN:VCARD\nFN:Ana\nBEGIN:VCARD\nFN:Ben\nEND:VCARD\nBEGIN:VCARD\nFN:Cid\n");
    assert_eq!(
        found.iter().map(|card| (card.line, card.is_closed)).collect::<Vec<_>>(),
        [(1, false), (3, true), (6, false)]
    );
    assert_eq!((outside, found[0].span.clone()), (0, 0..18));
}

#[test]
fn an_event_whose_alarm_has_no_end_is_still_closed() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nBEGIN:VALARM\nACTION:AUDIO\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nEND:VCALENDAR\n";
    let (found, outside) = read(text);
    assert_eq!((found.len(), outside), (2, 0));
    assert_eq!(names(&found[0]), ["UID", "VALARM.ACTION"]);
    assert_eq!((found[0].is_closed, found[1].is_closed), (true, false));
}

#[test]
fn components_inside_are_numbered() {
    let (found, _) =
        read("BEGIN:VEVENT\nBEGIN:VALARM\nA:1\nEND:VALARM\nBEGIN:VALARM\nA:1\nEND:VALARM\nB:1\nEND:VEVENT\n");
    assert_eq!(names(&found[0]), ["VALARM.A", "VALARM 2.A", "B"]);
}

#[test]
fn an_agent_is_a_card_inside_the_card() {
    let (found, _) = read("BEGIN:VCARD\nFN:Ana\nAGENT:\nBEGIN:VCARD\nFN:Ben\nEND:VCARD\nTEL:1\nEND:VCARD\n");
    assert_eq!(found.len(), 1);
    assert_eq!(names(&found[0]), ["FN", "AGENT", "AGENT.FN", "TEL"]);
}

#[test]
fn text_without_a_name_stays_with_the_value_before_it() {
    let (found, outside) = read("x\nBEGIN:VCARD\nNOTE:one\ntwo\nEND:VCARD\nEND:VCARD\n");
    let Value::Text(note) = &found[0].properties[0].line.value else { panic!("no text") };
    assert_eq!((note.as_str(), found[0].strays, outside), ("one\ntwo", 1, 2));
}

#[test]
fn nesting_is_bounded() {
    let depth = 100_000;
    let text = format!("BEGIN:VEVENT\n{}A:1\n{}B:1\nEND:VEVENT\n", "BEGIN:X\n".repeat(depth), "END:X\n".repeat(depth));
    let (found, _) = read(&text);
    assert_eq!((found.len(), found[0].is_closed), (1, true));
    assert_eq!(found[0].properties[1].path, "");
    assert_eq!(found[0].properties[0].path.len(), 2 * DEEPEST);
}

proptest! {
    #[test]
    fn pieces_stand_in_order(lines in prop::collection::vec("(BEGIN|END):(VCARD|VEVENT|VALARM|VCALENDAR)|AGENT:|FN:x|y|", 0..40)) {
        let text = lines.join("\n");
        let stored = StoredText::new(text.as_bytes(), encoding::Detected::UTF_8);
        let mut at = 0;
        let mut properties = 0;
        pieces(&stored, |piece| {
            let span = match piece {
                Piece::Component(component) => {
                    properties += component.properties.len() as u64 + component.strays;
                    component.span
                }
                Piece::Outside(_, span) => { properties += 1; span }
                Piece::Calendar => return,
                Piece::CalendarProperty(_) => { properties += 1; return }
            };
            assert!(at <= span.start && span.start <= span.end);
            at = span.end;
        });
        let named = lines.iter().filter(|line| matches!(line.as_str(), "AGENT:" | "FN:x" | "y")).count() as u64;
        prop_assert!(properties >= named);
    }
}
