use velocity_model::{Evidence, Field, Rule};

use super::{address, name};
use crate::fixture::{person, pin, project_one, shown, suppress, trusted};

type Fields<'a> = &'a [(&'a str, &'a str)];

/// Records of falling trust, the first most trusted.
fn ranked(rows: &[Fields<'_>]) -> Vec<Evidence> {
    let one = |(key, fields): (u32, &Fields<'_>)| trusted(90 - key, person("crm", &key.to_string(), fields));
    (0..).zip(rows).map(one).collect()
}

/// What is shown of the group, in its order; absent parts are left out.
#[track_caller]
fn check(rows: &[Fields<'_>], expected: Fields<'_>) {
    let evidence = ranked(rows);
    let record = project_one(&evidence.iter().collect::<Vec<_>>(), &[]);
    let values: Vec<(&str, &str)> =
        record.fields.iter().map(|(field, values)| (field.name(), values[0].value.as_str())).collect();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(values, expected);
}

const JANE: Fields<'_> = &[("given_name", "Jane"), ("family_name", "Doe")];
const JOAN: Fields<'_> = &[("given_name", "Joan"), ("middle_name", "Mary"), ("family_name", "Smith")];

#[test]
fn a_name_comes_from_one_record() {
    // Not "Jane Mary Doe", although nobody else states a middle name.
    check(&[JANE, JOAN], JANE);
    check(&[JOAN, JANE], JOAN);
}

#[test]
fn missing_parts_come_from_records_that_fit() {
    check(
        &[&[("family_name", "Smith")], JANE, JOAN],
        &[("given_name", "Joan"), ("middle_name", "Mary"), ("family_name", "Smith")],
    );
    // An initial, a prefix, an accent and a second given name do not contradict.
    check(
        &[
            &[("given_name", "J."), ("family_name", "Núñez"), ("name_prefix", "Ms")],
            &[("given_name", "Jane Ann"), ("middle_name", "Q."), ("family_name", "NUNEZ"), ("name_prefix", "Dr")],
        ],
        &[("name_prefix", "Ms"), ("given_name", "J."), ("middle_name", "Q."), ("family_name", "Núñez")],
    );
    // What was filled in counts for the next: the third does not fit the second.
    check(
        &[&[("family_name", "Doe")], &[("given_name", "Jane")], &[("given_name", "Joan"), ("middle_name", "Mary")]],
        JANE,
    );
    check(
        &[&[("given_name", "Jane"), ("name_suffix", "Sr")], &[("family_name", "Doe"), ("name_suffix", "Jr")]],
        &[("given_name", "Jane"), ("name_suffix", "Sr")],
    );
}

#[test]
fn a_full_name_and_the_parts_must_be_one_name() {
    let full: Fields<'_> = &[("full_name", "Doe, Jane")];
    check(&[full, JOAN, JANE], &[("full_name", "Doe, Jane"), ("given_name", "Jane"), ("family_name", "Doe")]);
    check(&[full, JOAN], full);
    check(&[JOAN, full], JOAN);
    check(&[JANE, full], &[("full_name", "Doe, Jane"), ("given_name", "Jane"), ("family_name", "Doe")]);
    check(&[full, &[("full_name", "Joan Roe"), ("name_suffix", "III")]], full);
}

#[test]
fn a_record_without_a_name_proper_gives_no_base() {
    check(
        &[&[("name_prefix", "Mr"), ("name_suffix", "Jr")], &[("given_name", "Jane"), ("name_suffix", "Sr")]],
        &[("given_name", "Jane"), ("name_suffix", "Sr")],
    );
}

#[test]
fn an_address_comes_from_one_record_and_is_filled_only_from_the_same_place() {
    let lyon: Fields<'_> = &[("city", "Lyon"), ("country", "FR")];
    check(&[lyon, &[("street", "1 Rue A"), ("city", "Paris"), ("postcode", "75001")]], lyon);
    check(
        &[lyon, &[("street", "2 Rue B"), ("city", "LYON"), ("postcode", "69001"), ("country", "France")]],
        &[("street", "2 Rue B"), ("city", "Lyon"), ("postcode", "69001"), ("country", "FR")],
    );
    // A street alone does not say in which city it is.
    check(&[lyon, &[("street", "1 Rue A"), ("country", "FR")]], lyon);
    check(&[&[("country", "DE")], lyon], lyon);
}

#[test]
fn a_part_says_by_which_rule_its_name_won() {
    let evidence = ranked(&[JANE, JOAN, &[("given_name", "Jane"), ("family_name", "Roe")]]);
    let all: Vec<&Evidence> = evidence.iter().collect();
    let record = project_one(&all, &[]);
    let given = &record.fields[&Field::known("given_name")][0];
    assert_eq!((given.rule, given.support.len()), (Rule::SourceTrust, 2));
    let family = &record.fields[&Field::known("family_name")][0];
    let lost: Vec<_> = family.losers.iter().map(|loser| (loser.value.as_str(), loser.why)).collect();
    assert_eq!(lost, [("Smith", Rule::SourceTrust), ("Roe", Rule::SourceTrust)]);
    assert_eq!(family.winner, family.support.first().copied());

    // More records that state exactly the same name, at the same trust.
    let flat = |key: &str, fields: Fields<'_>| person("crm", key, fields);
    let (a, b, c) = (flat("1", JOAN), flat("2", JANE), flat("3", JANE));
    let record = project_one(&[&a, &b, &c], &[]);
    assert_eq!(
        (record.title.as_str(), record.fields[&Field::known("given_name")][0].rule),
        ("Jane Doe", Rule::Support)
    );
}

#[test]
fn a_value_of_a_better_record_that_did_not_fit_lost_against_the_base() {
    // The middle name comes from the third record. The second, changed later than the third, is somebody else's: it lost
    // against the first, which is more trusted.
    let other = [JOAN, &[("updated_at", "2026-01-01")]].concat();
    let whole = [JANE, &[("middle_name", "Zoe")]].concat();
    let evidence = [trusted(60, person("crm", "1", JANE)), person("crm", "2", &other), person("crm", "3", &whole)];
    let record = project_one(&evidence.iter().collect::<Vec<_>>(), &[]);
    let middle = &record.fields[&Field::known("middle_name")][0];
    assert_eq!((middle.value.as_str(), middle.rule), ("Zoe", Rule::SourceTrust));
    assert_eq!(middle.losers.iter().map(|loser| loser.value.as_str()).collect::<Vec<_>>(), ["Mary"]);
}

#[test]
fn a_record_that_states_a_part_twice_gives_the_more_complete_one() {
    let twice = person("crm", "1", &[("given_name", "J."), ("given_name", "Jane"), ("family_name", "Doe")]);
    let record = project_one(&[&twice], &[]);
    let given = &record.fields[&Field::known("given_name")][0];
    assert_eq!((given.value.as_str(), given.rule, given.losers.len()), ("Jane", Rule::Quality, 1));
}

#[test]
fn a_pinned_part_replaces_that_part_alone() {
    let evidence = ranked(&[JANE, &[("given_name", "Jane"), ("middle_name", "Ann"), ("family_name", "Doe")]]);
    let all: Vec<&Evidence> = evidence.iter().collect();
    let record = project_one(&all, &[pin(all[0], "family_name", "Roe")]);
    assert_eq!(record.title, "Jane Ann Roe");
    let family = &record.fields[&Field::known("family_name")][0];
    assert_eq!((family.rule, family.winner, family.confirmed), (Rule::Pinned, None, true));
    assert_eq!((family.losers[0].value.as_str(), family.losers[0].why), ("Doe", Rule::Pinned));
}

#[test]
fn of_several_names_the_one_that_agrees_with_a_pin_gives_the_other_parts() {
    let evidence = ranked(&[JANE, JOAN]);
    let all: Vec<&Evidence> = evidence.iter().collect();
    for decision in [pin(all[0], "given_name", "Joan"), pin(all[0], "full_name", "Joan Mary Smith")] {
        let record = project_one(&all, &[decision]);
        assert_eq!(shown(&record, "family_name"), ["Smith"]);
        assert_eq!(record.fields[&Field::known("family_name")][0].rule, Rule::Pinned);
        assert_eq!(record.title, "Joan Mary Smith");
    }
}

#[test]
fn a_suppressed_part_is_as_if_it_were_not_stated() {
    let evidence = ranked(&[JANE, JOAN]);
    let all: Vec<&Evidence> = evidence.iter().collect();
    let record = project_one(&all, &[suppress(all[0], "given_name"), suppress(all[0], "family_name")]);
    assert_eq!(record.title, "Joan Mary Smith");
    let given = &record.fields[&Field::known("given_name")][0];
    assert_eq!((given.rule, given.losers[0].why), (Rule::Suppressed, Rule::Suppressed));
}

#[test]
fn the_groups_name_fields_and_types_of_the_catalogue() {
    for (name, value_type) in [&name::GROUP, &address::GROUP].into_iter().flat_map(|group| group.fields) {
        let field = Field::from_name(name).expect("in the catalogue");
        assert_eq!((field.spec().value_type, field.spec().multi), (*value_type, false), "{name}");
    }
}
