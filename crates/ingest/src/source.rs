//! The stored bytes of a file, wherever they are.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// Bytes that can be read again from any place, so that a text of any size is looked at several times without being held.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source<'a> {
    /// In memory: what was unpacked, or small.
    Bytes(&'a [u8]),
    /// On disk; nobody else may read from the same handle.
    File(&'a File),
}

/// Bytes read at once where nothing but the order matters.
const BLOCK: usize = 1024 * 1024;

impl<'a> Source<'a> {
    /// Appends the bytes from `at` on, up to `most`; there are fewer only at the end.
    pub(crate) fn read(self, at: u64, most: usize, into: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Bytes(bytes) => {
                let from = usize::try_from(at).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
                into.extend_from_slice(&from[..most.min(from.len())]);
            }
            Self::File(mut file) => {
                file.seek(SeekFrom::Start(at))?;
                file.take(most as u64).read_to_end(into)?;
            }
        }
        Ok(())
    }

    /// The first bytes, up to `most`.
    pub(crate) fn head(self, most: usize) -> io::Result<Cow<'a, [u8]>> {
        match self {
            Self::Bytes(bytes) => Ok(Cow::Borrowed(&bytes[..most.min(bytes.len())])),
            Self::File(_) => {
                let mut head = Vec::new();
                self.read(0, most, &mut head)?;
                Ok(Cow::Owned(head))
            }
        }
    }

    /// Shows all bytes, block after block, for as long as `look` wants to see more.
    pub(crate) fn blocks(self, mut look: impl FnMut(&[u8]) -> bool) -> io::Result<()> {
        let mut block = Vec::with_capacity(BLOCK);
        let mut at = 0;
        loop {
            block.clear();
            self.read(at, BLOCK, &mut block)?;
            at += block.len() as u64;
            if block.is_empty() || !look(&block) {
                return Ok(());
            }
        }
    }
}
