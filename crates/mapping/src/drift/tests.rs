use velocity_model::{Drift, Field, TableFormat};

use super::{adapt, drift, is_relative};
use crate::fixture::{csv, shipped};
use crate::{map, parse, recognise, suggest, to_toml};

const HUBSPOT: &str = "Record ID,First Name,Last Name,Email,Phone Number";

fn headers(line: &str) -> Vec<String> {
    line.split(',').map(str::to_owned).collect()
}

/// What changed in a file of HubSpot contacts with these headers, after files with those.
#[track_caller]
fn check(approved: &[&str], now: &str, new: &[&str], gone: &[&str]) {
    let approved: Vec<Vec<String>> = approved.iter().map(|line| headers(line)).collect();
    let approved: Vec<&[String]> = approved.iter().map(Vec::as_slice).collect();
    let found = drift(shipped("hubspot/contacts"), &approved, &csv(&format!("{now}\n"), ',').0);
    let owned = |headers: &[&str]| headers.iter().map(|header| (*header).to_owned()).collect();
    assert_eq!(found, Drift { new: owned(new), gone: owned(gone) });
}

#[test]
fn only_what_would_be_lost_waits() {
    check(&[], &format!("{HUBSPOT},Shoe size"), &[], &[]); // the first file sets the measure
    check(&[HUBSPOT], HUBSPOT, &[], &[]);
    check(&[HUBSPOT], "Email,email ,Last Name,First Name,Phone Number,RECORD ID", &[], &[]); // order and case
    check(&[HUBSPOT], &format!("{HUBSPOT},Lifecycle Stage"), &[], &[]); // known to the profile
    check(&[HUBSPOT], &format!("{HUBSPOT},Shoe size"), &["Shoe size"], &[]);
    check(&[HUBSPOT], &format!("{HUBSPOT},_line,_errors"), &[], &[]); // our own
    check(&[HUBSPOT], "Record ID,First Name,Last Name,Email", &[], &["Phone Number"]);
    check(&[HUBSPOT], "Record ID,First Name,Last Name,Email,Tel", &["Tel"], &["Phone Number"]);
    check(&[&format!("{HUBSPOT},Shoe size")], HUBSPOT, &[], &[]); // it went nowhere
}

#[test]
fn a_file_is_compared_with_the_approved_one_that_is_most_like_it() {
    let short = "Record ID,First Name,Last Name,Email";
    check(&[HUBSPOT, short], short, &[], &[]);
    check(&[short, HUBSPOT], short, &[], &[]);
    check(&[HUBSPOT, &format!("{short},Shoe size")], &format!("{HUBSPOT},Shoe size"), &[], &[]);
}

#[test]
fn formats_whose_rows_name_their_columns_do_not_drift() {
    let (mut table, _) = csv("Record ID,First Name,Last Name,Email,Shoe size\n", ',');
    table.format = TableFormat::JsonLines;
    assert!(drift(shipped("hubspot/contacts"), &[&headers(HUBSPOT)], &table).is_empty());
    assert!(!is_relative(&headers(HUBSPOT), &table));
}

#[test]
fn a_file_is_near_another_if_they_share_most_columns() {
    let near = |line: &str| is_relative(&headers("id,name,email,phone"), &csv(&format!("{line}\n"), ',').0);
    assert!(near("id,name,mail,phone") && near("ID,Name"));
    assert!(!near("id") && !near("id,name,a,b,c") && !near("a,b,c,d"));
}

/// The profile of a draft for `before`, as it is after a file with `after` was approved.
fn adapted(before: &str, after: &str) -> (velocity_model::Profile, Vec<velocity_model::WaitingColumn>) {
    let (old, old_frame) = csv(before, ',');
    let profile = suggest(&old, &old_frame, "people.csv", &[]).profile;
    let (new, new_frame) = csv(after, ',');
    let changed = drift(&profile, &[&old.headers], &new);
    let (revised, columns) = adapt(&profile, &new, &suggest(&new, &new_frame, "people.csv", &[]), &changed);
    let revised = parse(&to_toml(&revised)).unwrap();
    assert_eq!(revised.version, profile.version + 1);
    for (table, frame) in [(&old, &old_frame), (&new, &new_frame)] {
        let both = [revised.clone()];
        assert!(recognise(&both, table).is_some(), "files of both kinds are read by the revision");
        assert!(map(&revised, table, frame).quarantined.is_empty());
    }
    (revised, columns)
}

const BEFORE: &str = "id,first name,last name,email,phone\n1,Ana,Example,ana@mail.example,+33639980001\n";

#[test]
fn a_renamed_column_is_read_in_the_place_of_the_one_that_is_gone() {
    let after = "id,first name,last name,email,telephone\n1,Ana,Example,ana@mail.example,+33639980001\n";
    let (revised, columns) = adapted(BEFORE, after);
    assert_eq!(columns[0].target, Some(Field::known("phone")));
    assert_eq!(columns[0].reason, "in the place of `phone`");
    let evidence = |text: &str| {
        let (table, frame) = csv(text, ',');
        let mapped = map(&revised, &table, &frame);
        (mapped.evidence[0].record, mapped.evidence[0].values("phone").map(str::to_owned).collect::<Vec<_>>())
    };
    assert_eq!(evidence(BEFORE), evidence(after), "the same record with the same number");
    assert_eq!(evidence(after).1, ["+33639980001"]);
}

#[test]
fn a_new_column_goes_where_the_draft_would_put_it() {
    let after = "id,first name,last name,email,phone,mobile,city,shade,empty\n\
                 1,Ana,Example,ana@mail.example,+33639980001,+33639980002,Lyon,blue,\n";
    let (revised, columns) = adapted(BEFORE, after);
    let targets: Vec<_> = columns.iter().map(|column| column.target.as_ref().map(|field| field.name())).collect();
    assert_eq!(targets, [Some("phone"), Some("city"), Some("x_shade"), None], "{columns:#?}");
    assert_eq!(revised.ignore, ["empty"]);
}

#[test]
fn a_new_column_takes_no_field_from_another() {
    let (old, frame) = csv(BEFORE, ',');
    let mut profile = suggest(&old, &frame, "people.csv", &[]).profile;
    let maps = profile.entities.iter_mut().flat_map(|entity| &mut entity.fields);
    maps.filter(|map| map.from.as_deref() == Some("first name")).for_each(|map| map.to = Field::known("nickname"));
    let (new, frame) = csv("id,first name,last name,email,phone,nickname\n1,Ana,Example,,,Annie\n", ',');
    let changed = drift(&profile, &[&old.headers], &new);
    let (revised, columns) = adapt(&profile, &new, &suggest(&new, &frame, "people.csv", &[]), &changed);
    assert_eq!(columns[0].target, None);
    assert_eq!(columns[0].reason, "left out: `nickname` is read from `first name`");
    assert_eq!(revised.ignore, ["nickname"]);
}
