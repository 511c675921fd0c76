//! A stored text as bytes that are a superset of ASCII, with the way back to the places of the stored bytes.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_8};
use velocity_model::Issue;

use crate::encoding::{self, Detected, StoredLen};
use crate::frame::Place;

/// UTF-16 and UTF-32 are no supersets of ASCII: they are decoded first, and places are counted back character by character.
pub(crate) struct StoredText<'a> {
    pub(crate) bytes: Cow<'a, [u8]>,
    /// Where the first character stands in `bytes`.
    pub(crate) start: usize,
    /// Encoding of `bytes`.
    pub(crate) encoding: &'static Encoding,
    /// How the stored bytes were understood.
    pub(crate) found: Detected,
    /// For a text that was decoded first: the stored bytes of a character.
    bytes_of: Option<StoredLen>,
}

impl<'a> StoredText<'a> {
    pub(crate) fn new(bytes: &'a [u8], found: Detected) -> Self {
        match found.decode_wide(bytes) {
            Some((text, bytes_of)) => {
                let bytes = Cow::Owned(text.into_bytes());
                Self { bytes, start: 0, encoding: UTF_8, found, bytes_of: Some(bytes_of) }
            }
            None => {
                let (start, encoding) = (found.start, found.encoding);
                Self { bytes: Cow::Borrowed(bytes), start, encoding, found, bytes_of: None }
            }
        }
    }

    /// Where spans stand in the stored bytes.
    pub(crate) fn places(&self) -> Places<'_> {
        let start = self.found.start as u64;
        Places { bytes: &self.bytes, counted: self.bytes_of.map(|bytes_of| (0, start, bytes_of)) }
    }

    /// The beginning of a span as text, for a row that is set aside.
    pub(crate) fn raw(&self, span: &Range<usize>) -> String {
        let bytes = &self.bytes[span.start..span.end.min(span.start + 64 * 1024)];
        self.encoding.decode_without_bom_handling(bytes).0.into_owned()
    }

    /// What to tell if the encoding is a guess.
    pub(crate) fn issue(&self) -> Option<Issue> {
        self.found.issue()
    }
}

/// Counts places; for a text that was decoded first as (byte in the decoded text, byte in the stored text) up to which has been
/// counted, with the stored bytes of a character.
pub(crate) struct Places<'a> {
    bytes: &'a [u8],
    counted: Option<(usize, u64, StoredLen)>,
}

impl<'a> Places<'a> {
    /// Places of a text whose bytes are the stored ones.
    pub(crate) fn plain(bytes: &'a [u8]) -> Self {
        Self { bytes, counted: None }
    }

    /// Places of a text that was decoded, of which each character takes some stored bytes and the first stands at `start`.
    pub(crate) fn counting(bytes: &'a [u8], start: u64, bytes_of: StoredLen) -> Self {
        Self { bytes, counted: Some((0, start, bytes_of)) }
    }

    /// The place of a span in the stored bytes. Spans must be asked for in order.
    pub(crate) fn of(&mut self, row: u64, span: &Range<usize>) -> Place {
        let (offset, len) = match &mut self.counted {
            None => (span.start as u64, span.len() as u64),
            Some((decoded, stored, bytes_of)) => {
                let len = |utf8: &[u8]| String::from_utf8_lossy(utf8).chars().map(*bytes_of).sum::<u64>();
                *stored += len(&self.bytes[*decoded..span.start]);
                *decoded = span.start;
                (*stored, len(&self.bytes[span.clone()]))
            }
        };
        Place { row, offset, len }
    }
}

/// Bytes by which the kind of a text is known.
const HEAD: usize = 16 * 1024;

/// The first bytes of a text behind byte order mark and blanks, as a superset of ASCII: enough to know its kind by.
pub(crate) fn opening(bytes: &[u8]) -> Cow<'_, [u8]> {
    behind_mark(&bytes[..bytes.len().min(HEAD)])
}

/// A text behind byte order mark and blanks, as a superset of ASCII.
pub(crate) fn behind_mark(bytes: &[u8]) -> Cow<'_, [u8]> {
    match encoding::detect(&bytes[..bytes.len().min(HEAD)]) {
        Ok(found) => match found.decode_wide(bytes) {
            Some((text, _)) => Cow::Owned(text.trim_start().as_bytes().to_vec()),
            None => Cow::Borrowed(bytes[found.start..].trim_ascii_start()),
        },
        Err(_) => Cow::Borrowed(bytes.trim_ascii_start()),
    }
}
