//! The steps of an import, in order, each keyed by the digest of its inputs and published atomically: receive, read, map,
//! score, cluster, project, publish. Also what changes the outcome afterwards: decide, withdraw, rebuild, verify.
//!
//! This crate knows the order of the steps and nothing of how a step works. It draws no time and no randomness: both come
//! in through [`Ambient`].

mod error;
mod workspace;

pub use error::PipelineError;
pub use workspace::{Ambient, Workspace};
