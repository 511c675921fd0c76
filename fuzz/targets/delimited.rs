#![no_main]

use libfuzzer_sys::fuzz_target;
use velocity_fuzz::{check, same, sound};
use velocity_ingest::fuzzing::{read_in_parts, read_whole, split};
use velocity_model::blob_id;

fuzz_target!(|bytes: &[u8]| check(|| {
    let whole = read_whole(bytes).unwrap_or_default();
    sound(bytes, &whole);
    let chance = *blob_id(bytes).as_bytes();
    let (block, rows) = (1 + usize::from(chance[0] % 64), 1 + usize::from(chance[1] % 8));
    same(&whole, &read_in_parts(bytes, block, rows).unwrap_or_default());
    for staged in &whole {
        for delimiter in *b",;\t" {
            reads_back(&staged.raw().rows, delimiter);
        }
    }
}));

/// Writes rows as RFC 4180 has it, by another crate, and splits them again.
fn reads_back(rows: &[Vec<Option<String>>], delimiter: u8) {
    let text = |cell: &Option<String>| cell.clone().unwrap_or_default().into_bytes();
    let rows: Vec<Vec<Vec<u8>>> = rows.iter().map(|row| row.iter().map(text).collect()).collect();
    let mut writer = csv::WriterBuilder::new().flexible(true).delimiter(delimiter).from_writer(Vec::new());
    for row in rows.iter().filter(|row| !row.is_empty()) {
        writer.write_record(row).expect("in memory");
    }
    let written = writer.into_inner().expect("in memory");
    let rows: Vec<&Vec<Vec<u8>>> = rows.iter().filter(|row| !row.is_empty()).collect();
    assert_eq!(split(&written, delimiter).iter().collect::<Vec<_>>(), rows, "what is written is read");
}
