use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use velocity_model::{EntityKind, record_id};

use super::*;
use crate::fixture::person;

const GIVEN: [&str; 40] = [
    "Ana", "Ben", "Clara", "Dario", "Elena", "Felix", "Greta", "Hugo", "Irene", "Jonas", "Katja", "Leo", "Mira",
    "Nico", "Olga", "Paul", "Rosa", "Simon", "Tara", "Uwe", "Vera", "Walter", "Yara", "Zeno", "Agnes", "Boris",
    "Carla", "David", "Emma", "Frida", "Georg", "Hanna", "Igor", "Julia", "Karl", "Lena", "Marta", "Nina", "Otto",
    "Petra",
];
const FAMILY: [&str; 30] = [
    "Albrecht",
    "Bergmann",
    "Castellano",
    "Dupont",
    "Engel",
    "Fischer",
    "Garnier",
    "Hoffmann",
    "Ivanov",
    "Jansen",
    "Keller",
    "Laurent",
    "Moreau",
    "Novak",
    "Olsen",
    "Petrov",
    "Quint",
    "Rossi",
    "Sample",
    "Tanaka",
    "Urban",
    "Vogel",
    "Weber",
    "Ximenez",
    "Young",
    "Zeller",
    "Okafor",
    "Nguyen",
    "Lopez",
    "Murphy",
];

/// The record of a person, whom a source writes in its own way.
fn known_person(number: u64, source: u64) -> Evidence {
    let pick = |salt: u64, of: usize| (crate::matcher::mix(number, salt) % of as u64) as usize;
    let (given, family) = (GIVEN[pick(1, 40)], FAMILY[pick(2, 30)]);
    let birth = format!("{}-{:02}-{:02}", 1940 + pick(3, 60), 2 + pick(4, 10), 2 + pick(5, 26));
    let phone = format!("+3363998{:04}", pick(6, 10_000));
    let given = if source % 4 == 3 { &given[..1] } else { given };
    let email = match source % 3 {
        0 => format!("{}.{}{}@mail.example", given.to_lowercase(), family.to_lowercase(), pick(7, 90)),
        1 => format!("{}{number}@post.example", given.to_lowercase()),
        _ => String::new(),
    };
    let values = [
        ("given_name", given.to_owned()),
        ("family_name", family.to_owned()),
        ("birth_date", if source % 5 == 1 { String::new() } else { birth }),
        ("phone", if source.is_multiple_of(2) { phone } else { String::new() }),
        ("email", email),
        ("city", ["Lyon", "Metz", "Lille", "Brest"][pick(8, 4)].to_owned()),
    ];
    person(&format!("{number}-{source}"), &values.each_ref().map(|(field, value)| (*field, value.as_str())))
}

/// A thousand people whom two or three sources know; one source writes some of them twice.
fn base() -> Vec<Evidence> {
    let mut people: Vec<Evidence> =
        (0..1_000).flat_map(|number| (0..2 + number % 2).map(move |source| known_person(number, source))).collect();
    for number in 0..40 {
        let again =
            Evidence { record: record_id("again", EntityKind::Person, &number.to_string()), ..known_person(number, 0) };
        people.push(again);
    }
    people
}

fn learnt(evidence: &[Evidence]) -> (Population, Vec<ScoredPair>) {
    Population::learn(EntityKind::Person, &evidence.iter().collect::<Vec<_>>(), &|_, _, _| {})
}

#[test]
fn pairs_weigh_by_the_index_what_they_weighed_when_it_was_learnt() {
    let base = base();
    let (population, pairs) = learnt(&base);
    let index = MatchIndex::of(&population);
    let of = |record: RecordId| base.iter().find(|evidence| evidence.record == record).expect("known");
    assert!(pairs.len() > 800, "{}", pairs.len());
    for pair in pairs.iter().step_by(7) {
        let (a, b) = (of(pair.lo), of(pair.hi));
        assert_eq!(index.explain(a, b).weight, pair.weight, "{a:?} {b:?}");
        assert_eq!(index.explain(a, b).steps, population.explain(a, b).expect("known").steps);
    }
    // Of records that say the same one alone is looked up.
    assert_eq!(index.len(), base.len());
    assert!(index.fellows.len() >= 40);
}

/// Pairs after records that came in batches.
fn after<'a>(
    index: &MatchIndex,
    batches: impl Iterator<Item = Vec<&'a Evidence>>,
) -> BTreeMap<(RecordId, RecordId), WeighedLink> {
    let (mut later, mut pairs) = (Segment::default(), BTreeMap::new());
    for batch in batches {
        let extension = index.extend(&later, &batch);
        pairs.retain(|(lo, hi), _| {
            extension.derived.binary_search(lo).is_err() && extension.derived.binary_search(hi).is_err()
        });
        pairs.extend(extension.links.into_iter().map(|link| ((link.lo, link.hi), link)));
        later = extension.later;
    }
    pairs
}

#[test]
fn batches_do_not_matter() {
    let base = base();
    let index = MatchIndex::of(&learnt(&base).0);
    // New sources of known people, a crowd of one household, and people whose record changed.
    let mut fresh: Vec<Evidence> = (0..120).map(|number| known_person(number * 3, 5 + number % 2)).collect();
    fresh.extend((0..300).map(|number| Evidence {
        record: record_id("crowd", EntityKind::Person, &number.to_string()),
        ..known_person(7, 6)
    }));
    let changed = |number: u64| Evidence { record: known_person(number, 0).record, ..known_person(number + 5_000, 0) };
    fresh.extend((0..40).step_by(3).map(changed));
    let whole = after(&index, std::iter::once(fresh.iter().collect()));
    assert!(whole.len() > 100, "{}", whole.len());

    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let orders = Just((0..fresh.len()).collect::<Vec<usize>>()).prop_shuffle();
    let outcome = runner.run(&(orders, 1_usize..200), |(order, size)| {
        let batches = order.chunks(size).map(|batch| batch.iter().map(|place| &fresh[*place]).collect::<Vec<_>>());
        prop_assert_eq!(&after(&index, batches), &whole);
        Ok(())
    });
    outcome.expect("pairs are a function of the records");
}

#[test]
fn a_record_that_comes_later_finds_those_it_would_have_found_before() {
    let base = base();
    let late = |evidence: &&Evidence| evidence.record.as_bytes()[0].is_multiple_of(16);
    let (later, first): (Vec<&Evidence>, Vec<&Evidence>) = base.iter().partition(late);
    let index = MatchIndex::of(&Population::learn(EntityKind::Person, &first, &|_, _, _| {}).0);
    let found = after(&index, std::iter::once(later.clone()));
    let all = learnt(&base).1;
    let is_later = |record: &RecordId| later.iter().any(|evidence| evidence.record == *record);
    let expected: Vec<&ScoredPair> =
        all.iter().filter(|pair| is_later(&pair.lo) || is_later(&pair.hi)).filter(|pair| pair.weight > 2_000).collect();
    let missing = expected.iter().filter(|pair| !found.contains_key(&(pair.lo, pair.hi))).count();
    assert!(expected.len() > 60 && missing * 50 <= expected.len(), "{missing} of {}", expected.len());
}
