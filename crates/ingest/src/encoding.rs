//! Which encoding a text has, decided over the whole file: byte order mark, then the NUL pattern of UTF-16 and UTF-32, then
//! strict UTF-8, and only then a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use velocity_model::{Finding, Issue, Severity};

use crate::ReadError;
use crate::dialect::finding;
use crate::frame::note;
use crate::source::Source;

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

    /// What to tell if it is a guess.
    pub(crate) fn issue(&self) -> Option<Issue> {
        let name = self.name();
        let message = format!("the encoding is not stated and was guessed as {name}; look at names with accents");
        self.guessed.then(|| note(Severity::Note, "read.encoding_guessed", message))
    }

    /// A decoder of the text, if its encoding is no superset of ASCII, and the stored bytes that a character takes.
    pub(crate) fn wide(&self) -> Option<(WideDecoder, StoredLen)> {
        match self.utf32 {
            Some(big) => Some((WideDecoder::Utf32 { big, begun: Vec::new() }, |_| 4)),
            None if self.encoding == UTF_16LE || self.encoding == UTF_16BE => {
                let decoder = self.encoding.new_decoder_without_bom_handling();
                Some((WideDecoder::Utf16(Box::new(decoder)), |c| 2 * c.len_utf16() as u64))
            }
            None => None,
        }
    }

    /// The text, if its encoding is no superset of ASCII, and the stored bytes that a character takes.
    pub(crate) fn decode_wide(&self, bytes: &[u8]) -> Option<(String, StoredLen)> {
        let (mut decoder, bytes_of) = self.wide()?;
        let mut text = String::new();
        decoder.decode(bytes.get(self.start..)?, &mut text);
        Some((text, bytes_of))
    }
}

/// Decodes a text piece by piece; damage becomes U+FFFD. Less than a character at the end is none: a line end of one byte, as
/// tools append it, would be a row of its own, and stand beyond the end of the file.
pub(crate) enum WideDecoder {
    Utf16(Box<Decoder>),
    /// With the first bytes of a character whose last ones stand in the next piece.
    Utf32 {
        big: bool,
        begun: Vec<u8>,
    },
}

impl WideDecoder {
    /// Appends what a piece holds.
    pub(crate) fn decode(&mut self, piece: &[u8], into: &mut String) {
        match self {
            Self::Utf16(decoder) => {
                // It writes no more than there is room for.
                into.reserve(decoder.max_utf8_buffer_length(piece.len()).unwrap_or_default());
                let _ = decoder.decode_to_string(piece, into, false);
            }
            Self::Utf32 { big, begun } => {
                begun.extend_from_slice(piece);
                let unit = |four: &[u8]| match four {
                    [a, b, c, d] if *big => u32::from_be_bytes([*a, *b, *c, *d]),
                    [a, b, c, d] => u32::from_le_bytes([*a, *b, *c, *d]),
                    _ => u32::MAX,
                };
                let whole = begun.len() / 4 * 4;
                let chars = begun[..whole].chunks_exact(4);
                into.extend(chars.map(|four| char::from_u32(unit(four)).unwrap_or(char::REPLACEMENT_CHARACTER)));
                begun.drain(..whole);
            }
        }
    }
}

pub(crate) fn detect(bytes: &[u8]) -> Result<Detected, ReadError> {
    detect_in(Source::Bytes(bytes))
}

/// The encoding of what has to be Unicode, as JSON has: what its mark or its NULs say, else UTF-8.
pub(crate) fn detect_unicode(bytes: &[u8]) -> Detected {
    let found = detect(&bytes[..bytes.len().min(HEAD)]).ok();
    found.filter(|found| found.encoding == UTF_8 || found.wide().is_some()).unwrap_or(Detected::UTF_8)
}

/// Why it is that where a mark says so.
const STATED: &str = "a byte order mark states it";

