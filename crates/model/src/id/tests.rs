use super::*;
use crate::EntityKind;

#[test]
fn an_id_reads_back_from_its_text_and_from_json() {
    let id = record_id("hubspot", EntityKind::Person, "101");
    assert_eq!(id.to_string().parse::<RecordId>(), Ok(id));
    let json = serde_json::to_string(&id).expect("an id is a string");
    assert_eq!(serde_json::from_str::<RecordId>(&json).expect("reads back"), id);
    assert!("zz".parse::<RecordId>().is_err());
}

#[test]
fn ids_are_part_of_the_stored_format() {
    let id = record_id("hubspot", EntityKind::Person, "101");
    assert_eq!(id.to_string(), "deb1ab1485c086641215b3746085c8e9");
}

#[test]
fn parts_do_not_collide_by_concatenation() {
    assert_ne!(row_digest(["ab", "c"]), row_digest(["a", "bc"]));
    assert_ne!(row_digest(["", "a"]), row_digest(["a", ""]));
}

#[test]
fn a_review_is_the_same_from_either_side() {
    let a = record_id("x", EntityKind::Person, "1");
    let b = record_id("x", EntityKind::Person, "2");
    assert_eq!(review_id(a, b), review_id(b, a));
}
