use velocity_model::EntityKind::{Interaction, Note};
use velocity_model::{CanonicalRecord, Decision, LinkRole, Policy, record_id};

use super::*;
use crate::fixture::{entity, evidence, linked, mentioning, organisation, person, pin, suppress};
use crate::{Entity, project};

/// What a record points at, and how much it points at in vain.
fn links(entities: &[Entity<'_>], of: &Evidence, decisions: &[Decision]) -> (Vec<RecordId>, u32) {
    let decisions: Vec<&Decision> = decisions.iter().collect();
    let records = project(entities, &Policy::default(), &decisions);
    let is_of = |record: &&CanonicalRecord| record.members.contains(&of.record);
    let record = records.iter().find(is_of).expect("projected");
    (record.links.iter().map(|link| link.target).collect(), record.unlinked)
}

#[test]
fn a_link_to_a_record_leads_to_the_entity_that_holds_it() {
    let (a, b) = (person("crm", "1", &[]), person("sheet", "1", &[]));
    let note = linked(evidence(Note, "crm", "n", &[]), LinkRole::Person, b.record);
    let entities = [Entity { id: a.record, members: vec![&b, &a] }, entity(&[&note])];
    assert_eq!(links(&entities, &note, &[]), (vec![a.record], 0));
    let records = project(&entities, &Policy::default(), &[]);
    let link = &records.iter().find(|record| record.kind == Note).expect("projected").links[0];
    assert_eq!(link.target_key, a.record.min(b.record));
}

#[test]
fn a_link_to_a_record_that_has_not_arrived_or_is_of_another_kind_waits() {
    let acme = organisation("crm", "1", &[]);
    let unknown = record_id("crm", EntityKind::Person, "9");
    let note = linked(evidence(Note, "crm", "n", &[]), LinkRole::Person, unknown);
    let note = linked(note, LinkRole::Person, acme.record);
    assert_eq!(links(&[entity(&[&note]), entity(&[&acme])], &note, &[]), (vec![], 2));
}

#[test]
fn links_of_several_members_are_merged_and_those_to_oneself_are_dropped() {
    let acme = organisation("crm", "1", &[]);
    let unknown = record_id("crm", EntityKind::Organisation, "9");
    let employed = |source: &str| {
        let person = linked(person(source, "1", &[]), LinkRole::Employer, acme.record);
        linked(person, LinkRole::Employer, unknown)
    };
    let (a, b) = (employed("crm"), employed("sheet"));
    let b = linked(b, LinkRole::Person, a.record);
    assert_eq!(links(&[entity(&[&a, &b]), entity(&[&acme])], &a, &[]), (vec![acme.record], 1));
}

#[test]
fn a_mention_leads_to_the_one_entity_that_has_the_address() {
    let ana = person("crm", "1", &[("email", "Ana@mail.example"), ("phone", "+33600000001")]);
    let ann = person("sheet", "1", &[("email", "ana@mail.example")]);
    let acme = organisation("crm", "1", &[("email", "ana@mail.example"), ("phone", "+33600000002")]);
    let call = |field, value| mentioning(evidence(Interaction, "calls", "c", &[]), LinkRole::Person, field, value);
    let check = |entities: &[Entity<'_>], call: &Evidence| {
        let entities: Vec<Entity<'_>> = entities.iter().cloned().chain([entity(&[call])]).collect();
        links(&entities, call, &[])
    };
    let apart = [entity(&[&ana]), entity(&[&ann]), entity(&[&acme])];
    let joined = [entity(&[&ana, &ann]), entity(&[&acme])];
    let by_mail = call("email", "ANA@mail.example");
    // One entity, in whatever capitals; two entities: nobody can say who is meant.
    assert_eq!(check(&joined, &by_mail), (vec![ana.record], 0));
    assert_eq!(check(&apart, &by_mail), (vec![], 1));
    assert_eq!(check(&apart, &call("phone", "+33600000001")), (vec![ana.record], 0));
    // Nobody, and only an organisation where a person is meant.
    assert_eq!(check(&apart, &call("phone", "+33600000009")), (vec![], 1));
    assert_eq!(check(&apart, &call("phone", "+33600000002")), (vec![], 1));
    // Two ways to name one person are one link.
    let both = mentioning(call("phone", "+33600000001"), LinkRole::Person, "email", "ana@mail.example");
    assert_eq!(check(&joined, &both), (vec![ana.record], 0));
}

#[test]
fn a_mention_follows_what_people_decided_about_addresses() {
    let (ana, bob) = (person("crm", "1", &[("email", "office@mail.example")]), person("crm", "2", &[]));
    let call = mentioning(evidence(Interaction, "calls", "c", &[]), LinkRole::Person, "email", "office@mail.example");
    let entities = [entity(&[&ana]), entity(&[&bob]), entity(&[&call])];
    let aside = suppress(&ana, "email");
    let pinned = pin(&bob, "email", "office@mail.example");
    assert_eq!(links(&entities, &call, std::slice::from_ref(&aside)), (vec![], 1));
    assert_eq!(links(&entities, &call, std::slice::from_ref(&pinned)), (vec![], 1));
    assert_eq!(links(&entities, &call, &[aside, pinned]), (vec![bob.record], 0));
}

#[test]
fn a_mention_makes_no_entity_and_joins_none() {
    let (ana, bob) =
        (person("crm", "1", &[("phone", "+33600000001")]), person("crm", "2", &[("phone", "+33600000001")]));
    let call = mentioning(evidence(Interaction, "calls", "c", &[]), LinkRole::Person, "phone", "+33600000001");
    let with = project(&[entity(&[&ana]), entity(&[&bob]), entity(&[&call])], &Policy::default(), &[]);
    let without = project(&[entity(&[&ana]), entity(&[&bob])], &Policy::default(), &[]);
    let persons: Vec<CanonicalRecord> = with.into_iter().filter(|record| record.kind == EntityKind::Person).collect();
    assert_eq!(persons, without);
}
