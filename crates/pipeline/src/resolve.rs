//! Pairs and clusters. Pairs depend on evidence and plan alone and are kept in the lake; clusters depend on decisions too
//! and are cheap enough to be formed again each time.

use std::path::PathBuf;

use velocity_identity_resolution::{
    Cluster, Clustering, Member as ClusterMember, ReviewPair, SCORER_VERSION, cluster, score,
};
use velocity_lake::{read_pairs, write_pairs};
use velocity_model::{Decision, EntityKind, Evidence, Plan, RecordId, ScoredPair, active, digest_parts};

use crate::files::make_dir;
use crate::members::Members;
use crate::workspace::Settings;
use crate::{PipelineError, Progress, Stage, Step};

/// Who is who, for every resolved kind.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    /// Clusters of every resolved kind, by anchor; a cluster of one included.
    pub(crate) clusters: Vec<Cluster>,
    /// Pairs that wait for a person.
    pub(crate) reviews: Vec<(EntityKind, ReviewPair)>,
}

/// Scores the pairs of every resolved kind, or finds them in the lake. The result stands in plan order.
pub(crate) fn score_all(
    settings: &Settings,
    members: &Members,
    progress: &Progress,
) -> Result<Vec<Vec<ScoredPair>>, PipelineError> {
    settings.plans.iter().map(|plan| score_kind(settings, plan, members, progress)).collect()
}

fn score_kind(
    settings: &Settings,
    plan: &Plan,
    members: &Members,
    progress: &Progress,
) -> Result<Vec<ScoredPair>, PipelineError> {
    let evidence: Vec<&Evidence> = members.of(plan.kind).map(|member| &member.evidence).collect();
    let path = pairs_file(settings, plan, &evidence);
    if let Ok(pairs) = read_pairs(&path) {
        return Ok(pairs);
    }
    let tell = |done, total| progress(Step { stage: Stage::Match, done, total });
    let pairs = score(plan, &evidence, &tell);
    make_dir(&settings.layout.pairs())?;
    write_pairs(&path, &pairs)?;
    Ok(pairs)
}

/// Where the pairs of every resolved kind stand, if they were scored.
pub(crate) fn pair_files(settings: &Settings, members: &Members) -> Vec<PathBuf> {
    let file = |plan: &Plan| {
        let evidence: Vec<&Evidence> = members.of(plan.kind).map(|member| &member.evidence).collect();
        pairs_file(settings, plan, &evidence)
    };
    settings.plans.iter().map(file).filter(|path| path.exists()).collect()
}

/// Pairs are named by what they are made from: the scorer, the plan and the versions compared.
fn pairs_file(settings: &Settings, plan: &Plan, evidence: &[&Evidence]) -> PathBuf {
    let plan_id = plan.id();
    let versions: Vec<u8> = evidence.iter().flat_map(|evidence| *evidence.version.as_bytes()).collect();
    let digest: [u8; 16] =
        digest_parts("velocity 2026 pairs file", &[&SCORER_VERSION.to_le_bytes(), plan_id.as_bytes(), &versions]);
    settings.layout.pairs().join(format!("{}-{}.parquet", plan.kind, hex::encode(digest)))
}

/// Forms the clusters of every resolved kind under the decisions that count.
pub(crate) fn resolve(
    settings: &Settings,
    members: &Members,
    pairs: &[Vec<ScoredPair>],
    decisions: &[Decision],
) -> Resolved {
    let (decisions, _) = active(decisions);
    let mut resolved = Resolved::default();
    for (plan, pairs) in settings.plans.iter().zip(pairs) {
        let of_kind: Vec<ClusterMember> =
            members.of(plan.kind).map(|member| ClusterMember::of(&member.evidence, member.first_seen)).collect();
        let Clustering { clusters, reviews, .. } = cluster(&of_kind, pairs, &decisions);
        resolved.clusters.extend(clusters);
        resolved.reviews.extend(reviews.into_iter().map(|review| (plan.kind, review)));
    }
    resolved.clusters.sort_by_key(|cluster| cluster.anchor);
    resolved
}

impl Resolved {
    /// How many joins the clusters stand for: members beyond the first of each.
    pub(crate) fn merges(&self) -> u64 {
        self.clusters.iter().map(|cluster| cluster.members.len() as u64 - 1).sum()
    }

    /// Canonical id by evidence record, for the resolved kinds.
    pub(crate) fn entity_of(&self) -> std::collections::HashMap<RecordId, RecordId> {
        let of = |cluster: &Cluster| cluster.members.iter().map(|member| (*member, cluster.anchor)).collect::<Vec<_>>();
        self.clusters.iter().flat_map(of).collect()
    }
}
