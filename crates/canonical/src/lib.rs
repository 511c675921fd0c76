//! Clusters, policy and decisions to canonical records with provenance.
//!
//! [`project`] turns all entities of a tenant into canonical records at once; [`overviews`] says of each person and
//! organisation what only the items that point to it can tell. Where only some records change, [`records`] and [`relink`] make
//! these anew, and [`names`] tell whose links lead to them.
//!
//! Pure: no IO, no clock, no randomness, and no bad input that it fails on. The result depends on what is stated and
//! decided alone, never on the order in which it is handed in, so a rebuild, another batch size or another order of
//! files gives the same records. This crate knows nothing about matching, files or storage: clusters come in finished.

mod coherent;
mod deal;
mod decided;
mod fold;
mod links;
mod order;
mod overview;
mod project;
mod quality;
mod survive;
mod title;

#[cfg(test)]
mod fixture;

pub use links::{address_names, names, record_name};
pub use overview::{Overview, overviews, own_time};
pub use project::{Entity, project, records, relink};
