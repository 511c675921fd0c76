//! Canonical records, with what lists show of them.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;
use velocity_canonical::{Entity, Overview, names, overviews, own_time, project};
use velocity_model::{
    CanonicalRecord, Decision, EntityKind, Evidence, LinkRole, Names, ProjectionDigest, RecordId, active,
};
use velocity_store::{EntityRow, Summary};

use crate::members::{Member, Members};
use crate::resolve::Resolved;
use crate::workspace::Settings;

/// A whole projection.
#[derive(Debug)]
pub(crate) struct Projection {
    /// By canonical id.
    pub(crate) entities: Vec<EntityRow>,
    /// Canonical id by evidence record, every kind.
    pub(crate) entity_of: HashMap<RecordId, RecordId>,
    /// Digest of what the records say.
    pub(crate) digest: ProjectionDigest,
}

/// Clusters and items as entities, and the canonical id of each evidence record.
pub(crate) fn entities_of<'a>(
    members: &'a Members,
    resolved: &Resolved,
) -> (Vec<Entity<'a>>, HashMap<RecordId, RecordId>) {
    let mut entity_of = resolved.entity_of();
    let find = |record: &RecordId| members.by_record.get(record).map(|member| &*member.evidence);
    let clusters = resolved.clusters.iter();
    let mut entities: Vec<Entity<'_>> = clusters
        .map(|cluster| Entity { id: cluster.anchor, members: cluster.members.iter().filter_map(find).collect() })
        .collect();
    for Member { evidence, .. } in members.by_record.values().filter(|member| !member.evidence.kind.is_resolved()) {
        entity_of.insert(evidence.record, evidence.record);
        entities.push(Entity { id: evidence.record, members: vec![evidence] });
    }
    (entities, entity_of)
}

/// Computes the canonical records of clusters and items.
pub(crate) fn project_all(
    settings: &Settings,
    members: &Members,
    resolved: &Resolved,
    decisions: &[Decision],
) -> Projection {
    let (decisions, _) = active(decisions);
    let (entities, entity_of) = entities_of(members, resolved);
    let records = project(&entities, &settings.policy, &decisions);
    let digest = records.par_iter().map(ProjectionDigest::of);
    let digest = digest.reduce(ProjectionDigest::default, ProjectionDigest::plus);
    Projection { entities: rows(records, members), entity_of, digest }
}

fn rows(records: Vec<CanonicalRecord>, members: &Members) -> Vec<EntityRow> {
    let overviews = overviews(&records);
    let titles: HashMap<RecordId, &str> = records.iter().map(|record| (record.id, record.title.as_str())).collect();
    let beside = |record: &CanonicalRecord| {
        let evidence = record.members.iter().filter_map(|member| members.by_record.get(member));
        let evidence: Vec<&Evidence> = evidence.map(|member| &*member.evidence).collect();
        let summary = summary(record, overviews.get(&record.id), &titles, sources_of(&evidence));
        (summary, names(record, &evidence))
    };
    let beside: Vec<(Summary, Names)> = records.par_iter().map(beside).collect();
    let rows = records.into_iter().zip(beside);
    rows.map(|(record, (summary, names))| EntityRow { record, summary, names }).collect()
}

/// Names of the sources of some evidence, sorted.
pub(crate) fn sources_of(members: &[&Evidence]) -> Vec<String> {
    let sources: BTreeSet<&str> = members.iter().map(|evidence| evidence.source.as_str()).collect();
    sources.into_iter().map(str::to_owned).collect()
}

/// What lists show of a record. `titles` are those of the records at which it points.
pub(crate) fn summary(
    record: &CanonicalRecord,
    overview: Option<&Overview>,
    titles: &HashMap<RecordId, &str>,
    sources: Vec<String>,
) -> Summary {
    let text = |fields: &[&str]| fields.iter().find_map(|field| record.value(field)).unwrap_or_default().to_owned();
    let linked = |roles: &[LinkRole]| {
        let named = record.links.iter().filter(|link| roles.contains(&link.role));
        named.filter_map(|link| titles.get(&link.target).copied()).collect::<Vec<_>>().join(", ")
    };
    let account_id = overview.and_then(|overview| overview.account);
    let account = match record.kind {
        EntityKind::Person => match account_id.and_then(|id| titles.get(&id)) {
            Some(title) => (*title).to_owned(),
            None => text(&["organisation_name"]),
        },
        EntityKind::Organisation => String::new(),
        _ => linked(&[LinkRole::Person, LinkRole::Organisation]),
    };
    let own = own_time(record).map(str::to_owned);
    let newest = overview.and_then(|overview| overview.last_activity.clone());
    Summary {
        account,
        account_id,
        email: if record.kind == EntityKind::Organisation { text(&["domain", "email"]) } else { text(&["email"]) },
        phone: text(&["phone"]),
        city: text(&["city"]),
        status: text(&["status", "lifecycle", "stage"]),
        owner: text(&["owner"]),
        last_activity: if record.kind.is_resolved() { newest } else { own }.unwrap_or_default(),
        score: overview.and_then(|overview| overview.newest_score.clone()).unwrap_or_default(),
        open_opportunities: overview.map_or(0, |overview| overview.open_opportunities),
        people: overview.map_or(0, |overview| overview.people),
        sources,
        evidence: u32::try_from(record.members.len()).unwrap_or(u32::MAX),
    }
}
