//! The SQLite store.

/// One tenant's SQLite database.
#[derive(Debug)]
pub struct SqliteStore {}
