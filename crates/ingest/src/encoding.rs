//! Which encoding a text has, decided over the whole file: byte order mark, then the NUL pattern of UTF-16, then strict
//! UTF-8, and only then a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::ReadError;

/// A text's encoding and where its first character stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Detected {
    pub(crate) encoding: &'static Encoding,
    /// Length of the byte order mark.
    pub(crate) start: usize,
    /// Whether it is a guess rather than a proof.
    pub(crate) guessed: bool,
}

/// Bytes looked at for the NUL pattern.
const HEAD: usize = 64 * 1024;

pub(crate) fn detect(bytes: &[u8]) -> Result<Detected, ReadError> {
    if let Some((encoding, start)) = Encoding::for_bom(bytes) {
        return Ok(Detected { encoding, start, guessed: false });
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    if let Some(encoding) = utf16_without_mark(head) {
        return Ok(Detected { encoding, start: 0, guessed: true });
    }
    if is_binary(head) {
        return Err(ReadError::Binary("binary data"));
    }
    if std::str::from_utf8(bytes).is_ok() || is_nearly_utf8(bytes) {
        return Ok(Detected { encoding: UTF_8, start: 0, guessed: false });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(Detected { encoding: detector.guess(None, Utf8Detection::Deny), start: 0, guessed: true })
}

/// Latin text in UTF-16 has a NUL in most pairs, always on the same side.
fn utf16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    if pairs < 2 {
        return None;
    }
    let nul = |side: usize| head.chunks_exact(2).filter(|pair| pair[side] == 0).count();
    let (first, second) = (nul(0), nul(1));
    let is_most = |count: usize| count * 10 >= pairs * 7;
    match (is_most(first), is_most(second)) {
        (false, true) if first * 20 < pairs => Some(UTF_16LE),
        (true, false) if second * 20 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Text has few control characters; a stray NUL in a row is set aside with the row.
fn is_binary(head: &[u8]) -> bool {
    let is_control = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b);
    head.iter().filter(is_control).count() * 10 > head.len()
}

/// A UTF-8 file with a few damaged rows: most lines beyond ASCII are valid, so that the damage is the row's and not the
/// file's. A legacy single-byte text almost never has a valid line beyond ASCII.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let beyond_ascii = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii());
    let (mut valid, mut damaged) = (0_u64, 0_u64);
    for line in beyond_ascii {
        if std::str::from_utf8(line).is_ok() { valid += 1 } else { damaged += 1 }
    }
    valid > 4 * damaged
}

#[cfg(test)]
mod tests;
