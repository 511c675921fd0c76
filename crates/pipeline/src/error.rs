//! What can go wrong in a step.

use std::path::PathBuf;

use velocity_model::{DecisionId, RecordId, WaitingId};

/// A failure of the pipeline.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] velocity_store::StoreError),
    /// A source could not be received, or a staged table not be written.
    #[error(transparent)]
    Ingest(#[from] velocity_ingest::IngestError),
    /// Evidence could not be written or read back.
    #[error(transparent)]
    Evidence(#[from] velocity_mapping::EvidenceFileError),
    /// The lake failed.
    #[error(transparent)]
    Lake(#[from] velocity_lake::LakeError),
    /// A file of the data directory could not be used.
    #[error("cannot {doing} `{}`", path.display())]
    File {
        /// What was being done: "write".
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Another import works on this tenant.
    #[error("another import is running on `{}`", path.display())]
    ImportRunning {
        /// The tenant's directory.
        path: PathBuf,
    },
    /// A tenant's name cannot be a folder's name.
    #[error("`{0}` cannot be a tenant's name")]
    TenantName(String),
    /// A stored profile does not parse: it was accepted by another version.
    #[error("the accepted profile `{name}` does not parse")]
    Profile {
        /// Its name.
        name: String,
        /// Why.
        source: velocity_mapping::ProfileError,
    },
    /// Evidence that a receipt names is gone from the lake.
    #[error("the evidence of `{path}` is not in the lake")]
    EvidenceMissing {
        /// Path of the source as given.
        path: String,
    },
    /// A receipt names a profile revision that is not in the ledger.
    #[error("no profile revision in the ledger leads to the evidence of `{path}`")]
    ProfileMissing {
        /// Path of the source as given.
        path: String,
    },
    /// Raw bytes that a receipt names do not read any more.
    #[error("the stored bytes of `{path}` do not read")]
    Raw {
        /// Path of the source as given.
        path: String,
        /// Why.
        source: velocity_ingest::ReadError,
    },
    /// A decision names a record that nobody has stated.
    #[error("no record `{0}`")]
    NoSuchRecord(RecordId),
    /// A withdrawal names a decision that is not in the ledger, or that is withdrawn already.
    #[error("no decision `{0}` that still counts")]
    NoSuchDecision(DecisionId),
    /// Nothing waits for approval under this id.
    #[error("nothing waits for approval under `{0}`")]
    NoSuchWaiting(WaitingId),
    /// No imported file of a profile asks what is answered.
    #[error("no file of the profile `{profile}` asks that")]
    NotAsked {
        /// Its name.
        profile: String,
    },
    /// A table cannot be approved while a question about it is open.
    #[error("not approved, because a question is open: {}", questions.join("; "))]
    Unanswered {
        /// The questions, with their columns.
        questions: Vec<String>,
    },
    /// The columns as chosen make no profile.
    #[error("the columns as chosen make no profile")]
    Choices {
        /// Why.
        source: velocity_mapping::ProfileError,
    },
    /// The files of several imports would be read again, one run after the other.
    #[error("no forecast, because files of {runs} imports would be read again, one after the other")]
    ManyRuns {
        /// How many.
        runs: usize,
    },
    /// CPU work ended by a panic: a bug.
    #[error("a step of the pipeline died")]
    Died,
}

impl PipelineError {
    /// Stable dotted code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(source) => source.code(),
            Self::Ingest(source) => source.code(),
            Self::Evidence(source) => source.code(),
            Self::Lake(source) => source.code(),
            Self::File { .. } => "pipeline.file",
            Self::ImportRunning { .. } => "pipeline.import_running",
            Self::TenantName(_) => "pipeline.tenant_name",
            Self::Profile { .. } => "pipeline.profile",
            Self::EvidenceMissing { .. } => "pipeline.evidence_missing",
            Self::ProfileMissing { .. } => "pipeline.profile_missing",
            Self::Raw { .. } => "pipeline.raw",
            Self::NoSuchRecord(_) => "pipeline.no_such_record",
            Self::NoSuchDecision(_) => "pipeline.no_such_decision",
            Self::NoSuchWaiting(_) => "pipeline.no_such_waiting",
            Self::NotAsked { .. } => "pipeline.not_asked",
            Self::Unanswered { .. } => "pipeline.unanswered",
            Self::Choices { .. } => "pipeline.choices",
            Self::ManyRuns { .. } => "pipeline.many_runs",
            Self::Died => "pipeline.died",
        }
    }

    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Store(source) => source.hint(),
            Self::Ingest(source) => source.hint(),
            Self::Evidence(source) => source.hint(),
            Self::Lake(source) => source.hint(),
            Self::File { .. } => {
                "check free disk space and permissions, then run the same command again; nothing was half-published"
            }
            Self::ImportRunning { .. } => "wait until it has finished, or use another --data-dir or --tenant",
            Self::TenantName(_) => "use lower-case letters, digits, `-` and `_`, at most 64 of them",
            Self::Profile { .. } => "import a file with a corrected profile by --profile; it replaces the accepted one",
            Self::EvidenceMissing { .. } => "run `velocity rebuild`: the lake is made again from the raw bytes",
            Self::ProfileMissing { .. } | Self::Raw { .. } => "restore the data directory from a backup",
            Self::NoSuchRecord(_) => "open the record's page and copy the id from there",
            Self::NoSuchDecision(_) => "the decision was undone already; reload the page",
            Self::NoSuchWaiting(_) => "it was approved or left out meanwhile; `velocity review` lists what waits",
            Self::NotAsked { .. } => "`velocity review` lists the open questions with their profiles and columns",
            Self::Unanswered { .. } => "say how each of these columns is to be read, or leave the column out",
            Self::Choices { .. } => "choose another field for the column, or leave it out",
            Self::ManyRuns { .. } => {
                "`velocity review` says what each answer would change in the values; leave --dry-run out to answer"
            }
            Self::Died => "this is a bug in velocity; nothing was published",
        }
    }
}
