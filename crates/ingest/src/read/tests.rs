use std::io::Write;

use velocity_model::blob_id;

use super::*;

fn codes(bytes: &[u8], name: &str) -> Vec<String> {
    let tables = read_tables(bytes, blob_id(bytes), name).expect("a table");
    tables.into_iter().flat_map(|staged| staged.table.issues).map(|issue| issue.code).collect()
}

#[test]
fn a_name_that_promises_something_else_is_told_of() {
    let people = b"name,city\nAna,Oslo\nBo,Rome\n";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(people).expect("written");
    let packed = packed.finish().expect("a stream");
    for name in ["people.csv", "people", "people.2026.TXT", "people.dat"] {
        assert_eq!(codes(people, name), [""; 0], "{name}");
    }
    for name in ["people.xlsx", "people.parquet", "people.csv.gz", "people.zip"] {
        assert_eq!(codes(people, name), ["read.name_mismatch"], "{name}");
    }
    assert_eq!(codes(&packed, "people.csv.gz"), [""; 0]);
    assert_eq!(codes(&packed, "people.csv"), [""; 0]);
    assert_eq!(codes(&packed, "people.xlsx.gz"), ["read.name_mismatch"]);
}
