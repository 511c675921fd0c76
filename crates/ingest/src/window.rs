//! What is held of a text while it is read: a window that slides over it.

use std::io;
use std::sync::Arc;

use crate::encoding::{Detected, StoredLen, WideDecoder};
use crate::source::Source;

/// A place in a text: counted in its bytes as a superset of ASCII, and in the stored ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextPlace {
    pub(crate) at: u64,
    pub(crate) stored: u64,
}

/// A part of a text, as bytes that are a superset of ASCII. UTF-16 and UTF-32 are none and are decoded as they come.
pub(crate) struct Window<'a> {
    source: Source<'a>,
    found: Detected,
    /// Bytes read at once.
    block: usize,
    /// What is held. Whoever needs it longer than the window keeps it.
    pub(crate) bytes: Arc<Vec<u8>>,
    /// Where it begins.
    pub(crate) start: TextPlace,
    /// Whether it ends where the text ends.
    pub(crate) is_last: bool,
    /// Where the stored bytes stand that are read next.
    next: u64,
    wide: Option<(WideDecoder, StoredLen)>,
}

impl<'a> Window<'a> {
    /// A window at the beginning of a text; nothing is held yet.
    pub(crate) fn new(source: Source<'a>, found: Detected, block: usize) -> Self {
        let wide = found.wide();
        let stored = found.start as u64;
        let start = TextPlace { at: if wide.is_some() { 0 } else { stored }, stored };
        Self { source, found, block, bytes: Arc::default(), start, is_last: false, next: stored, wide }
    }

    /// The stored bytes that a character takes, if the text is decoded before it is split.
    pub(crate) fn bytes_of(&self) -> Option<StoredLen> {
        self.wide.as_ref().map(|(_, bytes_of)| *bytes_of)
    }

    /// Where what is held ends.
    pub(crate) fn end(&self) -> u64 {
        self.start.at + self.bytes.len() as u64
    }

    /// The index in `bytes` of a place that is held.
    pub(crate) fn index(&self, at: u64) -> usize {
        usize::try_from(at.saturating_sub(self.start.at)).unwrap_or(usize::MAX).min(self.bytes.len())
    }

    /// A place that is held, in full.
    pub(crate) fn place(&self, at: u64) -> TextPlace {
        let stored = match &self.wide {
            None => at,
            Some((_, bytes_of)) => self.start.stored + stored_len(&self.bytes[..self.index(at)], *bytes_of),
        };
        TextPlace { at, stored }
    }

    /// Moves to a place, wherever it is.
    pub(crate) fn go(&mut self, to: TextPlace) {
        if !(self.start.at..=self.end()).contains(&to.at) {
            self.wide = self.found.wide();
            (self.bytes, self.start, self.is_last, self.next) = (Arc::default(), to, false, to.stored);
        }
    }

    /// Lets go of what stands before `from` and takes in more of what follows.
    pub(crate) fn slide(&mut self, from: u64) -> io::Result<()> {
        let start = self.place(from);
        let kept = &self.bytes[self.index(from)..];
        // Where much is kept, much is taken in: otherwise a long row would be copied again and again.
        let most = self.block.max(kept.len() / 2);
        let mut bytes = Vec::with_capacity(kept.len() + most);
        bytes.extend_from_slice(kept);
        let before = bytes.len();
        match &mut self.wide {
            None => {
                self.source.read(self.next, most, &mut bytes)?;
                let read = bytes.len() - before;
                self.is_last = read < most;
                self.next += read as u64;
            }
            Some((decoder, _)) => {
                let (mut stored, mut text) = (Vec::with_capacity(most), String::new());
                self.source.read(self.next, most, &mut stored)?;
                self.is_last = stored.len() < most;
                self.next += stored.len() as u64;
                decoder.decode(&stored, &mut text);
                bytes.extend_from_slice(text.as_bytes());
            }
        }
        (self.bytes, self.start) = (Arc::new(bytes), start);
        Ok(())
    }
}

/// The stored bytes of a text that was decoded.
pub(crate) fn stored_len(text: &[u8], bytes_of: StoredLen) -> u64 {
    String::from_utf8_lossy(text).chars().map(bytes_of).sum()
}
