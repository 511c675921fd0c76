//! Approval of tables that wait: how their columns are read is accepted, and they are imported from the stored bytes.

use std::collections::BTreeMap;

use velocity_ingest::Input;
use velocity_mapping::{Choices, choose, unanswered};
use velocity_model::{BlobId, RunReport, Waiting, WaitingId};
use velocity_store::Layout;

use crate::import::{Approval, Ending, ImportOptions, Job, Snapshots};
use crate::{PipelineError, Progress, Workspace};

impl Workspace {
    /// Accepts the profile proposed for a table, with what the author chose otherwise, and imports the table and all others that
    /// wait with the same columns. The accepted profile and the import become visible together or not at all.
    ///
    /// # Errors
    /// [`PipelineError::NoSuchWaiting`], [`PipelineError::Unanswered`] and [`PipelineError::Choices`] if there is nothing to
    /// approve yet; and those of [`Workspace::import`].
    pub async fn approve(
        &self,
        id: WaitingId,
        choices: &Choices,
        author: &str,
        progress: &Progress,
    ) -> Result<RunReport, PipelineError> {
        self.approved(id, choices, author, Ending::Commit, progress).await
    }

    /// What [`Workspace::approve`] would come to; see [`Workspace::forecast`].
    ///
    /// # Errors
    /// As of [`Workspace::approve`].
    pub async fn forecast_approval(
        &self,
        id: WaitingId,
        choices: &Choices,
        author: &str,
        progress: &Progress,
    ) -> Result<RunReport, PipelineError> {
        self.approved(id, choices, author, Ending::RollBack, progress).await
    }

    /// Lets a table wait no longer. Nothing of it is imported; imported again, it waits again.
    ///
    /// # Errors
    /// [`PipelineError::NoSuchWaiting`]; a store failure.
    pub async fn leave_out(&self, id: WaitingId) -> Result<(), PipelineError> {
        let mut unit = self.store.begin().await?;
        if !self.store.waiting().await?.iter().any(|waiting| waiting.id == id) {
            return Err(PipelineError::NoSuchWaiting(id));
        }
        unit.forget_waiting(id).await?;
        Ok(unit.commit().await?)
    }

    async fn approved(
        &self,
        id: WaitingId,
        choices: &Choices,
        author: &str,
        ending: Ending,
        progress: &Progress,
    ) -> Result<RunReport, PipelineError> {
        let all = self.store.waiting().await?;
        let wanted = all.iter().find(|waiting| waiting.id == id).ok_or(PipelineError::NoSuchWaiting(id))?;
        let profile = choose(&wanted.profile, choices).map_err(|source| PipelineError::Choices { source })?;
        let open = unanswered(&profile, &wanted.questions, choices);
        if !open.is_empty() {
            let asked = |question: &&velocity_model::Question| match question.column.as_str() {
                "" => question.message.clone(),
                column => format!("column {column}: {}", question.message),
            };
            return Err(PipelineError::Unanswered { questions: open.iter().map(asked).collect() });
        }
        let has_alike_columns = |other: &Waiting| other.headers == wanted.headers && other.drift == wanted.drift;
        let is_alike = |other: &&Waiting| match (wanted.snapshot, other.snapshot) {
            (false, false) => has_alike_columns(other),
            // The parts of a snapshot came in one import, and withdraw what none of them has.
            (true, true) => {
                other.run == wanted.run && (other.profile.name == wanted.profile.name || has_alike_columns(other))
            }
            _ => false,
        };
        let input = |waiting: &Waiting| {
            let path = self.settings.raw.path_of(waiting.blob);
            (waiting.blob, Input { path, display: waiting.path.clone() })
        };
        let inputs: BTreeMap<BlobId, Input> = all.iter().filter(is_alike).map(input).collect();
        let mut inputs: Vec<Input> = inputs.into_values().collect();
        inputs.sort_by(|a, b| (&a.display, &a.path).cmp(&(&b.display, &b.path)));
        let layout =
            Layout { profile: profile.name.clone(), path: wanted.path.clone(), headers: wanted.headers.clone() };
        let snapshot = wanted.snapshot;
        let options = ImportOptions { snapshot, author: author.to_owned(), ..ImportOptions::default() };
        let approval = Some(Approval { profile, layout });
        let snapshots = if wanted.withdrawal.is_some() { Snapshots::Approved } else { Snapshots::AsSaid };
        self.run(Job { inputs, options: &options, approval, snapshots, ending }, progress).await
    }
}
