#![no_main]

use std::io::Write;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use libfuzzer_sys::fuzz_target;
use velocity_fuzz::{check, read};
use velocity_ingest::Staged;

fuzz_target!(|bytes: &[u8]| check(|| {
    let plain = read(bytes);
    for packed in [gzip(bytes), zlib(bytes), zstd(bytes), zip(bytes), tar(bytes)] {
        let unpacked = read(&packed);
        assert_eq!(unpacked.len(), plain.len(), "packing changes no table");
        for (plain, unpacked) in plain.iter().zip(&unpacked) {
            assert_eq!(without_packing(plain), without_packing(unpacked));
            assert!(plain.frame.equals_missing(&unpacked.frame), "nor a cell, nor its place");
        }
    }
}));

/// What is known of a table, but for the file and what it is packed in.
fn without_packing(staged: &Staged) -> velocity_model::StagedTable {
    let mut table = staged.table.clone();
    (table.blob, table.name) = (velocity_model::blob_id(b""), None);
    table.detected.retain(|finding| finding.of != "container");
    table.issues.retain(|issue| issue.code != "read.member_refused");
    table
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("in memory")
}

fn zip(bytes: &[u8]) -> Vec<u8> {
    velocity_fuzz::zip_of(&[b"\n\0\0member table.csv\n", bytes].concat())
}

fn tar(bytes: &[u8]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_size(bytes.len() as u64);
    header.set_cksum();
    archive.append_data(&mut header, "table.csv", bytes).expect("in memory");
    archive.into_inner().expect("in memory")
}
