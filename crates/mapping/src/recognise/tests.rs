use velocity_model::TableFormat;

use super::recognise;
use crate::fixture::{csv, shipped as profile, table};
use crate::shipped;

#[test]
fn headers_decide_without_case_and_blanks() {
    let (staged, _) = csv("RECORD ID, first name ,Last Name,email,Shoe size\n", ',');
    let found = recognise(shipped(), &staged).unwrap();
    assert_eq!(found.profile.name, "hubspot/contacts");
    assert_eq!(found.matched, ["RECORD ID", " first name ", "Last Name", "email"]);
    assert_eq!(found.unknown, ["Shoe size"]);
    assert!(found.missing_optional.contains(&"Phone Number".to_owned()));
    assert!(!found.missing_optional.contains(&"Email".to_owned()));
}

#[test]
fn one_required_header_missing_is_no_match() {
    assert!(recognise(shipped(), &csv("Record ID,First Name,Last Name\n", ',').0).is_none());
    assert!(recognise(shipped(), &csv("\n", ',').0).is_none());
    assert!(recognise(&[], &csv("Record ID,First Name,Last Name,Email\n", ',').0).is_none());
}

#[test]
fn the_most_headers_win_and_ties_go_by_name() {
    let (staged, _) = csv("Record ID,Company name,Deal Name,Deal Stage,Amount\n", ',');
    assert_eq!(recognise(shipped(), &staged).unwrap().profile.name, "hubspot/deals");
    let mut twins = vec![profile("velocity/scores").clone(), profile("velocity/scores").clone()];
    twins[0].name = "b/scores".to_owned();
    twins[1].name = "a/scores".to_owned();
    let (staged, _) = csv("Name,Value,Time,Model version,Email\n", ',');
    assert_eq!(recognise(&twins, &staged).unwrap().profile.name, "a/scores");
}

#[test]
fn the_format_counts_where_it_is_stated() {
    let (mut staged, _) = table(&["id", "title", "due", "contact_email"], &[]);
    assert!(recognise(shipped(), &staged).is_none());
    staged.format = TableFormat::JsonLines;
    assert_eq!(recognise(shipped(), &staged).unwrap().profile.name, "velocity/tasks");
}
