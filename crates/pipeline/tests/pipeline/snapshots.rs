//! Full snapshots withdraw what they lack, and a file that has it again brings it back.

use std::path::PathBuf;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tempfile::TempDir;
use velocity_model::{Action, DateOrder, EntityKind, FileOutcome, RecordId, RunReport, RunState, record_id};
use velocity_pipeline::{Choices, ImportOptions, silent};

use crate::forecast::recorded;
use crate::world::{World, open, sources};

const HEADER: &str = "Record ID,First Name,Last Name,Email,Phone Number,Create Date";
const GIVEN: [&str; 6] = ["Ana", "Ben", "Clara", "Dario", "Elena", "Felix"];

fn person(number: usize) -> RecordId {
    record_id("hubspot", EntityKind::Person, &number.to_string())
}

fn row(number: usize) -> String {
    format!("{number},{given},Example,{given}@mail.example,,", given = GIVEN[number])
}

fn options(snapshot: bool) -> ImportOptions {
    ImportOptions { snapshot, author: "tester".to_owned(), ..ImportOptions::default() }
}

impl World {
    fn contacts(&self, name: &str, rows: &[String]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, format!("{HEADER}\n{}\n", rows.join("\n"))).expect("written");
        path
    }

    pub async fn snapshot(&self, files: &[PathBuf]) -> RunReport {
        self.workspace.import(files, &options(true), &silent()).await.expect("the import ends well")
    }

    /// A snapshot, after a forecast that must foretell it and change nothing.
    async fn foretold(&self, files: &[PathBuf]) -> RunReport {
        let before = recorded(self).await;
        let forecast = self.workspace.forecast(files, &options(true), &silent()).await.expect("a forecast");
        assert!(recorded(self).await == before, "a forecast changes nothing");
        let report = self.snapshot(files).await;
        assert_eq!(RunReport { run: report.run, state: RunState::Published, ..forecast }, report);
        report
    }

    async fn ids(&self) -> Vec<RecordId> {
        self.entities().await.iter().map(|row| row.record.id).collect()
    }

    async fn is_rebuilt_alike(&self) {
        self.digest().await;
        assert_eq!(self.workspace.rebuild(&silent()).await.expect("rebuilt").differing, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_a_snapshot_lacks_is_withdrawn_and_comes_back_with_a_later_file() {
    let world = World::empty().await;
    let all = world.contacts("monday.csv", &(0..6).map(row).collect::<Vec<_>>());
    world.import(std::slice::from_ref(&all)).await;
    let same = Action::Same { a: person(0), b: person(1) };
    world.workspace.decide(same, "ana", "").await.expect("decided");
    let (ids, digest) = (world.ids().await, world.digest().await);
    assert_eq!(ids.len(), 5);

    let fewer = world.contacts("tuesday.csv", &[0, 2, 3, 4].map(row));
    let report = world.foretold(std::slice::from_ref(&fewer)).await;
    assert_eq!((report.rows.unchanged, report.effect.withdrawn), (4, 2));
    let withdrawn = world.workspace.store().withdrawn().await.expect("reads");
    let mut gone = [person(1), person(5)];
    gone.sort_unstable();
    assert_eq!(withdrawn.iter().map(|row| (row.record, row.sequence)).collect::<Vec<_>>(), gone.map(|id| (id, 2)));
    let entities = world.entities().await;
    assert_eq!(entities.len(), 4);
    assert!(entities.iter().all(|row| row.record.members.iter().all(|member| !gone.contains(member))));
    world.is_rebuilt_alike().await;

    // The same again changes nothing, and what is no snapshot withdraws nothing.
    let report = world.snapshot(&[fewer]).await;
    assert_eq!((report.files[0].outcome, report.effect.withdrawn), (FileOutcome::AlreadyImported, 0));
    let report = world.import(&[world.contacts("part.csv", &[row(2)])]).await;
    assert_eq!((report.rows.unchanged, report.effect.withdrawn), (1, 0));

    // Bytes that were imported before count again: the decision is in force again, and the ids are those of before.
    let report = world.foretold(&[all]).await;
    assert_eq!((report.files[0].outcome, report.rows.new, report.rows.unchanged), (FileOutcome::Imported, 2, 4));
    assert_eq!((world.ids().await, world.digest().await), (ids, digest));
    assert_eq!(world.workspace.store().withdrawn().await.expect("reads"), []);
    world.is_rebuilt_alike().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_that_lacks_most_waits() {
    let world = World::empty().await;
    world.import(&[world.contacts("a.csv", &(0..6).map(row).collect::<Vec<_>>())]).await;
    let before = world.digest().await;
    let report = world.foretold(&[world.contacts("b.csv", &[0, 1].map(row))]).await;
    assert_eq!((report.files[0].outcome, report.rows.held, report.effect.withdrawn), (FileOutcome::Held, 2, 0));
    assert!(report.files[0].issues.iter().any(|issue| issue.code == "import.withdrawal_waits"));
    assert_eq!(world.digest().await, before);
    let [waiting] = world.workspace.store().waiting().await.expect("reads").try_into().expect("one waits");
    let withdrawal = waiting.withdrawal.clone().expect("for what it withdraws");
    assert_eq!((withdrawal.standing, withdrawal.missing), (6, 4));

    let approve = async |is_forecast: bool| {
        let (choices, silent) = (Choices::default(), silent());
        match is_forecast {
            true => world.workspace.forecast_approval(waiting.id, &choices, "ana", &silent).await,
            false => world.workspace.approve(waiting.id, &choices, "ana", &silent).await,
        }
    };
    let forecast = approve(true).await.expect("forecast");
    assert_eq!(world.digest().await, before);
    let report = approve(false).await.expect("approved");
    assert_eq!(RunReport { run: report.run, state: RunState::Published, ..forecast }, report);
    assert_eq!((report.effect.withdrawn, world.entities().await.len()), (4, 2));
    assert_eq!(world.workspace.store().waiting().await.expect("reads"), []);
    world.is_rebuilt_alike().await;

    // Bytes that were imported before can wait, too.
    let again = world.contacts("c.csv", &[row(0)]);
    assert_eq!(world.import(std::slice::from_ref(&again)).await.rows.unchanged, 1);
    world.import(&[world.contacts("d.csv", &(0..6).map(row).collect::<Vec<_>>())]).await;
    assert_eq!(world.snapshot(&[again]).await.rows.held, 1);
    // Of two snapshots that wait one is approved.
    assert_eq!(world.snapshot(&[world.contacts("e.csv", &[row(1)])]).await.rows.held, 1);
    let waiting = world.workspace.store().waiting().await.expect("reads");
    assert_eq!(waiting.len(), 2);
    let report = world.workspace.approve(waiting[1].id, &Choices::default(), "ana", &silent()).await;
    assert_eq!(report.expect("approved").files.len(), 1);
    assert_eq!(world.workspace.store().waiting().await.expect("reads"), waiting[..1]);
}

/// A row that was set aside is there, as far as its key can be read; where it cannot, nobody knows what is missing.
#[tokio::test(flavor = "multi_thread")]
async fn rows_that_were_set_aside_are_not_missing() {
    let world = World::empty().await;
    world.import(&[world.contacts("a.csv", &(0..6).map(row).collect::<Vec<_>>())]).await;
    let rows = [row(0), row(1), row(2), row(3), "4,,,,,".to_owned()];
    let report = world.foretold(&[world.contacts("b.csv", &rows)]).await;
    assert_eq!((report.rows.quarantined, report.effect.withdrawn), (1, 1));
    let gone = world.workspace.store().withdrawn().await.expect("reads");
    assert_eq!(gone.iter().map(|row| row.record).collect::<Vec<_>>(), [person(5)], "of 4 nothing is said but its key");

    let rows = [row(0), row(1), row(2), ",Dario,Example,,,".to_owned()];
    let report = world.foretold(&[world.contacts("c.csv", &rows)]).await;
    assert_eq!((report.rows.held, report.effect.withdrawn), (4, 0));
    let [waiting] = world.workspace.store().waiting().await.expect("reads").try_into().expect("one waits");
    assert!(waiting.withdrawal.expect("for what it withdraws").doubt.contains("1 row that was set aside"));
    // Without anything missing there is nothing to doubt.
    let rows = [row(0), row(1), row(2), row(3), row(4), ",Felix,Example,,,".to_owned()];
    assert_eq!(world.foretold(&[world.contacts("d.csv", &rows)]).await.rows.held, 0);
    world.is_rebuilt_alike().await;
}

/// The files of a profile in one import are one snapshot; one that cannot be read, or that waits, may hold what is missing.
#[tokio::test(flavor = "multi_thread")]
async fn the_parts_of_a_snapshot_count_together() {
    let world = World::empty().await;
    let first = world.contacts("1.csv", &[0, 1, 2].map(row));
    world.snapshot(&[first.clone(), world.contacts("2.csv", &[3, 4, 5].map(row))]).await;
    // One part was imported before and is there all the same.
    let second = world.contacts("2.csv", &[3, 4].map(row));
    let report = world.foretold(&[first.clone(), second.clone()]).await;
    assert_eq!((report.rows.unchanged, report.effect.withdrawn, report.rows.held), (5, 1, 0));
    world.is_rebuilt_alike().await;

    let broken = world.folder.path().join("3.csv.gz");
    std::fs::write(&broken, [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2]).expect("written");
    let second = world.contacts("2.csv", &[row(3)]);
    let report = world.foretold(&[first.clone(), second.clone(), broken]).await;
    assert_eq!((report.rows.held, report.effect.withdrawn), (4, 0));
    let waiting = world.workspace.store().waiting().await.expect("reads");
    assert_eq!(waiting.len(), 2);
    let report = world.workspace.approve(waiting[1].id, &Choices::default(), "ana", &silent()).await;
    let report = report.expect("approved");
    assert_eq!((report.files.len(), report.effect.withdrawn), (2, 1), "both parts, as one snapshot");
    assert_eq!(world.workspace.store().waiting().await.expect("reads"), []);
    world.is_rebuilt_alike().await;
}

/// Only what files of the profile brought is in question: another export of the same system says nothing of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_profile_can_say_that_its_files_are_snapshots() {
    let world = World::empty().await;
    let profile = |name: &str, header: &str, snapshot: bool| {
        let text = format!(
            "name = \"own/{name}\"\nversion = 1\nsource = \"own\"\nlabel = \"{name}\"\ntrust = 50\nsnapshot = {snapshot}\n\
             [recognise]\nheaders = [\"key\", \"{header}\"]\n[[entity]]\nkind = \"person\"\nid = \"person\"\nkey = [\"key\"]\n\
             [[entity.field]]\nto = \"full_name\"\nfrom = \"{header}\"\n"
        );
        velocity_mapping::parse(&text).expect("a profile")
    };
    let import = async |name: &str, profile: &velocity_model::Profile, text: &str| {
        let path = world.folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        let options = ImportOptions { profile: Some(profile.clone()), author: "ana".to_owned(), ..Default::default() };
        world.workspace.import(&[path], &options, &silent()).await.expect("imported")
    };
    let (leads, clients) = (profile("leads", "lead", false), profile("clients", "client", true));
    import("leads.csv", &leads, "key,lead\n1,Ana Example\n2,Ben Example\n").await;
    import("clients.csv", &clients, "key,client\n3,Clara Example\n4,Dario Example\n5,Elena Example\n").await;
    // One person was a lead and is a client: what the snapshot lacks of her a later file of leads says.
    import("leads-2.csv", &leads, "key,lead\n3,Clara Maria Example\n").await;
    let report = import("clients-2.csv", &clients, "key,client\n5,Elena Example\n").await;
    assert_eq!((report.rows.held, report.effect.withdrawn), (0, 1));
    assert_eq!(world.entities().await.len(), 4);
    // Another file of leads is no snapshot.
    assert_eq!(import("leads-3.csv", &leads, "key,lead\n6,Felix Example\n").await.effect.withdrawn, 0);
    world.is_rebuilt_alike().await;
}

/// An answer reads the files again in their order, those that did not ask too: what was withdrawn stays so.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_brings_nothing_back() {
    let world = World::empty().await;
    let asking = |number| format!("{}03/04/2020", row(number));
    world.import(&[world.contacts("a.csv", &[asking(0), asking(1), asking(2)])]).await;
    let changed = row(1).replace("Example", "Sample");
    assert_eq!(world.snapshot(&[world.contacts("b.csv", &[row(0), changed])]).await.effect.withdrawn, 1);
    let orders = [("Create Date".to_owned(), Some(DateOrder::Dmy))].into();
    let choices = Choices { orders, ..Choices::default() };
    let reports = world.workspace.answer("hubspot/contacts", &choices, "ana", &silent()).await.expect("answered");
    assert_eq!(reports.iter().map(|report| report.rows.held).collect::<Vec<_>>(), [0, 0]);
    let entities = world.entities().await;
    assert_eq!(entities.len(), 2);
    let ben = entities.iter().find(|row| row.record.members.contains(&person(1))).expect("he is there");
    assert_eq!(ben.record.value("family_name"), Some("Sample"), "what came later stays the later");
    world.is_rebuilt_alike().await;
}

/// What was learnt of a kind stays, but not with those who left.
#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_is_learnt_from() {
    let folder = tempfile::tempdir().expect("a folder");
    let world = World { workspace: open(folder.path()).await.settled_from(4), folder };
    let index = async || {
        let places = world.workspace.store().pairs().await.expect("reads");
        let people = places.into_iter().find(|(kind, _)| *kind == EntityKind::Person);
        people.and_then(|(_, place)| place.index).expect("what was learnt is kept")
    };
    world.import(&[world.contacts("a.csv", &[0, 1, 2, 3, 4].map(row))]).await;
    let before = index().await;
    world.import(&[world.contacts("b.csv", &[row(5)])]).await;
    assert_eq!((index().await.base, index().await.later.is_some()), (before.base.clone(), true));
    world.snapshot(&[world.contacts("c.csv", &[0, 1, 2, 3, 5].map(row))]).await;
    assert_ne!(index().await.base, before.base);
    assert_eq!(index().await.later, None);
    world.is_rebuilt_alike().await;
}

