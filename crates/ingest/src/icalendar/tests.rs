use velocity_model::blob_id;

use super::*;

fn stage(bytes: &[u8]) -> Staged {
    assert!(detect(bytes));
    read(bytes, blob_id(bytes)).expect("a calendar")
}

fn row(staged: &Staged, row: usize) -> Vec<(&str, &str)> {
    let cells = staged.table.headers.iter().enumerate().map(|(at, header)| (header.as_str(), staged.column(at)[row]));
    cells.filter(|(_, value)| !value.is_empty()).collect()
}

#[test]
fn entries_become_rows() {
    let text = b"BEGIN:VCALENDAR\r\nPRODID:-//Example//EN\r\nMETHOD:REQUEST\r\n\
BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n\
BEGIN:VEVENT\r\nUID:1@mail.example\r\nDTSTART;TZID=Europe/Paris:20260302T090000\r\n\
SUMMARY:Lunch\\, with B\xc3\xa9a and a very long tit\r\n le\r\nORGANIZER;CN=\"Exemple, Ana\":mailto:ana@mail.example\r\n\
ATTENDEE;CN=Ben;PARTSTAT=ACCEPTED:MAILTO:ben@mail.example\r\nATTENDEE:mailto:cid@mail.example\r\n\
ATTENDEE;PARTSTAT=DECLINED;RSVP=TRUE:mailto:dan@mail.example\r\n\
BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\n\
BEGIN:VTODO\r\nUID:2@mail.example\r\nATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA\r\nEND:VTODO\r\nEND:VCALENDAR\r\n";
    let staged = stage(text);
    let expected = [
        ("component", "VEVENT"),
        ("UID", "1@mail.example"),
        ("DTSTART", "20260302T090000"),
        ("DTSTART;TZID", "Europe/Paris"),
        ("SUMMARY", "Lunch, with Béa and a very long title"),
        ("ORGANIZER", "Exemple, Ana <ana@mail.example>"),
        ("ATTENDEE", "Ben <ben@mail.example>; cid@mail.example; dan@mail.example"),
        ("ATTENDEE;PARTSTAT", "ACCEPTED; ; DECLINED"),
        ("ATTENDEE;RSVP", "; ; TRUE"),
        ("VALARM.TRIGGER", "-PT15M"),
        ("VCALENDAR.METHOD", "REQUEST"),
    ];
    assert_eq!(row(&staged, 0), expected);
    assert_eq!(row(&staged, 1)[..2], [("component", "VTODO"), ("UID", "2@mail.example")]);
    assert_eq!(staged.table.preamble, ["PRODID: -//Example//EN", "METHOD: REQUEST"]);
    let codes: Vec<&str> = staged.table.issues.iter().map(|issue| issue.code.as_str()).collect();
    assert_eq!(codes, ["read.left_out_binary", "read.left_out_time_zone"]);
}

#[test]
fn a_component_by_itself_and_lines_outside() {
    let staged = stage(b"\xef\xbb\xbfBEGIN:VEVENT\nSUMMARY:A\nEND:VEVENT\nX\nBEGIN:VEVENT\nEND:VEVENT\n");
    assert_eq!(staged.column(0), ["VEVENT", "VEVENT"]);
    assert_eq!((staged.table.quarantined[0].row, staged.table.quarantined[0].code.as_str()), (4, "read.outside"));
}

#[test]
fn a_thousand_parameters_share_columns() {
    let many: String = (0..1_000).map(|number| format!("ATTENDEE;X-{number}=y:mailto:a@mail.example\n")).collect();
    let staged = stage(format!("BEGIN:VEVENT\n{many}END:VEVENT\n").as_bytes());
    assert_eq!(staged.table.headers.len(), 2 + MOST_PARAMETERS);
    assert!(staged.column(1 + MOST_PARAMETERS)[0].ends_with("; X-999=y"));
}

#[test]
fn other_text_is_no_calendar() {
    for text in ["BEGIN:VCALENDAR,x\n", "BEGIN,END\n", "begin: a new life\n", "BEGIN:\n", ""] {
        assert!(!detect(text.as_bytes()), "{text}");
    }
}
