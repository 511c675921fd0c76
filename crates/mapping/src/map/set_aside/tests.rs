use velocity_model::{EntityKind, QuarantinedRow, record_id};

use super::super::map;
use crate::fixture::{csv, shipped};

#[test]
fn a_row_that_was_set_aside_says_whose_it_is_as_far_as_its_key_can_be_read() {
    let header = "Record ID,First Name,Last Name,Email,Company";
    let text = format!("{header}\n1,Ana,Example,ana@mail.example,\n2,,,,\n,Ben,Example,,\n");
    let (mut staged, frame) = csv(&text, ',');
    let ragged = |cells: &[&str]| QuarantinedRow {
        row: 9,
        offset: 0,
        len: 0,
        code: "csv.ragged_row".to_owned(),
        message: String::new(),
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
    };
    staged.quarantined = vec![ragged(&[" 3 ", "Clara"]), ragged(&[])];
    let mapped = map(shipped("hubspot/contacts"), &staged, &frame);
    let person = |key: &str| vec![record_id("hubspot", EntityKind::Person, key)];
    let found: Vec<_> =
        mapped.set_aside.iter().map(|row| (row.records[&EntityKind::Person].clone(), row.states_nothing)).collect();
    let expected = [(person("3"), false), (vec![], false), (person("2"), true), (vec![], false)];
    assert_eq!(found, expected);
    assert!(mapped.set_aside.iter().all(|row| row.records[&EntityKind::Organisation].is_empty()), "known by its name");
}
