use proptest::prelude::*;
use velocity_model::blob_id;

use super::*;

fn stage(text: &str) -> Staged {
    assert!(detect(text.as_bytes()), "{text}");
    read(text.as_bytes(), blob_id(b"")).expect("a chat")
}

fn rows(staged: &Staged) -> Vec<Vec<&str>> {
    let columns: Vec<Vec<&str>> = (0..HEADERS.len()).map(|column| staged.column(column)).collect();
    (0..staged.frame.height()).map(|row| columns.iter().map(|column| column[row]).collect()).collect()
}

fn numbers(staged: &Staged, name: &str) -> Vec<usize> {
    let column = staged.frame.column(name).expect("there").u64().expect("numbers");
    column.iter().flatten().map(|number| number as usize).collect()
}

#[test]
fn a_chat_of_android() {
    let text = "22/03/2020, 19:05 - Messages and calls are end-to-end encrypted. Tap to learn more.\n\
22/03/2020, 19:05 - Ana Lind created group \u{201c}Roof: repair\u{201d}\n\
22/03/2020, 19:06 - Ana Lind: Hello\n\n  see you at 12:30 - ok: fine\n\
22/03/2020, 19:07 - +33 6 39 98 12 34: \u{200e}IMG-20200322-WA0001.jpg (file attached)\nthe roof\n\
22/03/2020, 19:08 - Ana Lind: <Media omitted>\n22/03/2020, 19:09 - Ana Lind: <3\n";
    let staged = stage(text);
    let expected = [
        ["22/03/2020", "19:05", "", "Messages and calls are end-to-end encrypted. Tap to learn more.", "system", ""],
        ["22/03/2020", "19:05", "", "Ana Lind created group \u{201c}Roof: repair\u{201d}", "system", ""],
        ["22/03/2020", "19:06", "Ana Lind", "Hello\n\n  see you at 12:30 - ok: fine", "message", ""],
        [
            "22/03/2020",
            "19:07",
            "+33 6 39 98 12 34",
            "IMG-20200322-WA0001.jpg (file attached)\nthe roof",
            "attachment",
            "IMG-20200322-WA0001.jpg",
        ],
        ["22/03/2020", "19:08", "Ana Lind", "<Media omitted>", "attachment", ""],
        ["22/03/2020", "19:09", "Ana Lind", "<3", "message", ""],
    ];
    assert_eq!(rows(&staged), expected);
    assert_eq!(numbers(&staged, "_row"), [1, 2, 3, 6, 8, 9]);
    let spans = numbers(&staged, "_offset").into_iter().zip(numbers(&staged, "_len"));
    let spans: Vec<&str> = spans.map(|(offset, len)| &text[offset..offset + len]).collect();
    assert_eq!(spans[2], "22/03/2020, 19:06 - Ana Lind: Hello\n\n  see you at 12:30 - ok: fine");
    assert!(spans.iter().all(|span| span.starts_with("22/03/2020")));
}

#[test]
fn a_chat_of_ios() {
    let text = "\u{feff}[22.03.20, 19:05:12] Roof: \u{200e}Nachrichten sind Ende-zu-Ende-verschl\u{fc}sselt.\r\n\
\u{200e}[22.03.20, 19:06:01] \u{202a}~ Ana\u{202c}: \u{200e}<Anhang: 00001-PHOTO-2020.jpg>\r\n\
[22.03.20, 19:06:02] Ana Lind: \u{200e}Bild weggelassen\r\n[22.03.20, 19:07:00] Ana Lind:\r\n[22.03.20, 19:08:00] Ana Lind: eins\nzwei\r\n";
    let staged = stage(text);
    let expected = [
        ["22.03.20", "19:05:12", "Roof", "Nachrichten sind Ende-zu-Ende-verschlüsselt.", "system", ""],
        ["22.03.20", "19:06:01", "~ Ana", "<Anhang: 00001-PHOTO-2020.jpg>", "attachment", "00001-PHOTO-2020.jpg"],
        ["22.03.20", "19:06:02", "Ana Lind", "Bild weggelassen", "attachment", ""],
        ["22.03.20", "19:07:00", "Ana Lind", "", "message", ""],
        ["22.03.20", "19:08:00", "Ana Lind", "eins\nzwei", "message", ""],
    ];
    assert_eq!(rows(&staged), expected);
    assert_eq!(numbers(&staged, "_offset")[0], 3);
    assert!(staged.table.detected[1].why.contains("iOS"));
}

#[test]
fn utf16_places_are_those_of_the_stored_bytes() {
    let text = "22/03/2020, 19:05 - Zoë: hi\n22/03/2020, 19:06 - Zoë: ho\n";
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    assert!(detect(&bytes));
    let staged = read(&bytes, blob_id(b"")).expect("a chat");
    assert_eq!((numbers(&staged, "_offset"), numbers(&staged, "_len")), (vec![2, 58], vec![54, 54]));
    assert_eq!(staged.column(2), ["Zoë", "Zoë"]);
}

#[test]
fn a_damaged_message_is_set_aside_alone() {
    let text = "22/03/2020, 19:05 - Zoë: hi\n".repeat(9) + "22/03/2020, 19:06 - Ana: ";
    let staged = read(&[text.as_bytes(), b"\xff\n"].concat(), blob_id(b"")).expect("a chat");
    assert_eq!((staged.table.rows, staged.table.quarantined[0].code.as_str()), (9, "read.bad_encoding"));
}

#[test]
fn logs_and_tables_are_no_chats() {
    let texts = [
        "2020-03-22 19:05:12 - started: ok\n",
        "[2020-03-22 19:05:12] INFO: started\n",
        "[2020-03-22 19:05:12] local.ERROR: failed\n",
        "22/03/2020, 19:05 - nobody says anything\n",
        "date,name\n22/03/2020, 19:05 - Ana: hi\n",
        "22/03/2020 19:05,Ana: hi\n",
    ];
    for text in texts {
        assert!(!detect(text.as_bytes()), "{text}");
    }
}

proptest! {
    /// Whatever is said, every message is one row, and nothing of it is lost.
    #[test]
    fn what_is_said_is_kept(said in prop::collection::vec("[a-z<>:,.0-9\n \u{e9}\u{200e}-]{0,30}", 1..8), ios in any::<bool>()) {
        let begin = |number: usize| match ios {
            true => format!("[22/03/20, 19:05:{number:02}] Ana: "),
            false => format!("22/03/20, 19:{number:02} - Ana: "),
        };
        let text: String = said.iter().enumerate().map(|(number, said)| format!("{}{said}\n", begin(number))).collect();
        let staged = stage(&text);
        let plain = |text: &str| unmarked(text).to_owned();
        let found: Vec<String> = staged.column(3).into_iter().map(plain).collect();
        prop_assert_eq!(found, said.iter().map(|said| plain(said)).collect::<Vec<_>>());
        prop_assert!(staged.table.quarantined.is_empty());
    }

    #[test]
    fn no_bytes_stop_a_reading(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let bytes = [b"22/03/20, 19:05 - Ana: ".as_slice(), &bytes].concat();
        prop_assert!(read(&bytes, blob_id(b"")).is_ok_and(|staged| staged.table.rows + staged.table.quarantined.len() as u64 > 0) || encoding::detect(&bytes).is_err());
    }
}
