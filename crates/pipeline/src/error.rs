//! What can go wrong in a step.

/// A failure of the pipeline.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] velocity_store::StoreError),
    /// A decision names a record that nobody has stated.
    #[error("no record `{0}`")]
    NoSuchRecord(velocity_model::RecordId),
    /// A withdrawal names a decision that is not in the ledger, or that is withdrawn already.
    #[error("no decision `{0}` that still counts")]
    NoSuchDecision(velocity_model::DecisionId),
}
