//! What the command can fail with, and its exit codes.

use velocity_lake::LakeError;
use velocity_mapping::ProfileError;
use velocity_pipeline::{DedupeError, PipelineError};

/// Exit codes; documented in the README.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Done.
    Fine = 0,
    /// Done, but something waits for a person and `--strict` was given.
    Waits = 1,
    /// The command cannot be understood.
    Usage = 2,
    /// The environment refused: a file, the disk, a port, a lock.
    Environment = 3,
    /// A bug.
    Bug = 70,
    /// Ctrl-C.
    Interrupted = 130,
}

/// A failure, to be told with a hint.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    #[error(transparent)]
    Store(#[from] velocity_store::StoreError),
    #[error(transparent)]
    Ingest(#[from] velocity_ingest::IngestError),
    #[error("cannot read `{path}`")]
    Unreadable { path: String, source: velocity_ingest::ReadError },
    #[error(transparent)]
    Lake(#[from] LakeError),
    #[error("the profile `{path}` is not right")]
    Profile { path: String, source: ProfileError },
    #[error(transparent)]
    Dedupe(#[from] velocity_pipeline::DedupeError),
    #[error("cannot write the sample sources")]
    Synth(#[from] velocity_synth::SynthError),
    #[error(transparent)]
    Serve(#[from] velocity_serve::ServeError),
    #[error("cannot {doing} {what}")]
    Io { doing: &'static str, what: String, source: std::io::Error },
    #[error("port {port} of {host} is in use")]
    PortInUse { host: String, port: u16 },
    #[error("the operating system gives no random bytes")]
    NoRandomness,
    #[error("{0}")]
    Usage(String),
}

impl CliError {
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) | Self::Profile { .. } => Exit::Usage,
            Self::Dedupe(DedupeError::NoColumn { .. } | DedupeError::RepeatedId { .. }) => Exit::Usage,
            Self::Lake(error) if error.is_usage() => Exit::Usage,
            Self::Pipeline(PipelineError::Died) => Exit::Bug,
            Self::Pipeline(
                PipelineError::TenantName(_) | PipelineError::NoSuchWaiting(_) | PipelineError::NotAsked { .. },
            ) => Exit::Usage,
            Self::Pipeline(
                PipelineError::Unanswered { .. } | PipelineError::Choices { .. } | PipelineError::ManyRuns { .. },
            ) => Exit::Usage,
            _ => Exit::Environment,
        }
    }

    pub(crate) fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Pipeline(error) => error.hint().to_owned(),
            Self::Store(error) => error.hint().to_owned(),
            Self::Ingest(error) => error.hint().to_owned(),
            Self::Unreadable { source, .. } => source.hint().to_owned(),
            Self::Lake(error) => error.hint().to_owned(),
            Self::Profile { source, .. } => source.hint().to_owned(),
            Self::PortInUse { .. } => "another velocity may be serving; choose another with --port".to_owned(),
            Self::Dedupe(DedupeError::Read { source, .. }) => source.hint().to_owned(),
            Self::Dedupe(DedupeError::RepeatedId { .. }) => "name another column with --id-column".to_owned(),
            Self::Dedupe(DedupeError::NoColumn { .. } | DedupeError::NoRows { .. }) => return None,
            Self::Dedupe(DedupeError::Open { .. }) | Self::Io { .. } | Self::Synth(_) => {
                "check the path, free disk space and permissions".to_owned()
            }
            Self::Serve(_) | Self::NoRandomness | Self::Usage(_) => return None,
        })
    }
}
