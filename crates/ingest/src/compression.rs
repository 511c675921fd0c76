//! Single compressed files.

use std::io::{self, Read};

use flate2::bufread::{GzDecoder, ZlibDecoder};
use lzma_rust2::{LzmaReader, XzReader};

use crate::ReadError;
use crate::allowance::Allowance;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    Gzip,
    Zlib,
    Bzip2,
    Xz,
    Lzma,
    Zstd,
}

/// Memory that a decoder of the LZMA family may take for its dictionary, in KiB: what the strongest setting of `xz` asks for,
/// several times over. The header states it and may ask for 4 GiB.
const DICTIONARY_KIB: u32 = 512 * 1024;

/// Bytes unpacked to find out whether a file without a telling magic is what it might be.
const PROBE: usize = 4096;

impl Compression {
    pub(crate) fn detect(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            // Three letters begin a text as well; the level and the mark of the first block (or of the end) do not.
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31 | 0x17, 0x41 | 0x72, ..] => Some(Self::Bzip2),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            // A frame, or one that is skipped, as parallel packers write it first.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            // "x^" may begin a text.
            [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => Self::Zlib.holds(bytes).then_some(Self::Zlib),
            _ if is_lzma_header(bytes) => Self::Lzma.holds(bytes).then_some(Self::Lzma),
            _ => None,
        }
    }

    /// Whether the file unpacks, as far as a short look tells.
    fn holds(self, bytes: &[u8]) -> bool {
        let mut probe = Vec::new();
        let read = self.reader(bytes).and_then(|reader| reader.take(PROBE as u64).read_to_end(&mut probe));
        // A file that is cut off is still of its kind, and is refused as that; but a short text may look like the beginning.
        let is_cut = |error: io::Error| {
            let head = &bytes[..bytes.len().min(PROBE)];
            error.kind() == io::ErrorKind::UnexpectedEof && head.iter().any(|byte| *byte >= 0x80)
        };
        let holds = read.map_or_else(is_cut, |_| true);
        holds && !probe.is_empty()
    }

    /// What a file of this kind is called in a refusal.
    pub(crate) const fn what(self) -> &'static str {
        match self {
            Self::Gzip => "compressed by gzip",
            Self::Zlib => "compressed by zlib",
            Self::Bzip2 => "compressed by bzip2",
            Self::Xz => "compressed by xz",
            Self::Lzma => "compressed by LZMA",
            Self::Zstd => "compressed by zstd",
        }
    }

    /// A reader of the content; of gzip it reads the first member.
    fn reader<'a>(self, bytes: &'a [u8]) -> io::Result<Box<dyn Read + 'a>> {
        Ok(match self {
            Self::Gzip => Box::new(GzDecoder::new(bytes)),
            Self::Zlib => Box::new(ZlibDecoder::new(bytes)),
            Self::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(bytes)),
            Self::Xz => Box::new(XzReader::new_mem_limit(bytes, true, DICTIONARY_KIB)),
            Self::Lzma => Box::new(LzmaReader::new_mem_limit(bytes, DICTIONARY_KIB, None)?),
            Self::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(bytes)?),
        })
    }

    /// The content, and the name of the file if it is stated.
    pub(crate) fn unpack(
        self,
        bytes: &[u8],
        allowance: &mut Allowance,
    ) -> Result<(Vec<u8>, Option<String>), ReadError> {
        if self == Self::Gzip {
            return gunzip(bytes, allowance);
        }
        let reader = self.reader(bytes).map_err(|error| damaged(self.what(), &error))?;
        let mut content = Vec::new();
        allowance.unpack(reader, bytes.len() as u64, self.what(), &mut content)?;
        Ok((content, None))
    }
}

/// LZMA alone has no magic: properties, a dictionary of 2ⁿ or 2ⁿ + 2ⁿ⁻¹ bytes, a length below 256 GiB or none, and then the first
/// byte of the coder, which is always 0. `xz` tells it by the same.
fn is_lzma_header(bytes: &[u8]) -> bool {
    let [properties, d0, d1, d2, d3, length @ .., 0] = bytes.get(..14).unwrap_or_default() else { return false };
    let dictionary = u32::from_le_bytes([*d0, *d1, *d2, *d3]);
    let highest = dictionary.checked_ilog2().map_or(0, |log| 1_u32 << log);
    let is_dictionary = dictionary >= 4096 && (dictionary == highest || dictionary == highest | highest >> 1);
    let is_length = length.iter().all(|byte| *byte == 0xff) || length[5..].iter().all(|byte| *byte == 0);
    *properties < 225 && is_length && (is_dictionary || dictionary == u32::MAX)
}

/// Every member of a gzip file, one behind the other. Zeros may fill up the end; anything else there could be data that was
/// lost, and is refused.
fn gunzip(bytes: &[u8], allowance: &mut Allowance) -> Result<(Vec<u8>, Option<String>), ReadError> {
    let what = Compression::Gzip.what();
    let mut content = Vec::new();
    let mut name = None;
    let mut rest = bytes;
    while rest.starts_with(b"\x1f\x8b") {
        let mut decoder = GzDecoder::new(rest);
        name = name.or_else(|| decoder.header().and_then(|header| header.filename()).map(file_name));
        allowance.unpack(&mut decoder, bytes.len() as u64, what, &mut content)?;
        rest = decoder.into_inner();
    }
    if rest.iter().any(|byte| *byte != 0) {
        let reason = "something else follows its end".to_owned();
        return Err(ReadError::Damaged { what, reason });
    }
    Ok((content, name.filter(|name| !name.is_empty())))
}

/// The name that gzip's header states, without folders. It is Latin-1 by RFC 1952 and UTF-8 in practice.
fn file_name(raw: &[u8]) -> String {
    let name =
        std::str::from_utf8(raw).map_or_else(|_| raw.iter().map(|byte| char::from(*byte)).collect(), str::to_owned);
    name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

/// A reader's error as a refusal.
pub(crate) fn damaged(what: &'static str, error: &io::Error) -> ReadError {
    let reason = match error.kind() {
        io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
        io::ErrorKind::OutOfMemory => return ReadError::Limit("more than memory holds".to_owned()),
        _ => error.to_string(),
    };
    ReadError::Damaged { what, reason }
}

#[cfg(test)]
mod tests;
