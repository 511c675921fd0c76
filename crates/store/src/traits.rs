//! The store as callers see it. SQLite implements it today; PostgreSQL is designed for.

use async_trait::async_trait;
use velocity_model::{
    BlobId, Decision, EntityKind, ProjectionDigest, QuarantinedRow, Question, RecordId, ReviewId, RunId, RunReport,
    VersionId, Waiting, WaitingId,
};

use crate::{
    Asked, ContentDigest, EntityRow, Layout, ListQuery, ListRow, MemberRow, OpenReview, Page, PairsPlace, Publication,
    Receipt, Related, RunRow, StoreError, StoredEvidence, StoredProfile, Totals, WithdrawnRow,
};

/// Everything a tenant's store can do.
#[async_trait]
pub trait Store: Ledger + Records + Neighbours + Reviews {
    /// Begins a unit of work. There is one writer at a time; a second waits.
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError>;
    /// Ends all connections, so that the next process finds everything in its place.
    async fn close(&self);
}

/// Ground state and bookkeeping.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// The newest runs, newest first.
    async fn runs(&self, limit: u32) -> Result<Vec<RunRow>, StoreError>;
    /// One run.
    async fn run(&self, id: RunId) -> Result<Option<RunRow>, StoreError>;
    /// All receipts of published runs, by (sequence, path, table).
    async fn receipts(&self) -> Result<Vec<Receipt>, StoreError>;
    /// All accepted profiles: of each name the newest revision, by name.
    async fn profiles(&self) -> Result<Vec<StoredProfile>, StoreError>;
    /// Every revision of every profile that was ever accepted or used, by (name, time).
    async fn profile_revisions(&self) -> Result<Vec<StoredProfile>, StoreError>;
    /// The columns of all imported tables, those of equal profile, path and headers once; the latest last.
    async fn layouts(&self) -> Result<Vec<Layout>, StoreError>;
    /// The tables that wait for approval and that no run has imported since, by (path, table).
    async fn waiting(&self) -> Result<Vec<Waiting>, StoreError>;
    /// All decisions, in the order in which they were made.
    async fn decisions(&self) -> Result<Vec<Decision>, StoreError>;
    /// Quarantined rows of a run: path, headers, rows; by path.
    async fn quarantine(&self, run: RunId) -> Result<Vec<(String, Vec<String>, Vec<QuarantinedRow>)>, StoreError>;
    /// The projection digest as last published; `None` before the first publication, and after an upgrade that changes what is
    /// stored of a record until everything is published anew.
    async fn digest(&self) -> Result<Option<ProjectionDigest>, StoreError>;
    /// Where the pairs are as last published, by kind.
    async fn pairs(&self) -> Result<Vec<(EntityKind, PairsPlace)>, StoreError>;
    /// Those of the versions that were received and are not the current ones of their records.
    async fn superseded(&self, versions: &[VersionId]) -> Result<Vec<VersionId>, StoreError>;
    /// All records that are withdrawn, by record.
    async fn withdrawn(&self) -> Result<Vec<WithdrawnRow>, StoreError>;
    /// Those of the records that are withdrawn, in no particular order.
    async fn withdrawn_among(&self, records: &[RecordId]) -> Result<Vec<WithdrawnRow>, StoreError>;
}

/// Canonical records and their evidence.
#[async_trait]
pub trait Records: Send + Sync {
    /// One page of a list.
    async fn list(&self, query: &ListQuery) -> Result<Page<ListRow>, StoreError>;
    /// Number of records by kind, kinds without any left out.
    async fn counts(&self) -> Result<Vec<(EntityKind, u64)>, StoreError>;
    /// Canonical id of the entity that holds this evidence record: resolves an old link after a merge.
    async fn locate(&self, record: RecordId) -> Result<Option<RecordId>, StoreError>;
    /// One canonical record.
    async fn entity(&self, id: RecordId) -> Result<Option<EntityRow>, StoreError>;
    /// Every canonical record, by id.
    async fn entities(&self) -> Result<Vec<EntityRow>, StoreError>;
    /// Of every canonical record the digest with which it was published.
    async fn digests(&self) -> Result<Vec<(RecordId, ContentDigest)>, StoreError>;
    /// Number of evidence records.
    async fn member_count(&self) -> Result<u64, StoreError>;
    /// Content digest and entity of every evidence record as served: (record, version, entity).
    async fn members(&self) -> Result<Vec<(RecordId, VersionId, RecordId)>, StoreError>;
    /// The evidence of these records, in the given order; unknown ids are left out.
    async fn evidence(&self, records: &[RecordId]) -> Result<Vec<StoredEvidence>, StoreError>;
    /// The evidence of every record of a kind, by record.
    async fn evidence_of(&self, kind: EntityKind) -> Result<Vec<velocity_model::Evidence>, StoreError>;
    /// Records that point at this one, newest activity first, at most `limit` of each kind.
    async fn related(&self, id: RecordId, limit: u32) -> Result<Vec<Related>, StoreError>;
    /// Names of all sources with evidence, sorted.
    async fn sources(&self) -> Result<Vec<String>, StoreError>;
}

