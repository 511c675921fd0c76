//! A stored text as bytes that are a superset of ASCII, with the way back to the places of the stored bytes.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use velocity_model::{Issue, Severity};

use crate::encoding::Detected;
use crate::frame::{Place, note};

/// UTF-16 is no superset of ASCII: it is decoded first, and places are counted back in code units.
pub(crate) struct StoredText<'a> {
    pub(crate) bytes: Cow<'a, [u8]>,
    /// Where the first character stands in `bytes`.
    pub(crate) start: usize,
    /// Encoding of `bytes`.
    pub(crate) encoding: &'static Encoding,
    /// Encoding of the stored bytes.
    pub(crate) stored: &'static Encoding,
    guessed: bool,
    /// For UTF-16: where the decoded text begins in the stored one.
    counted: Option<u64>,
}

impl<'a> StoredText<'a> {
    pub(crate) fn new(bytes: &'a [u8], found: Detected) -> Self {
        let Detected { encoding, start, guessed } = found;
        if encoding == UTF_16LE || encoding == UTF_16BE {
            let decoded = encoding.decode_without_bom_handling(&bytes[start..]).0.into_owned().into_bytes();
            let counted = Some(start as u64);
            let bytes = Cow::Owned(decoded);
            return Self { bytes, start: 0, encoding: UTF_8, stored: encoding, guessed, counted };
        }
        Self { bytes: Cow::Borrowed(bytes), start, encoding, stored: encoding, guessed, counted: None }
    }

    /// Where spans stand in the stored bytes.
    pub(crate) fn places(&self) -> Places<'_> {
        Places { bytes: &self.bytes, counted: self.counted.map(|stored| (0, stored)) }
    }

    /// The beginning of a span as text, for a row that is set aside.
    pub(crate) fn raw(&self, span: &Range<usize>) -> String {
        let bytes = &self.bytes[span.start..span.end.min(span.start + 64 * 1024)];
        self.encoding.decode_without_bom_handling(bytes).0.into_owned()
    }

    /// What to tell if the encoding is a guess.
    pub(crate) fn issue(&self) -> Option<Issue> {
        let name = self.stored.name();
        let message = format!("the encoding is not stated and was guessed as {name}; look at names with accents");
        self.guessed.then(|| note(Severity::Note, "read.encoding_guessed", message))
    }
}

/// Counts places; for UTF-16 as (byte in the decoded text, byte in the stored text) up to which has been counted.
pub(crate) struct Places<'a> {
    bytes: &'a [u8],
    counted: Option<(usize, u64)>,
}

impl Places<'_> {
    /// The place of a span in the stored bytes. Spans must be asked for in order.
    pub(crate) fn of(&mut self, row: u64, span: &Range<usize>) -> Place {
        let (offset, len) = match &mut self.counted {
            None => (span.start as u64, span.len() as u64),
            Some((decoded, stored)) => {
                *stored += utf16_len(&self.bytes[*decoded..span.start]);
                *decoded = span.start;
                (*stored, utf16_len(&self.bytes[span.clone()]))
            }
        };
        Place { row, offset, len }
    }
}

/// Bytes of a text in UTF-16.
fn utf16_len(utf8: &[u8]) -> u64 {
    String::from_utf8_lossy(utf8).chars().map(|c| 2 * c.len_utf16() as u64).sum()
}

/// The first bytes of a text behind byte order mark and blanks, as a superset of ASCII: enough to know its kind by.
pub(crate) fn opening(bytes: &[u8]) -> Cow<'_, [u8]> {
    let head = &bytes[..bytes.len().min(16 * 1024)];
    match crate::encoding::detect(head) {
        Ok(found) if found.encoding == UTF_16LE || found.encoding == UTF_16BE => {
            let text = found.encoding.decode_without_bom_handling(&head[found.start..]).0;
            Cow::Owned(text.trim_start().as_bytes().to_vec())
        }
        Ok(found) => Cow::Borrowed(head[found.start..].trim_ascii_start()),
        Err(_) => Cow::Borrowed(head.trim_ascii_start()),
    }
}
