//! Clusters to canonical records.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use velocity_model::{
    AssertionId, CanonicalRecord, CanonicalValue, Decision, EntityKind, Evidence, Field, Policy, RecordId,
};

use crate::decided::Decided;
use crate::links::Addresses;
use crate::name::{NAME_PARTS, name_givers};
use crate::survive::{Statement, choose, unite};
use crate::title::title;

/// A cluster, or a single item: its canonical id and the current version of each member.
#[derive(Clone, Debug)]
pub struct Entity<'a> {
    /// Canonical id: the anchor's.
    pub id: RecordId,
    /// The members, in any order; all of one kind.
    pub members: Vec<&'a Evidence>,
}

/// Computes the canonical records of all entities at once, sorted by canonical id. Links are resolved over the whole set,
/// so it must be complete. `decisions` are those in force, in ledger order.
pub fn project(entities: &[Entity<'_>], policy: &Policy, decisions: &[&Decision]) -> Vec<CanonicalRecord> {
    let decided = Decided::of(decisions);
    let addresses = Addresses::of(entities);
    let of = |entity: &Entity<'_>| record(entity, policy, &decided, &addresses);
    let mut records: Vec<CanonicalRecord> = entities.iter().filter_map(of).collect();
    records.sort_by_key(|record| record.id);
    records
}

fn record(
    entity: &Entity<'_>,
    policy: &Policy,
    decided: &Decided<'_>,
    addresses: &Addresses,
) -> Option<CanonicalRecord> {
    let mut evidence = entity.members.clone();
    evidence.sort_by_key(|member| member.record);
    let kind = evidence.first()?.kind;
    let members: Vec<RecordId> = evidence.iter().map(|member| member.record).collect();
    let fields = values(kind, &evidence, &members, policy, decided);
    let (links, unlinked) = addresses.resolve(entity.id, &evidence);
    Some(CanonicalRecord {
        id: entity.id,
        kind,
        title: title(kind, &fields),
        fields,
        unresolved: unresolved(&evidence),
        links,
        unlinked,
        members,
    })
}

fn values(
    kind: EntityKind,
    evidence: &[&Evidence],
    members: &[RecordId],
    policy: &Policy,
    decided: &Decided<'_>,
) -> BTreeMap<Field, Vec<CanonicalValue>> {
    let givers: HashSet<RecordId> = match kind {
        EntityKind::Person => name_givers(evidence, policy).into_iter().collect(),
        _ => HashSet::new(),
    };
    let mut stated: BTreeMap<Field, Vec<Statement<'_>>> = BTreeMap::new();
    for member in evidence {
        for assertion in member.assertions.iter().filter(|a| a.is_resolved() && !decided.is_suppressed(a.id)) {
            let is_name = kind == EntityKind::Person && NAME_PARTS.contains(&assertion.field.name());
            if !is_name || givers.contains(&member.record) {
                let statement = Statement::of(member, assertion, policy);
                stated.entry(assertion.field.clone()).or_default().push(statement);
            }
        }
    }
    for field in decided.pinned_fields(members) {
        stated.entry(field.clone()).or_default();
    }
    let value = |(field, statements): (Field, Vec<Statement<'_>>)| {
        let pin = decided.pin(members, &field);
        let values = if field.spec().multi {
            unite(&field, &statements, pin)
        } else {
            choose(&field, &statements, pin).into_iter().collect()
        };
        (!values.is_empty()).then_some((field, values))
    };
    stated.into_iter().filter_map(value).collect()
}

/// What a record states and nobody could read, unless the same record also states the field readably.
fn unresolved(evidence: &[&Evidence]) -> BTreeMap<Field, Vec<AssertionId>> {
    let mut found: BTreeMap<Field, BTreeSet<AssertionId>> = BTreeMap::new();
    for member in evidence {
        for assertion in member.assertions.iter().filter(|assertion| !assertion.is_resolved()) {
            if member.value(assertion.field.name()).is_none() {
                found.entry(assertion.field.clone()).or_default().insert(assertion.id);
            }
        }
    }
    found.into_iter().map(|(field, ids)| (field, ids.into_iter().collect())).collect()
}
