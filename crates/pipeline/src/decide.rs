//! Human decisions: appended to the ledger and published with what they change, all or nothing.

use velocity_model::{Action, Decision, DecisionId, RecordId, active};
use velocity_store::Publication;

use crate::progress::silent;
use crate::touch::Touch;
use crate::{PipelineError, Workspace};

impl Workspace {
    /// Appends a decision, recomputes what it touches and publishes it, all or nothing. Returns the decision's id.
    ///
    /// # Errors
    /// [`PipelineError::NoSuchRecord`] if a named record is unknown; a store failure otherwise.
    pub async fn decide(&self, action: Action, author: &str, reason: &str) -> Result<DecisionId, PipelineError> {
        let records = named(&action);
        let known = self.store.member_rows(&records).await?;
        let is_known = |record: &RecordId| known.iter().any(|row| row.evidence.record == *record);
        if let Some(unknown) = records.into_iter().find(|record| !is_known(record)) {
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
        let touched: Vec<Vec<RecordId>> =
            decisions.iter().map(|decision| named(meant(&decision.action, &ledger))).collect();
        let is_known = touched.iter().all(|records| !records.is_empty());
        ledger.extend(decisions);
        let publication = self.plan_decision(is_known.then(|| touched.concat()), ledger).await?;
        unit.publish(&publication).await?;
        unit.commit().await?;
        Ok(())
    }

    /// What decisions about some records change; of `None` nobody knows what it touches, and everything is made anew.
    async fn plan_decision(
        &self,
        records: Option<Vec<RecordId>>,
        ledger: Vec<Decision>,
    ) -> Result<Publication, PipelineError> {
        if let (Some(records), Some(graphs)) = (records, self.graphs().await?) {
            let touch = Touch { records: records.into_iter().collect(), ..Touch::default() };
            if let Some(publication) = self.plan_touched(touch, graphs, &ledger).await? {
                return Ok(publication);
            }
        }
        let members = self.members().await?;
        let pairs = self.score(&members, &silent()).await?;
        self.plan_publication(&members, pairs, ledger, &silent()).await
    }
}

/// The action that a withdrawal takes back, or the action itself.
fn meant<'a>(action: &'a Action, ledger: &'a [Decision]) -> &'a Action {
    match action {
        Action::Withdraw { decision } => {
            ledger.iter().find(|known| known.id == *decision).map_or(action, |known| &known.action)
        }
        _ => action,
    }
}

/// The records that an action names.
pub(crate) fn named(action: &Action) -> Vec<RecordId> {
    match action {
        Action::Same { a, b } | Action::Different { a, b } | Action::Unsure { a, b } => vec![*a, *b],
        Action::Partition { groups } => groups.iter().flatten().copied().collect(),
        Action::Isolate { record } | Action::Pin { record, .. } => vec![*record],
        Action::Suppress { .. } | Action::Withdraw { .. } => Vec::new(),
    }
}
