//! What changes in the serving tables: the difference between what is served and what should be.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use velocity_identity_resolution::{ReviewPair, probability};
use velocity_model::{Decision, EntityKind, Question, RecordId, Risk, ScoredPair, VersionId, review_id};
use velocity_store::{ContentDigest, EntityRow, MemberRow, OpenReview, Publication, ReviewState};

use crate::members::Members;
use crate::project::{Projection, project_all};
use crate::resolve::{Resolved, resolve, score_all};
use crate::workspace::{Settings, Workspace, off_thread};
use crate::{PipelineError, Progress, Stage, Step};

/// The outcome of everything behind the evidence: what is served once it is published.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) resolved: Resolved,
    pub(crate) projection: Projection,
}

/// What a run report tells of an outcome.
#[derive(Debug)]
pub(crate) struct Totals {
    /// Records by kind.
    pub(crate) records: BTreeMap<EntityKind, u64>,
    /// Joins that the clusters stand for.
    pub(crate) merges: u64,
    /// Items whose person, organisation or deal is unknown or ambiguous.
    pub(crate) unlinked: u64,
}

impl Totals {
    fn of(Outcome { resolved, projection }: &Outcome) -> Self {
        Self { records: projection.counts(), merges: resolved.merges(), unlinked: projection.unlinked() }
    }
}

/// Resolves and projects. A pure function of members, decisions and settings.
pub(crate) fn compute(
    settings: &Settings,
    members: &Members,
    decisions: &[Decision],
    progress: &Progress,
) -> Result<Outcome, PipelineError> {
    let (pairs, _) = score_all(settings, members, progress)?;
    progress(Step { stage: Stage::Resolve, done: 0, total: 1 });
    let resolved = resolve(members, &pairs, decisions);
    progress(Step { stage: Stage::Resolve, done: 1, total: 1 });
    let total = members.by_record.len() as u64;
    progress(Step { stage: Stage::Project, done: 0, total });
    let projection = project_all(settings, members, &resolved, decisions);
    progress(Step { stage: Stage::Project, done: total, total });
    Ok(Outcome { resolved, projection })
}

/// What the serving tables hold now.
#[derive(Debug)]
pub(crate) struct Served {
    /// Of every canonical record the digest of what is stored of it.
    pub(crate) digests: HashMap<RecordId, Option<ContentDigest>>,
    pub(crate) members: Vec<(RecordId, VersionId, RecordId)>,
}

/// The difference between what is served and what should be.
pub(crate) fn difference(
    served: &Served,
    members: &Members,
    outcome: Outcome,
    questions: Vec<Question>,
) -> Publication {
    let Outcome { resolved, projection: Projection { entities, entity_of, digest } } = outcome;
    let new: HashMap<RecordId, &EntityRow> = entities.iter().map(|row| (row.record.id, row)).collect();
    let is_changed = |row: &EntityRow| served.digests.get(&row.record.id) != Some(&Some(row.digest()));
    let mut gone: Vec<RecordId> = served.digests.keys().filter(|id| !new.contains_key(id)).copied().collect();
    gone.sort_unstable();

    let placed: HashMap<RecordId, (VersionId, RecordId)> =
        served.members.iter().map(|(record, version, entity)| (*record, (*version, *entity))).collect();
    let moved = members.by_record.iter().filter_map(|(record, member)| {
        let entity = *entity_of.get(record)?;
        let is_served = placed.get(record) == Some(&(member.evidence.version, entity));
        (!is_served).then(|| MemberRow {
            evidence: member.evidence.clone(),
            entity,
            first_seen: member.first_seen,
            sequence: member.sequence,
        })
    });
    let members = moved.collect();
    let reviews = resolved.reviews.iter();
    let reviews = reviews.filter_map(|(kind, review)| open_review(*kind, review, &entity_of, &new)).collect();
    let upsert = entities.into_par_iter().filter(is_changed).collect();
    Publication { upsert, delete: gone, members, reviews, questions, digest }
}

/// What a question is worth, the most first: the pairs of records that a merge is expected to bring together. Merging two groups
/// cleans more than merging two rows; but of two groups whose other records do not match that is in doubt. Ties go to the heavier pair.
pub(crate) fn priority(pair: &ScoredPair, left: usize, right: usize) -> i64 {
    let is_doubtful = |risk: &Risk| matches!(risk, Risk::ClusterContradiction | Risk::WeakBridge);
    let gain = if pair.risks.iter().any(is_doubtful) { 1.0 } else { left as f64 * right as f64 };
    let expected = (probability(pair.weight) * gain * 1_000.0).round() as i64;
    -(expected * 1_000_000 + i64::from(pair.weight.clamp(-400_000, 400_000)))
}

fn open_review(
    kind: EntityKind,
    review: &ReviewPair,
    entity_of: &HashMap<RecordId, RecordId>,
    rows: &HashMap<RecordId, &EntityRow>,
) -> Option<OpenReview> {
    let pair = &review.pair;
    let (left, right) = (*entity_of.get(&pair.lo)?, *entity_of.get(&pair.hi)?);
    let size = |id| rows.get(&id).map_or(1, |row| row.record.members.len());
    let title = |id| rows.get(&id).map(|row| row.record.title.clone()).unwrap_or_default();
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

/// Questions by (profile, column, code), the rows of several files added up.
pub(crate) fn gather(questions: impl IntoIterator<Item = Question>) -> Vec<Question> {
    let mut gathered: BTreeMap<(String, String, String), Question> = BTreeMap::new();
    for question in questions {
        let key = (question.profile.clone(), question.column.clone(), question.code.clone());
        match gathered.get_mut(&key) {
            Some(known) => known.rows += question.rows,
            None => {
                gathered.insert(key, question);
            }
        }
    }
    gathered.into_values().collect()
}

impl Workspace {
    /// What is served now.
    pub(crate) async fn served(&self) -> Result<Served, PipelineError> {
        let digests = self.store.digests().await?.into_iter().collect();
        Ok(Served { digests, members: self.store.members().await? })
    }

    /// Resolves and projects away from the serving threads, and compares with what is served.
    pub(crate) async fn plan_publication(
        &self,
        members: &Arc<Members>,
        decisions: Vec<Decision>,
        questions: Vec<Question>,
        progress: &Progress,
    ) -> Result<(Totals, Publication), PipelineError> {
        let served = self.served().await?;
        let (settings, members, progress) = (Arc::clone(&self.settings), Arc::clone(members), Arc::clone(progress));
        off_thread(move || {
            let outcome = compute(&settings, &members, &decisions, &progress)?;
            let totals = Totals::of(&outcome);
            Ok((totals, difference(&served, &members, outcome, questions)))
        })
        .await
    }
}
