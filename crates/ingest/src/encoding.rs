//! Which encoding a text has, decided over the whole file: byte order mark, then the NUL pattern of UTF-16 and UTF-32, then
//! strict UTF-8, and only then a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use velocity_model::Finding;

use crate::ReadError;
use crate::dialect::finding;

/// A text's encoding and where its first character stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Detected {
    pub(crate) encoding: &'static Encoding,
    /// UTF-32, which the web does not know and so neither does the crate that decodes the rest; big-endian or not.
    pub(crate) utf32: Option<bool>,
    /// Length of the byte order mark.
    pub(crate) start: usize,
    /// Whether it is a guess rather than a proof.
    pub(crate) guessed: bool,
    /// Why it is that.
    pub(crate) why: &'static str,
}

/// The stored bytes that a character takes.
pub(crate) type StoredLen = fn(char) -> u64;

/// Bytes looked at for the NUL pattern.
const HEAD: usize = 64 * 1024;

impl Detected {
    /// Plain UTF-8.
    pub(crate) const UTF_8: Self =
        Self { encoding: UTF_8, utf32: None, start: 0, guessed: false, why: "its bytes are valid" };

    /// Its label.
    pub(crate) fn name(&self) -> &'static str {
        match self.utf32 {
            Some(true) => "UTF-32BE",
            Some(false) => "UTF-32LE",
            None => self.encoding.name(),
        }
    }

    /// It as a finding.
    pub(crate) fn finding(&self) -> Finding {
        finding("encoding", self.name().to_owned(), self.why.to_owned())
    }

    /// The text, if its encoding is no superset of ASCII, and bytes of a character in it.
    pub(crate) fn decode_wide(&self, bytes: &[u8]) -> Option<(String, StoredLen)> {
        let text = bytes.get(self.start..)?;
        match self.utf32 {
            Some(big) => {
                let unit = |four: &[u8]| match four {
                    [a, b, c, d] if big => u32::from_be_bytes([*a, *b, *c, *d]),
                    [a, b, c, d] => u32::from_le_bytes([*a, *b, *c, *d]),
                    _ => u32::MAX,
                };
                let chars =
                    text.chunks(4).map(|four| char::from_u32(unit(four)).unwrap_or(char::REPLACEMENT_CHARACTER));
                Some((chars.collect(), |_| 4))
            }
            None if self.encoding == UTF_16LE || self.encoding == UTF_16BE => {
                let text = self.encoding.decode_without_bom_handling(text).0.into_owned();
                Some((text, |c| 2 * c.len_utf16() as u64))
            }
            None => None,
        }
    }
}

pub(crate) fn detect(bytes: &[u8]) -> Result<Detected, ReadError> {
    let found = |encoding, start, why| Detected { encoding, utf32: None, start, guessed: false, why };
    let head = &bytes[..bytes.len().min(HEAD)];
    if let Some((big, start)) = utf32(head) {
        let why = if start > 0 { "a byte order mark states it" } else { "of every four bytes two or more are NUL" };
        return Ok(Detected { utf32: Some(big), guessed: start == 0, ..found(UTF_8, start, why) });
    }
    if let Some((encoding, start)) = Encoding::for_bom(bytes) {
        return Ok(found(encoding, start, "a byte order mark states it"));
    }
    if let Some(encoding) = utf16_without_mark(head) {
        return Ok(Detected { guessed: true, ..found(encoding, 0, "every other byte is NUL") });
    }
    if is_binary(head) {
        return Err(ReadError::Binary("binary data"));
    }
    if std::str::from_utf8(bytes).is_ok() || is_nearly_utf8(bytes) {
        return Ok(Detected::UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    Ok(Detected { guessed: true, ..found(encoding, 0, "its letters are likeliest in it") })
}

/// UTF-32, by its mark or by its NULs, big-endian or not, and the length of the mark. The little-endian mark begins with that of
/// UTF-16, so this is asked first; a UTF-16 text does not begin with a NUL character.
fn utf32(head: &[u8]) -> Option<(bool, usize)> {
    match head {
        [0, 0, 0xfe, 0xff, ..] => return Some((true, 4)),
        [0xff, 0xfe, 0, 0, ..] => return Some((false, 4)),
        _ => {}
    }
    let fours = head.len() / 4;
    let nul = |side: usize| head.chunks_exact(4).filter(|four| four[side] == 0).count() * 10 >= fours * 9;
    match (fours >= 2, nul(0), nul(1), nul(2), nul(3)) {
        (true, true, true, _, false) => Some((true, 0)),
        (true, false, _, true, true) => Some((false, 0)),
        _ => None,
    }
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
