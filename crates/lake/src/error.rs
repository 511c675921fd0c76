//! What can go wrong in the lake.

use std::path::PathBuf;

use datafusion::error::DataFusionError;

/// A failure of the lake.
#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    /// A file cannot be read or written.
    #[error("cannot {doing} `{}`", path.display())]
    File {
        /// What was being done: "write".
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A Parquet file cannot be read or written.
    #[error("cannot use the Parquet file `{}`", path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// Why.
        source: parquet::errors::ParquetError,
    },
    /// A file of ours does not hold what it should.
    #[error("`{}` is damaged: {why}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: &'static str,
    },
    /// The statement is no query.
    #[error("only queries are allowed: {0}")]
    NotAQuery(String),
    /// The query names something that is not there, or is not SQL.
    #[error("the query cannot be understood: {0}")]
    Query(String),
    /// The query needs more memory than it may have.
    #[error("the query needs more than {0} MiB of memory")]
    Memory(u64),
    /// The query takes longer than it may.
    #[error("the query takes longer than {0} s")]
    Time(u64),
    /// The engine failed.
    #[error("the query engine failed")]
    Engine(#[source] Box<DataFusionError>),
}

impl LakeError {
    /// Stable dotted code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::File { .. } => "lake.file",
            Self::Parquet { .. } => "lake.parquet",
            Self::Damaged { .. } => "lake.damaged",
            Self::NotAQuery(_) => "lake.not_a_query",
            Self::Query(_) => "lake.query",
            Self::Memory(_) => "lake.memory",
            Self::Time(_) => "lake.time",
            Self::Engine(_) => "lake.engine",
        }
    }

    /// What to do next.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::File { .. } => "check free disk space and permissions, then run the same command again",
            Self::Parquet { .. } | Self::Damaged { .. } => "run `velocity rebuild`: the lake is made again",
            Self::NotAQuery(_) => "begin with SELECT, WITH, EXPLAIN, SHOW or DESCRIBE",
            Self::Query(_) => "`velocity query --tables` lists tables and columns",
            Self::Memory(_) => "filter or aggregate more, or raise --memory",
            Self::Time(_) => "filter or aggregate more, or raise --seconds",
            Self::Engine(_) => "run the query again; if it fails the same way, it is a bug",
        }
    }

    /// Whether what was typed is at fault.
    pub const fn is_usage(&self) -> bool {
        matches!(self, Self::NotAQuery(_) | Self::Query(_))
    }
}
