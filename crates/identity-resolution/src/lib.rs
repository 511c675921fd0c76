//! Tables and evidence to pairs to clusters.
//!
//! Scoring is Fellegi and Sunter's ("A Theory for Record Linkage", 1969) with weights learnt from the records themselves and
//! rounded to integers, so that a score depends on neither thread count nor partitioning. [`dedupe`] resolves any table,
//! [`Population`] the evidence of one kind, both by one matcher; [`cluster`] forms entities under people's decisions. Every
//! function here is pure, and its result does not depend on the order of its input. This crate knows nothing of files,
//! databases and pages.

mod agglomerate;
mod attested;
mod candidates;
mod cluster;
mod contradiction;
mod dedupe;
mod echo;
mod explanations;
mod features;
mod fields;
mod fit;
mod forest;
mod frequencies;
mod index;
mod lists;
mod matcher;
pub mod metrics;
mod moved;
mod plan;
mod population;
mod repeats;
mod report;
mod risk;
mod signature;
mod similarity;
mod swap;
mod table;
mod weights;
mod whole_names;

#[cfg(test)]
mod fixture;

pub use candidates::Postings;
pub use cluster::{Cluster, Clustering, DecisionConflict, Member, ReviewPair, cluster};
pub use dedupe::{DedupeOptions, Label, Resolution, WeighedPair, dedupe};
pub use index::{Extension, Learnt, MatchIndex, Segment, SegmentField, Texts, WeighedLink, shared_points};
pub use matcher::{MatchProgress, Phase, probability};
pub use plan::{MatchPlan, PlanField};
pub use population::Population;
pub use report::{EntityLine, Expected, FieldLine, LevelLine, PairLine, PassLine, Reliability, ResolutionReport};
pub use table::{Column, Table};
pub use weights::{FieldWhy, PairWhy};
pub use whole_names::{NameKind, NamesWhy, WordWhy, whole_names};

/// Counts up when the same evidence comes to other pairs, so that no pairs of an earlier program are taken for current.
pub const SCORER_VERSION: u32 = 7;
