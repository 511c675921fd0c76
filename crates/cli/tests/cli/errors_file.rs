//! Quarantined rows can be exported, mended and imported again, and nothing is created twice.

use crate::velocity::Velocity;

#[test]
fn mended_rows_are_imported_once() {
    let velocity = Velocity::new();
    let header = "Record ID,First Name,Last Name,Email,Phone Number,Lifecycle Stage,Create Date\n";
    let good = "1,Ana,Example,ana@mail.example,,lead,2024-01-01 10:00\n";
    let bad = ",Ben,Sample,ben@mail.example,,lead,2024-01-01 10:00\n";
    velocity.file("contacts.csv", format!("{header}{good}{bad}"));
    let report = velocity.import_json(&velocity.path("contacts.csv"));
    assert_eq!((&report["rows"]["new"], &report["rows"]["quarantined"]), (&1.into(), &1.into()));

    velocity.run(&["runs", "1", "--errors", "errors.csv"]).ok();
    let errors = std::fs::read_to_string(velocity.path("errors.csv")).expect("exported");
    assert!(errors.contains("_line,_errors") && errors.contains("Ben"), "{errors}");
    let mended = errors.replace("\n,Ben", "\n2,Ben");
    velocity.file("mended.csv", mended);
    let report = velocity.import_json(&velocity.path("mended.csv"));
    assert_eq!((&report["rows"]["new"], &report["rows"]["quarantined"]), (&1.into(), &0.into()), "{report:#}");
    assert_eq!(report["records"]["person"], 2);
}
