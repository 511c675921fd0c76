use velocity_model::blob_id;

use super::*;

fn tables(text: &str) -> Vec<Staged> {
    read(text.as_bytes(), blob_id(text.as_bytes())).expect("JSON")
}

#[test]
fn a_list_of_objects_is_a_table_and_numbers_stay_as_written() {
    let text = "[{\"id\": 12345678901234567890123, \"name\": {\"first\": \"Ana\"}, \"tags\": [1, 2]},\n {\"id\": 1.50, \"vip\": true, \"name\": null}]";
    let found = tables(text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].table.headers, ["id", "name.first", "tags", "vip", "name"]);
    assert_eq!(found[0].column(0), ["12345678901234567890123", "1.50"]);
    assert_eq!((found[0].column(1), found[0].column(2)), (vec!["Ana", ""], vec!["[1, 2]", ""]));
    let place = |name: &str| -> Vec<u64> {
        found[0].frame.column(name).expect("there").u64().expect("numbers").iter().flatten().collect()
    };
    assert_eq!(place("_row"), [1, 2]);
    let (start, len) = (place("_offset")[1] as usize, place("_len")[1] as usize);
    assert_eq!(&text[start..start + len], "{\"id\": 1.50, \"vip\": true, \"name\": null}");
}

#[test]
fn lists_in_an_object_are_tables_by_their_key() {
    let found = tables("{\"exported\": \"2026-01-02\", \"people\": [{\"a\": 1}, {\"a\": 2}], \"deals\": [[\"x\", 2]]}");
    let heads: Vec<_> = found.iter().map(|staged| (staged.table.name.as_deref(), staged.table.rows)).collect();
    assert_eq!(heads, [(Some("people"), 2), (Some("deals"), 1), (None, 1)]);
    assert_eq!(found[1].table.headers, ["", ""]);
    assert_eq!(found[2].table.headers, ["exported"]);
}

#[test]
fn a_key_that_stands_twice_loses_nothing() {
    assert_eq!(tables("[{\"a\": \"x\", \"a\": \"y\"}]")[0].column(0), ["x ::: y"]);
}

#[test]
fn what_is_no_json_is_refused_with_its_place() {
    for (text, line, column) in [("[1,\n 2", 2, 2), ("{\"a\": 01}", 1, 8), ("[\"\u{1}\"]", 1, 2)] {
        match read(text.as_bytes(), blob_id(b"")) {
            Err(ReadError::Json { line: found_line, column: found }) => {
                assert_eq!((found_line, found), (line, column), "{text}")
            }
            other => panic!("{text}: {other:?}"),
        }
    }
    assert!(matches!(read(b"[\"\xff\"]", blob_id(b"")), Err(ReadError::Json { line: 1, column: 3 })));
}

#[test]
fn deep_nesting_neither_panics_nor_hangs() {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
    for text in [deep("[", "]"), deep("{\"a\":", "}"), "[".repeat(100_000)] {
        let _ = read(text.as_bytes(), blob_id(b""));
    }
}
