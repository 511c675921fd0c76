use std::collections::BTreeSet;

use super::*;

fn generate(seed: u64, people: u32) -> (tempfile::TempDir, Manifest) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let manifest = write(&dir.path().join("sources"), &dir.path().join("truth.csv"), &Options { seed, people });
    (dir, manifest.expect("written"))
}

fn read_all(dir: &tempfile::TempDir, manifest: &Manifest) -> Vec<Vec<u8>> {
    let read = |name: &String| fs::read(dir.path().join("sources").join(name)).expect("there");
    manifest.files.iter().map(|(name, _)| read(name)).collect()
}

#[test]
fn the_same_seed_writes_the_same_bytes_and_another_seed_others() {
    let ((one, first), (two, second), (three, third)) = (generate(3, 80), generate(3, 80), generate(4, 80));
    assert_eq!(first, second);
    assert_eq!(read_all(&one, &first), read_all(&two, &second));
    assert_ne!(read_all(&one, &first), read_all(&three, &third));
}

#[test]
fn the_default_is_as_large_and_as_hard_as_promised() {
    let (_dir, manifest) = generate(1, 2000);
    assert_eq!((manifest.people, manifest.organisations), (2000, 150));
    assert!((5_500..6_500).contains(&manifest.rows()), "{} rows", manifest.rows());
    let hard = [
        manifest.twins,
        manifest.households,
        manifest.shared_mailboxes,
        manifest.office_mailboxes,
        manifest.namesakes,
        manifest.generations,
        manifest.name_changes,
    ];
    assert!(hard.iter().all(|count| *count > 0), "{hard:?}");
    assert_eq!(manifest.unreadable.len(), 6);
}

#[test]
fn truth_names_rows_that_begin_where_it_says() {
    let (dir, manifest) = generate(2, 150);
    let truth = fs::read_to_string(dir.path().join("truth.csv")).expect("there");
    let bytes = fs::read(dir.path().join("sources/hubspot-contacts.csv")).expect("there");
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    let rows: Vec<usize> = truth
        .lines()
        .filter_map(|line| line.strip_prefix("hubspot-contacts.csv,")?.split_once(",person,"))
        .map(|(row, _)| row.parse().expect("a number"))
        .collect();
    assert!(rows.len() > 50);
    for row in &rows {
        let key = lines[row - 1].split(',').next().expect("a key");
        assert!(key.parse::<u64>().is_ok(), "line {row} is no contact");
    }
    assert_eq!(rows.iter().collect::<BTreeSet<_>>().len(), rows.len());
    assert!(
        manifest
            .files
            .iter()
            .any(|(name, rows_in)| name == "hubspot-contacts.csv" && *rows_in as usize == rows.len() + 2)
    );
}

#[test]
fn every_address_is_on_a_reserved_domain() {
    let (dir, manifest) = generate(5, 200);
    for bytes in read_all(&dir, &manifest) {
        let text = String::from_utf8_lossy(&bytes);
        let words = text.split([',', ';', '"', ' ', '\n', '\r']);
        for address in words.filter(|word| word.contains('@') && word.is_ascii() && !word.contains('\0')) {
            let is_mail = address.chars().all(|c| c.is_ascii_alphanumeric() || "@.-_+".contains(c));
            assert!(!is_mail || address.ends_with(".example"), "{address}");
        }
    }
}
