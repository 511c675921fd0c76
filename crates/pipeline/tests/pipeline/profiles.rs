//! Every shipped profile against a sample of its vendor: who recognises it, and what it states.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use velocity_ingest::{Staged, read_tables};
use velocity_mapping::{Mapped, map, recognise, shipped};
use velocity_model::{EntityKind, Evidence, FileOutcome, LinkTarget, RecordId, RowCounts, blob_id};

use crate::world::World;

/// The folder of samples: `vendor/name.csv` belongs to the profile `vendor/name`.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/profiles")
}

/// The samples by the name of their profile.
fn samples() -> BTreeMap<String, PathBuf> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
    };
    let files = entries(&folder()).into_iter().flat_map(|vendor| entries(&vendor));
    let named = files.map(|file| {
        let vendor = file.parent().and_then(Path::file_name).expect("a vendor").to_string_lossy();
        (format!("{vendor}/{}", file.file_stem().expect("a name").to_string_lossy()), file.clone())
    });
    named.collect()
}

fn read(file: &Path) -> Vec<Staged> {
    let bytes = std::fs::read(file).expect("a sample");
    let name = file.file_name().expect("a name").to_string_lossy();
    read_tables(&bytes, blob_id(&bytes), &name).expect("the sample is read")
}

#[test]
fn every_profile_has_a_sample_and_every_sample_a_profile() {
    let profiles: BTreeSet<&str> = shipped().iter().map(|profile| profile.name.as_str()).collect();
    let samples = samples();
    assert_eq!(profiles, samples.keys().map(String::as_str).collect());
}

#[test]
fn a_sample_is_recognised_by_its_own_profile_and_no_other_knows_as_much_of_it() {
    for (name, file) in samples() {
        for staged in read(&file) {
            let found = recognise(shipped(), &staged.table).map(|found| found.profile.name.as_str());
            assert_eq!(found, Some(name.as_str()), "{:?}", staged.table.headers);
            let matched = |known: &[velocity_model::Profile]| {
                recognise(known, &staged.table).map_or(0, |found| found.matched.len())
            };
            let others: Vec<_> = shipped().iter().filter(|profile| profile.name != name).cloned().collect();
            let (own, other) = (matched(shipped()), matched(&others));
            assert!(own > other, "{name}: {own} headers are known, and another profile knows {other}");
        }
    }
}

#[test]
fn samples_state_what_was_reviewed() {
    let mapped: Vec<(String, Vec<(Staged, Mapped)>)> = samples()
        .into_iter()
        .map(|(name, file)| {
            let profile = shipped().iter().find(|profile| profile.name == name).expect("a profile");
            let tables = read(&file).into_iter().map(|staged| {
                let mapped = map(profile, &staged.table, &staged.frame);
                assert_eq!(mapped.rows.len() + mapped.quarantined.len(), staged.frame.height(), "{name}: every row");
                (staged, mapped)
            });
            let tables = tables.collect();
            (name, tables)
        })
        .collect();
    let names = names(&mapped);
    insta::with_settings!({ snapshot_path => "profiles", prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, tables) in &mapped {
            let tables = tables.iter().map(|(staged, mapped)| render(staged, mapped, &names));
            insta::assert_snapshot!(name.replace('/', "__"), tables.collect::<Vec<_>>().join("\n"));
        }
    });
}

/// Every record of the samples: the first profile that states it, its kind and its key.
fn names(mapped: &[(String, Vec<(Staged, Mapped)>)]) -> BTreeMap<RecordId, String> {
    let mut names = BTreeMap::new();
    for (profile, tables) in mapped {
        for evidence in tables.iter().flat_map(|(_, mapped)| &mapped.evidence) {
            let name = || format!("{} {:?} of {profile}", evidence.kind, evidence.key);
            names.entry(evidence.record).or_insert_with(name);
        }
    }
    names
}

