//! Ledger and serving tables of one tenant, behind one object-safe trait a concern.
//!
//! The ledger holds ground state (runs, receipts, accepted profiles, decisions); the serving tables hold what pages read
//! and can be rebuilt from the ledger and the lake at any time. Writes go through a [`UnitOfWork`], which is a
//! transaction: nothing of it is visible until [`UnitOfWork::commit`], and dropping it undoes everything.
//!
//! SQL stands as constants with `$1` placeholders, which SQLite and PostgreSQL both take. This crate knows nothing about
//! matching, survivorship or files.

mod error;
mod packed;
mod page;
mod rows;
mod sqlite;
mod traits;

pub use error::StoreError;
pub use page::{Cursor, ListQuery, Page, Sort};
pub use rows::{
    Asked, ContentDigest, EntityRow, IndexPlace, Layout, ListRow, MemberRow, OpenReview, PairsPlace, Publication,
    Receipt, Related, ReviewState, RunRow, StoredEvidence, StoredProfile, Summary, Totals, WithdrawnRow,
};
pub use sqlite::SqliteStore;
pub use traits::{Ledger, Neighbours, Records, Reviews, Store, UnitOfWork};
