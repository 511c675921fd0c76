//! What can go wrong while serving, for the binary and for the person in the browser.

use axum::http::StatusCode;
use velocity_pipeline::PipelineError;
use velocity_store::StoreError;

/// The server cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The listener failed.
    #[error("cannot accept connections")]
    Listen {
        /// Why.
        source: std::io::Error,
    },
    /// A page could not be written: a formatting failure of a value.
    #[error("the page could not be written")]
    Page(#[from] askama::Error),
}

impl ServeError {
    /// Stable dotted code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Listen { .. } => "serve.listen",
            Self::Page(_) => "serve.page",
        }
    }

    /// What to do next.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Listen { .. } => {
                "check that the port is free and that this machine allows open sockets, then start again"
            }
            Self::Page(_) => "this is a bug: please report it with the version and the command",
        }
    }
}

/// Why a request got no page.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Nothing has this address.
    #[error("there is no {0} at this address")]
    NotFound(&'static str),
    /// A full snapshot no longer had the record: the number of its run.
    #[error("this record was withdrawn by import {0}")]
    Withdrawn(u64),
    /// The merge question was answered, or went away with an import.
    #[error("this question is no longer open")]
    Decided,
    /// The form was not made by this session, or is from before a restart.
    #[error("this form has expired")]
    StaleForm,
    /// A part of the request cannot be used.
    #[error("{0}")]
    Unusable(String),
    /// Templates are checked at compile time, so this is a formatting failure of a value.
    #[error("the page could not be written")]
    Template(#[from] askama::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A decision failed.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
}

impl Failure {
    /// The HTTP status.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound(_) | Self::Decided => StatusCode::NOT_FOUND,
            Self::Withdrawn(_) => StatusCode::GONE,
            Self::StaleForm => StatusCode::FORBIDDEN,
            Self::Unusable(_) => StatusCode::BAD_REQUEST,
            _ if self.is_busy() => StatusCode::SERVICE_UNAVAILABLE,
            _ if self.is_conflict() => StatusCode::CONFLICT,
            Self::Template(_) | Self::Store(_) | Self::Pipeline(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Stable dotted code.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "serve.not_found",
            Self::Withdrawn(_) => "serve.withdrawn",
            Self::Decided => "serve.decided",
            Self::StaleForm => "serve.stale_form",
            Self::Unusable(_) => "serve.unusable",
            Self::Template(_) => "serve.template",
            Self::Store(source) | Self::Pipeline(PipelineError::Store(source)) => source.code(),
            Self::Pipeline(_) if self.is_conflict() => "serve.conflict",
            Self::Pipeline(_) => "serve.pipeline",
        }
    }

    /// What to do next, one sentence.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "The link may be mistyped, or the record was removed. Search for it by name instead.",
            Self::Withdrawn(_) => {
                "A full snapshot of its source no longer had it. It is back once a file has the row again."
            }
            Self::Decided => "It was decided, or an import settled it. Open the review queue for what is left.",
            Self::StaleForm => "Nothing was changed. Go back, reload the page and send the form again.",
            Self::Unusable(_) => "Nothing was changed. Correct the address, or start again from a list.",
            _ if self.is_busy() => {
                "An import is writing just now. Nothing was changed; try again when it has finished."
            }
            _ if self.is_conflict() => {
                "Nothing was changed. Somebody may have decided the same thing; reload the page to see."
            }
            Self::Template(_) | Self::Store(_) | Self::Pipeline(_) => {
                "Nothing was changed. Try again; if it stays, stop the server and run `velocity verify`."
            }
        }
    }

    fn is_busy(&self) -> bool {
        let locked = |error: &StoreError| matches!(error, StoreError::Locked { .. });
        match self {
            Self::Store(source) | Self::Pipeline(PipelineError::Store(source)) => locked(source),
            Self::Pipeline(PipelineError::ImportRunning { .. }) => true,
            _ => false,
        }
    }

    fn is_conflict(&self) -> bool {
        use PipelineError::{NoSuchDecision, NoSuchRecord, NoSuchWaiting, NotAsked};
        matches!(self, Self::Pipeline(NoSuchRecord(_) | NoSuchDecision(_) | NoSuchWaiting(_) | NotAsked { .. }))
    }
}

#[cfg(test)]
mod tests;
