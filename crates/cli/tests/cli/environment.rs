//! When the environment refuses: a clear message, the documented exit code, nothing half-published.

use std::fs::File;
use std::net::TcpListener;
use std::process::Command;

use crate::velocity::Velocity;

#[test]
fn a_path_that_is_not_there_is_named() {
    let ended = Velocity::new().run(&["import", "nowhere.csv"]);
    assert_eq!(ended.code, Some(3));
    assert!(ended.stderr.contains("nowhere.csv"), "{}", ended.stderr);
    assert!(ended.stderr.contains("next:"), "{}", ended.stderr);
}

#[test]
fn a_running_import_is_told() {
    let velocity = Velocity::new();
    let people = velocity.file("people.csv", "id,first name,last name,email\n1,Ana,Example,ana@mail.example\n");
    velocity.import_json(&people);
    let lock = File::options().write(true).open(velocity.path("velocity-data/tenants/default/import.lock"));
    let lock = lock.expect("the lock is there");
    lock.lock().expect("locked");
    let ended = velocity.run(&["import", "people.csv", "--yes"]);
    assert_eq!(ended.code, Some(3));
    assert!(ended.stderr.contains("another import is running"), "{}", ended.stderr);
}

#[test]
fn a_port_in_use_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("bound").port().to_string();
    let ended = Velocity::new().run(&["serve", "--port", &port]);
    assert_eq!(ended.code, Some(3));
    assert!(ended.stderr.contains("in use") && ended.stderr.contains("--port"), "{}", ended.stderr);
}

#[test]
fn usage_errors_end_with_two() {
    let velocity = Velocity::new();
    assert_eq!(velocity.run(&["import"]).code, Some(2));
    assert_eq!(velocity.run(&["verify", "--tenant", "../up"]).code, Some(2));
    assert_eq!(velocity.run(&["query", "DROP TABLE canonical"]).code, Some(2));
    assert_eq!(velocity.run(&["--help"]).code, Some(0));
}

#[test]
fn a_full_disk_publishes_nothing_and_the_same_command_goes_on() {
    let velocity = Velocity::new();
    velocity.run(&["synth", "sources", "--people", "60"]).ok();
    // A limit on file sizes makes writes fail as they do when the disk is full.
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$0\" import sources --yes --no-progress";
    let mut limited = Command::new("bash");
    limited.args(["-c", script, env!("CARGO_BIN_EXE_velocity")]).current_dir(velocity.path("."));
    let ended = limited.output().expect("bash starts");
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(3), "{told}");
    assert!(told.contains("next:"), "{told}");

    let report = velocity.import_json(&velocity.path("sources"));
    let undisturbed = Velocity::new().import_json(&velocity.path("sources"));
    assert_eq!(report["digest"], undisturbed["digest"]);
}
