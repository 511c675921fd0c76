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

#[test]
fn json_is_known_in_every_encoding_of_unicode_and_its_places_are_those_of_the_stored_bytes() {
    type Stored = fn(&str) -> Vec<u8>;
    let encodings: [(&str, Stored); 5] = [
        ("UTF-8", |text| text.as_bytes().to_vec()),
        ("UTF-16LE", |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16BE", |text| text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("UTF-32LE", |text| text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect()),
        ("UTF-32BE", |text| text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect()),
    ];
    let rows = ["{\"name\": \"Zoë 😀\", \"id\": 1.50}", "{\"name\": \"Bo\", \"id\": 2}"];
    let document = format!(" {{\"made\": 1, \"people\": [{}]}}\n", rows.join(",\n"));
    for (text, format) in [(document, TableFormat::Json), (rows.join("\n"), TableFormat::JsonLines)] {
        for (name, stored) in encodings {
            for mark in ["\u{feff}", ""] {
                let bytes = stored(&format!("{mark}{text}"));
                let staged = read_tables(&bytes, blob_id(&bytes), "").expect("tables").swap_remove(0);
                let context = format!("{format:?} {name} {mark:?}");
                assert_eq!((staged.table.format, staged.table.encoding.as_str()), (format, name), "{context}");
                assert_eq!(
                    (staged.column(0), staged.column(1)),
                    (vec!["Zoë 😀", "Bo"], vec!["1.50", "2"]),
                    "{context}"
                );
                let of = |column: &str| -> Vec<usize> {
                    let column = staged.frame.column(column).expect("there").u64().expect("numbers");
                    column.iter().flatten().map(|number| number as usize).collect()
                };
                let spans =
                    of("_offset").into_iter().zip(of("_len")).map(|(start, len)| bytes[start..start + len].to_vec());
                assert_eq!(spans.collect::<Vec<_>>(), rows.map(stored), "{context}");
                assert_eq!(of("_row"), [1, 2], "{context}");
            }
        }
    }
}
