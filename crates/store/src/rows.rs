//! What is stored, as plain data.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use velocity_model::{
    BlobId, CanonicalRecord, EntityKind, Evidence, LinkRole, Names, ProjectionDigest, Question, RecordId, ReviewId,
    RunId, RunReport, RunState, ScoredPair, VersionId, digest_parts,
};

use crate::packed::json;

/// One run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRow {
    /// Its id.
    pub id: RunId,
    /// Its number in this tenant, from 1: the batch sequence.
    pub sequence: u64,
    /// State.
    pub state: RunState,
    /// Microseconds since 1970.
    pub started_at: i64,
    /// Microseconds since 1970; `None` while it runs and if it died.
    pub finished_at: Option<i64>,
    /// The report; `None` until it is published.
    pub report: Option<RunReport>,
}

/// One table of one file that was imported: ground state. The evidence that counts is that of all receipts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The run.
    pub run: RunId,
    /// The run's number: evidence of an earlier batch is older.
    pub sequence: u64,
    /// The bytes.
    pub blob: BlobId,
    /// Table in the file, from 0.
    pub table: u32,
    /// Path as given.
    pub path: String,
    /// Sheet name.
    pub sheet: Option<String>,
    /// Profile name.
    pub profile: String,
    /// File name of the evidence in the lake; a digest of blob, table, reader version and profile content.
    pub evidence_file: String,
    /// Whether the tables of this run and profile are all that their source had: what earlier ones stated and these lack is
    /// withdrawn.
    pub snapshot: bool,
}

/// An accepted profile revision: ground state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredProfile {
    /// `vendor/name`.
    pub name: String,
    /// Its text.
    pub toml: String,
    /// Who accepted it.
    pub author: String,
    /// Microseconds since 1970.
    pub at: i64,
}

/// The columns that an imported table of a profile had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Name of the profile.
    pub profile: String,
    /// Path of the file as given.
    pub path: String,
    /// Headers, in the order of the table.
    pub headers: Vec<String>,
}

/// What a list shows of a record, computed when it is published. Empty text means that nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Person: name of the employer. Item: names of the linked person and organisation.
    pub account: String,
    /// Canonical id of the employer.
    pub account_id: Option<RecordId>,
    /// Primary e-mail; an organisation's domain.
    pub email: String,
    /// Primary phone.
    pub phone: String,
    /// City.
    pub city: String,
    /// Status, lifecycle or stage.
    pub status: String,
    /// Owner.
    pub owner: String,
    /// Time of the newest interaction, note, task, enquiry or deal change; of an item, its own time. ISO text.
    pub last_activity: String,
    /// Newest score value.
    pub score: String,
    /// Deals that are neither won nor lost.
    pub open_opportunities: u32,
    /// Persons of an organisation.
    pub people: u32,
    /// Names of the sources with evidence, sorted.
    pub sources: Vec<String>,
    /// Number of evidence records.
    pub evidence: u32,
}

/// One canonical record as published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityRow {
    /// The record.
    pub record: CanonicalRecord,
    /// What lists show of it.
    pub summary: Summary,
    /// What leads to it, and what it points at.
    pub names: Names,
}

/// Digest of all that is stored of a record: tells whether it changed.
pub type ContentDigest = [u8; 16];

/// What is stored of a record, in the form in which it is.
pub(crate) struct StoredRow {
    /// The record as JSON.
    pub(crate) record: Vec<u8>,
    /// What lists show of it, as JSON.
    pub(crate) summary: Vec<u8>,
    /// Names that it holds.
    pub(crate) held: Vec<u8>,
    /// Names at which it points.
    pub(crate) pointed: Vec<u8>,
}

impl StoredRow {
    pub(crate) fn of(row: &EntityRow) -> Self {
        let EntityRow { record, summary, names } = row;
        let (held, pointed) = (hash_bytes(&names.held), hash_bytes(&names.pointed));
        // Plain data with ordered maps, so its JSON is canonical.
        Self { record: json(record), summary: json(summary), held, pointed }
    }

    pub(crate) fn digest(&self) -> ContentDigest {
        let Self { record, summary, held, pointed } = self;
        digest_parts("velocity 2026 published row", &[record, summary, held, pointed])
    }
}

impl EntityRow {
    /// Digest of all that is stored of it.
    pub fn digest(&self) -> ContentDigest {
        StoredRow::of(self).digest()
    }
}

/// Hashes of names, one behind the other.
fn hash_bytes(hashes: &[i64]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect()
}

