//! Archives made of what the fuzzer changes, so that it changes members and not their check sums.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Stands before each member; its name ends with the line.
const MARK: &[u8] = b"\n\0\0member ";

/// A ZIP archive of the members that an input lists.
pub fn zip_of(input: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for member in split(input) {
        let end = member.iter().position(|byte| *byte == b'\n').unwrap_or(member.len());
        let name = String::from_utf8_lossy(&member[..end]);
        // A name that stands twice is none that the writer takes.
        if archive.start_file(name, options).is_ok() {
            archive.write_all(member.get(end + 1..).unwrap_or_default()).expect("in memory");
        }
    }
    archive.finish().expect("in memory").into_inner()
}

fn split(input: &[u8]) -> Vec<&[u8]> {
    let mut starts: Vec<usize> =
        input.windows(MARK.len()).enumerate().filter(|(_, bytes)| *bytes == MARK).map(|(at, _)| at).collect();
    starts.push(input.len());
    starts.windows(2).map(|two| &input[two[0] + MARK.len()..two[1].max(two[0] + MARK.len())]).collect()
}
