//! Problems in customer data, as data.

use serde::{Deserialize, Serialize};

/// How much an issue matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing was lost.
    Note,
    /// A value was kept raw, or a repair was made.
    Warning,
    /// A row or file could not be used.
    Error,
}

/// One problem, with where it is and what to do next.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Issue {
    /// How much it matters.
    pub severity: Severity,
    /// Stable dotted code, such as `read.ragged_row`.
    pub code: String,
    /// Physical row in the source, from 1, if it is about a row.
    pub row: Option<u64>,
    /// Header of the column, if it is about a column.
    pub column: Option<String>,
    /// What is wrong and what to do, in one sentence; never a customer's value.
    pub message: String,
}
