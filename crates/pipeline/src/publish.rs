//! What changes in the serving tables: the difference between what is served and what should be.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use velocity_identity_resolution::{ReviewPair, probability};
use velocity_model::{CanonicalRecord, Decision, EntityKind, RecordId, Risk, ScoredPair, VersionId, review_id};
use velocity_store::{ContentDigest, EntityRow, OpenReview, PairsPlace, Publication, ReviewState, WithdrawnRow};

use crate::members::Members;
use crate::pairs::{Pairs, score_all};
use crate::project::{Projection, project_all};
use crate::resolve::{Resolved, resolve};
use crate::touch::questions_apart;
use crate::workspace::{Settings, Workspace, off_thread};
use crate::{PipelineError, Progress, Stage, Step};

/// The outcome of everything behind the evidence: what is served once it is published.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// Where the lake holds the pairs of each kind.
    pairs: Vec<(EntityKind, PairsPlace)>,
    pub(crate) resolved: Resolved,
    pub(crate) projection: Projection,
}

/// Resolves and projects. A pure function of members, their pairs, decisions and settings.
pub(crate) fn compute(
    settings: &Settings,
    members: &Members,
    pairs: Pairs,
    decisions: &[Decision],
    progress: &Progress,
) -> Outcome {
    progress(Step { stage: Stage::Resolve, done: 0, total: 1 });
    let resolved = resolve(members, &pairs, decisions);
    progress(Step { stage: Stage::Resolve, done: 1, total: 1 });
    let total = members.by_record.len() as u64;
    progress(Step { stage: Stage::Project, done: 0, total });
    let projection = project_all(settings, members, &resolved, decisions);
    progress(Step { stage: Stage::Project, done: total, total });
    let pairs = pairs.into_iter().map(|pairs| (pairs.kind, pairs.place)).collect();
    Outcome { pairs, resolved, projection }
}

/// What the serving tables hold now.
#[derive(Debug)]
pub(crate) struct Served {
    /// Of every canonical record the digest of what is stored of it.
    pub(crate) digests: HashMap<RecordId, ContentDigest>,
    pub(crate) members: Vec<(RecordId, VersionId, RecordId)>,
    pub(crate) withdrawn: Vec<WithdrawnRow>,
    pub(crate) reviews: Vec<OpenReview>,
}

/// The difference between what is served and what should be.
pub(crate) fn difference(served: Served, members: &Members, outcome: Outcome) -> Publication {
    let Outcome { pairs, resolved, projection: Projection { entities, entity_of, digest } } = outcome;
    let new: HashMap<RecordId, &EntityRow> = entities.iter().map(|row| (row.record.id, row)).collect();
    let is_changed = |row: &EntityRow| served.digests.get(&row.record.id) != Some(&row.digest());
    let mut gone: Vec<RecordId> = served.digests.keys().filter(|id| !new.contains_key(id)).copied().collect();
    gone.sort_unstable();

    let placed: HashMap<RecordId, (VersionId, RecordId)> =
        served.members.iter().map(|(record, version, entity)| (*record, (*version, *entity))).collect();
    let known: BTreeMap<RecordId, WithdrawnRow> = served.withdrawn.iter().map(|row| (row.record, *row)).collect();
    let moved = members.by_record.iter().filter_map(|(record, member)| {
        let entity = *entity_of.get(record)?;
        let is_served = placed.get(record) == Some(&(member.evidence.version, entity)) && !known.contains_key(record);
        (!is_served).then(|| member.row(entity))
    });
    let is_due = |row: &&WithdrawnRow| known.get(&row.record) != Some(row) || placed.contains_key(&row.record);
    let withdrawn = members.withdrawn.values().filter(is_due).copied().collect();
    let (moved, superseded) = (moved.collect(), members.superseded());
    let record = |id| new.get(&id).map(|row: &&EntityRow| &row.record);
    let asked = resolved.reviews.iter();
    let asked = asked.filter_map(|(kind, review)| open_review(*kind, review, &entity_of, &record)).collect();
    let (reviews, closed) = questions_apart(served.reviews, asked);
    let upsert = entities.into_par_iter().filter(is_changed).collect();
    Publication { upsert, delete: gone, members: moved, withdrawn, reviews, closed, digest, pairs, superseded }
}

/// What a question is worth, the most first: the pairs of records that a merge is expected to bring together. Merging two groups
/// cleans more than merging two rows; but of two groups whose other records do not match that is in doubt. Ties go to the heavier pair.
pub(crate) fn priority(pair: &ScoredPair, left: usize, right: usize) -> i64 {
    let is_doubtful = |risk: &Risk| matches!(risk, Risk::ClusterContradiction | Risk::WeakBridge);
    let gain = if pair.risks.iter().any(is_doubtful) { 1.0 } else { left as f64 * right as f64 };
    let expected = (probability(pair.weight) * gain * 1_000.0).round() as i64;
    -(expected * 1_000_000 + i64::from(pair.weight.clamp(-400_000, 400_000)))
}

/// A question as the queue shows it; `record` finds the canonical records that it is about.
pub(crate) fn open_review<'a>(
    kind: EntityKind,
    review: &ReviewPair,
    entity_of: &HashMap<RecordId, RecordId>,
    record: &dyn Fn(RecordId) -> Option<&'a CanonicalRecord>,
) -> Option<OpenReview> {
    let pair = &review.pair;
    let (left, right) = (*entity_of.get(&pair.lo)?, *entity_of.get(&pair.hi)?);
    let size = |id| record(id).map_or(1, |record| record.members.len());
    let title = |id| record(id).map(|record| record.title.clone()).unwrap_or_default();
    Some(OpenReview {
        id: review_id(pair.lo, pair.hi),
        pair: pair.clone(),
        left,
        right,
        kind,
        left_title: title(left),
        right_title: title(right),
        state: if review.held { ReviewState::Held } else { ReviewState::Open },
        priority: priority(pair, size(left), size(right)),
    })
}

impl Workspace {
    /// What is served now.
    pub(crate) async fn served(&self) -> Result<Served, PipelineError> {
        let digests = self.store.digests().await?.into_iter().collect();
        let (members, withdrawn) = (self.store.members().await?, self.store.withdrawn().await?);
        let reviews = self.store.reviews(u32::MAX).await?;
        Ok(Served { digests, members, withdrawn, reviews })
    }

    /// The pairs of all members, and keeps what was learnt for explanations.
    pub(crate) async fn score(&self, members: &Arc<Members>, progress: &Progress) -> Result<Pairs, PipelineError> {
        let (settings, all, tell) = (Arc::clone(&self.settings), Arc::clone(members), Arc::clone(progress));
        let (pairs, populations) = off_thread(move || score_all(&settings, &all, &tell)).await?;
        self.keep_learnt(members, populations).await;
        Ok(pairs)
    }

    /// Resolves and projects away from the serving threads, and compares with what is served.
    pub(crate) async fn plan_publication(
        &self,
        members: &Arc<Members>,
        pairs: Pairs,
        decisions: Vec<Decision>,
        progress: &Progress,
    ) -> Result<Publication, PipelineError> {
        let served = self.served().await?;
        let (settings, members, progress) = (Arc::clone(&self.settings), Arc::clone(members), Arc::clone(progress));
        off_thread(move || {
            let outcome = compute(&settings, &members, pairs, &decisions, &progress);
            Ok(difference(served, &members, outcome))
        })
        .await
    }
}
