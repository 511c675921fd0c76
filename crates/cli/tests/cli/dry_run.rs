//! A dry run says what the import then does, and leaves nothing behind.

use serde_json::{Value, json};

use crate::velocity::Velocity;

/// A report without what tells a forecast from a run.
fn comparable(mut report: Value) -> Value {
    report["run"] = Value::Null;
    report["state"] = Value::Null;
    report
}

#[test]
fn a_dry_run_forecasts_what_the_import_does() {
    let velocity = Velocity::new();
    velocity.run(&["synth", "sources", "--people", "60"]).ok();
    let forecast = velocity.run(&["import", "sources", "--yes", "--dry-run", "--format", "json"]).ok().json();
    assert_eq!(forecast["state"], "forecast");
    assert_eq!(velocity.run(&["runs", "--format", "json"]).ok().json(), json!([]), "no run is left");
    let report = velocity.import_json(&velocity.path("sources"));
    assert_eq!(report["state"], "published");
    assert_eq!(report["effect"]["changed"], 0);
    assert_eq!(comparable(forecast), comparable(report));
    assert_eq!(velocity.run(&["runs", "--format", "json"]).ok().json().as_array().map(Vec::len), Some(1));
}

#[test]
fn a_dry_run_counts_what_a_changed_file_would_do() {
    let velocity = Velocity::new();
    let header = "Record ID,First Name,Last Name,Email,Phone Number,Lifecycle Stage,Create Date\n";
    let ana = "1,Ana,Example,ana@mail.example,,lead,2024-01-01 10:00\n";
    velocity.file("contacts.csv", format!("{header}{ana}2,Ben,Sample,ben@mail.example,,lead,2024-01-01 10:00\n"));
    velocity.import_json(&velocity.path("contacts.csv"));
    let changed = "2,Ben,Sample,ben@mail.example,,customer,2024-01-01 10:00\n";
    let rest = "3,Cleo,Test,cleo@mail.example,,lead,2024-01-01 10:00\n,Dan,Nokey,,,lead,2024-01-01 10:00\n";
    velocity.file("contacts.csv", format!("{header}{ana}{changed}{rest}"));
    let ended = velocity.run(&["import", "contacts.csv", "--dry-run"]).ok();
    assert!(ended.stdout.starts_with("Forecast: 4 rows read"), "{}", ended.stdout);
    assert!(ended.stdout.contains("1 new, 1 updated, 1 unchanged, 1 quarantined"), "{}", ended.stdout);
    assert!(ended.stdout.contains("Changes: 1 created, 1 changed\n"), "{}", ended.stdout);
    let verified = velocity.run(&["verify", "--format", "json"]).ok().json();
    assert_eq!(verified["differing"], 0);
    assert_eq!(velocity.run(&["runs", "--format", "json"]).ok().json().as_array().map(Vec::len), Some(1));
}
