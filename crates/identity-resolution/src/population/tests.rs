use velocity_model::Risk;

use super::*;
use crate::fixture::person;
use crate::{Member, cluster};

fn score(evidence: &[&Evidence]) -> (Population, Vec<ScoredPair>) {
    Population::learn(EntityKind::Person, evidence, &|_, _, _| {})
}

fn outcome_of(a: &[(&'static str, &str)], b: &[(&'static str, &str)]) -> (PairOutcome, Vec<Risk>) {
    let (a, b) = (person("a", a), person("b", b));
    match score(&[&a, &b]).1.pop() {
        Some(pair) => (pair.outcome, pair.risks),
        None => (PairOutcome::Apart, Vec::new()),
    }
}

#[test]
fn one_person_with_changes_is_merged() {
    let ana =
        [("given_name", "Ana"), ("family_name", "Example"), ("email", "ana@mail.example"), ("phone", "+33639980001")];
    for changed in [
        &[("given_name", "ANA"), ("family_name", "Éxample"), ("email", "Ana@mail.example")][..],
        &[("given_name", "Example"), ("family_name", "Ana"), ("email", "ana@mail.example")],
        &[("full_name", "Ana Example"), ("phone", "+33639980001")],
        &[("given_name", "A."), ("family_name", "Example"), ("email", "ana@mail.example")],
        &[("email", "ana@mail.example")],
    ] {
        assert_eq!(outcome_of(&ana, changed), (PairOutcome::Automatic, Vec::new()), "{changed:?}");
    }
    // Two records do not teach how often a name changes: somebody is asked.
    let married = [ana[0], ("family_name", "Married"), ana[2], ana[3]];
    assert_eq!(outcome_of(&ana, &married), (PairOutcome::Review, Vec::new()));
}

#[test]
fn twins_relatives_and_mailbox_sharers_are_never_merged_by_themselves() {
    let lena = [
        ("given_name", "Lena"),
        ("family_name", "Example"),
        ("birth_date", "1990-05-06"),
        ("street", "1 rue du Test"),
        ("city", "Lyon"),
        ("postcode", "69001"),
        ("phone", "+33478000001"),
        ("email", "home@mail.example"),
    ];
    let twin = [("given_name", "Tom"), lena[1], lena[2], lena[3], lena[4], lena[5], lena[6], lena[7]];
    assert_eq!(outcome_of(&lena, &twin).0, PairOutcome::Review);
    let colleague = [("given_name", "Max"), ("family_name", "Sample"), lena[7]];
    assert_ne!(outcome_of(&lena, &colleague).0, PairOutcome::Automatic);
    let father = [("given_name", "Paul"), ("family_name", "Example"), ("name_suffix", "Sr"), lena[3], lena[4], lena[5]];
    let son = [("given_name", "Paul"), ("family_name", "Example"), ("name_suffix", "Jr"), lena[3], lena[4], lena[5]];
    assert_ne!(outcome_of(&father, &son).0, PairOutcome::Automatic);
    let other_birthday = [lena[0], lena[1], ("birth_date", "1961-11-30"), lena[7]];
    assert_eq!(outcome_of(&lena, &other_birthday), (PairOutcome::Review, vec![Risk::BirthDatesDiffer]));
}

#[test]
fn an_initial_may_be_the_twins() {
    let home = [
        ("family_name", "Example"),
        ("birth_date", "1990-05-06"),
        ("street", "1 rue du Test"),
        ("city", "Lyon"),
        ("phone", "+33478000001"),
    ];
    let lena = [&[("given_name", "Lena"), ("email", "lena@mail.example")][..], &home].concat();
    let initial = [&[("given_name", "L."), ("email", "lukas@mail.example")][..], &home].concat();
    assert_eq!(outcome_of(&lena, &initial), (PairOutcome::Review, vec![Risk::InitialOnly]));
    let own = [&[("given_name", "L."), ("email", "lena@mail.example")][..], &home].concat();
    assert_eq!(outcome_of(&lena, &own), (PairOutcome::Automatic, Vec::new()));
}

#[test]
fn two_of_one_name_are_not_merged_because_their_addresses_are_made_of_it() {
    let of = |email| [("given_name", "Ana"), ("family_name", "Example"), ("email", email)];
    for other in ["ana.example@post.example", "ana.example2@mail.example"] {
        assert_ne!(outcome_of(&of("ana.example@mail.example"), &of(other)).0, PairOutcome::Automatic, "{other}");
    }
}

