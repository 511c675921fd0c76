//! Keyset pages.

use serde::{Deserialize, Serialize};
use velocity_model::{EntityKind, RecordId};

/// Order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// By title, then id.
    #[default]
    Title,
    /// Newest activity first, then id.
    Recent,
}

/// Which records a list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Kind of record.
    pub kind: EntityKind,
    /// Words that must all occur in name, e-mail, phone or account; without regard to case and accents.
    pub text: String,
    /// Only records that have evidence from this source.
    pub source: Option<String>,
    /// Only records with an open review item.
    pub in_review: bool,
    /// Order.
    pub sort: Sort,
    /// Show what follows this place.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// A place in a list: sort key and id of the last row seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// Sort key of the row.
    pub key: String,
    /// Its id.
    pub id: RecordId,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many rows the whole list has.
    pub total: u64,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<Cursor>,
}
