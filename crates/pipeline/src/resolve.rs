//! Clusters. Pairs depend on evidence alone and are kept in the lake; clusters depend on decisions too and are cheap enough to
//! be formed again each time.

use velocity_identity_resolution::{Cluster, Clustering, Member as ClusterMember, ReviewPair, cluster};
use velocity_model::{Decision, EntityKind, RecordId, active};

use crate::members::Members;
use crate::pairs::KindPairs;

/// Who is who, for every resolved kind.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    /// Clusters of every resolved kind, by anchor; a cluster of one included.
    pub(crate) clusters: Vec<Cluster>,
    /// Pairs that wait for a person.
    pub(crate) reviews: Vec<(EntityKind, ReviewPair)>,
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
