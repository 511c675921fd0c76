//! A drafted profile for a table that no profile knows: by what its headers mean and by what its values are.
//!
//! Everything that was decided is said with a reason, and what cannot be decided is a question, so that a person (or `--yes`,
//! if no question is open) accepts the draft before anything is imported.

mod assign;
mod column;
mod draft;
mod headers;
mod learnt;
mod synonyms;

use polars::prelude::DataFrame;
use serde::Serialize;
use velocity_model::{Field, Profile, Question, StagedTable};

use crate::columns::Cells;
use column::ColumnProfile;
use learnt::Learnt;

/// A drafted profile and why it is as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// The profile, ready for [`crate::map`].
    pub profile: Profile,
    /// Every column of the table, in order.
    pub columns: Vec<ColumnProposal>,
    /// What a person has to answer before the draft can be used.
    pub questions: Vec<Question>,
}

/// What becomes of one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ColumnProposal {
    /// Its header.
    pub header: String,
    /// The field; `None` for the key and for a column that is left out.
    pub target: Option<Field>,
    /// Whether it is the key of the records.
    pub is_key: bool,
    /// How sure that is, in percent.
    pub confidence: u8,
    /// Why, in one clause.
    pub reason: String,
    /// Share of rows that have a value, in percent, rounded down.
    pub sample_fill_percent: u8,
    /// The first values that differ from each other, at most three.
    #[serde(skip)]
    pub samples: Vec<String>,
}

/// Drafts a profile. `file_name` names the profile and its source; it decides nothing else. What the headers of `known` profiles
/// mean there, they may mean here.
pub fn suggest(table: &StagedTable, frame: &DataFrame, file_name: &str, known: &[Profile]) -> Draft {
    let cells = Cells::new(frame, table.headers.len());
    let profiles: Vec<ColumnProfile> =
        (0..table.headers.len()).map(|column| ColumnProfile::of(&cells, column)).collect();
    let assignment = assign::assign(&table.headers, &profiles, &cells, &Learnt::of(known));
    draft::draft(table, &cells, file_name, &profiles, assignment)
}

#[cfg(test)]
mod tests;