#[test]
fn a_name_alone_is_not_enough() {
    let ana = [("given_name", "Ana"), ("family_name", "Example"), ("phone", "+33639980001")];
    let other = [("given_name", "Ana"), ("family_name", "Example"), ("phone", "+33639980777")];
    assert_ne!(outcome_of(&ana, &other).0, PairOutcome::Automatic);
}

#[test]
fn however_rare_a_name_is_it_waits_alone() {
    let given = ["Ana", "Benjamin", "Clara", "Dominic", "Elena", "Felix", "Greta", "Hannes", "Irene", "Jonas"];
    let family = ["Albrecht", "Bergmann", "Castellano", "Dupont", "Engel", "Fischer", "Garnier", "Hoffmann"];
    let mut people: Vec<Evidence> = (0..160_usize)
        .map(|n| {
            let (who, phone) = (n / 2, format!("+3363998{:04}", n / 2));
            let name = [("given_name", given[who % 10]), ("family_name", family[who / 10]), ("phone", &phone)];
            person(&n.to_string(), &name)
        })
        .collect();
    let rare = [("given_name", "Theodora"), ("family_name", "Quenneville")];
    people.push(person("one", &rare));
    people.push(person("other", &rare));
    let (_, pairs) = score(&people.iter().collect::<Vec<_>>());
    let of = |key: &str| people.iter().find(|person| person.key == key).map(|person| person.record);
    let (one, other) = (of("one"), of("other"));
    let pair = pairs.iter().find(|pair| [Some(pair.lo), Some(pair.hi)].iter().all(|id| *id == one || *id == other));
    let pair = pair.expect("they look alike");
    assert_eq!((pair.outcome, &pair.risks[..]), (PairOutcome::Review, &[Risk::NameAlone][..]));
    assert!(pairs.iter().any(|pair| pair.outcome == PairOutcome::Automatic));
}

#[test]
fn twins_are_not_joined_through_a_record_without_a_name() {
    let a = person("a", &[("given_name", "Lena"), ("family_name", "Example"), ("email", "home@mail.example")]);
    let b = person("b", &[("given_name", "Tom"), ("family_name", "Example"), ("email", "home@mail.example")]);
    let nameless = person("c", &[("email", "home@mail.example")]);
    let records = [&a, &b, &nameless];
    let pairs = score(&records).1;
    let members: Vec<Member> = records.iter().map(|evidence| Member::of(evidence, 1)).collect();
    let found = cluster(&members, &pairs, &[]);
    let of = |record| found.clusters.iter().position(|cluster| cluster.members.contains(&record));
    assert_ne!(of(a.record), of(b.record));
}

fn population() -> Vec<Evidence> {
    let given = ["Ana", "Anna", "Ben", "Benjamin", "Lena", "Tom"];
    let family = ["Example", "Exampel", "Sample", "Müller", "Mueller"];
    (0..300_usize)
        .map(|n| {
            let email = format!("p{}@mail.example", n % 90);
            let phone = format!("+336399800{:02}", n % 70);
            person(
                &n.to_string(),
                &[("given_name", given[n % 6]), ("family_name", family[n % 5]), ("email", &email), ("phone", &phone)],
            )
        })
        .collect()
}

#[test]
fn neither_order_nor_threads_reach_the_result() {
    let population = population();
    let forward: Vec<&Evidence> = population.iter().collect();
    let backward: Vec<&Evidence> = population.iter().rev().collect();
    let expected = score(&forward).1;
    assert!(!expected.is_empty());
    assert_eq!(score(&backward).1, expected);
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        assert_eq!(pool.install(|| score(&forward).1), expected, "{threads} threads");
    }
}

#[test]
fn an_explanation_adds_up_to_the_score() {
    let population = population();
    let records: Vec<&Evidence> = population.iter().collect();
    let find = |id| population.iter().find(|evidence| evidence.record == id).expect("known");
    let (learnt, pairs) = score(&records);
    for pair in pairs {
        let why = learnt.explain(find(pair.lo), find(pair.hi)).expect("both are known");
        assert_eq!((why.weight, why.outcome, &why.risks), (pair.weight, pair.outcome, &pair.risks));
        assert_eq!(why.steps.iter().map(|step| step.weight).sum::<i32>(), why.weight);
    }
}
