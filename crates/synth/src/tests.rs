use std::collections::{BTreeMap, BTreeSet};

use calamine::{Data, Reader, Xlsx, open_workbook};

use super::*;
use crate::world::{Life, OF_AGE_IN_2009};

const PERSON_FILES: [&str; 4] =
    ["hubspot-contacts.csv", "google-contacts.csv", "clients-2009.csv", "portal-enquiries.xlsx"];

fn generate(seed: u64, people: u32) -> (tempfile::TempDir, Manifest) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let manifest = write(&dir.path().join("sources"), &dir.path().join("truth.csv"), &Options { seed, people });
    (dir, manifest.expect("written"))
}

fn read_all(dir: &tempfile::TempDir, manifest: &Manifest) -> Vec<Vec<u8>> {
    let read = |name: &String| fs::read(dir.path().join("sources").join(name)).expect("there");
    manifest.files.iter().map(|(name, _)| read(name)).collect()
}

/// The rows of a file by their physical row, read by libraries that know nothing of how they were written.
fn rows(dir: &tempfile::TempDir, name: &str) -> BTreeMap<u64, Vec<String>> {
    let path = dir.path().join("sources").join(name);
    if name.ends_with(".xlsx") {
        let mut book: Xlsx<_> = open_workbook(path).expect("a workbook");
        let sheet = book.worksheet_range_at(0).expect("a sheet").expect("readable");
        let first = u64::from(sheet.start().expect("cells").0) + 1;
        let text = |cell: &Data| if let Data::Float(number) = cell { format!("{number:.0}") } else { cell.to_string() };
        return (first..).zip(sheet.rows().map(|row| row.iter().map(text).collect())).collect();
    }
    let bytes = fs::read(path).expect("there");
    if name == "clients-2009.csv" {
        // No cell of it holds a line break, and the reader below counts the lines of Windows files differently.
        let text = encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned();
        return (1..).zip(text.lines().map(|line| line.split(';').map(str::to_owned).collect())).collect();
    }
    let text = String::from_utf8_lossy(&bytes);
    let mut reader = csv::ReaderBuilder::new();
    let mut reader =
        reader.has_headers(false).flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let records = reader.records().map(|record| record.expect("readable"));
    records
        .map(|record| (record.position().expect("a place").line(), record.iter().map(str::to_owned).collect()))
        .collect()
}

fn truth(dir: &tempfile::TempDir, kind: &str) -> Vec<(String, u64, String)> {
    let text = fs::read_to_string(dir.path().join("truth.csv")).expect("there");
    let cells = text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    cells
        .filter(|cells| cells[2] == kind)
        .map(|cells| (cells[0].to_owned(), cells[1].parse().expect("a row"), cells[3].to_owned()))
        .collect()
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
    for seed in 1..=3 {
        let (_dir, manifest) = generate(seed, 2000);
        assert_eq!((manifest.people, manifest.organisations), (2000, 150));
        assert!((5_500..6_500).contains(&manifest.rows()), "{} rows", manifest.rows());
        assert!(manifest.organisations_twice > 2);
        assert_eq!(manifest.unreadable.len(), 6);
        let mut traps: BTreeMap<&str, usize> = BTreeMap::new();
        for trap in &manifest.traps {
            *traps.entry(trap.name).or_default() += 1;
        }
        let expected = [
            ("colleagues with one mailbox", 7),
            ("couples with one mailbox", 16),
            ("father and son of one name", 8),
            ("namesakes", 20),
            ("relatives with one landline", 50),
            ("twins", 16),
        ];
        for (name, count) in expected {
            assert!(traps.get(name).is_some_and(|found| found * 10 >= count * 9), "{name}: {traps:?}");
        }
        for (name, cast) in [("family name", 40), ("home", 60), ("employer", 60), ("mobile number", 60)] {
            assert!(
                manifest.changes.get(name).is_some_and(|found| found * 10 >= cast * 8),
                "{name}: {:?}",
                manifest.changes
            );
        }
        let Mentions { one, several, nobody } = manifest.mentions;
        let all = one + several + nobody;
        assert!(several * 100 > all, "{several} of {all} mentions can mean several people");
        assert!((3..12).contains(&(nobody * 100 / all)), "{nobody} of {all} mentions mean nobody");
    }
}