/// One thing that happens: which, to which file, and by which rows.
type Roll = (u8, prop::sample::Index, usize);

/// A file with a third of its rows, beginning at `from`, left out or alone; some of what stays is changed.
fn variant(folder: &TempDir, file: &PathBuf, from: usize, is_rest: bool) -> PathBuf {
    let text = std::fs::read_to_string(file).expect("text");
    let (header, body) = text.split_once('\n').expect("a header");
    let picked = body.lines().enumerate().filter(|(number, _)| (number + from).is_multiple_of(3) != is_rest);
    let rows: Vec<String> = picked
        .map(|(number, row)| if number % 7 == from % 7 { row.replace('@', ".new@") } else { row.to_owned() })
        .collect();
    let name = file.file_name().expect("a name").to_string_lossy().into_owned();
    let path = folder.path().join(format!("{from}-{is_rest}-{name}"));
    std::fs::write(&path, format!("{header}\n{}\n", rows.join("\n"))).expect("written");
    path
}

/// Snapshots, small imports and decisions in any order serve what making everything anew would, settled kinds or not.
#[test]
fn any_snapshots_leave_what_making_everything_anew_would() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (_folder, files) = sources(60);
    let variants = tempfile::tempdir().expect("a folder");
    let tables: Vec<PathBuf> = files
        .iter()
        .filter(|file| {
            std::fs::read_to_string(file)
                .is_ok_and(|text| text.lines().next().is_some_and(|header| header.contains("Record ID")))
        })
        .cloned()
        .collect();
    assert!(tables.len() > 1, "{files:?}");
    let rolls = proptest::collection::vec(any::<Roll>(), 3..7);
    let mut runner = TestRunner::new(Config { cases: 6, failure_persistence: None, ..Config::default() });
    let withdrawn = std::cell::Cell::new(0);
    let outcome = runner.run(&(rolls, prop::sample::select(vec![50, 60_000])), |(rolls, settled)| {
        runtime.block_on(async {
            let folder = tempfile::tempdir().expect("a folder");
            let workspace = open(folder.path()).await.settled_from(settled);
            let world = World { folder, workspace };
            world.import(&files).await;
            for (what, file, from) in &rolls {
                let file = file.get(&tables);
                match what % 4 {
                    0 | 1 => {
                        let report = world.snapshot(&[variant(&variants, file, from % 30, true)]).await;
                        withdrawn.set(withdrawn.get() + report.effect.withdrawn);
                    }
                    2 => drop(world.import(&[variant(&variants, file, from % 30, false)]).await),
                    _ => {
                        let reviews = world.workspace.store().reviews(50).await.expect("reads");
                        if let Some(item) = reviews.get(from % reviews.len().max(1)) {
                            let same = Action::Same { a: item.pair.lo, b: item.pair.hi };
                            world.workspace.decide(same, "ana", "").await.expect("decided");
                        }
                    }
                }
                let found = world.workspace.verify().await.expect("verifies");
                prop_assert!(found.holds(), "after {:?}: {:?}", (what, file, from), found);
            }
            let before = world.entities().await;
            let rebuilt = world.workspace.rebuild(&silent()).await.expect("rebuilds");
            prop_assert!(rebuilt.holds(), "rebuilt: {:?}", rebuilt);
            prop_assert_eq!(before, world.entities().await);
            Ok(())
        })
    });
    outcome.expect("what is served does not depend on how it was made");
    assert!(withdrawn.get() > 0, "no snapshot withdrew anything");
}
