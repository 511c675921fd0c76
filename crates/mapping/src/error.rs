//! What can go wrong outside the customer's data.

use std::path::PathBuf;

/// A profile that cannot be used. Lines and columns count from 1; columns count characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// The text is not TOML, or has a key or a type of value that a profile does not have.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// Line of the fault.
        line: usize,
        /// Column of the fault.
        column: usize,
        /// What is wrong; for a wrong key, the key and the keys that are allowed.
        message: String,
    },
    /// The text is a profile by form, but contradicts itself or names something that does not exist.
    #[error("line {line}, column {column}: `{key}` {message}{}", list(allowed))]
    Invalid {
        /// Line of the fault.
        line: usize,
        /// Column of the fault.
        column: usize,
        /// Path of the key: `entity[0].field[2].to`.
        key: String,
        /// What is wrong.
        message: String,
        /// What may stand there; empty if that is no list.
        allowed: Vec<String>,
    },
}

fn list(allowed: &[String]) -> String {
    if allowed.is_empty() { String::new() } else { format!("; allowed: {}", allowed.join(", ")) }
}

impl ProfileError {
    /// Stable dotted code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "profile.syntax",
            Self::Invalid { .. } => "profile.invalid",
        }
    }

    /// What to do next.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "mend the line; the profiles in source-profiles show every key in use",
            Self::Invalid { .. } => "mend the key, then run `velocity profile check` on a sample file",
        }
    }

    /// Line and column of the fault.
    pub const fn position(&self) -> (usize, usize) {
        match self {
            Self::Syntax { line, column, .. } | Self::Invalid { line, column, .. } => (*line, *column),
        }
    }
}

/// An evidence file that cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceFileError {
    /// The file system refused.
    #[error("cannot write or read {path}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Not a Parquet file, or damaged.
    #[error("{path} is not a readable Parquet file")]
    Parquet {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: polars::error::PolarsError,
    },
    /// A Parquet file, but not of evidence.
    #[error("{path} is not an evidence file: column `{column}`, line {line} of the table")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The column that is missing or holds something else.
        column: &'static str,
        /// Row of the Parquet table, from 1; 0 if the whole column is wrong.
        line: usize,
    },
}

impl EvidenceFileError {
    /// Stable dotted code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "evidence.io",
            Self::Parquet { .. } => "evidence.parquet",
            Self::Malformed { .. } => "evidence.malformed",
        }
    }

    /// What to do next.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Io { .. } => "check free space and permissions of the data directory, then run the command again",
            Self::Parquet { .. } | Self::Malformed { .. } => {
                "evidence is derived: delete the file and run `velocity rebuild`"
            }
        }
    }
}
