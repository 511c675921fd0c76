//! The records of a workbook of Excel 5 to 2003 (MS-XLS §2.1.4).

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::record::value16;

pub(super) const FORMULA: u16 = 0x0006;
pub(super) const EOF: u16 = 0x000a;
pub(super) const BOUND_SHEET: u16 = 0x0085;
pub(super) const MUL_RK: u16 = 0x00bd;
pub(super) const BOF: u16 = 0x0809;

/// The stream of the workbook, which is no longer than the file.
pub(super) fn stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).ok()?;
    let stream = ["Workbook", "Book"].iter().find_map(|name| file.open_stream(name).ok())?;
    let mut content = Vec::new();
    stream.take(bytes.len() as u64).read_to_end(&mut content).ok()?;
    Some(content)
}

/// The records from a place on, with their kinds, as far as they are whole.
pub(super) fn records(stream: &[u8], start: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = start;
    std::iter::from_fn(move || {
        let (kind, len) = (value16(stream, at)?, value16(stream, at + 2)?);
        let record = stream.get(at + 4..)?.get(..usize::from(len))?;
        at += 4 + record.len();
        Some((kind, record))
    })
}
