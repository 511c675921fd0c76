use proptest::prelude::*;
use velocity_model::blob_id;

use super::*;

fn stage(bytes: &[u8]) -> Staged {
    assert!(detect(bytes));
    read(bytes, blob_id(bytes)).expect("mail")
}

fn row(staged: &Staged, row: usize) -> Vec<(&str, &str)> {
    let cells = HEADERS.iter().enumerate().map(|(at, header)| (*header, staged.column(at)[row]));
    cells.filter(|(_, value)| !value.is_empty()).collect()
}

fn numbers(staged: &Staged, name: &str) -> Vec<u64> {
    staged.frame.column(name).expect("there").u64().expect("numbers").iter().flatten().collect()
}

#[test]
fn a_mailbox_of_gmail() {
    let text = "From 17@xxx Tue Mar 03 09:00:00 +0000 2020\r\nX-GM-THRID: 17\r\nX-Gmail-Labels: =?UTF-8?Q?Bo=C3=AEte_de_r=C3=A9ception?=\r\n\
Message-ID: <a@mail.example>\r\nDate: Tue, 3 Mar 2020 10:00:00 +0100\r\nFrom: =?iso-8859-1?Q?H=E9l=E8ne?= <h@mail.example>\r\n\
To: Ana Exemple <ana@mail.example>, ben@mail.example\r\nSubject: =?UTF-8?B?w4l0w6k=?=\r\nIn-Reply-To: <b@mail.example>\r\n\
References: <c@mail.example> <b@mail.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBonjour,\r\n>From moi\r\n--x\r\n\
Content-Type: application/pdf; name=\"r.pdf\"\r\nContent-Disposition: attachment; filename=\"r.pdf\"\r\n\r\n%PDF\r\n--x--\r\n\r\n\
From 18@xxx Tue Mar 03 09:00:00 +0000 2020\r\nFrom: ben@mail.example\r\nSubject: two\r\nDate: some day\r\n\
Content-Type: text/html\r\n\r\n<p>Hello <b>you</b></p>\r\n";
    let staged = stage(text.as_bytes());
    let expected = [
        ("Message-ID", "a@mail.example"),
        ("Date", "2020-03-03T10:00:00+01:00"),
        ("From", "h@mail.example"),
        ("From name", "Hélène"),
        ("To", "Ana Exemple <ana@mail.example>; ben@mail.example"),
        ("Subject", "Été"),
        ("In-Reply-To", "b@mail.example"),
        ("References", "c@mail.example; b@mail.example"),
        ("Labels", "Boîte de réception"),
        ("Body", "Bonjour,\nFrom moi"),
        ("Attachments", "r.pdf"),
    ];
    assert_eq!(row(&staged, 0), expected);
    let expected = [("Date", "some day"), ("From", "ben@mail.example"), ("Subject", "two"), ("Body", "Hello you")];
    assert_eq!(row(&staged, 1), expected);
    let second = numbers(&staged, "_offset")[1] as usize;
    assert!(text[second..].starts_with("From 18@xxx"));
    assert_eq!(numbers(&staged, "_row"), [1, 1 + text[..second].lines().count() as u64]);
    assert_eq!(second + numbers(&staged, "_len")[1] as usize, text.trim_end().len());
}

#[test]
fn letters_that_no_charset_explains_are_guessed() {
    let text = b"From: J\xfcrgen <j@mail.example>\nSubject: Fr\xc3\xb6sche\n\n\xdcber die Fr\xf6sche in der n\xe4chsten N\xe4he\n";
    let expected = [
        ("From", "j@mail.example"),
        ("From name", "Jürgen"),
        ("Subject", "Frösche"),
        ("Body", "Über die Frösche in der nächsten Nähe"),
    ];
    assert_eq!(row(&stage(text), 0), expected);
}

#[test]
fn utf16_places_are_those_of_the_stored_bytes() {
    let text = "\nFrom: ana@mail.example\nSubject: Zoë\n\nx";
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let staged = stage(&bytes);
    assert_eq!(row(&staged, 0)[1], ("Subject", "Zoë"));
    assert_eq!((numbers(&staged, "_offset"), numbers(&staged, "_len")), (vec![4], vec![bytes.len() as u64 - 4]));
}

#[test]
fn a_message_that_says_nothing_is_set_aside() {
    let staged = stage(b"Content-Type: text/plain\n\n");
    assert_eq!((staged.table.rows, staged.table.quarantined[0].code.as_str()), (0, "read.empty_message"));
}

#[test]
fn tables_and_reports_are_no_mail() {
    let texts = [
        "From,To,Subject\na@mail.example,b@mail.example,x\n",
        "From: 2020-01-01\nTo: 2020-12-31\n\nname,city\nAna,Lyon\n",
        "Date: 3 March\nSubject: sales\n\nname,city\n",
        "From the beginning\n\nAna: x\n",
        "From 1 May 2020 to 2 May 2020\nSeller: Ana\n\nname,city\n",
        "Subject;From: x;To\n",
        "Content-Type\ntext/plain\n",
        "name: Ana\nfrom: ana@mail.example\ncity: Lyon\n",
        "",
    ];
    for text in texts {
        assert!(!detect(text.as_bytes()), "{text}");
    }
}

#[test]
fn messages_inside_messages_are_bounded() {
    let text = format!("Subject: deep\nMIME-Version: 1.0\n{}end", "Content-Type: message/rfc822\n\n".repeat(200_000));
    let staged = stage(text.as_bytes());
    assert_eq!(row(&staged, 0)[0], ("Subject", "deep"));
}

proptest! {
    #[test]
    fn no_bytes_stop_a_reading(bytes in prop::collection::vec(any::<u8>(), 0..300), head in "(From -\n)?(Subject: x\n|Content-Type: (multipart/mixed; boundary=a|message/rfc822|text/html)\n|Content-Transfer-Encoding: (base64|quoted-printable)\n|\n|--a\n){0,12}") {
        let bytes = [head.as_bytes(), &bytes].concat();
        prop_assert!(read(&bytes, blob_id(b"")).is_ok());
    }
}
