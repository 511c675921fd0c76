//! Read-only SQL over the Parquet files of one tenant, and the Parquet files that need Arrow.
//!
//! Each call is given the tables it may see; nothing else can be named in SQL. This crate knows nothing of the store and
//! of how the files came about.

mod arrays;
mod catalogue;
mod error;
mod query;
mod tables;
mod write;

pub use arrays::{Plain, read_plain, write_plain};
pub use catalogue::{Catalogue, LakeTable, sql_name};
pub use error::LakeError;
pub use query::{Answer, Column, Limits, TableDescription, describe, query};
pub use tables::{CanonicalFiles, read_pairs, write_canonical, write_pairs};
