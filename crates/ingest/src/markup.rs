//! The text of XML and HTML as a parser takes it, with the way back to the encoding and the places of the stored bytes.
//!
//! A parser wants UTF-8. Where the stored bytes are none, each byte becomes the character of its number; so markup, which is ASCII,
//! is found at its place, a byte that is damaged costs its cell alone, and what stands between is decoded when it is needed.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_8, mem};
use quick_xml::escape::{resolve_html5_entity, resolve_predefined_entity};

use crate::ReadError;
use crate::encoding::{self, Detected};
use crate::frame::Place;
use crate::stored_text::Places;

/// Bytes in which an encoding must be declared.
const DECLARED_WITHIN: usize = 1024;

/// A text with markup.
pub(crate) struct Markup<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) found: Detected,
    /// The encoding of the bytes that the characters of `text` stand for, if it is not simply decoded.
    bytes_as_chars: Option<&'static Encoding>,
}

impl<'a> Markup<'a> {
    /// The encoding is what a byte order mark says, then what the document declares, then what the bytes tell.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let mut found = encoding::detect(bytes)?;
        if let Some((text, _)) = found.decode_wide(bytes) {
            return Ok(Self { text: Cow::Owned(text), found, bytes_as_chars: None });
        }
        if let Some(declared) = declared(bytes).filter(|_| found.start == 0) {
            found = Detected { encoding: declared, guessed: false, why: "the document declares it", ..found };
        }
        let behind = &bytes[found.start..];
        match std::str::from_utf8(behind) {
            Ok(text) if found.encoding == UTF_8 => Ok(Self { text: Cow::Borrowed(text), found, bytes_as_chars: None }),
            _ => {
                let text = Cow::Owned(mem::decode_latin1(behind).into_owned());
                Ok(Self { text, found, bytes_as_chars: Some(found.encoding) })
            }
        }
    }

    /// What a piece of the text says; damage becomes U+FFFD.
    pub(crate) fn piece<'p>(&self, piece: &'p str) -> Cow<'p, str> {
        match self.bytes_as_chars {
            Some(encoding) if !piece.is_ascii() => {
                let bytes = mem::encode_latin1_lossy(piece);
                Cow::Owned(encoding.decode_without_bom_handling(&bytes).0.into_owned())
            }
            _ => Cow::Borrowed(piece),
        }
    }

    /// Counts places of spans, which must be asked for in order.
    pub(crate) fn places(&self) -> MarkupPlaces<'_> {
        let bytes = self.text.as_bytes();
        let start = self.found.start as u64;
        let places = match (self.bytes_as_chars, self.found.wide()) {
            (Some(_), _) => Places::counting(bytes, start, |_| 1),
            (None, Some((_, bytes_of))) => Places::counting(bytes, start, bytes_of),
            (None, None) if start > 0 => Places::counting(bytes, start, |c| c.len_utf8() as u64),
            (None, None) => Places::plain(bytes),
        };
        MarkupPlaces { bytes, places, counted: 0, line: 1 }
    }

    /// Line and column of a byte of the text, from 1.
    pub(crate) fn line_and_column(&self, at: usize) -> (usize, usize) {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
        (1 + memchr::memchr_iter(b'\n', before).count(), 1 + before.len() - line_start)
    }
}

/// Whether decoding damaged a piece of the text.
pub(crate) fn is_damaged(said: &str, piece: &str) -> bool {
    said.contains(char::REPLACEMENT_CHARACTER) && !piece.contains(char::REPLACEMENT_CHARACTER)
}

/// The way from the text to the stored bytes, and lines counted along it.
pub(crate) struct MarkupPlaces<'a> {
    bytes: &'a [u8],
    places: Places<'a>,
    counted: usize,
    line: u64,
}

impl MarkupPlaces<'_> {
    /// The place of a span, by the line on which it begins.
    pub(crate) fn of(&mut self, span: &Range<usize>) -> Place {
        self.line += memchr::memchr_iter(b'\n', &self.bytes[self.counted..span.start]).count() as u64;
        self.counted = span.start;
        self.places.of(self.line, span)
    }
}

/// The encoding that `<?xml encoding="…"?>` or `<meta charset="…">` names, if its bytes are a superset of ASCII: one that is none
/// cannot be declared in ASCII.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]).to_ascii_lowercase();
    let behind = match head.trim_start().strip_prefix("<?xml") {
        Some(declaration) => declaration.split("?>").next()?.split_once("encoding")?.1,
        None => head.split_once("charset")?.1,
    };
    let label = behind.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end]).filter(|encoding| encoding.is_ascii_compatible())
}

/// The text of a reference such as `amp`, `#233` or `eacute`; `None` for entities that a document declares itself: these are
/// never expanded, because a short document may declare an endless text.
pub(crate) fn reference(name: &str) -> Option<Cow<'static, str>> {
    let number = match name.strip_prefix('#') {
        Some(hexadecimal) if hexadecimal.starts_with(['x', 'X']) => u32::from_str_radix(&hexadecimal[1..], 16).ok(),
        Some(decimal) => decimal.parse().ok(),
        None => {
            return resolve_predefined_entity(name).or_else(|| resolve_html5_entity(name)).map(Cow::Borrowed);
        }
    };
    let c = number.and_then(char::from_u32).filter(|c| *c != '\0')?;
    Some(Cow::Owned(c.to_string()))
}

/// A text with its references resolved, and how many of them nobody knows: these stay as they are written.
pub(crate) fn unescape(text: &str) -> (Cow<'_, str>, u64) {
    if !text.contains('&') {
        return (Cow::Borrowed(text), 0);
    }
    let (mut found, mut unknown) = (String::with_capacity(text.len()), 0);
    let mut pieces = text.split('&');
    found.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let name = piece.split_once(';').filter(|(name, _)| name.len() <= 40 && !name.contains([' ', '<', '\n']));
        match name.map(|(name, rest)| (reference(name), rest)) {
            Some((Some(text), rest)) => {
                found.push_str(&text);
                found.push_str(rest);
            }
            other => {
                unknown += u64::from(other.is_some());
                found.push('&');
                found.push_str(piece);
            }
        }
    }
    (Cow::Owned(found), unknown)
}
