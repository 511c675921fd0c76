//! What fuzz targets look at below [`crate::read_tables`]; no part of the crate as it is used.

use velocity_model::blob_id;

use crate::read::{Lines, read_held};
use crate::split::{Dialect, Rows, cells};
use crate::text::Sizes;
use crate::{ReadError, Staged};

/// Reads bytes as delimited text, whatever they look like.
///
/// # Errors
/// They are no text.
pub fn read_whole(bytes: &[u8]) -> Result<Vec<Staged>, ReadError> {
    read_held(Lines::Delimited, bytes, blob_id(bytes), Sizes::USUAL)
}

/// The same, `block` bytes at once and in parts of `rows` rows, which must not change what comes out.
///
/// # Errors
/// They are no text.
pub fn read_in_parts(bytes: &[u8], block: usize, rows: usize) -> Result<Vec<Staged>, ReadError> {
    read_held(Lines::Delimited, bytes, blob_id(bytes), Sizes { block, rows, bytes: 16 * block as u64, cells: 1_000 })
}

/// The cells of every row of a text that is quoted as RFC 4180 has it.
pub fn split(text: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
    let dialect = Dialect::plain(delimiter);
    let row = |span: std::ops::Range<usize>| {
        let mut found = Vec::new();
        cells(&text[span.clone()], dialect, true, |cell| found.push(cell.bytes(&text[span.clone()]).to_vec()));
        found
    };
    Rows::new(text, 0, dialect).map(|found| row(found.span)).collect()
}
