//! Why two records are one or two.

use std::sync::Arc;

use velocity_identity_resolution::Population;
use velocity_model::{EntityKind, RecordId, Waterfall};

use crate::members::{Members, files_of};
use crate::resolve::{Populations, learn};
use crate::workspace::{Workspace, off_thread};
use crate::{PipelineError, silent};

/// What is known of the members of a tenant, by kind.
#[derive(Debug, Default)]
pub(crate) struct Learnt {
    /// The evidence files that it was learnt from, with their batch sequence.
    files: Vec<(u64, String)>,
    populations: Vec<(EntityKind, Arc<Population>)>,
}

impl Workspace {
    /// Why two evidence records weigh what they weigh; `None` if one of them is unknown, if they are of different kinds,
    /// or of a kind that is not resolved. The first call after a start learns from all records of the kind.
    ///
    /// # Errors
    /// A store failure.
    pub async fn explain(&self, a: RecordId, b: RecordId) -> Result<Option<Waterfall>, PipelineError> {
        let found = self.store.evidence(&[a, b]).await?;
        let [left, right] = found.as_slice() else { return Ok(None) };
        let (left, right) = (&left.evidence, &right.evidence);
        if left.kind != right.kind || !left.kind.is_resolved() {
            return Ok(None);
        }
        Ok(self.population(left.kind).await?.explain(left, right))
    }

    /// What is known of a kind; learnt once for all who ask meanwhile.
    async fn population(&self, kind: EntityKind) -> Result<Arc<Population>, PipelineError> {
        let files = files_of(&self.store.receipts().await?);
        let mut learnt = self.learnt.lock().await;
        if learnt.files != files {
            *learnt = Learnt { files, populations: Vec::new() };
        }
        if let Some((_, population)) = learnt.populations.iter().find(|(known, _)| *known == kind) {
            return Ok(Arc::clone(population));
        }
        let evidence = self.store.evidence_of(kind).await?;
        let learn = move || Ok(learn(&evidence.iter().collect::<Vec<_>>(), kind, &silent()).0);
        let population = Arc::new(off_thread(learn).await?);
        learnt.populations.push((kind, Arc::clone(&population)));
        Ok(population)
    }

    /// Keeps what was learnt for explanations.
    pub(crate) async fn keep_learnt(&self, members: &Members, populations: Populations) {
        let populations = populations.into_iter().map(|(kind, population)| (kind, Arc::new(population))).collect();
        *self.learnt.lock().await = Learnt { files: members.files.clone(), populations };
    }
}
