//! The steps of an import, in order, each keyed by the digest of its inputs and published atomically: receive, read, map,
//! score, cluster, project, publish. Also what changes the outcome afterwards: decide, withdraw, rebuild, verify.
//!
//! This crate knows the order of the steps and nothing of how a step works. It draws no time and no randomness: both come
//! in through [`Ambient`].

mod ambient;
mod answer;
mod approve;
mod catalogue;
mod crash;
mod decide;
mod dedupe;
mod error;
mod evaluate;
mod explain;
mod files;
mod import;
mod increment;
mod index_file;
mod judged;
mod layout;
mod members;
mod outcome;
mod pairs;
mod progress;
mod project;
mod publish;
mod rebuild;
mod resolve;
mod simulate;
mod touch;
mod workspace;

pub use ambient::Ambient;
pub use crash::CRASH_POINTS;
pub use dedupe::{DedupeError, Deduped, SEPARATOR, TableHints, dedupe_files};
pub use error::PipelineError;
pub use evaluate::{Apart, Evaluation, HardCase, TruthRow};
pub use import::ImportOptions;
pub use judged::{Judged, Place, labels};
pub use progress::{Progress, Stage, Step, silent};
pub use rebuild::Verification;
pub use simulate::{Order, Yield};
pub use velocity_identity_resolution::{Expected, PairLine, ResolutionReport};
pub use velocity_mapping::Choices;
pub use workspace::Workspace;
