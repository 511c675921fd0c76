use velocity_model::blob_id;

use super::*;
use crate::read_tables;

/// Stages the bytes as a file, and reads the tables back.
fn staged(bytes: &[u8], name: &str) -> Vec<Staged> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (path, blob) = (dir.path().join(name), blob_id(bytes));
    fs::write(&path, bytes).expect("written");
    let tables = stage_tables(dir.path(), &path, blob, name).expect("written").expect("a table");
    let back = |table: &StagedTable| read_staged(dir.path(), blob, table.table).expect("read");
    let read: Vec<Staged> = tables.iter().map(back).collect();
    assert_eq!(read.iter().map(|staged| &staged.table).collect::<Vec<_>>(), tables.iter().collect::<Vec<_>>());
    read
}

/// That a file is staged as it is read when it is held.
fn check(bytes: &[u8], name: &str) {
    let read = read_tables(bytes, blob_id(bytes), name).expect("a table");
    for (staged, read) in staged(bytes, name).iter().zip(&read) {
        assert_eq!(staged.table, read.table, "{name}");
        assert!(staged.frame.equals_missing(&read.frame), "{name}");
    }
}

#[test]
fn a_staged_table_reads_back() {
    check(b"id,name\n1,Ana\n2,\n3\n", "people.csv");
    check(b"id,name\n", "empty.csv");
}

#[test]
fn a_file_that_is_not_held_is_staged_as_one_that_is() {
    let rows: String = (0..60_000).map(|row| format!("{row};Zoë {row};\"a;{row}\";x\r\n")).collect();
    let second = "\r\nid;day\r\n1;2026-01-02\r\n2;2026-01-03\r\n";
    let text = format!("id;name;note;kind\r\n{rows}7;\"open\r\n{rows}{second}");
    assert!(text.len() > read::HEAD);
    check(text.as_bytes(), "people.csv");
    check(text.as_bytes(), "people.xlsx");
    let (legacy, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    check(&legacy, "people.csv");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(&wide, "people.txt");
    let broken = [text.as_bytes(), b"8;caf\xe9;x;y\r\n9;N\0L;x;y\r\n"].concat();
    check(&broken, "people.csv");
}

#[test]
fn json_lines_that_are_not_held_are_staged_as_those_that_are() {
    let rows: String =
        (0..40_000).map(|row| format!("{{\"id\":{row},\"name\":{{\"first\":\"Zoë {row}\"}}}}\n")).collect();
    let text = format!("\u{feff}{rows}{{\"id\":\n\n{{\"late\":\"N\\u0000L\"}}\n{rows}{{\"late\":1.50}}");
    assert!(text.len() > read::HEAD);
    for name in ["people.jsonl", "people.json", "people"] {
        check(text.as_bytes(), name);
    }
    let staged = staged(text.as_bytes(), "people.jsonl").swap_remove(0);
    assert_eq!(staged.table.headers, ["id", "name.first", "late"]);
    assert_eq!((staged.table.rows, staged.table.quarantined.len()), (80_001, 2));
    assert_eq!(staged.column(2).last(), Some(&"1.50"));
}

#[test]
fn a_table_whose_cells_are_not_all_there_is_not_there() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (path, blob) = (dir.path().join("people.csv"), blob_id(b"people"));
    fs::write(&path, "id,name\n1,Ana\n").expect("written");
    stage_tables(dir.path(), &path, blob, "people.csv").expect("written").expect("a table");
    assert!(read_description(dir.path(), blob, 0).is_ok());
    let cells = staged_path(dir.path(), blob, 0);
    fs::write(&cells, &fs::read(&cells).expect("there")[..100]).expect("written");
    assert!(read_description(dir.path(), blob, 0).is_err());
}
