//! `cargo xtask fuzz`: bytes that nobody would write, and what must hold whatever they are (`fuzz/`).

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::steps::{cargo, has};

/// Seconds for each target where none are asked for.
const SECONDS: u64 = 60;

/// Longest input, in bytes: quirks need few, and short inputs are read often.
const LONGEST: u32 = 16 * 1024;

/// What one input may take: seconds, and MiB of memory.
const SLOWEST: u32 = 10;
const LARGEST: u32 = 2048;

/// Fuzzes the targets named by `words`, or all; `--seconds N` is the time for each. What is found stays for the next run.
pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let metadata = cargo_metadata::MetadataCommand::new().no_deps().exec().map_err(|error| error.to_string())?;
    let root = metadata.workspace_root.as_std_path();
    let all = all(root)?;
    let (targets, seconds) = asked_for(words, &all)?;
    if !has("cargo-fuzz") {
        println!("installing cargo-fuzz");
        cargo(&["install", "cargo-fuzz", "--locked"])?;
    }
    let folder = metadata.target_directory.as_std_path().join("fuzz");
    let place = |name: &str| folder.join(name).display().to_string();
    let seeds = place("seeds");
    cargo(&["run", "--locked", "--quiet", "--package", "velocity-ingest", "--example", "seeds", "--", &seeds])?;
    let mut fallen = Vec::new();
    for target in targets {
        println!("== {target}");
        let folders = ["corpus", "seeds", "found"].map(|kind| place(&format!("{kind}/{target}")));
        for folder in &folders {
            fs::create_dir_all(folder).map_err(|error| format!("cannot make {folder}: {error}"))?;
        }
        let found = &folders[2];
        let mut fuzz = Command::new(env!("CARGO"));
        // What is `unsafe` stands in other crates, and without a sanitizer the stable compiler will do.
        fuzz.current_dir(root).args(["fuzz", "run", "--fuzz-dir", "fuzz", "--sanitizer", "none"]);
        fuzz.args(["--target-dir", &place("build"), target]).args(&folders).arg("--");
        fuzz.args([format!("-max_total_time={seconds}"), format!("-max_len={LONGEST}"), format!("-timeout={SLOWEST}")]);
        fuzz.args([format!("-rss_limit_mb={LARGEST}"), format!("-artifact_prefix={found}/")]);
        fuzz.arg("-print_final_stats=1");
        // An input is too small to be shared among threads.
        let done = fuzz.env("RAYON_NUM_THREADS", "1").env("POLARS_MAX_THREADS", "1").status();
        if !done.map_err(|error| format!("cargo cannot be started: {error}"))?.success() {
            fallen.push(format!("{target}: the input stands in {found}"));
        }
    }
    if fallen.is_empty() { Ok(()) } else { Err(fallen.join("\n")) }
}

/// The targets there are, in the order of their names.
fn all(root: &Path) -> Result<Vec<String>, String> {
    let folder =
        fs::read_dir(root.join("fuzz/targets")).map_err(|error| format!("cannot list fuzz/targets: {error}"))?;
    let names = folder.filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_string_lossy().into_owned()));
    let mut names: Vec<String> = names.collect();
    names.sort();
    Ok(names)
}

/// Targets and seconds.
fn asked_for<'w>(words: &[&'w str], all: &'w [String]) -> Result<(Vec<&'w str>, u64), String> {
    let (mut targets, mut seconds) = (Vec::new(), SECONDS);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if *word == "--seconds" {
            let number = words.next().and_then(|number| number.parse().ok());
            seconds = number.ok_or("--seconds needs a number")?;
        } else if all.iter().any(|target| target == word) {
            targets.push(*word);
        } else {
            return Err(format!("there is no target `{word}`; there are {}", all.join(", ")));
        }
    }
    if targets.is_empty() {
        targets = all.iter().map(String::as_str).collect();
    }
    Ok((targets, seconds))
}

#[cfg(test)]
mod tests;
