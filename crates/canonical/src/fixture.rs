//! Invented evidence and decisions for tests.

use velocity_model::{
    Action, Assertion, BlobId, CanonicalRecord, Decision, DecisionId, EntityKind, Evidence, Field, Id, Link, LinkRole,
    LinkTarget, Locator, Mention, Policy, RecordId, assertion_id, record_id, row_digest, version_id,
};

use crate::{Entity, project};

/// Evidence of trust 50. A value that begins with `?` could not be read.
pub(crate) fn evidence(kind: EntityKind, source: &str, key: &str, fields: &[(&str, &str)]) -> Evidence {
    let record = record_id(source, kind, key);
    let version = version_id(record, &row_digest(fields.iter().map(|(_, value)| *value)));
    let assertion = |(ordinal, (field, value)): (u32, &(&str, &str))| Assertion {
        id: assertion_id(version, field, ordinal),
        field: Field::from_name(field).expect("a field"),
        value: if value.starts_with('?') { String::new() } else { (*value).to_owned() },
        raw: (*value).to_owned(),
        column: Some(ordinal),
        transforms: Vec::new(),
        unresolved: value.starts_with('?').then(|| "date.order_unknown".to_owned()),
    };
    Evidence {
        record,
        version,
        kind,
        source: source.to_owned(),
        key: key.to_owned(),
        trust: 50,
        locator: Locator { blob: BlobId::from_bytes([7; 32]), table: 0, row: 2, offset: 0, len: 0 },
        assertions: (0..).zip(fields).map(assertion).collect(),
        links: Vec::new(),
    }
}

pub(crate) fn person(source: &str, key: &str, fields: &[(&str, &str)]) -> Evidence {
    evidence(EntityKind::Person, source, key, fields)
}

pub(crate) fn organisation(source: &str, key: &str, fields: &[(&str, &str)]) -> Evidence {
    evidence(EntityKind::Organisation, source, key, fields)
}

pub(crate) fn trusted(trust: u32, evidence: Evidence) -> Evidence {
    Evidence { trust, ..evidence }
}

pub(crate) fn linked(mut evidence: Evidence, role: LinkRole, target: RecordId) -> Evidence {
    let target = LinkTarget::Record(target);
    evidence.links.push(Link { role, target, raw: String::new(), column: None });
    evidence
}

pub(crate) fn mentioning(mut evidence: Evidence, role: LinkRole, field: &'static str, value: &str) -> Evidence {
    let mention = Mention { field: Field::known(field), value: value.to_owned() };
    evidence.links.push(Link { role, target: LinkTarget::Mention(mention), raw: value.to_owned(), column: Some(0) });
    evidence
}

/// The id of the first statement of a field.
pub(crate) fn assertion(evidence: &Evidence, field: &str) -> velocity_model::AssertionId {
    evidence.assertions.iter().find(|stated| stated.field.name() == field).expect("stated").id
}

/// The cluster of these records, under the id of the first.
pub(crate) fn entity<'a>(members: &[&'a Evidence]) -> Entity<'a> {
    Entity { id: members[0].record, members: members.to_vec() }
}

fn decision(action: Action) -> Decision {
    let id: DecisionId = Id::from_bytes([1; 16]);
    Decision { id, at: 0, author: "ana".to_owned(), reason: String::new(), group: id, action }
}

pub(crate) fn pin(record: &Evidence, field: &'static str, value: &str) -> Decision {
    decision(Action::Pin { record: record.record, field: Field::known(field), value: value.to_owned() })
}

pub(crate) fn suppress(evidence: &Evidence, field: &str) -> Decision {
    decision(Action::Suppress { assertion: assertion(evidence, field) })
}

/// Projects one cluster under the default policy.
pub(crate) fn project_one(members: &[&Evidence], decisions: &[Decision]) -> CanonicalRecord {
    let decisions: Vec<&Decision> = decisions.iter().collect();
    project(&[entity(members)], &Policy::default(), &decisions).remove(0)
}

/// All values of a field as shown, primary first.
pub(crate) fn shown<'a>(record: &'a CanonicalRecord, field: &'static str) -> Vec<&'a str> {
    let values = record.fields.get(&Field::known(field)).into_iter().flatten();
    values.map(|value| value.value.as_str()).collect()
}
