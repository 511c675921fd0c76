use proptest::prelude::*;
use velocity_model::blob_id;

use super::*;

fn stage(bytes: &[u8]) -> Staged {
    assert!(detect(bytes));
    read(bytes, blob_id(bytes)).expect("cards")
}

fn row(staged: &Staged, row: usize) -> Vec<(&str, &str)> {
    let cells = staged.table.headers.iter().enumerate().map(|(at, header)| (header.as_str(), staged.column(at)[row]));
    cells.filter(|(_, value)| !value.is_empty()).collect()
}

fn numbers(staged: &Staged, name: &str) -> Vec<u64> {
    staged.frame.column(name).expect("there").u64().expect("numbers").iter().flatten().collect()
}

#[test]
fn a_card_of_a_telephone_with_labels_and_groups() {
    let text = b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Exemple;Ana;Maria,Rosa;Dr.;\r\nFN:Dr. Ana Exemple\r\n\
ORG:Exemple SA;Achats;Lyon;\r\nEMAIL;type=INTERNET;type=WORK;type=pref:ana@mail.example\r\n\
TEL;type=CELL;type=VOICE:+33 6 00 00 00 01\r\nTEL;TYPE=cell:+33 6 00 00 00 02\r\n\
item1.ADR;type=HOME:;;1 rue Neuve\\nB\xc3\xa2t. 2;Lyon;;69001;France\r\nitem1.X-ABADR:fr\r\n\
item2.TEL:+33 4 00 00 00 00\r\nitem2.X-ABLabel:R\xc3\xa9ception\r\n\
item3.X-ABDATE;type=pref:2010-05-01\r\nitem3.X-ABLabel:_$!<Anniversary>!$_\r\n\
NOTE:one\\, two\\; three\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\n SkZJRg\r\nEND:VCARD\r\n";
    let staged = stage(text);
    let expected = [
        ("VERSION", "3.0"),
        ("N.family", "Exemple"),
        ("N.given", "Ana"),
        ("N.additional", "Maria,Rosa"),
        ("N.prefix", "Dr."),
        ("FN", "Dr. Ana Exemple"),
        ("ORG", "Exemple SA"),
        ("ORG.unit", "Achats"),
        ("ORG.unit 2", "Lyon"),
        ("EMAIL;type=work", "ana@mail.example"),
        ("EMAIL;type=work;PREF", "1"),
        ("TEL;type=cell", "+33 6 00 00 00 01"),
        ("TEL;type=cell 2", "+33 6 00 00 00 02"),
        ("ADR;type=home.street", "1 rue Neuve\nBât. 2"),
        ("ADR;type=home.city", "Lyon"),
        ("ADR;type=home.postcode", "69001"),
        ("ADR;type=home.country", "France"),
        ("X-ABADR", "fr"),
        ("TEL;label=réception", "+33 4 00 00 00 00"),
        ("X-ABDATE;label=anniversary", "2010-05-01"),
        ("X-ABDATE;label=anniversary;PREF", "1"),
        ("NOTE", "one, two; three"),
    ];
    assert_eq!(row(&staged, 0), expected);
    let issue = &staged.table.issues[0];
    assert_eq!((issue.code.as_str(), issue.row), ("read.left_out_binary", Some(1)));
}

#[test]
fn a_card_of_the_first_standard_in_a_legacy_charset() {
    let text = b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=WINDOWS-1252;ENCODING=QUOTED-PRINTABLE:Lef=E8vre;H=E9l=E8ne\n\
TEL;WORK;VOICE:1\nEMAIL;INTERNET;PREF:h@mail.example\n\
ADR;HOME;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:;;Caf=C3=A9 =\n7;Lyon\nEND:VCARD\n";
    let expected = [
        ("VERSION", "2.1"),
        ("N.family", "Lefèvre"),
        ("N.given", "Hélène"),
        ("TEL;type=work", "1"),
        ("EMAIL", "h@mail.example"),
        ("EMAIL;PREF", "1"),
        ("ADR;type=home.street", "Café 7"),
        ("ADR;type=home.city", "Lyon"),
    ];
    assert_eq!(row(&stage(text), 0), expected);
}

#[test]
fn every_card_is_found_again_in_the_stored_bytes() {
    let text = "\nBEGIN:VCARD\nFN:Zoë 𝒜\nEND:VCARD\n\nBEGIN:VCARD\nFN:Ben\nEND:VCARD\n";
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let utf8 = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for (bytes, decode) in [(utf8, encoding_rs::UTF_8), (utf16, encoding_rs::UTF_16LE)] {
        let staged = stage(&bytes);
        assert_eq!((numbers(&staged, "_row"), staged.column(0)), (vec![2, 6], vec!["Zoë 𝒜", "Ben"]));
        let spans = numbers(&staged, "_offset").into_iter().zip(numbers(&staged, "_len"));
        let cards = spans.map(|(offset, len)| decode.decode(&bytes[offset as usize..][..len as usize]).0.into_owned());
        let cards: Vec<String> = cards.collect();
        assert_eq!(cards, ["BEGIN:VCARD\nFN:Zoë 𝒜\nEND:VCARD", "BEGIN:VCARD\nFN:Ben\nEND:VCARD"]);
        assert_eq!(staged.table.encoding, decode.name());
    }
}

#[test]
fn what_is_no_card_is_set_aside_and_a_card_without_end_is_kept() {
    let text = b"BEGIN:VCARD\nFN:Ana\nBEGIN:VCARD\nEND:VCARD\nhello\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\n";
    let staged = stage(text);
    let codes: Vec<_> = staged.table.quarantined.iter().map(|row| (row.row, row.code.as_str())).collect();
    assert_eq!(codes, [(3, "read.empty_card"), (5, "read.outside"), (6, "read.not_a_card")]);
    assert_eq!((staged.column(0), staged.table.issues[0].code.as_str()), (vec!["Ana"], "read.unterminated"));
}

#[test]
fn other_text_is_no_card() {
    assert!(!detect(b"name,city\nBEGIN:VCARD,x\n"));
    assert!(!detect(b"BEGIN:VCALENDAR\n"));
    assert!(!detect(b""));
}

proptest! {
    #[test]
    fn no_text_stops_a_reading(text in "BEGIN:VCARD\n((BEGIN|END):VCARD\n|(item1\\.)?(N|ADR|ORG|TEL|X-ABLabel|AGENT|PHOTO)[:;]|TYPE=|\\PC{0,3}|[\n\r;:,\\\\=\" ]){0,60}") {
        let staged = read(text.as_bytes(), blob_id(b""));
        prop_assert!(staged.is_ok());
    }
}
