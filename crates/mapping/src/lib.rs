//! Staged table to evidence, through declarative source profiles.
//!
//! [`recognise`] finds the profile of a table by its headers, [`suggest`] drafts one for a table that no profile knows, and
//! [`map`] turns every row into evidence records whose values are in canonical form. Bad data never fails: a value that
//! cannot be read stays raw with a code, a row that states nothing is quarantined, and a question that only a person can
//! answer (is 03/04/2020 in March or in April?) is asked once a column instead of being guessed.
//!
//! Everything but [`write_evidence`] and [`read_evidence`] is a pure function of its arguments. This crate knows nothing of
//! databases, runs or matching.

mod ask;
mod columns;
mod drift;
mod error;
mod evidence_file;
#[cfg(test)]
mod fixture;
mod header_pattern;
mod map;
mod profile;
mod recognise;
mod revise;
mod suggest;
mod transform;

pub use columns::{ADDED_COLUMNS, mapped_fields};
pub use drift::{adapt, drift, is_relative};
pub use error::{EvidenceFileError, ProfileError};
pub use evidence_file::{read_evidence, write_evidence};
pub use map::{Mapped, SetAside, map};
pub use profile::{parse, schema, shipped, to_toml};
pub use recognise::{Recognised, recognise};
pub use revise::{Choices, choose, unanswered};
pub use suggest::{ColumnProposal, Draft, suggest};
pub use transform::{Context, Outcome, Resolved, transform};

/// Version of the mapping itself: of transforms, keys and digests. Evidence made by another version is made again.
pub const MAPPER_VERSION: u32 = 3;
