use super::*;

#[test]
fn rows_come_back_as_they_were_packed() {
    for text in ["", "x", "Łukasz 🦊\n\0", &"a cell of many bytes ".repeat(100_000)] {
        assert_eq!(unpack::<String>(&pack(&json(&text)).unwrap()).unwrap(), text);
    }
}

#[test]
fn the_words_of_a_row_cost_little() {
    let row = br#"{"id":"","kind":"person","members":[""],"title":"","fields":{"city":[{"value":"","winner":"","support":[""],"rule":"only_value"}]},"unresolved":{},"links":[],"unlinked":0}"#;
    let packed = pack(row).unwrap().len();
    assert!(packed * 2 < row.len(), "{packed} of {}", row.len());
}

#[test]
fn what_is_no_packed_row_is_told_and_not_believed() {
    let good = pack(&json(&"a row")).unwrap();
    for damaged in [
        &[][..],
        b"{}",
        &good[..good.len() - 1],
        &[0x28, 0xB5, 0x2F, 0xFD, 0xE0, 255, 255, 255, 255, 255, 255, 255, 255],
    ] {
        assert!(unpack::<String>(damaged).is_err(), "{damaged:?}");
    }
}
