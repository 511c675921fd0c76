//! Files that no import should fail on: each is told of, and the rest of the folder is imported.

use crate::velocity::{Velocity, file};

const GOOD: &str = "Record ID,First Name,Last Name,Email,Phone Number,Lifecycle Stage,Create Date\n\
                    1,Ana,Example,ana@mail.example,,lead,2024-01-01 10:00\n";

#[test]
fn every_bad_file_is_told_of_and_the_good_one_is_imported() {
    let velocity = Velocity::new();
    velocity.file("in/good.csv", GOOD);
    velocity.file("in/empty.csv", "");
    velocity.file("in/header-only.csv", "Record ID,First Name,Last Name,Email\n");
    velocity.file("in/binary.csv", [0x89, b'P', b'N', b'G', 0, 0, 1, 2, 0xff, 0xfe, 0, 0, 7]);
    velocity.file("in/page.xlsx", "<!DOCTYPE html><html><body><table><tr><td>Name</td></tr></table></body></html>");
    velocity.file("in/truncated.xlsx", b"PK\x03\x04\x14\x00\x00\x00broken");
    velocity.file("in/unknown.csv", "alpha,beta\n1,2\n3,4\n");
    let report = velocity.import_json(&velocity.path("in"));

    assert_eq!(file(&report, "good.csv")["outcome"], "imported");
    assert_eq!(report["records"]["person"], 1);
    for refused in ["empty.csv", "binary.csv", "page.xlsx", "truncated.xlsx"] {
        let told = file(&report, refused);
        assert_eq!(told["outcome"], "refused", "{told:#}");
        assert!(!told["issues"][0]["message"].as_str().unwrap_or_default().is_empty(), "{told:#}");
        assert!(!told["next"].as_array().expect("steps").is_empty(), "{told:#}");
    }
    assert_eq!(file(&report, "unknown.csv")["outcome"], "held");
    assert_eq!(file(&report, "unknown.csv")["rows"]["held"], 2);
}

#[test]
fn bad_rows_are_set_aside_with_their_line_and_reason() {
    let velocity = Velocity::new();
    let mut bytes = GOOD.as_bytes().to_vec();
    bytes.extend_from_slice(b"2,Ben,Example,ben@mail.example,,lead,2024-01-01 10:00,too,many,cells\n");
    bytes.extend_from_slice(b"3,C\0arl,Example,carl@mail.example,,lead,2024-01-01 10:00\n");
    bytes.extend_from_slice(b"4,Dana\n");
    bytes.extend_from_slice(b",Nobody,Without,key@mail.example,,lead,2024-01-01 10:00\n");
    velocity.file("contacts.csv", bytes);
    let report = velocity.import_json(&velocity.path("contacts.csv"));
    let rows = &report["rows"];
    assert_eq!((&rows["read"], &rows["new"], &rows["quarantined"]), (&5.into(), &2.into(), &3.into()), "{report:#}");
}

#[test]
fn a_huge_cell_is_survived() {
    let velocity = Velocity::new();
    let mut bytes = GOOD.as_bytes().to_vec();
    bytes.extend_from_slice(b"2,");
    bytes.extend(std::iter::repeat_n(b'x', 50 * 1024 * 1024));
    bytes.extend_from_slice(b",Example,big@mail.example,,lead,2024-01-01 10:00\n");
    velocity.file("contacts.csv", bytes);
    let report = velocity.import_json(&velocity.path("contacts.csv"));
    assert_eq!((&report["rows"]["new"], &report["rows"]["quarantined"]), (&1.into(), &1.into()));
}

#[test]
fn a_wrong_profile_holds_the_file_rather_than_guesses() {
    let velocity = Velocity::new();
    velocity.file("contacts.csv", GOOD);
    let ended = velocity.run(&["import", "contacts.csv", "--profile", "hubspot/deals", "--format", "json"]).ok();
    let report = ended.json();
    assert_eq!((&report["rows"]["held"], &report["rows"]["new"]), (&1.into(), &0.into()), "{report:#}");
    assert_eq!(file(&report, "contacts.csv")["issues"][0]["code"], "import.wrong_profile");
    assert_eq!(report["records"].as_object().map(serde_json::Map::len), Some(0));
}

#[test]
fn an_unknown_file_waits_until_its_draft_is_accepted() {
    let velocity = Velocity::new();
    velocity.file("people.csv", "id,first name,last name,email\n1,Ana,Example,ana@mail.example\n");
    let held = velocity.run(&["import", "people.csv", "--format", "json"]).ok().json();
    assert_eq!(held["rows"]["held"], 1);
    assert!(file(&held, "people.csv")["next"][0].as_str().expect("a step").contains("velocity review --show"));
    assert_eq!(velocity.run(&["import", "people.csv", "--strict"]).code, Some(1));

    let draft = velocity.run(&["profile", "suggest", "people.csv"]).ok().stdout;
    assert!(draft.contains("email") && draft.contains('%'), "{draft}");
    velocity.file("people.toml", draft);
    velocity.run(&["profile", "check", "people.toml", "people.csv"]).ok();
    let report = velocity.run(&["import", "people.csv", "--profile", "people.toml", "--format", "json"]).ok().json();
    assert_eq!(report["rows"]["new"], 1);
    // Accepted once, it is recognised from then on.
    let again = velocity.run(&["import", "people.csv", "--format", "json"]).ok().json();
    assert_eq!(again["rows"]["unchanged"], 1, "{again:#}");
}

#[test]
fn a_folder_that_holds_the_data_directory_is_imported_without_it() {
    let velocity = Velocity::new();
    velocity.file("people.csv", "first name,last name,email\nAna,Example,ana@mail.example\n");
    for _ in 0..2 {
        let report = velocity.run(&["import", ".", "--yes", "--format", "json"]).ok().json();
        let paths: Vec<&str> =
            report["files"].as_array().expect("files").iter().filter_map(|file| file["path"].as_str()).collect();
        assert_eq!(paths, ["people.csv"]);
    }
}
