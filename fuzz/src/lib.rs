//! What every reading must hold, whatever the bytes are. A target hands its input to one of these functions.

mod check;
mod compound;
mod members;

pub use check::{check, same, sound};
pub use compound::compound;
pub use members::zip_of;

use libfuzzer_sys::Corpus;
use velocity_ingest::{Staged, read_tables};
use velocity_model::{TableFormat, blob_id};

/// Reads a file that is not packed; it teaches the fuzzer only if it is of this format or refused.
pub fn read_as(format: TableFormat, bytes: &[u8]) -> Corpus {
    let tables = check(|| read(bytes));
    let is_other = tables.first().is_some_and(|first| first.table.format != format);
    if is_other { Corpus::Reject } else { Corpus::Keep }
}

/// Reads a file and checks what comes out; nothing if it is refused.
pub fn read(bytes: &[u8]) -> Vec<Staged> {
    let blob = blob_id(bytes);
    let tables = read_tables(bytes, blob, "").unwrap_or_default();
    sound(bytes, &tables);
    // Whatever has no order, such as a hash map, must not reach a result; one reading in four is made again to see that.
    if blob.as_bytes()[0].is_multiple_of(4) {
        same(&tables, &read_tables(bytes, blob, "").unwrap_or_default());
    }
    tables
}
