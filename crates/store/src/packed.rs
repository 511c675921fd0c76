//! Rows as they are stored: JSON, compressed with what all of them have in common. A record with its provenance has two thousand
//! bytes as JSON and seven hundred packed; what a small import costs is mostly bytes read and written.

use std::cell::RefCell;
use std::io;
use std::sync::LazyLock;

use serde::Serialize;
use serde::de::DeserializeOwned;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::get_frame_content_size;

use crate::StoreError;

/// Words that stored rows share. Rows that were packed with it cannot be read without it, so it never changes.
const DICTIONARY: &[u8] = include_bytes!("packed/dictionary.txt");

/// The quickest level: others make rows no smaller.
const LEVEL: i32 = 1;

/// No row is larger; a damaged one may claim to be.
const LARGEST: u64 = 1 << 30;

static ENCODER: LazyLock<EncoderDictionary<'static>> = LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, LEVEL));
static DECODER: LazyLock<DecoderDictionary<'static>> = LazyLock::new(|| DecoderDictionary::copy(DICTIONARY));

thread_local! {
    // What a compressor works in is larger than many rows, so each thread keeps its own.
    static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Plain data as JSON; writing it to memory cannot fail.
pub(crate) fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// Packs the JSON of a row.
pub(crate) fn pack(json: &[u8]) -> Result<Vec<u8>, StoreError> {
    let packed = PACKER.with_borrow_mut(|packer| {
        let packer = match packer {
            Some(packer) => packer,
            empty => empty.insert(Compressor::with_prepared_dictionary(&ENCODER)?),
        };
        packer.compress(json)
    });
    packed.map_err(|source| StoreError::Pack { source })
}

/// Reads a row back.
pub(crate) fn unpack<T: DeserializeOwned>(packed: &[u8]) -> io::Result<T> {
    let damaged = || io::Error::new(io::ErrorKind::InvalidData, "not a packed row");
    let size = get_frame_content_size(packed).ok().flatten().filter(|size| *size <= LARGEST);
    let size = size.and_then(|size| usize::try_from(size).ok()).ok_or_else(damaged)?;
    let json = UNPACKER.with_borrow_mut(|unpacker| {
        let unpacker = match unpacker {
            Some(unpacker) => unpacker,
            empty => empty.insert(Decompressor::with_prepared_dictionary(&DECODER)?),
        };
        unpacker.decompress(packed, size)
    })?;
    Ok(serde_json::from_slice(&json)?)
}

#[cfg(test)]
mod tests;
