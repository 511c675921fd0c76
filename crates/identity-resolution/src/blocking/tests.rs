use std::collections::BTreeSet;

use velocity_model::RecordId;

use super::*;
use crate::features::{Email, PersonName};

fn person(number: usize, given: &str, family: &str, email: &str) -> Described {
    let name = PersonName {
        given: vec![given.to_owned()],
        family: vec![family.to_owned()],
        suffix: None,
        given_root: given.to_owned(),
    };
    let emails = Email::of(email, &name).into_iter().collect();
    let features = Features { name, emails, ..Features::default() };
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&(number as u64).to_be_bytes());
    Described { record: RecordId::from_bytes(bytes), features }
}

fn all_pairs(records: &[Described], limit: usize) -> Vec<(u32, u32)> {
    let blocks = Blocks::of(EntityKind::Person, records, limit);
    let mut pairs = Vec::new();
    for block in blocks.blocks() {
        blocks.pairs(block, |a, b| pairs.push((a, b)));
    }
    pairs
}

#[test]
fn no_pair_is_emitted_twice() {
    let records: Vec<_> = (0..60)
        .map(|n| {
            person(
                n,
                ["ana", "anna", "ben"][n % 3],
                ["example", "sample"][n % 2],
                ["a@x.example", "b@y.example"][n % 2],
            )
        })
        .collect();
    for limit in [3, 10, 1000] {
        let pairs = all_pairs(&records, limit);
        let distinct: BTreeSet<_> = pairs.iter().copied().collect();
        assert_eq!(distinct.len(), pairs.len(), "limit {limit}");
    }
}

#[test]
fn equal_records_make_as_many_pairs_as_there_are_records() {
    let records: Vec<_> = (0..20_000).map(|n| person(n, "ana", "example", "ana@mail.example")).collect();
    let pairs = all_pairs(&records, 100);
    assert_eq!(pairs.len(), records.len() - 1);
}
