use velocity_model::{CanonicalValue, Evidence, Field, Policy, SourceTrust};

use super::*;
use crate::fixture::{assertion, entity, person, pin, project_one, shown, suppress, trusted};
use crate::project;

/// One statement: trust, time of change, value.
type Row = (u32, Option<&'static str>, &'static str);

fn state(field: &'static str, rows: &[Row]) -> Vec<Evidence> {
    let one = |(key, (trust, updated, value)): (usize, &Row)| {
        let mut fields = vec![(field, *value)];
        fields.extend(updated.map(|time| ("updated_at", time)));
        trusted(*trust, person("crm", &key.to_string(), &fields))
    };
    rows.iter().enumerate().map(one).collect()
}

fn settled(field: &'static str, rows: &[Row]) -> CanonicalValue {
    let evidence = state(field, rows);
    let record = project_one(&evidence.iter().collect::<Vec<_>>(), &[]);
    record.fields[&Field::known(field)][0].clone()
}

fn lost(value: &CanonicalValue) -> Vec<(&str, Rule)> {
    value.losers.iter().map(|loser| (loser.value.as_str(), loser.why)).collect()
}

/// The first row wins, by the rule, although every later step of the order speaks for the second.
#[track_caller]
fn check(rule: Rule, rows: &[Row]) {
    let value = settled("job_title", rows);
    assert_eq!((value.value.as_str(), value.rule), (rows[0].2, rule));
    assert_eq!(lost(&value), [(rows[1].2, rule)]);
}

#[test]
fn the_most_trusted_source_wins_although_others_are_newer() {
    check(
        Rule::SourceTrust,
        &[(60, Some("2020-01-01"), "HR"), (50, Some("2026-01-01"), "Artist"), (50, None, "Artist")],
    );
}

#[test]
fn then_the_newest_wins_although_more_records_say_otherwise() {
    check(
        Rule::Recency,
        &[(50, Some("2026-01-02"), "HR"), (50, Some("2026-01-01"), "Artist"), (50, Some("2026-01-01"), "Artist")],
    );
    // A time later on the same day is newer than the day alone, and any time is newer than none.
    check(Rule::Recency, &[(50, Some("2026-01-02T00:00:00Z"), "HR"), (50, Some("2026-01-02"), "Artist")]);
    check(Rule::Recency, &[(50, Some("1999-01-01"), "HR"), (50, None, "Artist"), (50, None, "Artist")]);
}

#[test]
fn then_the_value_of_more_records_wins_although_it_is_less_complete() {
    check(Rule::Support, &[(50, None, "HR"), (50, None, "Artist in Residence"), (50, None, "HR")]);
}

#[test]
fn then_the_more_complete_value_wins_although_its_bytes_are_greater() {
    check(Rule::Quality, &[(50, None, "Head of Sales"), (50, None, "Artist")]);
    assert_eq!(settled("birth_date", &[(50, None, "1970"), (50, None, "1980-05-17")]).value, "1980-05-17");
}

#[test]
fn then_the_smaller_bytes_win() {
    check(Rule::ValueOrder, &[(50, None, "Artist"), (50, None, "Banker")]);
}

#[test]
fn a_value_typed_by_a_person_wins_over_a_more_trusted_and_newer_file() {
    let typed = trusted(1, person("desk", "1", &[("job_title", "HR")]));
    let filed = trusted(99, person("crm", "1", &[("job_title", "Artist"), ("updated_at", "2026-01-01")]));
    let policy = Policy { human_entered: ["desk".to_owned()].into(), ..Policy::default() };
    let record = &project(&[entity(&[&filed, &typed])], &policy, &[])[0];
    let value = &record.fields[&Field::known("job_title")][0];
    assert_eq!((value.value.as_str(), value.rule, value.confirmed), ("HR", Rule::HumanEntered, false));
    assert_eq!(project_one(&[&filed, &typed], &[]).value("job_title"), Some("Artist"));
}

