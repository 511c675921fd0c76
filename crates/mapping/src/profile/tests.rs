use std::collections::BTreeSet;
use std::path::Path;

use super::{SOURCES, parse, schema, shipped, to_toml};
use crate::ProfileError;

const GOOD: &str = r#"name = "acme/people"
version = 1
source = "acme"
label = "Acme people"
trust = 50

[recognise]
headers = ["Id", "Name", "Mail"]

[[entity]]
kind = "person"
id = "who"
key = ["Id"]

[[entity.field]]
to = "full_name"
from = "Name"

[[entity.field]]
to = "email"
from = "Mail"
"#;

/// Changes one text of the good profile for another and gives position and message of the error.
fn fault(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    parse(&GOOD.replacen(from, to, 1)).unwrap_err().to_string()
}

#[test]
fn the_list_is_the_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../source-profiles");
    let mut found = BTreeSet::new();
    for vendor in std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let vendor_name = vendor.file_name().unwrap().to_string_lossy().into_owned();
        assert!(vendor.join("README.md").is_file(), "{vendor_name} has no README.md");
        for file in std::fs::read_dir(&vendor).unwrap().map(|entry| entry.unwrap().path()) {
            if file.extension().is_some_and(|extension| extension == "toml") {
                found.insert(format!("{vendor_name}/{}", file.file_stem().unwrap().to_string_lossy()));
            }
        }
    }
    let listed: BTreeSet<String> = SOURCES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(found, listed);
}

#[test]
fn every_shipped_profile_parses_under_its_own_name() {
    for (name, text) in SOURCES {
        match parse(text) {
            Ok(profile) => assert_eq!(profile.name, *name),
            Err(error) => panic!("{name}: {error}"),
        }
    }
    let names: Vec<&str> = shipped().iter().map(|profile| profile.name.as_str()).collect();
    assert!(names.is_sorted(), "{names:?}");
    assert_eq!(names.len(), SOURCES.len());
}

#[test]
fn a_profile_survives_writing() {
    for profile in shipped() {
        assert_eq!(&parse(&to_toml(profile)).unwrap(), profile);
    }
}

#[test]
fn faults_name_line_column_key_and_what_is_allowed() {
    insta::assert_snapshot!(
        [
            fault("trust = 50", "trust = "),
            fault("label", "lable"),
            fault("to = \"email\"", "to = \"emial\""),
            fault("to = \"email\"", "to = \"industry\""),
            fault("kind = \"person\"", "kind = \"human\""),
            fault("acme/people", "Acme"),
            fault("version = 1", "version = 0"),
            fault("trust = 50", "trust = 101"),
            fault("trust = 50", "trust = 50\nregion = \"XX\""),
            fault("trust = 50", "trust = 50\ntime_zone = \"Europe/Pariss\""),
            fault("trust = 50", "trust = 50\ncurrency = \"EURO\""),
            fault("[\"Id\", \"Name\", \"Mail\"]", "[]"),
            fault("headers = [\"Id\", ", "headers = ["),
            fault("from = \"Mail\"", "from = \"Mail\"\nconstant = \"a@b.example\""),
            fault("from = \"Mail\"", ""),
            fault("from = \"Mail\"", "constant = \"nobody\""),
            fault("from = \"Mail\"", "from = \"Mail\"\nnth = 0"),
            fault("from = \"Mail\"", "from = \"Mail\"\ndate_order = \"dmy\""),
            fault("id = \"who\"", "id = \"who\"\nneeds = [\"phone\"]"),
            fault("key = [\"Id\"]", "key = [\"Id\"]\nlink = [{ role = \"employer\", entity = \"firm\" }]"),
            fault("key = [\"Id\"]", "key = [\"Id\"]\nlink = [{ role = \"employer\" }]"),
            fault("key = [\"Id\"]", "key = [\"Id\"]\nlink = [{ role = \"person\", mention_from = \"Mail\" }]"),
            fault("key = [\"Id\"]", "key = [\"Id\"]\nwhen = { column = \"Kind\", is = [\"x\"] }"),
            fault("key = [\"Id\"]", "key = [\"Id\"]\nwhen = { column = \"Name\" }"),
            fault("from = \"Mail\"", "from = \"Mail {m}\""),
            fault("[\"Id\", ", "[\"Id\", \"Mail {n}\", "),
            fault("from = \"Mail\"", "from = \"Mail\"\nwith = \"Name\""),
            fault("from = \"Mail\"", "from = \"Mail\"\nvalues = { \"none\" = \"nobody\" }"),
            fault("from = \"Name\"", "constant = \"Ada\"\nor_from = [\"Id\"]"),
        ]
        .join("\n")
    );
}

#[test]
fn entities_of_one_row_are_told_apart() {
    let twice = format!(
        "{GOOD}\n[[entity]]\nkind = \"person\"\nid = \"who\"\nfield = [{{ to = \"email\", from = \"Mail\" }}]\n"
    );
    let error = parse(&twice).unwrap_err();
    assert!(matches!(&error, ProfileError::Invalid { key, .. } if key == "entity[1].id"), "{error}");
    assert_eq!(error.position().0, 25);
    let wrong_kind = twice
        .replace("id = \"who\"\nfield", "id = \"other\"\nlink = [{ role = \"employer\", entity = \"who\" }]\nfield");
    assert!(parse(&wrong_kind).unwrap_err().to_string().contains("`who` is of the kind `person`"));
}

/// `velocity profile schema > source-profiles/profile.schema.json` writes it anew.
#[test]
fn the_published_schema_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../source-profiles/profile.schema.json");
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(json(&std::fs::read_to_string(path).unwrap()), json(&schema()));
}

#[test]
fn the_schema_takes_every_shipped_profile_and_no_slip() {
    let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let is_valid = |text: &str| validator.is_valid(&toml::from_str::<serde_json::Value>(text).unwrap());
    for (name, text) in SOURCES {
        assert!(is_valid(text), "{name}");
    }
    assert!(is_valid(GOOD));
    for (from, to) in [
        ("label", "lable"),
        ("to = \"email\"", "to = \"emial\""),
        ("to = \"email\"", "to = \"x_Email\""),
        ("kind = \"person\"", "kind = \"human\""),
        ("version = 1", "version = \"1\""),
        ("id = \"who\"", "id = \"who\"\nwhen = { is = [\"x\"] }"),
        ("from = \"Mail\"", "form = \"Mail\""),
    ] {
        assert!(!is_valid(&GOOD.replacen(from, to, 1)), "{to}");
    }
}