/// Looks at the whole text: once if it is UTF-8, and twice if it is not.
pub(crate) fn detect_in(source: Source<'_>) -> Result<Detected, ReadError> {
    let found = |encoding, start, why| Detected { encoding, utf32: None, start, guessed: false, why };
    let head = source.head(HEAD)?;
    // The little-endian mark of UTF-32 begins with that of UTF-16, and a UTF-16 text does not begin with a NUL character.
    match *head {
        [0, 0, 0xfe, 0xff, ..] => return Ok(Detected { utf32: Some(true), ..found(UTF_8, 4, STATED) }),
        [0xff, 0xfe, 0, 0, ..] => return Ok(Detected { utf32: Some(false), ..found(UTF_8, 4, STATED) }),
        _ => {}
    }
    if let Some((encoding, start)) = Encoding::for_bom(&head) {
        return Ok(found(encoding, start, STATED));
    }
    if let Some(big) = utf32_without_mark(&head) {
        let why = "of every four bytes two or more are NUL";
        return Ok(Detected { utf32: Some(big), guessed: true, ..found(UTF_8, 0, why) });
    }
    if let Some(encoding) = utf16_without_mark(&head) {
        return Ok(Detected { guessed: true, ..found(encoding, 0, "every other byte is NUL") });
    }
    if is_binary(&head) {
        return Err(ReadError::Binary("binary data"));
    }
    let mut text = Utf8Check::default();
    source.blocks(|block| {
        text.look(block);
        !text.is_damaged
    })?;
    if text.is_whole() {
        return Ok(Detected::UTF_8);
    }
    let mut lines = Utf8Lines::default();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    source.blocks(|block| {
        lines.look(block);
        detector.feed(block, false);
        true
    })?;
    detector.feed(&[], true);
    if lines.are_nearly_all_valid() {
        return Ok(Detected::UTF_8);
    }
    let encoding = detector.guess(None, Utf8Detection::Deny);
    Ok(Detected { guessed: true, ..found(encoding, 0, "its letters are likeliest in it") })
}

/// Whether a text that is seen in pieces is UTF-8.
#[derive(Default)]
struct Utf8Check {
    /// The first bytes of a character whose last ones stand in the next piece.
    begun: Vec<u8>,
    is_damaged: bool,
}

impl Utf8Check {
    fn look(&mut self, mut piece: &[u8]) {
        while let (false, false, Some((first, rest))) = (self.is_damaged, self.begun.is_empty(), piece.split_first()) {
            self.begun.push(*first);
            piece = rest;
            match std::str::from_utf8(&self.begun) {
                Ok(_) => self.begun.clear(),
                Err(error) => self.is_damaged = error.error_len().is_some(),
            }
        }
        if let (false, Err(error)) = (self.is_damaged, std::str::from_utf8(piece)) {
            self.is_damaged = error.error_len().is_some();
            // At most three bytes of a character that is not damaged.
            self.begun.extend(piece[error.valid_up_to()..].iter().take(3));
        }
    }

    /// Whether all that was seen is valid and nothing is begun.
    fn is_whole(&self) -> bool {
        !self.is_damaged && self.begun.is_empty()
    }
}

/// Counts lines beyond ASCII. A UTF-8 file with a few damaged rows is one in which most of them are valid, so that the damage is
/// the row's and not the file's. A legacy single-byte text almost never has a valid line beyond ASCII.
#[derive(Default)]
struct Utf8Lines {
    line: Utf8Check,
    is_beyond_ascii: bool,
    valid: u64,
    damaged: u64,
}

impl Utf8Lines {
    fn look(&mut self, block: &[u8]) {
        for (number, piece) in block.split(|byte| *byte == b'\n').enumerate() {
            if number > 0 {
                self.end_line();
            }
            if self.is_beyond_ascii || !piece.is_ascii() {
                self.is_beyond_ascii = true;
                self.line.look(piece);
            }
        }
    }

    fn end_line(&mut self) {
        if std::mem::take(&mut self.is_beyond_ascii) {
            if self.line.is_whole() {
                self.valid += 1
            } else {
                self.damaged += 1
            }
            self.line = Utf8Check::default();
        }
    }

    fn are_nearly_all_valid(&mut self) -> bool {
        self.end_line();
        self.valid > 4 * self.damaged
    }
}

/// UTF-32 by its NULs, big-endian or not.
fn utf32_without_mark(head: &[u8]) -> Option<bool> {
    let fours = head.len() / 4;
    let nul = |side: usize| head.chunks_exact(4).filter(|four| four[side] == 0).count() * 10 >= fours * 9;
    match (fours >= 2, nul(0), nul(1), nul(2), nul(3)) {
        (true, true, true, _, false) => Some(true),
        (true, false, _, true, true) => Some(false),
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

#[cfg(test)]
mod tests;
