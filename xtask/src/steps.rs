//! The steps of `cargo xtask test`: in order, each with its duration, none twice. The first failure ends the run.

use std::process::Command;
use std::time::Instant;

use crate::{browser, tidy};

/// A step: what a person calls it, and the cargo command.
const CARGO: [(&str, &[&str]); 2] = [
    ("format", &["fmt", "--all", "--", "--check"]),
    ("lints", &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]),
];

/// Runs everything. Without the browser the journeys are left out, and the run says so.
pub(crate) fn test(with_browser: bool) -> Result<(), String> {
    if with_browser {
        step("browser", browser::find_or_install)?;
    }
    for (name, args) in CARGO {
        step(name, || cargo(args))?;
    }
    step("house rules", tidy::run)?;
    step("tests", || run_tests(with_browser))?;
    if has("cargo-deny") {
        step("dependencies", || cargo(&["deny", "--locked", "check", "licenses", "bans", "sources"]))?;
    } else {
        println!("left out: the check of dependencies; `cargo install cargo-deny` adds it");
    }
    if !with_browser {
        println!("left out: the browser journeys");
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "how long a step took is for people to read")]
fn step(name: &str, work: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    println!("== {name}");
    let start = Instant::now();
    let done = work();
    println!(
        "== {name}: {} after {:.0} s",
        if done.is_ok() { "passed" } else { "failed" },
        start.elapsed().as_secs_f64()
    );
    done
}

fn run_tests(with_browser: bool) -> Result<(), String> {
    if has("cargo-nextest") {
        let mut args = vec!["nextest", "run", "--workspace", "--locked", "--no-fail-fast"];
        if !with_browser {
            args.extend(["-E", "not binary(browser)"]);
        }
        return cargo(&args);
    }
    let mut args = vec!["test", "--workspace", "--locked", "--lib", "--bins", "--test", "cli", "--test", "pipeline"];
    if with_browser {
        args.extend(["--test", "browser"]);
    }
    cargo(&args)
}

/// Whether cargo has this subcommand.
pub(crate) fn has(subcommand: &str) -> bool {
    Command::new(subcommand).arg("--version").output().is_ok_and(|output| output.status.success())
}

pub(crate) fn cargo(args: &[&str]) -> Result<(), String> {
    let status = Command::new(env!("CARGO")).args(args).status();
    let status = status.map_err(|error| format!("cargo cannot be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`cargo {}` failed", args.join(" "))) }
}
