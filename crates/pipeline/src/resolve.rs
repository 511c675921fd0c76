//! Pairs and clusters. Pairs depend on evidence alone and are kept in the lake; clusters depend on decisions too and are
//! cheap enough to be formed again each time.

use std::path::PathBuf;

use velocity_identity_resolution::{
    Cluster, Clustering, Member as ClusterMember, Phase, Population, ReviewPair, SCORER_VERSION, cluster,
};
use velocity_lake::{read_pairs, write_pairs};
use velocity_model::{Decision, EntityKind, Evidence, RecordId, ScoredPair, active, digest_parts};

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

/// The pairs of one kind.
#[derive(Debug)]
pub(crate) struct KindPairs {
    pub(crate) kind: EntityKind,
    /// File in the lake that holds them.
    pub(crate) file: String,
    /// By (lo, hi).
    pub(crate) pairs: Vec<ScoredPair>,
}

/// The pairs of each resolved kind.
pub(crate) type Pairs = Vec<KindPairs>;

/// What was learnt of each kind whose pairs were not in the lake yet.
pub(crate) type Populations = Vec<(EntityKind, Population)>;

fn kinds() -> impl Iterator<Item = EntityKind> {
    EntityKind::ALL.into_iter().filter(|kind| kind.is_resolved())
}

/// Scores the pairs of every resolved kind, or finds them in the lake.
pub(crate) fn score_all(
    settings: &Settings,
    members: &Members,
    progress: &Progress,
) -> Result<(Pairs, Populations), PipelineError> {
    let (mut all, mut populations) = (Vec::new(), Vec::new());
    for kind in kinds() {
        let evidence = evidence(members, kind);
        let file = pairs_file(kind, &evidence);
        let path = settings.layout.pairs().join(&file);
        let pairs = match read_pairs(&path) {
            Ok(pairs) => pairs,
            Err(_) => {
                let (population, pairs) = learn(&evidence, kind, progress);
                make_dir(&settings.layout.pairs())?;
                write_pairs(&path, &pairs)?;
                populations.push((kind, population));
                pairs
            }
        };
        all.push(KindPairs { kind, file, pairs });
    }
    Ok((all, populations))
}

/// Learns what the fields of one kind weigh, and scores its pairs.
pub(crate) fn learn(evidence: &[&Evidence], kind: EntityKind, progress: &Progress) -> (Population, Vec<ScoredPair>) {
    let tell = |phase, done, total| {
        if phase == Phase::Weigh {
            progress(Step { stage: Stage::Match, done, total });
        }
    };
    Population::learn(kind, evidence, &tell)
}

fn evidence(members: &Members, kind: EntityKind) -> Vec<&Evidence> {
    members.of(kind).map(|member| &*member.evidence).collect()
}

/// Where the pairs of every resolved kind stand, if they were scored.
pub(crate) fn pair_files(settings: &Settings, members: &Members) -> Vec<PathBuf> {
    let file = |kind| settings.layout.pairs().join(pairs_file(kind, &evidence(members, kind)));
    kinds().map(file).filter(|path| path.exists()).collect()
}

/// Pairs are named by what they are made from: the scorer and the versions compared.
fn pairs_file(kind: EntityKind, evidence: &[&Evidence]) -> String {
    let versions: Vec<u8> = evidence.iter().flat_map(|evidence| *evidence.version.as_bytes()).collect();
    let digest: [u8; 16] = digest_parts("velocity 2026 pairs file", &[&SCORER_VERSION.to_le_bytes(), &versions]);
    format!("{kind}-{}.parquet", hex::encode(digest))
}

/// Forms the clusters of every resolved kind under the decisions that count.
pub(crate) fn resolve(members: &Members, pairs: &[KindPairs], decisions: &[Decision]) -> Resolved {
    let (decisions, _) = active(decisions);
    let mut resolved = Resolved::default();
    for KindPairs { kind, pairs, .. } in pairs {
        let of_kind: Vec<ClusterMember> =
            members.of(*kind).map(|member| ClusterMember::of(&member.evidence, member.first_seen)).collect();
        let Clustering { clusters, reviews, .. } = cluster(&of_kind, pairs, &decisions);
        resolved.clusters.extend(clusters);
        resolved.reviews.extend(reviews.into_iter().map(|review| (*kind, review)));
    }
    resolved.clusters.sort_by_key(|cluster| cluster.anchor);
    resolved
}

impl Resolved {
    /// Canonical id by evidence record, for the resolved kinds.
    pub(crate) fn entity_of(&self) -> std::collections::HashMap<RecordId, RecordId> {
        let of = |cluster: &Cluster| cluster.members.iter().map(|member| (*member, cluster.anchor)).collect::<Vec<_>>();
        self.clusters.iter().flat_map(of).collect()
    }
}
