//! Small records.

use velocity_model::{
    BlobId, CanonicalLink, CanonicalRecord, CanonicalValue, EntityKind, Evidence, Field, LinkRole, Locator, Names,
    RecordId, Rule, VersionId, record_id,
};
use velocity_store::{EntityRow, MemberRow, Publication, Summary};

pub fn id(key: &str) -> RecordId {
    record_id("test", EntityKind::Person, key)
}

pub fn person(key: &str, title: &str, email: &str) -> EntityRow {
    let value = CanonicalValue {
        value: email.to_owned(),
        winner: None,
        support: Vec::new(),
        rule: Rule::OnlyValue,
        losers: Vec::new(),
        confirmed: false,
    };
    let record = CanonicalRecord {
        id: id(key),
        kind: EntityKind::Person,
        members: vec![id(key)],
        title: title.to_owned(),
        fields: [(Field::known("email"), vec![value])].into(),
        unresolved: Default::default(),
        links: Vec::new(),
        unlinked: 0,
    };
    let summary = Summary { email: email.to_owned(), sources: vec!["test".to_owned()], ..Summary::default() };
    EntityRow { record, summary, names: Names::default() }
}

pub fn note(key: &str, about: RecordId, at: &str) -> EntityRow {
    let mut row = person(key, "a note", "");
    row.record.kind = EntityKind::Note;
    row.record.fields.clear();
    row.record.links = vec![CanonicalLink { role: LinkRole::Person, target: about, target_key: about }];
    row.summary.last_activity = at.to_owned();
    row
}

pub fn publication(upsert: Vec<EntityRow>) -> Publication {
    Publication { upsert, ..Publication::default() }
}

/// The one evidence record of an entity.
pub fn member(row: &EntityRow) -> MemberRow {
    let CanonicalRecord { id, kind, .. } = row.record;
    let locator = Locator { blob: BlobId::from_bytes([0; 32]), table: 0, row: 1, offset: 0, len: 0 };
    let evidence = Evidence {
        record: id,
        version: VersionId::from_bytes([1; 16]),
        kind,
        source: "test".to_owned(),
        key: id.to_string(),
        trust: 50,
        locator,
        assertions: Vec::new(),
        links: Vec::new(),
    };
    MemberRow { evidence: evidence.into(), entity: id, first_seen: 1, sequence: 1 }
}