#[test]
fn truth_names_rows_that_speak_of_the_person() {
    let (dir, manifest) = generate(2, 400);
    let world = World::generate(&Options { seed: 2, people: 400 });
    let files: BTreeMap<&str, _> = PERSON_FILES.iter().map(|name| (*name, rows(&dir, name))).collect();
    let mut known = BTreeSet::new();
    let mut stated: BTreeMap<String, u64> = BTreeMap::new();
    for (file, row, id) in truth(&dir, "person") {
        let number: usize = id.trim_start_matches('P').parse().expect("a number");
        let person = &world.people[number - 1];
        let text = files[file.as_str()].get(&row).unwrap_or_else(|| panic!("{file} has no row {row}")).join(" ");
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let lower = text.to_lowercase();
        let speaks = |life: &Life| {
            lower.contains(&life.family.to_lowercase())
                || life.emails.iter().any(|own| text.contains(own))
                || life.phones.iter().any(|own| digits.contains(&own[4..]))
        };
        // A row that keeps only a mistyped number says the given name at least.
        let is_theirs = speaks(&person.now) || speaks(person.then()) || text.contains(person.given);
        assert!(is_theirs, "{file}, row {row} does not speak of {person:?}: {text}");
        known.insert(number);
        *stated.entry(file).or_default() += 1;
    }
    assert_eq!(known.len() as u32, manifest.people);
    for (name, count) in manifest.files.iter().filter(|(name, _)| PERSON_FILES.contains(&name.as_str())) {
        let spoilt = manifest.unreadable.iter().filter(|(file, _)| file == name).count() as u64;
        assert_eq!(stated[name] + spoilt, *count, "every row of {name} states a person or cannot be read");
    }
}

#[test]
fn truth_names_rows_that_name_the_company() {
    let (dir, _) = generate(2, 400);
    let world = World::generate(&Options { seed: 2, people: 400 });
    for (file, row, id) in truth(&dir, "organisation") {
        let number: usize = id.trim_start_matches('O').parse().expect("a number");
        let company = &world.organisations[number - 1];
        let text = names::slug(&rows(&dir, &file)[&row].join(" "));
        assert!(text.contains(&names::slug(&company.short)), "{file}, row {row} does not name {}", company.name);
    }
}

#[test]
fn mentions_use_addresses_that_some_source_states() {
    let (dir, manifest) = generate(6, 500);
    let stated: String = PERSON_FILES.iter().flat_map(|name| rows(&dir, name).into_values().flatten()).collect();
    let mut strangers = 0;
    for name in ["notes.jsonl", "tasks.jsonl", "scores.csv"] {
        let text = fs::read_to_string(dir.path().join("sources").join(name)).expect("there");
        for address in text.split(['"', ',', '\n']).filter(|word| word.contains('@')) {
            let is_stranger = address.ends_with("@elsewhere.example") || address == "nobody@mail.example";
            assert!(is_stranger || stated.contains(address), "{name}: {address} is in no source");
            strangers += u32::from(address.ends_with("@elsewhere.example"));
        }
    }
    assert!(strangers > 0 && strangers <= manifest.mentions.nobody);
}

#[test]
fn every_address_is_on_a_reserved_domain_and_every_number_in_a_reserved_range() {
    const RANGES: [&str; 18] = [
        "3363998",
        "3319900",
        "3326191",
        "3335301",
        "3346571",
        "3353649",
        "447700900",
        "442079460",
        "441614960",
        "441134960",
        "441144960",
        "441174960",
        "441314960",
        "441414960",
        "441514960",
        "3532091",
        "4917139200",
        "49176040690",
    ];
    let (dir, manifest) = generate(5, 300);
    for (name, _) in &manifest.files {
        let cells: Vec<String> = if name.ends_with(".jsonl") {
            vec![fs::read_to_string(dir.path().join("sources").join(name)).expect("there")]
        } else {
            rows(&dir, name).into_values().flatten().collect()
        };
        for word in cells.iter().flat_map(|cell| cell.split([',', ';', '"', ' ', '\n'])) {
            assert!(!word.contains('@') || word.ends_with(".example"), "{name}: {word}");
        }
    }
    let world = World::generate(&Options { seed: 5, people: 300 });
    for life in world.people.iter().flat_map(|person| [&person.now, person.then()]) {
        for number in life.phones.iter().chain(&life.home.landline) {
            let is_american = number.starts_with("+1") && number[5..].starts_with("55501");
            assert!(is_american || RANGES.iter().any(|range| number[1..].starts_with(range)), "{number}");
        }
    }
}

#[test]
fn clients_were_of_age_and_numbers_are_nobody_elses() {
    let world = World::generate(&Options { seed: 8, people: 1000 });
    let (dir, _) = generate(8, 1000);
    for (file, _, id) in truth(&dir, "person") {
        let number: usize = id.trim_start_matches('P').parse().expect("a number");
        assert!(file != "clients-2009.csv" || world.people[number - 1].birth.0 <= OF_AGE_IN_2009);
    }
    let mut owners: BTreeMap<&String, BTreeSet<usize>> = BTreeMap::new();
    for (number, person) in world.people.iter().enumerate() {
        for phone in person.now.phones.iter().chain(&person.then().phones) {
            owners.entry(phone).or_default().insert(number);
        }
    }
    assert!(owners.values().all(|people| people.len() == 1));
}
