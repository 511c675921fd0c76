//! Files that wait are listed, shown, forecast and approved from the command line.

use serde_json::{Value, json};

use crate::velocity::Velocity;

fn waiting(velocity: &Velocity) -> Vec<Value> {
    let listed = velocity.run(&["review", "--format", "json"]).ok().json();
    listed["waiting"].as_array().expect("a list").clone()
}

#[test]
fn an_unknown_file_is_approved_step_by_step() {
    let velocity = Velocity::new();
    velocity.file("guests.csv", "first name,last name,born\nAna,Example,03/04/1988\n");
    let held = velocity.run(&["import", "guests.csv", "--yes"]).ok();
    assert!(
        held.stdout.contains("waits for approval") && held.stdout.contains("velocity review --show"),
        "{}",
        held.stdout
    );
    let [one] = waiting(&velocity).try_into().expect("one file waits");
    let id = one["id"].as_str().expect("an id");

    let shown = velocity.run(&["review", "--show", id]).ok().stdout;
    assert!(shown.contains("birth_date") && shown.contains("03/04/1988") && shown.contains("--answer"), "{shown}");
    let open = velocity.run(&["review", "--approve", id]);
    assert_eq!(open.code, Some(2));
    assert!(open.stderr.contains("column born"), "{}", open.stderr);
    let answered = ["review", "--approve", id, "--answer", "born=dmy", "--column", "first name=nickname"];
    let forecast = velocity.run(&[&answered[..], &["--dry-run"]].concat()).ok().stdout;
    assert!(forecast.starts_with("Forecast: 1 row read"), "{forecast}");
    assert_eq!(waiting(&velocity).len(), 1);
    let report = velocity.run(&[&answered[..], &["--format", "json"]].concat()).ok().json();
    assert_eq!((&report["rows"]["new"], &report["effect"]["created"]), (&json!(1), &json!(1)));
    assert!(waiting(&velocity).is_empty());
    let values = "SELECT field, value FROM canonical WHERE field IN ('birth_date', 'nickname') ORDER BY field";
    let found = velocity.run(&["query", values]).ok().stdout;
    assert!(found.contains("1988-04-03") && found.contains("Ana"), "{found}");
    velocity.run(&["verify"]).ok();
}

#[test]
fn changed_columns_wait_and_can_be_left_out() {
    let velocity = Velocity::new();
    let header = "Record ID,First Name,Last Name,Email";
    velocity.file("contacts.csv", format!("{header},Phone Number\n1,Ana,Example,ana@mail.example,\n"));
    velocity.import_json(&velocity.path("contacts.csv"));
    velocity.file("contacts.csv", format!("{header},Tel\n1,Ana,Example,ana@mail.example,\n"));
    let held = velocity.run(&["import", "contacts.csv", "--strict"]);
    assert_eq!(held.code, Some(1), "{}", held.stderr);
    assert!(held.stdout.contains("new: Tel; gone: Phone Number"), "{}", held.stdout);
    let listed = velocity.run(&["review"]).ok().stdout;
    assert!(listed.contains("1 file waits for approval"), "{listed}");
    let id = waiting(&velocity)[0]["id"].as_str().expect("an id").to_owned();
    velocity.run(&["review", "--leave-out", &id]).ok();
    assert!(waiting(&velocity).is_empty());
    assert_eq!(velocity.run(&["review", "--show", &id]).code, Some(2));
    assert_eq!(velocity.run(&["review", "--column", "a=b"]).code, Some(2), "there is nothing to approve");
}
