use proptest::prelude::*;
use velocity_model::{Assertion, EntityKind, Evidence, Field, Id, Link, LinkRole, LinkTarget, Locator, Mention};

use crate::{EvidenceFileError, read_evidence, write_evidence};

prop_compose! {
    fn assertion()(
        id in any::<[u8; 16]>(),
        field in prop::sample::select(vec!["email", "full_name", "x_notes"]),
        value in "\\PC{1,12}",
        raw in any::<String>(),
        column in prop::option::of(any::<u32>()),
        transforms in prop::collection::vec("[a-z ]{1,8}", 0..3),
        unresolved in prop::option::of("[a-z]{1,5}\\.[a-z]{1,5}"),
    ) -> Assertion {
        let value = if unresolved.is_some() { String::new() } else { value };
        Assertion { id: Id::from_bytes(id), field: Field::from_name(field).unwrap(), value, raw, column, transforms, unresolved }
    }
}

prop_compose! {
    fn link()(
        role in prop::sample::select(vec![LinkRole::Employer, LinkRole::Person, LinkRole::Organisation, LinkRole::Opportunity]),
        target in prop_oneof![
            any::<[u8; 16]>().prop_map(|id| LinkTarget::Record(Id::from_bytes(id))),
            "\\PC{1,12}".prop_map(|value| LinkTarget::Mention(Mention { field: Field::known("email"), value })),
        ],
        raw in any::<String>(),
        column in prop::option::of(any::<u32>()),
    ) -> Link {
        Link { role, target, raw, column }
    }
}

prop_compose! {
    fn evidence()(
        record in any::<[u8; 16]>(),
        version in any::<[u8; 16]>(),
        kind in prop::sample::select(EntityKind::ALL.to_vec()),
        source in "[a-z]{1,8}",
        key in any::<String>(),
        trust in any::<u32>(),
        blob in any::<[u8; 32]>(),
        (table, row, offset, len) in any::<(u32, u64, u64, u64)>(),
        assertions in prop::collection::vec(assertion(), 0..4),
        links in prop::collection::vec(link(), 0..3),
    ) -> Evidence {
        let locator = Locator { blob: Id::from_bytes(blob), table, row, offset, len };
        Evidence { record: Id::from_bytes(record), version: Id::from_bytes(version), kind, source, key, trust, locator, assertions, links }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_is_written_is_read(evidence in prop::collection::vec(evidence(), 0..8)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("evidence.parquet");
        write_evidence(&path, &evidence).unwrap();
        prop_assert_eq!(read_evidence(&path).unwrap(), evidence);
        // Nothing is left beside it.
        prop_assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn a_damaged_file_says_which() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("evidence.parquet");
    std::fs::write(&path, b"PAR1 is not enough").unwrap();
    let error = read_evidence(&path).unwrap_err();
    assert!(matches!(error, EvidenceFileError::Parquet { .. }), "{error}");
    assert!(error.to_string().contains("evidence.parquet"));
    let error = read_evidence(&folder.path().join("absent")).unwrap_err();
    assert_eq!(error.code(), "evidence.io");
    let error = write_evidence(&folder.path().join("no/such/folder/e.parquet"), &[]).unwrap_err();
    assert_eq!(error.code(), "evidence.io");
}

#[test]
fn another_parquet_file_is_not_evidence() {
    use polars::prelude::{DataFrame, NamedFrom, ParquetWriter, Series};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.parquet");
    let mut frame = DataFrame::new(1, vec![Series::new("record".into(), ["x"]).into()]).unwrap();
    ParquetWriter::new(std::fs::File::create(&path).unwrap()).finish(&mut frame).unwrap();
    let error = read_evidence(&path).unwrap_err();
    assert!(matches!(error, EvidenceFileError::Malformed { column: "version", line: 0, .. }), "{error}");
}
