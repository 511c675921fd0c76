//! One tenant: its store, its lake, its plans and policy.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use velocity_model::{Action, DecisionId, Plan, Policy, RecordId, Waterfall};
use velocity_store::Store;

use crate::PipelineError;

/// Time and randomness, handed in by the binary so that tests can fix them.
#[derive(Clone, Copy, Debug)]
pub struct Ambient {
    /// Microseconds since 1970-01-01T00:00:00Z.
    pub now: fn() -> i64,
    /// Sixteen random bytes.
    pub random: fn() -> [u8; 16],
}

/// One tenant, open for work.
pub struct Workspace {
    pub(crate) dir: PathBuf,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) ambient: Ambient,
    pub(crate) plans: Vec<Plan>,
    pub(crate) policy: Policy,
}

impl Workspace {
    /// The tenant's store, for reading.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// The tenant's directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The clock and the dice.
    pub fn ambient(&self) -> Ambient {
        self.ambient
    }

    /// Appends a decision, recomputes what it touches and publishes it, all or nothing. Returns the decision's id.
    ///
    /// # Errors
    /// [`PipelineError::NoSuchRecord`] if a named record is unknown; a store failure otherwise.
    pub async fn decide(&self, action: Action, author: &str, reason: &str) -> Result<DecisionId, PipelineError> {
        let _ = (action, author, reason, &self.plans, &self.policy);
        Err(PipelineError::NoSuchRecord(RecordId::from_bytes([0; 16])))
    }

    /// Withdraws a decision and everything decided with it, and publishes the result.
    ///
    /// # Errors
    /// [`PipelineError::NoSuchDecision`] if it is unknown or withdrawn already.
    pub async fn withdraw(&self, decision: DecisionId, author: &str) -> Result<DecisionId, PipelineError> {
        let _ = author;
        Err(PipelineError::NoSuchDecision(decision))
    }

    /// Why two evidence records weigh what they weigh; `None` if one of them is unknown or they are of different kinds.
    ///
    /// # Errors
    /// A store failure.
    pub async fn explain(&self, a: RecordId, b: RecordId) -> Result<Option<Waterfall>, PipelineError> {
        let _ = (a, b);
        Ok(None)
    }
}
