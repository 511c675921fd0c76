use super::Email;
use crate::features::PersonName;

fn key(address: &str) -> String {
    Email::of(address, &PersonName::default()).expect("an address").key
}

#[test]
fn one_mailbox_has_one_key() {
    assert_eq!(key("A.Na+news@GMail.com"), key("ana@googlemail.com"));
    assert_ne!(key("a.na@mail.example"), key("ana@mail.example"));
    assert_eq!(key("Ana+crm@mail.example"), key("ana@mail.example"));
}

#[test]
fn functions_are_no_persons() {
    assert!(Email::of("Info@firma.example", &PersonName::default()).expect("an address").is_role);
    assert!(!Email::of("ines@firma.example", &PersonName::default()).expect("an address").is_role);
}