/// Hashes of names, read back.
pub(crate) fn hashes(bytes: &[u8]) -> Vec<i64> {
    bytes.as_chunks().0.iter().map(|hash| i64::from_le_bytes(*hash)).collect()
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// Canonical id.
    pub id: RecordId,
    /// Kind.
    pub kind: EntityKind,
    /// Title.
    pub title: String,
    /// The rest.
    pub summary: Summary,
    /// Whether a review item names it.
    pub in_review: bool,
}

/// The current version of an evidence record and where it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// The evidence; shared, since a tenant has many of them.
    pub evidence: Arc<Evidence>,
    /// Canonical id of its entity.
    pub entity: RecordId,
    /// Batch sequence of the run that first brought the record.
    pub first_seen: u64,
    /// Batch sequence of the run that brought this version.
    pub sequence: u64,
}

/// An evidence record that a full snapshot no longer had. It states nothing until a file has it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WithdrawnRow {
    /// The record.
    pub record: RecordId,
    /// Batch sequence of the run that first brought it.
    pub first_seen: u64,
    /// Batch sequence of the run whose snapshot lacked it.
    pub sequence: u64,
}

/// Evidence with the file it came from, for "why".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvidence {
    /// The evidence.
    pub evidence: Evidence,
    /// Canonical id of its entity.
    pub entity: RecordId,
    /// Batch sequence of the run that brought this version.
    pub sequence: u64,
    /// The run.
    pub run: RunId,
    /// Path of the file as given.
    pub path: String,
    /// Sheet name.
    pub sheet: Option<String>,
    /// Headers of the table, for the name of a column.
    pub headers: Vec<String>,
}

/// A record that points at another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// What the pointer means.
    pub role: LinkRole,
    /// The record that points.
    pub record: CanonicalRecord,
    /// Its summary.
    pub summary: Summary,
}

/// State of a review item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Waits for a decision.
    Open,
    /// Held by an `unsure` decision.
    Held,
}

/// One question of the merge queue: may the entities of these two records be joined?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenReview {
    /// Its id.
    pub id: ReviewId,
    /// The pair of records with the most weight between the two entities.
    pub pair: ScoredPair,
    /// Canonical id of the entity of `pair.lo`.
    pub left: RecordId,
    /// Canonical id of the entity of `pair.hi`.
    pub right: RecordId,
    /// What the two are.
    pub kind: EntityKind,
    /// Title of the left entity.
    pub left_title: String,
    /// Title of the right entity.
    pub right_title: String,
    /// State.
    pub state: ReviewState,
    /// Place in the queue, smallest first; total together with the id.
    pub priority: i64,
}

/// Where the lake holds the pairs of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairsPlace {
    /// The file.
    pub file: String,
    /// Version of the scorer that made them.
    pub scorer: u32,
    /// By what they were weighed; `None` if that is learnt anew each time.
    pub index: Option<IndexPlace>,
}

/// Where the lake holds what was learnt of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexPlace {
    /// The folder of what was learnt.
    pub base: String,
    /// The folder of the records that came later; `None` if none did.
    pub later: Option<String>,
}

/// A question that a table leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The file.
    pub blob: BlobId,
    /// Table in the file, from 0.
    pub table: u32,
    /// The question, with the rows of this table.
    pub question: Question,
}

/// What changes in the serving tables: applied as a whole.
#[derive(Clone, Debug, Default)]
pub struct Publication {
    /// Records that are new or changed.
    pub upsert: Vec<EntityRow>,
    /// Canonical ids that are no longer there.
    pub delete: Vec<RecordId>,
    /// Evidence records that are new, changed or moved to another entity; those that were withdrawn before are no longer.
    pub members: Vec<MemberRow>,
    /// Evidence records that full snapshots no longer have.
    pub withdrawn: Vec<WithdrawnRow>,
    /// Merge questions that are new or changed.
    pub reviews: Vec<OpenReview>,
    /// Merge questions that are no longer asked.
    pub closed: Vec<ReviewId>,
    /// Projection digest after the change.
    pub digest: ProjectionDigest,
    /// Where the pairs of resolved kinds are; of a kind that is not named they stay where they are.
    pub pairs: Vec<(EntityKind, PairsPlace)>,
    /// Versions that are not, or no longer, the current ones of their records.
    pub superseded: Vec<VersionId>,
}

/// Numbers of all that is served.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Records by kind.
    pub records: BTreeMap<EntityKind, u64>,
    /// Evidence records beyond the first of each canonical record.
    pub merges: u64,
    /// Records that point at something unknown or ambiguous.
    pub unlinked: u64,
    /// Open merge questions.
    pub waiting: u64,
}
