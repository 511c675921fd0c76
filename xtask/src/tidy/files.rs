//! Rules about files.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Longest file of ours, in lines.
const LONGEST: usize = 500;

/// Files that git tracks, or would: text only.
pub(super) fn tracked(root: &Path) -> Result<Vec<String>, String> {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let listed = git.output().map_err(|error| format!("git ls-files: {error}"))?;
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    let kinds = [".rs", ".toml", ".md", ".html", ".css", ".js", ".sql", "/run"];
    let is_ours = |name: &&str| kinds.iter().any(|kind| name.ends_with(kind)) && !name.contains("htmx");
    Ok(names.lines().filter(is_ours).filter(|name| root.join(name).exists()).map(str::to_owned).collect())
}

pub(super) fn read(root: &Path, path: &str) -> String {
    std::fs::read_to_string(root.join(path)).unwrap_or_default()
}

/// Everything that a file may break by itself.
pub(super) fn check(path: &str, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let mut complain = |line: usize, what: &str| broken.push(format!("{path}:{line}: {what}"));
    let is_rust = path.ends_with(".rs");
    let is_test = path.contains("/tests/") || path.ends_with("/tests.rs");
    if is_rust && text.lines().count() > LONGEST {
        complain(1, "longer than 500 lines");
    }
    if !text.is_empty() && !text.ends_with('\n') {
        complain(text.lines().count(), "no line end at the end");
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    if ["utils.rs", "common.rs", "helpers.rs"].contains(&name) {
        complain(1, "needs a name that says what it holds");
    }
    // Put together, so that this file does not break its own rules.
    let unfinished = ["todo", "unimplemented", "dbg"].map(|word| format!("{word}!("));
    let places = ["work", "root", "home"].map(|folder| format!("/{folder}/"));
    let inline = format!("mod tests {}", '{');
    let ignored = format!("#[{}]", "ignore");
    for (number, line) in (1..).zip(text.lines()) {
        if line.ends_with([' ', '\t']) {
            complain(number, "blanks at the end of the line");
        }
        if is_rust && !is_test && unfinished.iter().any(|word| line.contains(word.as_str())) {
            complain(number, "unfinished code");
        }
        if is_rust && line.trim_start().starts_with(&inline) {
            complain(number, "tests belong into a sibling file");
        }
        if is_rust && line.contains(&ignored) {
            complain(number, "a test is ignored without a reason");
        }
        let named = |place: &String| {
            line.match_indices(place.as_str())
                .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-".contains(c)))
        };
        if places.iter().any(named) {
            complain(number, "a path of one machine");
        }
    }
    broken
}

/// Vendors with profiles and without a README.
pub(super) fn vendors_documented(tracked: &[String]) -> Vec<String> {
    let profiles = tracked.iter().filter(|path| path.starts_with("source-profiles/") && path.ends_with(".toml"));
    let folders: BTreeSet<&str> = profiles.filter_map(|path| path.rsplit_once('/')).map(|(folder, _)| folder).collect();
    let missing = folders.into_iter().filter(|folder| !tracked.contains(&format!("{folder}/README.md")));
    missing.map(|folder| format!("{folder} has no README.md about the vendor's quirks")).collect()
}
