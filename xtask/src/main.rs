//! The project's own chores: `cargo xtask test`, `cargo xtask tidy`, `cargo xtask suites`, `cargo xtask suggestions`,
//! `cargo xtask fuzz`.

mod browser;
mod fuzz;
mod steps;
mod suites;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "Usage:
  cargo xtask test [--without-browser]   everything that must hold before a change lands
  cargo xtask tidy                       the house rules alone
  cargo xtask suites FOLDER              read every file of public test suites, one folder each: a table of what happened
  cargo xtask suggestions FOLDER         how often drafts of known exports, of whose vendor nothing is known, name the right field";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test"] => steps::test(true),
        ["test", "--without-browser"] => steps::test(false),
        ["tidy"] => tidy::run(),
        ["suites", folder] => suites::run(std::path::Path::new(folder)),
        ["suggestions", folder] => steps::cargo(&[
            "run",
            "--locked",
            "--package",
            "velocity-mapping",
            "--example",
            "suggestions",
            "--",
            folder,
        ]),
        ["fuzz", words @ ..] => fuzz::run(words),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
