//! Killed at any named point or interrupted, the same command ends in the same digest.

use std::os::unix::process::ExitStatusExt;

use crate::velocity::Velocity;

/// As `velocity_pipeline::CRASH_POINTS`; named again so that a point that is lost there fails here.
const POINTS: [&str; 7] =
    ["after-start", "after-receive", "after-stage", "after-map", "after-score", "before-commit", "after-commit"];

const SIGKILL: i32 = 9;

#[test]
fn a_killed_import_is_finished_by_the_same_command() {
    assert_eq!(POINTS, velocity_pipeline::CRASH_POINTS);
    let sources = Velocity::new();
    sources.run(&["synth", "sources", "--people", "60"]).ok();
    let folder = sources.path("sources");
    let undisturbed = Velocity::new().import_json(&folder);

    for point in POINTS {
        let velocity = Velocity::new();
        let path = folder.to_str().expect("UTF-8");
        let mut import = velocity.command(&["import", path, "--yes"]);
        let killed = import.env("VELOCITY_CRASH_AT", point).output().expect("velocity starts");
        assert_eq!(killed.status.signal(), Some(SIGKILL), "the import was not killed at {point}");
        assert!(killed.stdout.is_empty(), "killed at {point}, it still reported");

        if point != "after-commit" {
            // Nothing of the killed run is visible.
            let query = "SELECT count(*) AS n FROM canonical";
            let seen = velocity.run(&["query", query, "--format", "json"]).ok().json();
            assert_eq!(seen["rows"][0][0], 0, "half-published at {point}");
        }
        let report = velocity.import_json(&folder);
        assert_eq!(report["digest"], undisturbed["digest"], "after a kill at {point}");
        assert_eq!(report["records"], undisturbed["records"], "after a kill at {point}");
        velocity.run(&["verify"]).ok();
    }
}

#[test]
fn an_interrupted_import_says_so_and_is_finished_by_the_same_command() {
    let sources = Velocity::new();
    sources.run(&["synth", "sources", "--people", "60"]).ok();
    let folder = sources.path("sources");
    let undisturbed = Velocity::new().import_json(&folder);

    let velocity = Velocity::new();
    let mut import = velocity.command(&["import", folder.to_str().expect("UTF-8"), "--yes"]);
    let interrupted = import.env("VELOCITY_INTERRUPT_AT", "after-receive").output().expect("velocity starts");
    assert_eq!(interrupted.status.code(), Some(130));
    assert!(interrupted.stdout.is_empty());
    let said = String::from_utf8_lossy(&interrupted.stderr);
    assert!(said.contains("interrupted") && said.contains("Run the same command again"), "{said}");
    assert_eq!(velocity.import_json(&folder)["digest"], undisturbed["digest"]);
}
