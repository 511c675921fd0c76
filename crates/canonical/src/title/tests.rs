use velocity_model::EntityKind::{Interaction, Interest, Note, Opportunity, Organisation, Person, Score, Task};
use velocity_model::{Decision, EntityKind};

use crate::fixture::{evidence, pin, project_one};

#[track_caller]
fn check(kind: EntityKind, fields: &[(&str, &str)], expected: &str) {
    assert_eq!(project_one(&[&evidence(kind, "crm", "1", fields)], &[]).title, expected);
}

#[test]
fn a_person_is_called_by_name_then_by_address() {
    let name = [("given_name", "Ana"), ("middle_name", "Q."), ("family_name", "Ruiz"), ("name_suffix", "Jr")];
    check(Person, &[&name[..], &[("name_prefix", "Dr"), ("full_name", "Ruiz, Ana")]].concat(), "Ana Q. Ruiz Jr");
    check(Person, &[("given_name", "Ana"), ("full_name", "Ana Ruiz")], "Ana Ruiz");
    check(Person, &[("family_name", "Ruiz"), ("name_prefix", "Dr")], "Dr Ruiz");
    check(Person, &[("name_prefix", "Dr"), ("email", "a@mail.example"), ("phone", "+33600000001")], "a@mail.example");
    check(Person, &[("phone", "+33600000001")], "+33600000001");
    check(Person, &[("city", "Lyon")], "(no name)");
    check(Person, &[], "(no name)");
}

#[test]
fn a_confirmed_full_name_is_shown_unless_a_part_is_confirmed_too() {
    let ana = evidence(Person, "crm", "1", &[("given_name", "Ana"), ("family_name", "Ruiz")]);
    let title = |decisions: &[Decision]| project_one(&[&ana], decisions).title;
    let full = pin(&ana, "full_name", "Ana María Ruiz");
    assert_eq!(title(std::slice::from_ref(&full)), "Ana María Ruiz");
    assert_eq!(title(&[full, pin(&ana, "given_name", "Anna")]), "Anna Ruiz");
}

#[test]
fn an_organisation_is_called_by_name_then_by_domain() {
    check(Organisation, &[("domain", "acme.example"), ("name", "Acme")], "Acme");
    check(Organisation, &[("domain", "acme.example"), ("email", "info@acme.example")], "acme.example");
    check(Organisation, &[("industry", "Tools")], "(no name)");
}

#[test]
fn an_item_is_called_by_title_then_by_what_it_is() {
    check(Opportunity, &[("title", "Big deal")], "Big deal");
    check(Task, &[("body", "\n  Call   back \nsoon")], "Call back");
    check(Note, &[], "Note");
    check(Interest, &[("reference", "P-12")], "P-12");
    check(Interaction, &[("channel", "PHONE_CALL"), ("direction", "INBOUND"), ("body", "Hello")], "Phone call inbound");
    check(Interaction, &[("channel", "email"), ("title", "Re: offer")], "Re: offer");
    check(Interaction, &[("direction", "outbound")], "Interaction outbound");
    check(Interaction, &[("body", "Hello")], "Interaction");
    check(Score, &[("name", "fit"), ("value", "3")], "fit");
    check(Opportunity, &[("amount", "100 EUR")], "Deal");
}

#[test]
fn a_long_title_is_cut_between_characters() {
    let long = "é".repeat(500);
    let title = project_one(&[&evidence(Note, "crm", "1", &[("body", long.as_str())])], &[]).title;
    assert_eq!((title.chars().count(), title.chars().last()), (super::LONGEST, Some('…')));
}
