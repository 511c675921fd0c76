//! Canonical records, with what lists show of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use velocity_canonical::{Entity, Overview, overviews, own_time, project};
use velocity_model::{CanonicalRecord, Decision, EntityKind, LinkRole, RecordId, active, projection_digest};
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
    /// Digest of what the records say, hexadecimal.
    pub(crate) digest: String,
}

impl Projection {
    /// Number of records by kind.
    pub(crate) fn counts(&self) -> BTreeMap<EntityKind, u64> {
        let mut counts = BTreeMap::new();
        for row in &self.entities {
            *counts.entry(row.record.kind).or_default() += 1;
        }
        counts
    }

    /// Number of items whose person, organisation or deal is unknown or ambiguous.
    pub(crate) fn unlinked(&self) -> u64 {
        self.entities.iter().filter(|row| row.record.unlinked > 0).count() as u64
    }
}

/// Computes the canonical records of clusters and items.
pub(crate) fn project_all(
    settings: &Settings,
    members: &Members,
    resolved: &Resolved,
    decisions: &[Decision],
) -> Projection {
    let (decisions, _) = active(decisions);
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
    let records = project(&entities, &settings.policy, &decisions);
    let contents: Vec<_> = records.par_iter().map(|record| (record.key(), record.content_digest())).collect();
    let digest = projection_digest(contents);
    let digest = hex::encode(digest);
    Projection { entities: summarise(records, members), entity_of, digest }
}

fn summarise(records: Vec<CanonicalRecord>, members: &Members) -> Vec<EntityRow> {
    let overviews = overviews(&records);
    let titles: HashMap<RecordId, &str> = records.iter().map(|record| (record.id, record.title.as_str())).collect();
    let summaries: Vec<Summary> =
        records.par_iter().map(|record| summary(record, overviews.get(&record.id), &titles, members)).collect();
    records.into_iter().zip(summaries).map(|(record, summary)| EntityRow { record, summary }).collect()
}

fn summary(
    record: &CanonicalRecord,
    overview: Option<&Overview>,
    titles: &HashMap<RecordId, &str>,
    members: &Members,
) -> Summary {
    let text = |fields: &[&str]| fields.iter().find_map(|field| record.value(field)).unwrap_or_default().to_owned();
    let sources = record.members.iter().filter_map(|member| members.by_record.get(member));
    let sources: BTreeSet<&str> = sources.map(|member| member.evidence.source.as_str()).collect();
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
        sources: sources.into_iter().map(str::to_owned).collect(),
        evidence: u32::try_from(record.members.len()).unwrap_or(u32::MAX),
    }
}
