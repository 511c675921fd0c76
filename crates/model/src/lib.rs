//! The vocabulary of Velocity as plain data: ids, values, evidence, decisions, profiles, pairs, canonical records.
//!
//! Every other crate speaks in these types. Nothing here does IO, reads a clock or draws a random number, and nothing
//! fails on bad customer data: bad data is a value together with an [`Issue`].

mod canonical;
mod decision;
mod evidence;
mod field;
mod id;
mod issue;
mod kind;
mod pair;
mod policy;
mod profile;
mod report;
mod staged;
mod waiting;

pub use canonical::{CanonicalLink, CanonicalRecord, CanonicalValue, Loser, Names, ProjectionDigest, Rule};
pub use decision::{Action, Decision, Withdrawn, active};
pub use evidence::{Assertion, Evidence, Link, LinkRole, LinkTarget, Locator, Mention};
pub use field::{Field, FieldSpec, ValueType, fields_of};
pub use id::{
    AssertionId, BlobId, DecisionId, Id, RecordId, ReviewId, RowDigest, RowHasher, RunId, VersionId, WaitingId,
    assertion_id, blob_id, digest_parts, record_id, review_id, row_digest, version_id,
};
pub use issue::{Issue, Severity};
pub use kind::EntityKind;
pub use pair::{MilliBits, PairOutcome, Risk, ScoredPair, StepWeight, Waterfall};
pub use policy::{Policy, SourceTrust};
pub use profile::{
    ColumnMap, Condition, DateOrder, DecimalSign, EntityMap, Extract, LinkMap, Profile, ReadHints, Recognise,
};
pub use report::{Conflict, Effect, FileOutcome, FileReport, PossibleAnswer, Question, RowCounts, RunReport, RunState};
pub use staged::{Finding, QuarantinedRow, StagedTable, TableFormat};
pub use waiting::{Drift, Waiting, WaitingColumn, Withdrawal, waiting_id};
