use velocity_model::{EntityKind, PairOutcome, record_id};

use super::*;

#[test]
fn pairs_read_back_in_order_and_so_do_none() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("pairs/x.parquet");
    let id = |key: &str| record_id("test", EntityKind::Person, key);
    let pair = |a: &str, b: &str, risks: Vec<Risk>| ScoredPair {
        lo: id(a).min(id(b)),
        hi: id(a).max(id(b)),
        weight: -1200,
        outcome: PairOutcome::Review,
        risks,
    };
    let pairs = [pair("1", "2", vec![]), pair("1", "3", vec![Risk::BirthDatesDiffer, Risk::LooksLikeRelative])];
    for expected in [&pairs[..], &[]] {
        write_pairs(&path, expected).expect("written");
        assert_eq!(read_pairs(&path).expect("read"), expected);
    }
}