/// One import of everything: nothing unknown, every kind of record counted, and no column lost without a word.
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_all_samples_is_imported_by_one_command() {
    let world = World::empty().await;
    let report = world.import(&[folder()]).await;
    let mut lines = Vec::new();
    for file in &report.files {
        let name = file.path.rsplit_once('.').expect("an extension").0;
        assert_eq!(file.outcome, FileOutcome::Imported, "{name}");
        assert_eq!(file.profile.as_deref(), Some(name));
        assert!(file.rows.adds_up());
        lines.push(format!(
            "{}: {}; states {}; unmapped: {}",
            file.path,
            rows(file.rows),
            kinds(&file.kinds),
            file.unmapped.join(", ")
        ));
    }
    let unmapped = |name: &str| -> BTreeSet<&String> {
        let files = report.files.iter().filter(|file| file.path.starts_with(&format!("{name}.")));
        files.flat_map(|file| &file.unmapped).collect()
    };
    for (name, file) in samples() {
        let profile = shipped().iter().find(|profile| profile.name == name).expect("a profile");
        let tables = read(&file);
        let direct: BTreeSet<String> =
            tables.iter().flat_map(|staged| map(profile, &staged.table, &staged.frame).unmapped).collect();
        assert_eq!(unmapped(&name), direct.iter().collect(), "{name}");
    }
    assert_eq!(report.records.keys().copied().collect::<Vec<_>>(), EntityKind::ALL, "every class of data");
    lines.push(format!("all: {}", rows(report.rows)));
    lines.push(format!("records: {}", kinds(&report.records)));
    lines.push(format!("merged {}, waiting {}, unlinked {}", report.merges, report.waiting, report.unlinked));
    insta::with_settings!({ snapshot_path => "profiles", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("all_samples", lines.join("\n"));
    });
}

fn rows(rows: RowCounts) -> String {
    let RowCounts { read, new, updated, unchanged, held, quarantined } = rows;
    let counts =
        [(new, "new"), (updated, "updated"), (unchanged, "unchanged"), (held, "held"), (quarantined, "quarantined")];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!(", {count} {what}"));
    format!("{read} rows{}", counts.collect::<String>())
}

fn kinds(kinds: &BTreeMap<EntityKind, u64>) -> String {
    kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect::<Vec<_>>().join(", ")
}

/// What was mapped, as text to review beside the sample.
fn render(staged: &Staged, mapped: &Mapped, names: &BTreeMap<RecordId, String>) -> String {
    let mut lines = Vec::new();
    for evidence in &mapped.evidence {
        lines.push(render_record(evidence, names));
    }
    for row in &staged.table.quarantined {
        lines.push(format!("not read: row {} {}: {}", row.row, row.code, row.message));
    }
    for row in &mapped.quarantined {
        lines.push(format!("quarantined: row {} {}: {}", row.row, row.code, row.message));
    }
    lines.push(format!("unmapped: {}", mapped.unmapped.join(", ")));
    for question in &mapped.questions {
        lines.push(format!("question: {} {:?}, {} rows", question.code, question.column, question.rows));
    }
    for issue in staged.table.issues.iter().chain(&mapped.issues) {
        let column = issue.column.as_ref().map(|column| format!(" {column:?}")).unwrap_or_default();
        lines.push(format!("{:?}: {}{column}: {}", issue.severity, issue.code, issue.message));
    }
    lines.join("\n")
}

fn render_record(evidence: &Evidence, names: &BTreeMap<RecordId, String>) -> String {
    let mut out = format!("row {}: {} {:?}\n", evidence.locator.row, evidence.kind, evidence.key);
    for value in &evidence.assertions {
        let stands = match &value.unresolved {
            Some(code) => format!("? {code}"),
            None => format!("{:?}", value.value),
        };
        write!(out, "    {} = {stands}", value.field).expect("text");
        if value.raw != value.value && value.column.is_some() {
            write!(out, "  <- {:?}", value.raw).expect("text");
        }
        writeln!(out).expect("text");
    }
    for link in &evidence.links {
        let target = match &link.target {
            LinkTarget::Mention(mention) => format!("whoever has {} {}", mention.field, mention.value),
            LinkTarget::Record(record) => {
                names.get(record).cloned().unwrap_or_else(|| format!("a record elsewhere, {:?}", link.raw))
            }
        };
        writeln!(out, "    -> {}: {target}", link.role.as_str()).expect("text");
    }
    out
}
