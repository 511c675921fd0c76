//! Evidence for tests.

use velocity_model::{
    Assertion, AssertionId, EntityKind, Evidence, Field, Locator, RowDigest, blob_id, record_id, version_id,
};

/// What the source `test` states of a person; a field without a value is not stated.
pub(crate) fn person(key: &str, fields: &[(&'static str, &str)]) -> Evidence {
    let record = record_id("test", EntityKind::Person, key);
    let assertion = |(field, value): &(&'static str, &str)| Assertion {
        id: AssertionId::from_bytes([0; 16]),
        field: Field::known(field),
        value: (*value).to_owned(),
        raw: (*value).to_owned(),
        column: None,
        transforms: Vec::new(),
        unresolved: None,
    };
    Evidence {
        record,
        version: version_id(record, &RowDigest::from_bytes([0; 16])),
        kind: EntityKind::Person,
        source: "test".to_owned(),
        key: key.to_owned(),
        trust: 50,
        locator: Locator { blob: blob_id(b""), table: 0, row: 1, offset: 0, len: 0 },
        assertions: fields.iter().filter(|(_, value)| !value.is_empty()).map(assertion).collect(),
        links: Vec::new(),
    }
}
