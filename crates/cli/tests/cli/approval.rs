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

/// A column of numbers that do not say what separates decimals: each answer says what it would change.
#[test]
fn an_answer_about_numbers_reads_the_file_again() {
    let velocity = Velocity::new();
    velocity.file(
        "deals.toml",
        "name = \"own/deals\"\nversion = 1\nsource = \"own\"\nlabel = \"Deals\"\ntrust = 50\n\
         [recognise]\nheaders = [\"deal\", \"chance\"]\n[[entity]]\nkind = \"opportunity\"\nid = \"deal\"\nkey = [\"deal\"]\n\
         [[entity.field]]\nto = \"title\"\nfrom = \"deal\"\n[[entity.field]]\nto = \"probability\"\nfrom = \"chance\"\n",
    );
    velocity.file("deals.csv", "deal;chance\nRoof;1.234\nDoor;5,678\nWall;7\n");
    let report = velocity.run(&["import", "deals.csv", "--profile", "deals.toml"]).ok().stdout;
    assert!(report.contains("question: column chance, 2 rows"), "{report}");
    let listed = velocity.run(&["review"]).ok().stdout;
    assert!(listed.contains("reads 2 values, such as 1.234 as 1234"), "{listed}");
    let values = "SELECT value FROM canonical WHERE field = 'probability' AND value <> '' ORDER BY value";
    assert!(!velocity.run(&["query", values]).ok().stdout.contains("1.234"), "unanswered, it stays raw");
    assert_eq!(velocity.run(&["review", "--profile", "own/deals", "--answer", "chance=maybe"]).code, Some(2));
    let answer = ["review", "--profile", "own/deals", "--answer", "chance=comma"];
    let forecast = velocity.run(&[&answer[..], &["--dry-run"]].concat()).ok().stdout;
    assert!(forecast.starts_with("Forecast: 3 rows read"), "{forecast}");
    assert!(velocity.run(&["review"]).ok().stdout.contains("about columns"), "nothing was answered");
    velocity.run(&answer).ok();
    let found = velocity.run(&["query", values]).ok().stdout;
    assert!(found.contains("1234") && found.contains("5.678"), "{found}");
    assert!(!velocity.run(&["review"]).ok().stdout.contains("about columns"));
    velocity.run(&["verify"]).ok();
}

/// Whether a status is where a contact stands, or the stage of a deal, only a person knows.
#[test]
fn what_a_status_is_about_is_answered_before_the_file_is_imported() {
    let velocity = Velocity::new();
    velocity.file("guests.csv", "id,first name,last name,status\n1,Ana,Example,Proposal sent\n2,Ben,Example,Won\n");
    velocity.run(&["import", "guests.csv", "--yes"]).ok();
    let [one] = waiting(&velocity).try_into().expect("one file waits");
    let id = one["id"].as_str().expect("an id");
    let shown = velocity.run(&["review", "--show", id]).ok().stdout;
    assert!(shown.contains("values: Proposal sent (1), Won (1)"), "{shown}");
    assert!(shown.contains("stage: the stage of a deal that each row states; reads 2 values"), "{shown}");
    assert_eq!(velocity.run(&["review", "--approve", id]).code, Some(2));
    let report = velocity.run(&["review", "--approve", id, "--answer", "status=stage", "--format", "json"]).ok().json();
    assert_eq!(report["records"]["opportunity"], json!(2));
    let found = velocity.run(&["query", "SELECT value FROM canonical WHERE field = 'stage'"]).ok().stdout;
    assert!(found.contains("Proposal sent") && found.contains("Won"), "{found}");
    velocity.run(&["verify"]).ok();
}

#[test]
fn a_snapshot_withdraws_what_it_lacks_and_asks_where_it_lacks_most() {
    let velocity = Velocity::new();
    let contacts = |name: &str, rows: std::ops::Range<u8>| {
        let rows: String = rows.map(|n| format!("{n},Ana,Example {n},ana{n}@mail.example\n")).collect();
        velocity.file(name, format!("Record ID,First Name,Last Name,Email\n{rows}"));
    };
    contacts("monday.csv", 0..9);
    velocity.run(&["import", "monday.csv"]).ok();
    contacts("tuesday.csv", 0..7);
    let forecast = velocity.run(&["import", "tuesday.csv", "--snapshot", "--dry-run"]).ok().stdout;
    assert!(forecast.contains("Withdrawn: 2 source records"), "{forecast}");
    let report = velocity.run(&["import", "tuesday.csv", "--snapshot", "--format", "json"]).ok().json();
    assert_eq!((&report["effect"]["withdrawn"], &report["records"]["person"]), (&json!(2), &json!(7)));
    contacts("wednesday.csv", 0..1);
    let held = velocity.run(&["import", "wednesday.csv", "--snapshot", "--strict"]);
    assert_eq!(held.code, Some(1));
    assert!(
        held.stdout.contains("6 of 7 records that earlier files of its kind stated are not in it"),
        "{}",
        held.stdout
    );
    let [one] = waiting(&velocity).try_into().expect("one file waits");
    let id = one["id"].as_str().expect("an id");
    assert!(velocity.run(&["review", "--show", id]).ok().stdout.contains("a full snapshot: 6 of 7"));
    let report = velocity.run(&["review", "--approve", id, "--format", "json"]).ok().json();
    assert_eq!(report["records"]["person"], json!(1));
    velocity.run(&["verify"]).ok();
    // What was imported before counts again.
    let report = velocity.run(&["import", "monday.csv", "--format", "json"]).ok().json();
    assert_eq!((&report["rows"]["new"], &report["records"]["person"]), (&json!(8), &json!(9)));
    velocity.run(&["rebuild"]).ok();
    velocity.run(&["verify"]).ok();
}
