//! What a long operation tells while it works.

/// A stage of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Bytes are hashed and kept. Unit: files.
    Receive,
    /// Files are read into tables. Unit: files.
    Read,
    /// Rows are mapped to evidence. Unit: tables.
    Map,
    /// Pairs are scored. Unit: blocking passes or blocks, as the matcher counts them.
    Match,
    /// Clusters are formed. Unit: kinds.
    Resolve,
    /// Canonical records are computed. Unit: records.
    Project,
    /// Everything is made visible. Unit: records.
    Publish,
}

impl Stage {
    /// One word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::Read => "read",
            Self::Map => "map",
            Self::Match => "match",
            Self::Resolve => "resolve",
            Self::Project => "project",
            Self::Publish => "publish",
        }
    }
}

/// How far a stage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The stage.
    pub stage: Stage,
    /// Units done.
    pub done: u64,
    /// Units in all.
    pub total: u64,
}

/// Called from any thread, often; must be cheap.
pub type Progress = std::sync::Arc<dyn Fn(Step) + Send + Sync>;

/// Tells nobody.
pub fn silent() -> Progress {
    std::sync::Arc::new(|_| {})
}
