//! Evidence to pairs to clusters: features, blocking, scoring, constrained clustering.
//!
//! Scoring is Fellegi and Sunter's ("A Theory for Record Linkage", 1969) with frozen integer weights, so that a score
//! depends on neither thread count, partitioning nor engine. Every function here is pure, and its result does not depend
//! on the order of its input. This crate knows nothing of files, databases and pages.

mod agglomerate;
mod blocking;
mod candidates;
mod cluster;
mod compare;
mod dedupe;
mod default_plan;
mod explain;
mod explanations;
mod features;
mod fields;
mod fit;
mod forest;
mod frequencies;
mod kernel;
pub mod metrics;
mod repeats;
mod risk;
mod score;
mod signature;
mod similarity;
mod swap;
mod table;
mod weights;

pub use cluster::{Cluster, Clustering, DecisionConflict, Member, ReviewPair, cluster};
pub use dedupe::{DedupeOptions, DedupeProgress, Phase, Resolution, WeighedPair, dedupe};
pub use default_plan::default_plan;
pub use explain::explain;
pub use score::score;
pub use table::{Column, Table};
pub use weights::{FieldWhy, PairWhy};

/// Counts up when the same plan and evidence come to other pairs, so that no pairs of an earlier program are taken for current.
pub const SCORER_VERSION: u32 = 2;
