//! Ids. Facts have content-derived ids; events (runs, decisions) have UUIDv7s, drawn once at the edge.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// `N` bytes that name one thing of the kind `T`; ordered bytewise, written as lower-case hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id<T, const N: usize>([u8; N], PhantomData<T>);

/// Bytes of the longest id.
const LONGEST: usize = 32;

/// Tags that keep ids of different things apart at compile time.
pub mod tag {
    /// Tag of [`super::BlobId`].
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Blob {}
    /// Tag of [`super::RecordId`].
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Record {}
    /// Tag of [`super::VersionId`].
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Version {}
    /// Tag of [`super::AssertionId`].
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Assertion {}
    /// Tag of [`super::RowDigest`].
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Row {}
    /// Tag of [`super::RunId`].
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Run {}
    /// Tag of [`super::DecisionId`].
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Decision {}
    /// Tag of [`super::ReviewId`].
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Review {}
    /// Tag of [`super::WaitingId`].
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Waiting {}
}

/// BLAKE3 of a file's bytes.
pub type BlobId = Id<tag::Blob, 32>;
/// An evidence record: what one source calls one person, organisation, deal … A canonical id is the id of the
/// cluster's anchor record, so it has this type too.
pub type RecordId = Id<tag::Record, 16>;
/// One version of an evidence record: the record together with the content of its row.
pub type VersionId = Id<tag::Version, 16>;
/// One value stated by one version of an evidence record.
pub type AssertionId = Id<tag::Assertion, 16>;
/// The content of one source row, cell by cell.
pub type RowDigest = Id<tag::Row, 16>;
/// One import (UUIDv7).
pub type RunId = Id<tag::Run, 16>;
/// One human decision (UUIDv7).
pub type DecisionId = Id<tag::Decision, 16>;
/// One question of the merge queue: an unordered pair of records.
pub type ReviewId = Id<tag::Review, 16>;
/// One table of a file that waits for approval.
pub type WaitingId = Id<tag::Waiting, 16>;

impl<T, const N: usize> Id<T, N> {
    /// Wraps bytes that are already an id.
    pub const fn from_bytes(bytes: [u8; N]) -> Self {
        Self(bytes, PhantomData)
    }

    /// The bytes, for storage and hashing.
    pub const fn as_bytes(&self) -> &[u8; N] {
        &self.0
    }

    /// Hands out the text without a place on the heap for it: a record of two thousand bytes has twenty ids.
    pub fn with_text<R>(&self, then: impl FnOnce(&str) -> R) -> R {
        const { assert!(N <= LONGEST) };
        let mut text = [0; 2 * LONGEST];
        let text = &mut text[..2 * N];
        // The space is twice the bytes, and hexadecimal is text.
        let _ = hex::encode_to_slice(self.0, text);
        then(std::str::from_utf8(text).unwrap_or_default())
    }

    /// Reads an id back from stored bytes; `None` if the length is wrong.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::from_bytes)
    }
}

impl<T, const N: usize> fmt::Display for Id<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_text(|text| f.write_str(text))
    }
}

impl<T, const N: usize> fmt::Debug for Id<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not the hexadecimal form of an id of this length.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an id")]
pub struct NotAnId(pub String);

impl<T, const N: usize> FromStr for Id<T, N> {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let mut bytes = [0; N];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| NotAnId(text.to_owned()))?;
        Ok(Self::from_bytes(bytes))
    }
}

impl<T, const N: usize> Serialize for Id<T, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.with_text(|text| serializer.serialize_str(text))
    }
}

impl<'de, T, const N: usize> Deserialize<'de> for Id<T, N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// BLAKE3 of the parts under a context of its own, each part preceded by its length, so that no two lists of parts
/// collide by concatenation. The context is part of the stored format: changing one changes every id under it.
pub fn digest_parts<const N: usize>(context: &'static str, parts: &[&[u8]]) -> [u8; N] {
    let mut hasher = blake3::Hasher::new_derive_key(context);
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut out = [0; N];
    hasher.finalize_xof().fill(&mut out);
    out
}

/// The id of a file's bytes.
pub fn blob_id(bytes: &[u8]) -> BlobId {
    Id::from_bytes(*blake3::hash(bytes).as_bytes())
}

/// The id of the record that `source` calls `key`.
pub fn record_id(source: &str, kind: crate::EntityKind, key: &str) -> RecordId {
    let parts: [&[u8]; 3] = [source.as_bytes(), kind.as_str().as_bytes(), key.as_bytes()];
    Id::from_bytes(digest_parts("velocity 2026 record", &parts))
}

/// The id of a record's version; `content` is a digest of all that the version states.
pub fn version_id(record: RecordId, content: &RowDigest) -> VersionId {
    Id::from_bytes(digest_parts("velocity 2026 version", &[record.as_bytes(), content.as_bytes()]))
}

/// The id of the `ordinal`-th value that a version states for a field (counted from 0 in column order).
pub fn assertion_id(version: VersionId, field: &str, ordinal: u32) -> AssertionId {
    let parts: [&[u8]; 3] = [version.as_bytes(), field.as_bytes(), &ordinal.to_le_bytes()];
    Id::from_bytes(digest_parts("velocity 2026 assertion", &parts))
}

/// The digest of a row's cells, in column order.
pub fn row_digest<'a>(cells: impl IntoIterator<Item = &'a str>) -> RowDigest {
    RowHasher::default().digest(cells)
}

/// Makes the digests of many rows.
#[derive(Debug)]
pub struct RowHasher {
    hasher: blake3::Hasher,
    row: Vec<u8>,
}

impl Default for RowHasher {
    fn default() -> Self {
        Self { hasher: blake3::Hasher::new_derive_key("velocity 2026 row"), row: Vec::new() }
    }
}

impl RowHasher {
    /// The digest of a row's cells, in column order: that of [`digest_parts`].
    pub fn digest<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> RowDigest {
        self.row.clear();
        for cell in cells {
            self.row.extend_from_slice(&(cell.len() as u64).to_le_bytes());
            self.row.extend_from_slice(cell.as_bytes());
        }
        let mut digest = [0; 16];
        self.hasher.reset().update(&self.row).finalize_xof().fill(&mut digest);
        Id::from_bytes(digest)
    }
}

/// The id of the question whether two records are the same; the order of the two does not matter.
pub fn review_id(a: RecordId, b: RecordId) -> ReviewId {
    let (lo, hi) = if a <= b { (a, b) } else { (b, a) };
    Id::from_bytes(digest_parts("velocity 2026 review", &[lo.as_bytes(), hi.as_bytes()]))
}

#[cfg(test)]
mod tests;
