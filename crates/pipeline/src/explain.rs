//! Why two records are one or two.

use std::sync::Arc;

use velocity_identity_resolution::{MatchIndex, Population, SCORER_VERSION};
use velocity_model::{EntityKind, RecordId, Waterfall};
use velocity_store::Receipt;

use crate::index_file::read_index;
use crate::members::{Members, in_order};
use crate::pairs::{Populations, learn};
use crate::workspace::{Workspace, off_thread};
use crate::{PipelineError, silent};

/// What is known of the members of a tenant, by kind.
#[derive(Debug, Default)]
pub(crate) struct Learnt {
    /// What the members were loaded from.
    files: Vec<Receipt>,
    kinds: Vec<(EntityKind, Arc<KnownOfKind>)>,
}

/// What pairs of a kind are weighed by.
#[derive(Debug)]
enum KnownOfKind {
    /// Learnt from all records.
    Population(Box<Population>),
    /// Learnt once.
    Index(Box<MatchIndex>),
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
        Ok(match &*self.known(left.kind).await? {
            KnownOfKind::Population(population) => population.explain(left, right),
            KnownOfKind::Index(index) => Some(index.explain(left, right)),
        })
    }

    /// What is known of a kind; read or learnt once for all who ask meanwhile.
    async fn known(&self, kind: EntityKind) -> Result<Arc<KnownOfKind>, PipelineError> {
        let files = in_order(self.store.receipts().await?);
        let mut learnt = self.learnt.lock().await;
        if learnt.files != files {
            *learnt = Learnt { files, kinds: Vec::new() };
        }
        if let Some((_, known)) = learnt.kinds.iter().find(|(known, _)| *known == kind) {
            return Ok(Arc::clone(known));
        }
        let known = match self.index(kind).await? {
            Some(index) => KnownOfKind::Index(Box::new(index)),
            None => {
                let evidence = self.store.evidence_of(kind).await?;
                let learn = move || Ok(learn(&evidence.iter().collect::<Vec<_>>(), kind, &silent()).0);
                KnownOfKind::Population(Box::new(off_thread(learn).await?))
            }
        };
        let known = Arc::new(known);
        learnt.kinds.push((kind, Arc::clone(&known)));
        Ok(known)
    }

    /// What was learnt of a kind and kept; `None` if it is learnt anew each time.
    async fn index(&self, kind: EntityKind) -> Result<Option<MatchIndex>, PipelineError> {
        let places = self.store.pairs().await?;
        let place = places.into_iter().find(|(own, place)| *own == kind && place.scorer == SCORER_VERSION);
        let place = place.and_then(|(_, place)| place.index);
        let Some(place) = place else { return Ok(None) };
        let folder = self.settings.layout.index(&place.base);
        off_thread(move || Ok(read_index(&folder))).await
    }

    /// Keeps what was learnt for explanations.
    pub(crate) async fn keep_learnt(&self, members: &Members, populations: Populations) {
        let known = |population| Arc::new(KnownOfKind::Population(Box::new(population)));
        let kinds = populations.into_iter().map(|(kind, population)| (kind, known(population))).collect();
        *self.learnt.lock().await = Learnt { files: members.files.clone(), kinds };
    }
}
