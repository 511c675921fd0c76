#![no_main]

use libfuzzer_sys::fuzz_target;
use velocity_fuzz::check;
use velocity_ingest::read_tables;
use velocity_mapping::{map, parse, recognise, suggest, to_toml};
use velocity_model::blob_id;

// A profile, a NUL byte, and a file to map by it.
fuzz_target!(|bytes: &[u8]| check(|| {
    let (text, file) = bytes.split_at(bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len()));
    let file = file.get(1..).unwrap_or_default();
    let parsed = parse(&String::from_utf8_lossy(text));
    let profile = match parsed {
        Ok(profile) => profile,
        Err(fault) => {
            let (line, column) = fault.position();
            assert!(line > 0 && column > 0, "a fault has a place");
            return;
        }
    };
    assert_eq!(parse(&to_toml(&profile)).as_ref(), Ok(&profile), "what is written is read");
    for staged in read_tables(file, blob_id(file), "").unwrap_or_default() {
        let profiles = [profile];
        recognise(&profiles, &staged.table);
        let [profile] = profiles;
        for profile in [&profile, &suggest(&staged.table, &staged.frame, "file", &[]).profile] {
            let mapped = map(profile, &staged.table, &staged.frame);
            assert_eq!(
                (mapped.rows.len() + mapped.quarantined.len()) as u64,
                staged.table.rows,
                "a row has one outcome"
            );
            assert_eq!(mapped, map(profile, &staged.table, &staged.frame), "a table states the same twice");
        }
        break;
    }
}));
