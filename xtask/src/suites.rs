//! Public test files for readers, each read by the release binary: read or refused, never a panic, never slow, never large.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What no file may take.
const LONGEST: Duration = Duration::from_secs(10);
const LARGEST_KIB: u64 = 512 * 1024;
/// Documentation and sources that come with a suite.
const NO_DATA: [&str; 12] =
    ["md", "py", "rs", "java", "ts", "tsx", "php", "test", "test_slow", "toml", "license", "cfg"];
/// How often a running reader is looked at.
const LOOK: Duration = Duration::from_millis(3);

/// What became of one file.
struct Read {
    code: Option<i32>,
    took: Duration,
    kib: u64,
}

/// Counts of one suite.
#[derive(Default)]
struct Suite {
    read: u64,
    refused: u64,
    /// Files that break the suite's own rule or one of ours, with what they do.
    wrong: Vec<String>,
    slowest: Duration,
    largest_kib: u64,
}

/// Reads every file of every suite below `folder` and prints a table.
pub(crate) fn run(folder: &Path) -> Result<(), String> {
    let binary = release_binary()?;
    let mut suites: BTreeMap<String, Suite> = BTreeMap::new();
    for suite in entries(folder)? {
        let name = suite.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut files = Vec::new();
        walk(&suite, &mut files)?;
        let counts = suites.entry(name.clone()).or_default();
        for file in files {
            let read = read(&binary, &file)?;
            counts.slowest = counts.slowest.max(read.took);
            counts.largest_kib = counts.largest_kib.max(read.kib);
            match read.code {
                Some(0) => counts.read += 1,
                _ => counts.refused += 1,
            }
            if let Some(wrong) = wrong(&name, &file, &read) {
                let file = file.strip_prefix(&suite).unwrap_or(&file).display().to_string();
                counts.wrong.push(format!("{file}: {wrong}"));
            }
        }
    }
    println!("| suite | files | read | refused | slowest | most memory | against the rule |");
    println!("|---|---|---|---|---|---|---|");
    for (name, suite) in &suites {
        println!(
            "| {name} | {} | {} | {} | {:.1} s | {} MiB | {} |",
            suite.read + suite.refused,
            suite.read,
            suite.refused,
            suite.slowest.as_secs_f64(),
            suite.largest_kib / 1024,
            suite.wrong.len()
        );
    }
    let wrong: Vec<&String> = suites.values().flat_map(|suite| &suite.wrong).collect();
    wrong.iter().for_each(|wrong| println!("{wrong}"));
    if wrong.is_empty() { Ok(()) } else { Err(format!("{} files are against the rule", wrong.len())) }
}

/// The release build of `velocity`, made if it is not there.
fn release_binary() -> Result<PathBuf, String> {
    crate::steps::cargo(&["build", "--release", "--locked"])?;
    let metadata = cargo_metadata::MetadataCommand::new().no_deps().exec().map_err(|error| error.to_string())?;
    Ok(metadata.target_directory.join("release").join("velocity").into_std_path_buf())
}

/// What is wrong with the way a file was read.
fn wrong(suite: &str, file: &Path, read: &Read) -> Option<String> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    match () {
        () if read.code.is_none() => Some(format!("not done after {} s", LONGEST.as_secs())),
        () if !matches!(read.code, Some(0 | 3)) => Some(format!("exit code {}", read.code.unwrap_or_default())),
        () if read.kib > LARGEST_KIB => Some(format!("{} MiB of memory", read.kib / 1024)),
        () if suite == "JSONTestSuite" && name.starts_with("y_") && read.code != Some(0) => Some("refused".to_owned()),
        () if suite == "JSONTestSuite" && name.starts_with("n_") && read.code == Some(0) => Some("read".to_owned()),
        () => None,
    }
}

#[expect(clippy::disallowed_methods, reason = "how long a file takes is what is measured")]
fn read(binary: &Path, file: &Path) -> Result<Read, String> {
    let started = Instant::now();
    let mut command = Command::new(binary);
    command.args(["read", "--all", "--explain"]).arg(file).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| format!("cannot run {}: {error}", binary.display()))?;
    let mut kib = 0;
    loop {
        kib = kib.max(peak_kib(&child));
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            // A process that a signal ended has no code.
            return Ok(Read { code: Some(status.code().unwrap_or(-1)), took: started.elapsed(), kib });
        }
        if started.elapsed() > LONGEST {
            let _ = child.kill();
            let _ = child.wait();
            return Ok(Read { code: None, took: started.elapsed(), kib });
        }
        std::thread::sleep(LOOK);
    }
}

/// The most memory a running process has had, as Linux tells it.
fn peak_kib(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let fail = |error| format!("cannot list {}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(fail)?;
    let mut entries: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    entries.sort();
    Ok(entries)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    for path in entries(folder)? {
        let extension =
            path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
        if path.is_dir() {
            walk(&path, files)?;
        } else if path.is_file() && !NO_DATA.contains(&extension.as_str()) {
            files.push(path);
        }
    }
    Ok(())
}
