use proptest::prelude::*;
use velocity_model::blob_id;

use super::*;
use crate::frame::{Place, Staged};
use crate::property_table::PropertyTable;
use crate::read::{Lines, read_held};
use crate::split::Rows;

fn read(bytes: &[u8], sizes: Sizes) -> Staged {
    read_held(Lines::Json, bytes, blob_id(bytes), sizes).expect("JSON Lines").swap_remove(0)
}

#[test]
fn objects_become_rows_and_bad_lines_are_set_aside() {
    let text = br#"{"id":1,"contact":{"email":"ana@mail.example"},"tags":["a","b"]}
{"id":2,"amount":12.50,
{"id":3,"note":"late key"}
"#;
    let staged = read(text, Sizes::USUAL);
    assert_eq!(staged.table.headers, ["id", "contact.email", "tags", "note"]);
    assert_eq!(staged.table.rows, 2);
    let quarantined = &staged.table.quarantined;
    assert_eq!((quarantined.len(), quarantined[0].row, quarantined[0].code.as_str()), (1, 2, "read.bad_json"));
    let twice = b"{\"a\":\"x\",\"a\":\"y\"}\n{\"a\":1}\n";
    assert_eq!(read(twice, Sizes::USUAL).column(0), ["x ::: y", "1"]);
    let tags = staged.frame.column("c2").expect("there").str().expect("text");
    assert_eq!(tags.get(0), Some("[\"a\",\"b\"]"));
}

#[test]
fn one_document_is_not_lines_of_objects() {
    for (text, expected) in [
        ("{\"a\":1}\n{\"a\":2}\n", true),
        ("{\"a\":1}\n", false),
        ("[{\"a\":1}]", false),
        ("{\n \"a\": 1\n}", false),
        ("a,b\n{1},2\n", false),
    ] {
        assert_eq!(detect(text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn a_line_that_no_window_holds_costs_itself() {
    const SIZE: usize = 17 * 1024 * 1024;
    let long = format!("{{\"id\":1}}\n{{\"id\":\"{}\"}}\n{{\"id\":3}}\n", "x".repeat(SIZE));
    let staged = read(long.as_bytes(), Sizes::USUAL);
    let aside = &staged.table.quarantined[0];
    assert_eq!(staged.column(0), ["1", "3"]);
    assert_eq!((aside.row, aside.len, aside.code.as_str()), (2, SIZE as u64 + 9, "read.cell_too_large"));
}

/// The rows one after the other, in memory.
fn in_one_go(bytes: &[u8]) -> Staged {
    let found = encoding::detect(bytes).expect("text");
    let mut table = PropertyTable::default();
    for line in Rows::new(bytes, found.start, Dialect::LINES) {
        let text = &bytes[line.span.clone()];
        let place = Place { row: line.line, offset: line.span.start as u64, len: text.len() as u64 };
        match serde_json::from_slice::<Object<'_>>(text) {
            Ok(Object(keys)) => {
                let mut cells = Vec::new();
                keys.into_iter()
                    .for_each(|(key, value)| flatten(&key, value, &mut |key, value| cells.push((key, value))));
                table.push(place, cells);
            }
            Err(_) if text.trim_ascii().is_empty() => {}
            Err(error) => {
                let message = format!("the line is no JSON object (column {})", error.column());
                table.set_aside(place, "read.bad_json", message, String::from_utf8_lossy(text).into_owned());
            }
        }
    }
    let mut staged = table.finish(blob_id(bytes), TableFormat::JsonLines, &found);
    staged.table.quarantined.sort_by_key(|row| row.row);
    staged
}

/// Lines in which keys come late, stand twice, lie within each other or are many, and some that are no objects.
fn odd_lines() -> impl Strategy<Value = Vec<u8>> {
    let value = prop_oneof![
        Just("null".to_owned()),
        "-?[1-9][0-9]{0,20}(\\.[0-9]{1,3})?",
        "\"[a-zé𝒜 ]{0,4}(\\\\n|\\\\u0000)?\"",
        "\\[[0-9](,\"[a-z]\")?\\]",
        "\\{\"[ab]\":[0-9](,\"c\":\\{\"d\":true\\})?\\}",
        Just("{}".to_owned()),
    ];
    let object = proptest::collection::vec(("[a-d]{1,2}", value), 0..5).prop_map(|cells| {
        let cells: Vec<String> = cells.into_iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
        format!("{{{}}}", cells.join(","))
    });
    let many = Just((0..1_100).map(|key| format!("\"k{key}\":{key}")).collect::<Vec<_>>());
    let line = prop_oneof![
        12 => object.prop_map(String::into_bytes),
        1 => many.prop_map(|cells| format!("{{{}}}", cells.join(",")).into_bytes()),
        1 => "[ \t]{0,2}".prop_map(String::into_bytes),
        1 => "[\\[{\"a:1]{1,6}".prop_map(String::into_bytes),
        1 => Just(b"{\"a\":\"\xff\"}".to_vec()),
    ];
    let end = prop::sample::select(vec![&b"\n"[..], b"\r\n"]);
    (proptest::collection::vec(line, 1..30), end).prop_map(|(lines, end)| lines.join(end))
}

proptest! {
    #[test]
    fn lines_read_the_same_in_parts_of_any_size(
        lines in odd_lines(), has_mark: bool, block in 1_usize..60, rows in 1_usize..5, bytes in 1_u64..200,
    ) {
        let mark = if has_mark { &b"\xef\xbb\xbf"[..] } else { b"" };
        let stored = [mark, b"{\"first\":1}\n", &lines].concat();
        let expected = in_one_go(&stored);
        for sizes in [Sizes::USUAL, Sizes { block, rows, bytes, cells: 1_000 }] {
            let mut staged = read(&stored, sizes);
            prop_assert_eq!(staged.table.detected.pop().map(|finding| finding.found), Some("keys".to_owned()));
            prop_assert_eq!(&staged.table, &expected.table);
            prop_assert!(staged.frame.equals_missing(&expected.frame));
        }
    }
}
