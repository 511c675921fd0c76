//! Human decisions: appended to the ledger and published with what they change, all or nothing.

use velocity_model::{Action, Decision, DecisionId, RecordId, active};

use crate::progress::silent;
use crate::{PipelineError, Workspace};

impl Workspace {
    /// Appends a decision, recomputes what it touches and publishes it, all or nothing. Returns the decision's id.
    ///
    /// # Errors
    /// [`PipelineError::NoSuchRecord`] if a named record is unknown; a store failure otherwise.
    pub async fn decide(&self, action: Action, author: &str, reason: &str) -> Result<DecisionId, PipelineError> {
        let members = self.members().await?;
        if let Some(unknown) = named(&action).into_iter().find(|record| !members.by_record.contains_key(record)) {
            return Err(PipelineError::NoSuchRecord(unknown));
        }
        let id = DecisionId::from_bytes(self.ambient.uuid());
        let decision = self.decision(id, id, action, author, reason);
        self.append(vec![decision]).await?;
        Ok(id)
    }

    /// Withdraws a decision and everything decided with it, and publishes the result. Returns the id of the withdrawal.
    ///
    /// # Errors
    /// [`PipelineError::NoSuchDecision`] if it is unknown or withdrawn already.
    pub async fn withdraw(&self, decision: DecisionId, author: &str) -> Result<DecisionId, PipelineError> {
        let ledger = self.store.decisions().await?;
        let (counting, _) = active(&ledger);
        let group = counting.iter().find(|known| known.id == decision).map(|known| known.group);
        let group = group.ok_or(PipelineError::NoSuchDecision(decision))?;
        let id = DecisionId::from_bytes(self.ambient.uuid());
        let together = counting.iter().filter(|known| known.group == group);
        let withdrawals = together.enumerate().map(|(place, known)| {
            let own = if place == 0 { id } else { DecisionId::from_bytes(self.ambient.uuid()) };
            self.decision(own, id, Action::Withdraw { decision: known.id }, author, "")
        });
        self.append(withdrawals.collect()).await?;
        Ok(id)
    }

    fn decision(&self, id: DecisionId, group: DecisionId, action: Action, author: &str, reason: &str) -> Decision {
        let (author, reason) = (author.to_owned(), reason.to_owned());
        Decision { id, at: (self.ambient.now)(), author, reason, group, action }
    }

    async fn append(&self, decisions: Vec<Decision>) -> Result<(), PipelineError> {
        let mut unit = self.store.begin().await?;
        // Read under the writer's lock: an import or another decision may have been published meanwhile.
        let members = self.members().await?;
        let mut ledger = self.store.decisions().await?;
        let (counting, _) = active(&ledger);
        for decision in &decisions {
            // Two people may undo one decision at once: the second is told.
            if let Action::Withdraw { decision: target } = decision.action
                && !counting.iter().any(|known| known.id == target)
            {
                return Err(PipelineError::NoSuchDecision(target));
            }
            unit.add_decision(decision).await?;
        }
        ledger.extend(decisions);
        let questions = self.store.questions().await?;
        let (_, publication) = self.plan_publication(&members, ledger, questions, &silent()).await?;
        unit.publish(&publication).await?;
        unit.commit().await?;
        Ok(())
    }
}

/// The records that an action names.
fn named(action: &Action) -> Vec<RecordId> {
    match action {
        Action::Same { a, b } | Action::Different { a, b } | Action::Unsure { a, b } => vec![*a, *b],
        Action::Partition { groups } => groups.iter().flatten().copied().collect(),
        Action::Isolate { record } | Action::Pin { record, .. } => vec![*record],
        Action::Suppress { .. } | Action::Withdraw { .. } => Vec::new(),
    }
}
