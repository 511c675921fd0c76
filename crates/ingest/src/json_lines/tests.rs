use velocity_model::blob_id;

use super::*;

#[test]
fn objects_become_rows_and_bad_lines_are_set_aside() {
    let text = br#"{"id":1,"contact":{"email":"ana@mail.example"},"tags":["a","b"]}
{"id":2,"amount":12.50,
{"id":3,"note":"late key"}
"#;
    let staged = read(text, blob_id(text)).expect("JSON Lines");
    assert_eq!(staged.table.headers, ["id", "contact.email", "tags", "note"]);
    assert_eq!(staged.table.rows, 2);
    let quarantined = &staged.table.quarantined;
    assert_eq!((quarantined.len(), quarantined[0].row, quarantined[0].code.as_str()), (1, 2, "read.bad_json"));
    let tags = staged.frame.column("c2").expect("there").str().expect("text");
    assert_eq!(tags.get(0), Some("[\"a\",\"b\"]"));
}

#[test]
fn other_json_is_refused_and_other_text_is_not_json() {
    assert!(matches!(detect(b"[{\"a\":1}]"), Err(ReadError::JsonDocument)));
    assert!(matches!(detect(b"{\n \"a\": 1\n}"), Err(ReadError::JsonDocument)));
    assert!(matches!(detect(b"a,b\n{1},2\n"), Ok(false)));
}
