//! Clusters to canonical records.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use velocity_model::{
    Assertion, AssertionId, CanonicalRecord, CanonicalValue, Decision, EntityKind, Evidence, Field, Policy, RecordId,
};

use crate::coherent::{Stock, settle};
use crate::decided::{Decided, Pins};
use crate::links::Places;
use crate::order::Stated;
use crate::survive::survive;
use crate::title::title;

/// A cluster, or a single item: its canonical id and the current version of each member.
#[derive(Clone, Debug)]
pub struct Entity<'a> {
    /// Canonical id: that of the anchor, the earliest member.
    pub id: RecordId,
    /// The members, in any order, each record once, all of one kind.
    pub members: Vec<&'a Evidence>,
}

/// Computes the canonical records of all entities at once, sorted by canonical id.
///
/// `entities` are all of a tenant, every kind: a link leads only to what is among them. `decisions` are those in force
/// (see [`velocity_model::active`]), in ledger order; of two pins of one field the later one counts. The order of
/// `entities` and of their members does not matter. An entity without members gives no record.
pub fn project(entities: &[Entity<'_>], policy: &Policy, decisions: &[&Decision]) -> Vec<CanonicalRecord> {
    let (entities, records) = records(entities, policy, decisions);
    let places = Places::of(&records);
    let links: Vec<_> =
        entities.par_iter().zip(&records).map(|(entity, record)| places.resolve(record, &entity.members)).collect();
    let linked = records.into_iter().zip(links);
    linked.map(|(record, (links, unlinked))| CanonicalRecord { links, unlinked, ..record }).collect()
}

/// The canonical records of some entities, still without their links, beside the entities in the same order.
pub fn records<'a>(
    entities: &[Entity<'a>],
    policy: &Policy,
    decisions: &[&Decision],
) -> (Vec<Entity<'a>>, Vec<CanonicalRecord>) {
    let decided = Decided::of(decisions);
    let mut sorted: Vec<Entity<'a>> = entities.iter().filter_map(in_order).collect();
    sorted.par_sort_by_key(|entity| (entity.id, entity.members.first().map(|member| member.record)));
    // An entity has members here, so that each has a record.
    let records = sorted.par_iter().filter_map(|entity| record(entity, policy, &decided)).collect();
    (sorted, records)
}

/// Gives `records`, whose `members` stand beside them, their links anew. `around` are the other records that they may point
/// at: all that hold a name in question, since of an address that two hold nobody knows whose it is.
pub fn relink(records: Vec<(CanonicalRecord, Vec<&Evidence>)>, around: &[&CanonicalRecord]) -> Vec<CanonicalRecord> {
    let places = Places::of(records.iter().map(|(record, _)| record).chain(around.iter().copied()));
    let links: Vec<_> = records.iter().map(|(record, members)| places.resolve(record, members)).collect();
    let linked = records.into_iter().zip(links);
    linked.map(|((record, _), (links, unlinked))| CanonicalRecord { links, unlinked, ..record }).collect()
}

fn in_order<'a>(entity: &Entity<'a>) -> Option<Entity<'a>> {
    let mut members = entity.members.clone();
    members.sort_unstable_by_key(|member| (member.record, member.version));
    members.dedup_by_key(|member| member.record);
    (!members.is_empty()).then_some(Entity { id: entity.id, members })
}

/// The record, still without its links: where a link leads is known once all records are there.
fn record(entity: &Entity<'_>, policy: &Policy, decided: &Decided<'_>) -> Option<CanonicalRecord> {
    let kind = entity.members.first()?.kind;
    let pins = decided.pins(entity.members.iter().map(|member| member.record));
    let fields = values(kind, &entity.members, &pins, policy, decided);
    Some(CanonicalRecord {
        id: entity.id,
        kind,
        members: entity.members.iter().map(|member| member.record).collect(),
        title: title(kind, &fields),
        fields,
        unresolved: unresolved(&entity.members, decided),
        links: Vec::new(),
        unlinked: 0,
    })
}

fn values(
    kind: EntityKind,
    members: &[&Evidence],
    pins: &Pins<'_>,
    policy: &Policy,
    decided: &Decided<'_>,
) -> BTreeMap<Field, Vec<CanonicalValue>> {
    let mut stock = Stock::new();
    for member in members {
        let is_human = policy.human_entered.contains(&member.source);
        let updated_at = member.updated_at().filter(|time| !time.is_empty());
        for assertion in member.assertions.iter().filter(|assertion| states_value(assertion)) {
            let statements = stock.entry(&assertion.field).or_default();
            let stated = Stated::new(member, assertion, policy, is_human, updated_at);
            match decided.is_suppressed(assertion.id) {
                true => statements.suppressed.push(stated),
                false => statements.counted.push(stated),
            }
        }
    }
    for field in pins.keys() {
        stock.entry(*field).or_default();
    }
    let mut fields = settle(kind, &mut stock, pins);
    for (field, statements) in &stock {
        let values = survive(field.spec(), statements, pins.get(*field).copied());
        if !values.is_empty() {
            fields.insert((*field).clone(), values);
        }
    }
    fields
}

/// Mapping gives no blank values; one that came all the same would say nothing.
fn states_value(assertion: &Assertion) -> bool {
    assertion.is_resolved() && !assertion.value.is_empty()
}

/// What a record states and nobody could read, unless the same record also states the field readably.
fn unresolved(members: &[&Evidence], decided: &Decided<'_>) -> BTreeMap<Field, Vec<AssertionId>> {
    let mut found: BTreeMap<Field, BTreeSet<AssertionId>> = BTreeMap::new();
    for member in members {
        let counted = || member.assertions.iter().filter(|assertion| !decided.is_suppressed(assertion.id));
        for assertion in counted().filter(|assertion| !assertion.is_resolved()) {
            let is_known = |other: &Assertion| states_value(other) && other.field == assertion.field;
            if !counted().any(is_known) {
                found.entry(assertion.field.clone()).or_default().insert(assertion.id);
            }
        }
    }
    found.into_iter().map(|(field, ids)| (field, ids.into_iter().collect())).collect()
}

#[cfg(test)]
mod tests;
