//! What can go wrong with the store: one variant for each thing a caller can act on.

use std::path::PathBuf;

/// A failure of the store. Not found is `None`, never an error.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data directory cannot be used.
    #[error("cannot use the data directory `{}`", path.display())]
    Directory {
        /// The directory or file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Another process writes to this tenant.
    #[error("another velocity process is writing to `{}`", path.display())]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// The database refused.
    #[error("the database refused to {doing}")]
    Database {
        /// What was being done: "read the review queue".
        doing: &'static str,
        /// Why.
        source: sqlx::Error,
    },
    /// The database was written by a newer version.
    #[error("the data was written by a newer version of velocity (schema {found}, this version knows {known})")]
    Newer {
        /// Schema found.
        found: i64,
        /// Newest schema this version knows.
        known: i64,
    },
    /// A row cannot be compressed.
    #[error("a row cannot be compressed")]
    Pack {
        /// Why.
        source: std::io::Error,
    },
    /// A stored row does not read back.
    #[error("row `{key}` of table `{table}` is damaged: {why}")]
    Damaged {
        /// Table.
        table: &'static str,
        /// Key of the row.
        key: String,
        /// What does not read.
        why: String,
    },
}

impl StoreError {
    /// Stable dotted code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Directory { .. } => "store.directory",
            Self::Locked { .. } => "store.locked",
            Self::Database { .. } => "store.database",
            Self::Newer { .. } => "store.newer",
            Self::Pack { .. } => "store.pack",
            Self::Damaged { .. } => "store.damaged",
        }
    }

    /// What to do next.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Directory { .. } => {
                "check that the directory exists, is yours to write, and has room, or name another with --data-dir"
            }
            Self::Locked { .. } => "wait until it has finished, or use another --data-dir",
            Self::Database { .. } => {
                "check free disk space and file permissions, then run the same command again; nothing was half-written"
            }
            Self::Newer { .. } => "use the newer version, or another --data-dir",
            Self::Pack { .. } => "check free memory, then run the same command again; nothing was half-written",
            Self::Damaged { .. } => "run `velocity rebuild`: serving tables are rebuilt from the ledger and the lake",
        }
    }
}
