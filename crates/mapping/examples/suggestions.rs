//! How good drafts are: every file of a folder that a shipped profile recognises is drafted as if its vendor were unknown, and
//! each column's field is compared with the one in the vendor's own profile.
//!
//! A column whose profile gives it no field of the catalogue (a custom field, a reference by key, ignored, unmapped) is right if the
//! draft gives it none either. `cargo xtask suggestions FOLDER` runs this.

#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use velocity_ingest::{Staged, discover, read_tables};
use velocity_mapping::{mapped_fields, recognise, shipped, suggest};
use velocity_model::{Profile, blob_id};

/// Columns that were right, and all.
#[derive(Clone, Copy, Default)]
struct Score {
    right: usize,
    of: usize,
}

impl Score {
    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.of += other.of;
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let percent = if self.of == 0 { 100.0 } else { self.right as f64 * 100.0 / self.of as f64 };
        write!(f, "{percent:5.1} % ({}/{})", self.right, self.of)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).map(PathBuf::from).ok_or("which folder?")?;
    let (mut all, mut with_field) = (Score::default(), Score::default());
    println!("| file | profile | all columns | columns with a field |");
    println!("|---|---|---|---|");
    let mut wrong = Vec::new();
    for input in discover(&[folder])? {
        for staged in read(&input.path) {
            let Some(found) = recognise(shipped(), &staged.table) else { continue };
            let (every, fields) = compare(found.profile, &staged, &input.display, &mut wrong);
            println!("| {} | {} | {every} | {fields} |", input.display, found.profile.name);
            all.add(every);
            with_field.add(fields);
        }
    }
    println!("| total | | {all} | {with_field} |\n");
    wrong.iter().for_each(|line| println!("{line}"));
    Ok(())
}

/// The tables of a file; none if it cannot be read.
fn read(path: &Path) -> Vec<Staged> {
    let Ok(bytes) = std::fs::read(path) else { return Vec::new() };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    read_tables(&bytes, blob_id(&bytes), &name).unwrap_or_default()
}

fn compare(profile: &Profile, staged: &Staged, path: &str, wrong: &mut Vec<String>) -> (Score, Score) {
    let vendor = |profile: &Profile| profile.name.split('/').next().unwrap_or_default().to_owned();
    let others: Vec<Profile> = shipped().iter().filter(|other| vendor(other) != vendor(profile)).cloned().collect();
    let truth: BTreeMap<usize, BTreeSet<String>> = mapped_fields(profile, &staged.table.headers);
    let draft = suggest(&staged.table, &staged.frame, "unknown.csv", &others);
    let (mut all, mut with_field) = (Score::default(), Score::default());
    for (column, proposal) in draft.columns.iter().enumerate() {
        let wanted = truth.get(&column).cloned().unwrap_or_default();
        let is_catalogued = |name: &&str| !name.starts_with("x_");
        let given = proposal.target.as_ref().map(|field| field.name()).filter(is_catalogued);
        let is_right = given.map_or(wanted.is_empty(), |given| wanted.contains(given));
        let score = Score { right: usize::from(is_right), of: 1 };
        all.add(score);
        if !wanted.is_empty() {
            with_field.add(score);
        }
        if !is_right {
            let wanted =
                if wanted.is_empty() { "none".to_owned() } else { wanted.into_iter().collect::<Vec<_>>().join("/") };
            wrong.push(format!("{path}: `{}` is {wanted}, drafted {}", proposal.header, given.unwrap_or("none")));
        }
    }
    (all, with_field)
}