/// What stands near some records: the ground for making a few records anew. Ids that are unknown are left out everywhere, and
/// results are in no particular order.
#[async_trait]
pub trait Neighbours: Send + Sync {
    /// Canonical records by id.
    async fn entity_rows(&self, ids: &[RecordId]) -> Result<Vec<EntityRow>, StoreError>;
    /// Evidence records.
    async fn member_rows(&self, records: &[RecordId]) -> Result<Vec<MemberRow>, StoreError>;
    /// Evidence records of these entities.
    async fn entity_members(&self, ids: &[RecordId]) -> Result<Vec<RecordId>, StoreError>;
    /// Canonical ids of the entities that hold these evidence records.
    async fn homes(&self, records: &[RecordId]) -> Result<Vec<RecordId>, StoreError>;
    /// Canonical ids of those that hold one of these names; see [`velocity_model::Names`].
    async fn holders(&self, names: &[i64]) -> Result<Vec<RecordId>, StoreError>;
    /// Canonical ids of those that point at one of these names.
    async fn pointing_at(&self, names: &[i64]) -> Result<Vec<RecordId>, StoreError>;
    /// Canonical ids of those that have a link to one of these records.
    async fn linking_to(&self, ids: &[RecordId]) -> Result<Vec<RecordId>, StoreError>;
    /// The same without persons: items, and there are none too many of them.
    async fn items_of(&self, ids: &[RecordId]) -> Result<Vec<RecordId>, StoreError>;
    /// How many persons have each of these records for an employer; those without any are left out.
    async fn employees(&self, ids: &[RecordId]) -> Result<Vec<(RecordId, u32)>, StoreError>;
    /// Merge questions that name one of these records.
    async fn reviews_among(&self, ids: &[RecordId]) -> Result<Vec<OpenReview>, StoreError>;
}

/// The queues.
#[async_trait]
pub trait Reviews: Send + Sync {
    /// Open and held merge questions, by (state, priority, id).
    async fn reviews(&self, limit: u32) -> Result<Vec<OpenReview>, StoreError>;
    /// Number of open merge questions.
    async fn review_count(&self) -> Result<u64, StoreError>;
    /// One merge question.
    async fn review(&self, id: ReviewId) -> Result<Option<OpenReview>, StoreError>;
    /// Those of the ids under which a merge question is asked, in no particular order.
    async fn asked_among(&self, ids: &[ReviewId]) -> Result<Vec<ReviewId>, StoreError>;
    /// The merge questions that name this entity.
    async fn reviews_of(&self, entity: RecordId) -> Result<Vec<OpenReview>, StoreError>;
    /// Open mapping questions, by (profile, column, code), the rows of all tables added up.
    async fn questions(&self) -> Result<Vec<Question>, StoreError>;
    /// The questions that tables read by a profile leave open.
    async fn asked(&self, profile: &str) -> Result<Vec<Asked>, StoreError>;
}

/// A transaction. Dropped without a commit, it leaves no trace.
#[async_trait]
pub trait UnitOfWork: Send {
    /// Starts a run and returns its number. Runs that are still marked as running are dead (there is one writer):
    /// they are marked interrupted.
    async fn start_run(&mut self, id: RunId, at: i64) -> Result<u64, StoreError>;
    /// Marks the run as published, with its report.
    async fn finish_run(&mut self, report: &RunReport, at: i64) -> Result<(), StoreError>;
    /// Marks the run as interrupted.
    async fn interrupt_run(&mut self, id: RunId, at: i64) -> Result<(), StoreError>;
    /// Records that a table of a file is part of the ground state.
    async fn add_receipt(&mut self, receipt: &Receipt, headers: &[String]) -> Result<(), StoreError>;
    /// Records rows that were set aside.
    async fn add_quarantine(
        &mut self,
        run: RunId,
        path: &str,
        blob: BlobId,
        table: u32,
        headers: &[String],
        rows: &[QuarantinedRow],
    ) -> Result<(), StoreError>;
    /// Records an accepted profile revision.
    async fn accept_profile(&mut self, profile: &StoredProfile) -> Result<(), StoreError>;
    /// Records what a table leaves open, instead of what it left open when it was read before.
    async fn put_questions(&mut self, blob: BlobId, table: u32, questions: &[Question]) -> Result<(), StoreError>;
    /// Records that a table waits for approval.
    async fn put_waiting(&mut self, run: RunId, waiting: &Waiting) -> Result<(), StoreError>;
    /// Forgets that a table waits.
    async fn forget_waiting(&mut self, id: WaitingId) -> Result<(), StoreError>;
    /// Appends a decision.
    async fn add_decision(&mut self, decision: &Decision) -> Result<(), StoreError>;
    /// Changes the serving tables.
    async fn publish(&mut self, publication: &Publication) -> Result<(), StoreError>;
    /// Numbers of all that is served once this is committed.
    async fn totals(&mut self) -> Result<Totals, StoreError>;
    /// Makes everything visible at once.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;
}