#[test]
fn the_policy_ranks_sources_by_field() {
    let a = person("crm", "1", &[("job_title", "HR"), ("owner", "Kim")]);
    let b = trusted(60, person("sheet", "1", &[("job_title", "Artist"), ("owner", "Lee")]));
    let crm = SourceTrust { rank: 10, fields: [("job_title".to_owned(), 99)].into() };
    let policy = Policy { sources: [("crm".to_owned(), crm)].into(), ..Policy::default() };
    let record = &project(&[entity(&[&a, &b])], &policy, &[])[0];
    assert_eq!((record.value("job_title"), record.value("owner")), (Some("HR"), Some("Lee")));
}

#[test]
fn each_loser_names_the_step_by_which_it_lost_and_the_winner_the_step_against_the_runner_up() {
    let value = settled(
        "job_title",
        &[(50, Some("2026-01-02"), "HR"), (40, Some("2026-01-03"), "Clerk"), (50, None, "Artist"), (50, None, "CEO")],
    );
    let expected = [("Artist", Rule::Recency), ("CEO", Rule::Recency), ("Clerk", Rule::SourceTrust)];
    assert_eq!((value.value.as_str(), value.rule), ("HR", Rule::Recency));
    assert_eq!(lost(&value), expected);
}

#[test]
fn one_value_in_several_records_is_the_only_value_and_the_smallest_assertion_stands_for_it() {
    let value = settled("job_title", &[(50, None, "HR"), (50, None, "HR"), (50, None, "HR")]);
    assert_eq!((value.rule, value.support.len(), value.losers.len()), (Rule::OnlyValue, 3, 0));
    assert_eq!(value.winner, value.support.first().copied());
}

#[test]
fn a_record_that_states_a_value_twice_supports_it_once() {
    let twice = person("crm", "1", &[("job_title", "Artist"), ("job_title", "Artist")]);
    let other = person("crm", "2", &[("job_title", "Head of Sales")]);
    let record = project_one(&[&twice, &other], &[]);
    let value = &record.fields[&Field::known("job_title")][0];
    assert_eq!((value.value.as_str(), value.rule), ("Head of Sales", Rule::Quality));
}

#[test]
fn spellings_are_values_of_their_own_except_in_an_email_address() {
    let value = settled("city", &[(50, None, "Zürich"), (50, None, "ZURICH")]);
    assert_eq!(lost(&value), [("ZURICH", Rule::Quality)]);
    let record = project_one(
        &[
            &person("crm", "1", &[("email", "ana@mail.example")]),
            &trusted(60, person("crm", "2", &[("email", "Ana@mail.example")])),
        ],
        &[],
    );
    let email = &record.fields[&Field::known("email")];
    assert_eq!((shown(&record, "email"), email[0].rule), (vec!["Ana@mail.example"], Rule::OnlyValue));
    assert_eq!(email[0].support.len(), 2);
}

#[test]
fn a_field_of_many_values_keeps_all_with_the_best_first() {
    let a =
        person("crm", "1", &[("email", "old@mail.example"), ("email", "b@mail.example"), ("phone", "+33600000001")]);
    let b = trusted(60, person("crm", "2", &[("email", "best@mail.example"), ("email", "b@mail.example")]));
    let record = project_one(&[&a, &b], &[]);
    // "b" has the support of both.
    assert_eq!(shown(&record, "email"), ["b@mail.example", "best@mail.example", "old@mail.example"]);
    let values = &record.fields[&Field::known("email")];
    assert!(values.iter().all(|value| value.rule == Rule::Union && value.losers.is_empty()));
    assert_eq!(record.fields[&Field::known("phone")][0].rule, Rule::OnlyValue);
}

