//! Evidence to pairs to clusters: features, blocking, scoring, constrained clustering.
//!
//! Scoring is Fellegi and Sunter's ("A Theory for Record Linkage", 1969) with frozen integer weights, so that a score
//! depends on neither thread count, partitioning nor engine. Every function here is pure, and its result does not depend
//! on the order of its input. This crate knows nothing of files, databases and pages.

mod blocking;
mod cluster;
mod compare;
mod default_plan;
mod explain;
mod features;
mod kernel;
pub mod metrics;
mod risk;
mod score;

pub use cluster::{Cluster, Clustering, DecisionConflict, Member, ReviewPair, cluster};
pub use default_plan::default_plan;
pub use explain::explain;
pub use score::score;

/// Counts up when the same plan and evidence come to other pairs, so that no pairs of an earlier program are taken for current.
pub const SCORER_VERSION: u32 = 2;
