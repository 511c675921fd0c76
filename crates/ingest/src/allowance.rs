//! How much a file may unpack to. Sizes that headers state are never believed: bytes are counted as they come, and where a reader
//! asks for memory by what is stated, that has to keep within the same limits.

use std::io::{self, Read};

use crate::ReadError;
use crate::compression::damaged;

/// What may come out of all that one file holds. Tables are read in memory, and a file beyond this is one that nobody meant
/// to send.
const LARGEST: u64 = 8 * 1024 * 1024 * 1024;

/// How many times its packed size a stream may grow. Exports in which almost every cell is empty or the same reach 100 to
/// 150 with gzip; a stream of nothing but zeros reaches 1,030.
const RATIO: u64 = 250;

/// What may come out whatever the ratio: small tables of one repeated row compress beyond any bound, and do no harm.
const SMALL: u64 = 64 * 1024 * 1024;

/// Packings one inside another around a table. An archive of tar.gz files needs three.
const DEPTH: u32 = 3;

/// Files in the archives of one file, those passed over not counted.
const MEMBERS: usize = 10_000;

/// What is left of the limits for one file. All that stands inside it draws on the same.
#[derive(Clone, Debug)]
pub(crate) struct Allowance {
    bytes: u64,
    members: usize,
    depth: u32,
}

impl Allowance {
    /// What a file of `stored` bytes may unpack to. The ratio holds for the whole as for every stream in it, because the
    /// members of an archive may share their packed bytes.
    pub(crate) fn new(stored: u64) -> Self {
        Self { bytes: by_ratio(stored).min(LARGEST), members: MEMBERS, depth: DEPTH }
    }

    /// Goes one packing deeper for as long as `inside` runs.
    pub(crate) fn deeper<T>(&mut self, inside: impl FnOnce(&mut Self) -> Result<T, ReadError>) -> Result<T, ReadError> {
        let Some(depth) = self.depth.checked_sub(1) else {
            return Err(ReadError::Limit(format!("more than {DEPTH} packings one inside another")));
        };
        self.depth = depth;
        let found = inside(self);
        self.depth += 1;
        found
    }

    /// Counts the members of an archive.
    pub(crate) fn members(&mut self, count: usize) -> Result<(), ReadError> {
        let left = self.members.checked_sub(count);
        self.members = left.ok_or_else(|| ReadError::Limit(format!("more than {MEMBERS} files")))?;
        Ok(())
    }

    /// Adds to `content` all that `reader` yields from `packed` bytes of a file that is `what`. What stands in `content`
    /// came from the same bytes.
    pub(crate) fn unpack(
        &mut self,
        reader: impl Read,
        packed: u64,
        what: &'static str,
        content: &mut Vec<u8>,
    ) -> Result<(), ReadError> {
        let before = content.len() as u64;
        let limit = self.limit(packed, before);
        let read = reader.take(limit + 1).read_to_end(content);
        self.spend(content.len() as u64 - before, limit)?;
        read.map(|_| ()).map_err(|error| damaged(what, &error))
    }

    /// Spends what `reader` yields without keeping it: for readers of workbooks, which unpack by themselves.
    pub(crate) fn check(&mut self, reader: impl Read, packed: u64, what: &'static str) -> Result<(), ReadError> {
        let limit = self.limit(packed, 0);
        let read = io::copy(&mut reader.take(limit + 1), &mut io::sink());
        self.spend(read.map_err(|error| damaged(what, &error))?, limit)
    }

    /// Spends what a reader is going to ask for by what `packed` bytes state. As much as they are is theirs already.
    pub(crate) fn claim(&mut self, stated: u64, packed: u64) -> Result<(), ReadError> {
        let limit = self.limit(packed, packed);
        self.spend(stated.saturating_sub(packed), limit)
    }

    fn limit(&self, packed: u64, before: u64) -> u64 {
        by_ratio(packed).saturating_sub(before).min(self.bytes)
    }

    fn spend(&mut self, taken: u64, limit: u64) -> Result<(), ReadError> {
        self.bytes = self.bytes.saturating_sub(taken);
        if taken <= limit {
            return Ok(());
        }
        let (ratio, largest) = (RATIO, LARGEST >> 30);
        Err(ReadError::Limit(format!("more than {ratio} times its size, or more than {largest} GiB")))
    }
}

fn by_ratio(packed: u64) -> u64 {
    packed.saturating_mul(RATIO).max(SMALL)
}

#[cfg(test)]
mod tests;