#[test]
fn a_pin_beats_everything_and_the_rest_becomes_a_conflict_to_look_at() {
    let evidence = state("job_title", &[(99, Some("2026-01-02"), "HR"), (10, None, "Artist")]);
    let all: Vec<&Evidence> = evidence.iter().collect();
    let value = |decisions: &[_]| project_one(&all, decisions).fields[&Field::known("job_title")][0].clone();

    // Pinned to what a record states.
    let stated = value(&[pin(all[0], "job_title", "Artist")]);
    assert_eq!((stated.value.as_str(), stated.rule, stated.confirmed), ("Artist", Rule::Pinned, true));
    assert_eq!(stated.winner, Some(assertion(all[1], "job_title")));
    assert_eq!(lost(&stated), [("HR", Rule::Pinned)]);

    // Pinned to what nobody states, by naming the other record.
    let literal = value(&[pin(all[1], "job_title", "Vet")]);
    assert_eq!((literal.value.as_str(), literal.winner, literal.support.len()), ("Vet", None, 0));
    assert_eq!(lost(&literal), [("HR", Rule::Pinned), ("Artist", Rule::Pinned)]);

    // The later decision wins, a blank one lifts the pin, and without its decision a pin is as if it never was.
    let two = [pin(all[0], "job_title", "Vet"), pin(all[1], "job_title", "Poet")];
    assert_eq!(value(&two).value, "Poet");
    assert_eq!(value(&[two[1].clone(), two[0].clone()]).value, "Vet");
    assert_eq!(value(&[two[0].clone(), pin(all[1], "job_title", " ")]), value(&[]));
    assert_eq!(value(&[]).value, "HR");
}

#[test]
fn a_pin_gives_a_field_that_nobody_states_and_only_to_the_entity_that_holds_the_record() {
    let a = person("crm", "1", &[("email", "a@mail.example")]);
    let b = person("crm", "2", &[("email", "b@mail.example")]);
    let decision = pin(&a, "language", "fr");
    let records = project(&[entity(&[&a]), entity(&[&b])], &Policy::default(), &[&decision]);
    let of = |id| records.iter().find(|record| record.id == id).and_then(|record| record.value("language"));
    assert_eq!((of(a.record), of(b.record)), (Some("fr"), None));
}

#[test]
fn a_pin_of_a_field_of_many_values_is_its_primary() {
    let a = person("crm", "1", &[("email", "a@mail.example"), ("email", "b@mail.example")]);
    let record = project_one(&[&a], &[pin(&a, "email", "B@mail.example")]);
    let values = &record.fields[&Field::known("email")];
    assert_eq!(shown(&record, "email"), ["B@mail.example", "a@mail.example"]);
    assert_eq!((values[0].confirmed, values[1].confirmed), (true, false));
    assert_eq!((values[0].rule, values[1].rule), (Rule::Pinned, Rule::Union));
    assert_eq!(values[0].support.len(), 1);
    let literal = project_one(&[&a], &[pin(&a, "email", "c@mail.example")]);
    assert_eq!(shown(&literal, "email").len(), 3);
}

#[test]
fn a_suppressed_statement_neither_wins_nor_supports_but_is_named() {
    let evidence = state("job_title", &[(99, None, "HR"), (10, None, "Artist"), (10, None, "HR")]);
    let all: Vec<&Evidence> = evidence.iter().collect();
    let value = |decisions: &[_]| project_one(&all, decisions).fields[&Field::known("job_title")][0].clone();

    let one = value(&[suppress(all[0], "job_title")]);
    assert_eq!(one.value, "Artist", "the other record that says HR is no longer backed: equal support, more complete");
    assert_eq!(lost(&one), [("HR", Rule::Quality)]);

    let both = value(&[suppress(all[0], "job_title"), suppress(all[2], "job_title")]);
    assert_eq!((both.value.as_str(), both.rule), ("Artist", Rule::Suppressed));
    assert_eq!(lost(&both), [("HR", Rule::Suppressed)]);

    let pinned = value(&[suppress(all[0], "job_title"), pin(all[0], "job_title", "Vet")]);
    assert_eq!((pinned.rule, pinned.losers.len()), (Rule::Pinned, 2));
}

#[test]
fn a_field_with_nothing_but_suppressed_statements_has_no_value() {
    let a = person("crm", "1", &[("email", "a@mail.example"), ("email", "b@mail.example"), ("job_title", "HR")]);
    let record = project_one(&[&a], &[suppress(&a, "job_title"), suppress(&a, "email")]);
    assert_eq!(record.value("job_title"), None);
    let email = &record.fields[&Field::known("email")];
    assert_eq!(
        (shown(&record, "email"), lost(&email[0])),
        (vec!["b@mail.example"], vec![("a@mail.example", Rule::Suppressed)])
    );
}
