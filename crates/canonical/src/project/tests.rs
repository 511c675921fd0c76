mod properties;

use velocity_model::EntityKind::{Note, Opportunity};
use velocity_model::{Field, Id, LinkRole, ProjectionDigest};

use super::*;
use crate::fixture::{
    assertion, entity, evidence, linked, mentioning, organisation, person, pin, project_one, suppress, trusted,
};

#[test]
fn what_could_not_be_read_is_listed_unless_the_record_also_states_it_readably() {
    let a = person("crm", "1", &[("birth_date", "?03/04/05"), ("phone", "?12"), ("phone", "+33600000001")]);
    let b = person("sheet", "1", &[("birth_date", "1980-05-17")]);
    let record = project_one(&[&a, &b], &[]);
    assert_eq!(record.value("birth_date"), Some("1980-05-17"));
    let expected = BTreeMap::from([(Field::known("birth_date"), vec![assertion(&a, "birth_date")])]);
    assert_eq!(record.unresolved, expected);
    assert!(project_one(&[&a, &b], &[suppress(&a, "birth_date")]).unresolved.is_empty());
}

#[test]
fn bad_input_gives_no_record_or_an_empty_one_and_never_fails() {
    assert!(project(&[], &Policy::default(), &[]).is_empty());
    assert!(project(&[Entity { id: Id::from_bytes([1; 16]), members: vec![] }], &Policy::default(), &[]).is_empty());
    let blank = person("crm", "1", &[("email", ""), ("job_title", "")]);
    assert!(project_one(&[&blank, &blank], &[]).fields.is_empty());
    assert_eq!(project_one(&[&blank, &blank], &[]).members, [blank.record]);
}

#[test]
fn records_come_sorted_by_canonical_id_and_list_their_members() {
    let evidence: Vec<Evidence> = (0..9).map(|key| person("crm", &key.to_string(), &[])).collect();
    let entities: Vec<Entity<'_>> = evidence.chunks(3).map(|some| entity(&[&some[0], &some[1], &some[2]])).collect();
    let records = project(&entities, &Policy::default(), &[]);
    assert!(records.is_sorted_by_key(|record| record.id));
    assert!(records.iter().all(|record| record.members.is_sorted() && record.members.contains(&record.id)));
    assert_eq!(records.len(), 3);
}

/// The digest is what users compare between machines and versions: if this changes, every stored digest does.
#[test]
fn the_projection_digest_is_part_of_the_stored_format() {
    let acme = organisation("crm", "o1", &[("name", "Acme"), ("domain", "acme.example")]);
    let a = person("crm", "1", &[("given_name", "Jane"), ("family_name", "Doe"), ("email", "Jane@acme.example")]);
    let a = linked(a, LinkRole::Employer, acme.record);
    let b =
        person("sheet", "1", &[("full_name", "JANE DOE"), ("email", "jane@acme.example"), ("birth_date", "?1/2/80")]);
    let b = trusted(20, b);
    let deal = linked(
        evidence(Opportunity, "crm", "d1", &[("title", "Pilot"), ("stage", "open")]),
        LinkRole::Person,
        a.record,
    );
    let note =
        mentioning(evidence(Note, "log", "n1", &[("body", "Called")]), LinkRole::Person, "email", "JANE@acme.example");
    let decision = pin(&b, "job_title", "Buyer");
    let entities = [entity(&[&note]), entity(&[&deal]), entity(&[&acme]), entity(&[&b, &a])];
    let records = project(&entities, &Policy::default(), &[&decision]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&records).expect("plain data"));
    let digest = records.iter().map(ProjectionDigest::of).fold(ProjectionDigest::default(), ProjectionDigest::plus);
    let expected = "5e3f86a048a140a5f4a1d1429db9e02b981e744b601b9498f59fcb707b16054a";
    assert_eq!(digest.to_string(), expected);
    assert_eq!(ProjectionDigest::parse(expected), Some(digest));
}
