//! Clusters, policy and decisions to canonical records with provenance.
//!
//! Pure: no IO, no clock, no randomness, and no bad input that it fails on. The result depends on what is stated and
//! decided alone, never on the order in which it is handed in.

mod decided;
mod links;
mod name;
mod overview;
mod project;
mod quality;
mod survive;
mod title;

pub use overview::{Overview, overviews, own_time};
pub use project::{Entity, project};
