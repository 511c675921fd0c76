//! Canonical records: what users work on, every value with its provenance.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{AssertionId, EntityKind, Field, LinkRole, RecordId, digest_parts};

/// The step of the survivorship order that decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// No other value was stated.
    OnlyValue,
    /// A person pinned it.
    Pinned,
    /// A person set every statement of the other value aside.
    Suppressed,
    /// A person entered it; others came from files.
    HumanEntered,
    /// Its source is trusted more.
    SourceTrust,
    /// Its source changed it later.
    Recency,
    /// More records state it.
    Support,
    /// It is more complete.
    Quality,
    /// Nothing else told them apart: smaller bytes come first.
    ValueOrder,
    /// One of several values that are all kept.
    Union,
}

impl Rule {
    /// Why the value stands, as one clause.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::OnlyValue => "the only value stated",
            Self::Pinned => "pinned by a person",
            Self::Suppressed => "a person set the other value aside",
            Self::HumanEntered => "entered by a person",
            Self::SourceTrust => "its source is trusted more",
            Self::Recency => "its source changed it last",
            Self::Support => "more records state it",
            Self::Quality => "it is more complete",
            Self::ValueOrder => "nothing told them apart, so the first in byte order",
            Self::Union => "one of several values, all kept",
        }
    }
}

/// A value that lost, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Loser {
    /// The value.
    pub value: String,
    /// The best assertion that states it.
    pub assertion: AssertionId,
    /// The rule by which it lost.
    pub why: Rule,
}

/// One value of a canonical record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CanonicalValue {
    /// The value in the canonical form of the field's type.
    pub value: String,
    /// The assertion that won; `None` for a literal that a person pinned.
    pub winner: Option<AssertionId>,
    /// Every assertion that counts and states the same value, sorted, the winner among them.
    pub support: Vec<AssertionId>,
    /// The rule that chose it.
    pub rule: Rule,
    /// The values that lost against it, best first. In a multi-valued field nothing loses: the primary names the values
    /// that a person set aside, the others name none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub losers: Vec<Loser>,
    /// Whether a person confirmed it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

/// A pointer from a canonical record to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CanonicalLink {
    /// What it means.
    pub role: LinkRole,
    /// Canonical id of the target.
    pub target: RecordId,
    /// Smallest record id of the target's cluster: names the target independently of arrival order.
    pub target_key: RecordId,
}

/// One canonical record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CanonicalRecord {
    /// Canonical id: the id of the cluster's earliest record by (batch sequence, record id).
    pub id: RecordId,
    /// What it is.
    pub kind: EntityKind,
    /// The evidence records, sorted by id.
    pub members: Vec<RecordId>,
    /// What a list shows: the person's name, the deal's title; never empty.
    pub title: String,
    /// The values by field; in a multi-valued field the primary comes first.
    pub fields: BTreeMap<Field, Vec<CanonicalValue>>,
    /// Assertions that could not be resolved, by field, sorted: shown raw, with the question they wait for.
    pub unresolved: BTreeMap<Field, Vec<AssertionId>>,
    /// Where it points, sorted, no pointer twice.
    pub links: Vec<CanonicalLink>,
    /// Links whose target is unknown or ambiguous.
    pub unlinked: u32,
}

impl CanonicalRecord {
    /// The first value of a field.
    pub fn value(&self, field: &str) -> Option<&str> {
        self.fields.get(&Field::from_name(field)?)?.first().map(|value| value.value.as_str())
    }

    /// Smallest record id of the cluster.
    pub fn key(&self) -> RecordId {
        self.members.first().copied().unwrap_or(self.id)
    }

    /// Digest of what the record says, without its id: an id depends on which file came first, the content must not.
    pub fn content_digest(&self) -> [u8; 32] {
        let mut content = self.clone();
        content.id = self.key();
        for link in &mut content.links {
            link.target = link.target_key;
        }
        content.links.sort();
        // Plain data with ordered maps, so its JSON is canonical; writing it to memory cannot fail.
        let json = serde_json::to_vec(&content).unwrap_or_default();
        digest_parts("velocity 2026 canonical record", &[&json])
    }
}

/// Digest of a whole projection: the sum of the content digests of its records, so that a change of some records changes it
/// without a look at the others. Equal digests mean equal customer data, whatever the order, the batches or the engine that led
/// to it. A sum finds mistakes; against somebody who forges records it proves nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProjectionDigest([u64; 4]);

impl ProjectionDigest {
    /// That of one record.
    pub fn of(record: &CanonicalRecord) -> Self {
        let mut lanes = [0; 4];
        for (lane, bytes) in lanes.iter_mut().zip(record.content_digest().chunks_exact(8)) {
            *lane = bytes.iter().rev().fold(0, |sum, byte| (sum << 8) | u64::from(*byte));
        }
        Self(lanes)
    }

    /// Reads what [`std::fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lanes = [0; 4];
        for (place, lane) in lanes.iter_mut().enumerate() {
            *lane = u64::from_str_radix(text.get(16 * place..16 * (place + 1))?, 16).ok()?;
        }
        (text.len() == 64).then_some(Self(lanes))
    }

    /// With another added.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(std::array::from_fn(|lane| self.0[lane].wrapping_add(other.0[lane])))
    }

    /// With another taken away.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(std::array::from_fn(|lane| self.0[lane].wrapping_sub(other.0[lane])))
    }
}

impl std::fmt::Display for ProjectionDigest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|lane| write!(f, "{lane:016x}"))
    }
}

/// Names by which links find a record, and names at which it points: hashed, sorted, each once. Two names with one hash cost a
/// look and change nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// E-mail addresses and phone numbers that lead to a person or an organisation.
    pub held: Vec<i64>,
    /// What the record's evidence points at: records and addresses, those that are unknown included.
    pub pointed: Vec<i64>,
}
