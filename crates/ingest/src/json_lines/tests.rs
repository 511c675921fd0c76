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
    let twice = b"{\"a\":\"x\",\"a\":\"y\"}\n{\"a\":1}\n";
    assert_eq!(read(twice, blob_id(twice)).expect("JSON Lines").column(0), ["x ::: y", "1"]);
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
