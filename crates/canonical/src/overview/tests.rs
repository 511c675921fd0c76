use velocity_model::EntityKind::{Interaction, Opportunity, Score, Task};
use velocity_model::{Evidence, Policy};

use super::*;
use crate::fixture::{entity, evidence, linked, organisation, person, project_one};
use crate::project;

fn overview_of(all: &[Evidence], record: &Evidence) -> Overview {
    let entities: Vec<_> = all.iter().map(|evidence| entity(&[evidence])).collect();
    let records = project(&entities, &Policy::default(), &[]);
    overviews(&records).remove(&record.record).unwrap_or_default()
}

fn item(kind: EntityKind, key: &str, fields: &[(&str, &str)], links: &[(LinkRole, &Evidence)]) -> Evidence {
    let item = evidence(kind, "crm", key, fields);
    links.iter().fold(item, |item, (role, target)| linked(item, *role, target.record))
}

#[test]
fn a_person_is_told_by_the_items_that_point_to_it() {
    let ana = person("crm", "1", &[("created_at", "2029-01-01")]);
    let to_ana = &[(LinkRole::Person, &ana)][..];
    let all = [
        ana.clone(),
        item(Interaction, "i1", &[("at", "2026-02-01T08:00:00Z")], to_ana),
        item(Interaction, "i2", &[("at", "2026-02-01")], to_ana),
        item(Task, "t1", &[("due_at", "2027-01-01"), ("created_at", "2026-01-01")], to_ana),
        item(Task, "t2", &[("due_at", "2028-01-01")], to_ana),
        item(
            Opportunity,
            "d1",
            &[("stage", "proposal"), ("updated_at", "2026-01-15"), ("close_date", "2027-05-01")],
            to_ana,
        ),
        item(Opportunity, "d2", &[("stage", "closedwon")], to_ana),
        item(Score, "s1", &[("name", "fit"), ("value", "80"), ("at", "2026-03-01")], to_ana),
        item(Score, "s2", &[("name", "fit"), ("value", "90"), ("at", "2026-02-01")], to_ana),
        item(Score, "s3", &[("name", "fit"), ("at", "2026-04-01")], to_ana),
    ];
    let expected = Overview {
        account: None,
        last_activity: Some("2026-02-01T08:00:00Z".to_owned()),
        newest_score: Some("80".to_owned()),
        open_opportunities: 1,
        people: 0,
    };
    assert_eq!(overview_of(&all, &ana), expected);
}

#[test]
fn an_organisation_is_told_by_its_people_and_items() {
    let acme = organisation("crm", "1", &[("name", "Acme")]);
    let ana = linked(person("crm", "1", &[]), LinkRole::Employer, acme.record);
    let bob = linked(person("crm", "2", &[]), LinkRole::Employer, acme.record);
    let fields = [("status", "open"), ("updated_at", "2026-01-15")];
    let deal = item(Opportunity, "d1", &fields, &[(LinkRole::Organisation, &acme), (LinkRole::Person, &ana)]);
    let of_ana = item(Interaction, "i1", &[("at", "2026-05-01")], &[(LinkRole::Person, &ana)]);
    let all = [acme.clone(), ana.clone(), bob, deal, of_ana];
    let overview = overview_of(&all, &acme);
    assert_eq!((overview.people, overview.open_opportunities), (2, 1));
    assert_eq!(overview.last_activity.as_deref(), Some("2026-01-15"), "only what its own page lists");
    let ana = overview_of(&all, &ana);
    assert_eq!((ana.account, ana.open_opportunities), (Some(acme.record), 1));
}

#[test]
fn of_several_employers_the_account_is_the_one_that_the_company_field_shows() {
    let (acme, orbit) = (organisation("crm", "1", &[("name", "Acme")]), organisation("crm", "2", &[("name", "Orbit")]));
    let account = |company: &[(&str, &str)]| {
        let ana = linked(person("crm", "1", company), LinkRole::Employer, acme.record);
        let ana = linked(ana, LinkRole::Employer, orbit.record);
        overview_of(&[acme.clone(), orbit.clone(), ana.clone()], &ana).account
    };
    assert_eq!(account(&[("organisation_name", "ACME")]), Some(acme.record));
    assert_eq!(account(&[("organisation_name", "orbit")]), Some(orbit.record));
    assert_eq!(account(&[]), Some(acme.record.min(orbit.record)));
}

#[test]
fn an_item_stands_in_a_timeline_by_when_it_happened() {
    let check = |kind, fields: &[(&str, &str)], expected: Option<&str>| {
        assert_eq!(own_time(&project_one(&[&evidence(kind, "crm", "1", fields)], &[])), expected, "{fields:?}");
    };
    let (created, updated) = (("created_at", "2026-01-01"), ("updated_at", "2026-01-02"));
    check(Interaction, &[created, ("at", "2026-01-03")], Some("2026-01-03"));
    check(Interaction, &[created, updated], Some("2026-01-01"));
    check(Task, &[created, updated, ("completed_at", "2026-01-04"), ("due_at", "2026-01-05")], Some("2026-01-04"));
    check(Task, &[("due_at", "2026-01-05")], Some("2026-01-05"));
    check(Opportunity, &[created, updated, ("close_date", "2026-01-06")], Some("2026-01-02"));
    check(Opportunity, &[("close_date", "2026-01-06")], Some("2026-01-06"));
    check(Score, &[], None);
    check(EntityKind::Person, &[created, updated], None);
}

#[test]
fn the_newest_activity_and_score_count_whatever_the_order_of_ids() {
    let ana = person("crm", "1", &[]);
    for newest in 0..4 {
        let made = |key: u32, kind: EntityKind| {
            let (time, value) = if key == newest { ("2026-02-01", "80") } else { ("2026-01-01", "90") };
            item(kind, &key.to_string(), &[("at", time), ("value", value)], &[(LinkRole::Person, &ana)])
        };
        let items = (0..4).flat_map(|key| [made(key, Interaction), made(key, Score)]);
        let overview = overview_of(&[ana.clone()].into_iter().chain(items).collect::<Vec<_>>(), &ana);
        assert_eq!(overview.last_activity.as_deref(), Some("2026-02-01"));
        assert_eq!(overview.newest_score.as_deref(), Some("80"));
    }
}
