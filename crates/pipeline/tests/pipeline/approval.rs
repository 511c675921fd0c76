//! Files that no profile knows, and those whose columns changed, wait until somebody approves them.

use std::path::PathBuf;

use velocity_model::{DateOrder, EntityKind, Field, FileOutcome, RunReport, RunState, Waiting, record_id};
use velocity_pipeline::{Choices, ImportOptions, silent};

use crate::forecast::recorded;
use crate::world::World;

const HUBSPOT: &str = "Record ID,First Name,Last Name,Email,Phone Number";

impl World {
    fn write(&self, name: &str, text: &str) -> Vec<PathBuf> {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        vec![path]
    }

    async fn waiting(&self) -> Vec<Waiting> {
        self.workspace.store().waiting().await.expect("reads")
    }

    async fn approve(&self, waiting: &Waiting, choices: &Choices) -> RunReport {
        self.workspace.approve(waiting.id, choices, "ana", &silent()).await.expect("approved")
    }
}

fn outcomes(report: &RunReport) -> Vec<FileOutcome> {
    report.files.iter().map(|file| file.outcome).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_columns_wait_until_they_are_approved() {
    let world = World::empty().await;
    let old = format!("{HUBSPOT},Shoe size\n1,Ana,Example,ana@mail.example,+33639980001,38\n");
    let report = world.import(&world.write("contacts.csv", &old)).await;
    assert_eq!(outcomes(&report), [FileOutcome::Imported], "the first file of a shipped profile sets the measure");

    let new = "Record ID,First Name,Last Name,Email,Tel,Shoe size\n1,Ana,Example,ana@mail.example,+33639980002,38\n";
    let files = world.write("contacts.csv", new);
    let report = world.import(&files).await;
    assert_eq!((outcomes(&report), report.rows.held), (vec![FileOutcome::Held], 1));
    let [waiting] = world.waiting().await.try_into().expect("one file waits");
    let drift = waiting.drift.clone().expect("its columns changed");
    assert_eq!((drift.new, drift.gone), (vec!["Tel".to_owned()], vec!["Phone Number".to_owned()]));
    assert_eq!(waiting.columns[0].target, Some(Field::known("phone")));
    assert_eq!(report.files[0].waiting, Some(waiting.id));
    assert!(report.files[0].issues.iter().any(|issue| issue.code == "import.columns_changed"));
    // The same again waits once.
    world.import(&files).await;
    assert_eq!(world.waiting().await.len(), 1);

    let before = recorded(&world).await;
    let forecast = world.workspace.forecast_approval(waiting.id, &Choices::default(), "ana", &silent()).await;
    let forecast = forecast.expect("forecast");
    assert!(recorded(&world).await == before, "a forecast changes nothing");
    let report = world.approve(&waiting, &Choices::default()).await;
    assert_eq!(RunReport { run: report.run, state: RunState::Published, ..forecast }, report);
    assert_eq!((report.rows.updated, report.effect.changed), (1, 1));
    assert!(world.waiting().await.is_empty());
    let accepted = world.workspace.store().profiles().await.expect("reads");
    assert_eq!((accepted[0].name.as_str(), accepted[0].author.as_str()), ("hubspot/contacts", "ana"));
    let entities = world.entities().await;
    assert_eq!(entities.len(), 1);
    assert_eq!(entities[0].record.value("phone"), Some("+33639980002"));

    // From now on both kinds of file are read without a question, and a rebuild comes to the same.
    let again = "Record ID,First Name,Last Name,Email,Tel,Shoe size\n2,Ben,Sample,ben@mail.example,+33639980003,44\n";
    let more = [world.write("more.csv", again), world.write("old.csv", &old)].concat();
    assert_eq!(outcomes(&world.import(&more).await), [FileOutcome::Imported; 2]);
    world.digest().await;
    assert_eq!(world.workspace.rebuild(&silent()).await.expect("rebuilt").differing, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_loses_nothing_does_not_wait() {
    let world = World::empty().await;
    let row = "1,Ana,Example,ana@mail.example,+33639980001";
    world.import(&world.write("a.csv", &format!("{HUBSPOT},Shoe size\n{row},38\n"))).await;
    for (name, text) in [
        ("order.csv", "Email,Phone Number,Record ID,Last Name,First Name\nben@mail.example,,2,Sample,Ben\n".to_owned()),
        ("fewer.csv", format!("{HUBSPOT}\n3,Cleo,Test,cleo@mail.example,\n")),
        ("known.csv", format!("{HUBSPOT},Lifecycle Stage\n4,Dan,Model,dan@mail.example,,lead\n")),
        ("mended.csv", format!("{HUBSPOT},_line,_errors\n5,Eva,Probe,eva@mail.example,,7,wrong\n")),
    ] {
        let report = world.import(&world.write(name, &text)).await;
        assert_eq!(outcomes(&report), [FileOutcome::Imported], "{name}");
        assert!(!report.files[0].unmapped.iter().any(|header| header.starts_with('_')), "{name}");
    }
    assert!(world.waiting().await.is_empty());
}

/// A person who says yes beforehand approves changed columns too, under their name.
#[tokio::test(flavor = "multi_thread")]
async fn yes_approves_beforehand() {
    let world = World::empty().await;
    let options = ImportOptions { accept_drafts: true, author: "ana".to_owned(), ..ImportOptions::default() };
    let import = async |name: &str, text: &str| {
        world.workspace.import(&world.write(name, text), &options, &silent()).await.expect("imported")
    };
    import("people-2026-01.csv", "id,first name,last name,email\n1,Ana,Example,ana@mail.example\n").await;
    // A required column is called otherwise: no profile recognises the file, but one is near.
    let report = import("people-2026-02.csv", "id,first name,surname,email\n1,Ana,Sample,ana@mail.example\n").await;
    assert_eq!((outcomes(&report), report.rows.updated), (vec![FileOutcome::Imported], 1), "the same source");
    let revisions = world.workspace.store().profile_revisions().await.expect("reads");
    assert_eq!(revisions.iter().map(|known| known.author.as_str()).collect::<Vec<_>>(), ["ana", "ana"]);
    assert_eq!(world.entities().await[0].record.value("family_name"), Some("Sample"));
    // Two files with the same change are approved once.
    let changed = |key: u8| format!("id,first name,surname,email,city\n{key},Ben,Sample,ben@mail.example,Lyon\n");
    let two = [world.write("people-3.csv", &changed(2)), world.write("people-4.csv", &changed(3))].concat();
    let report = world.workspace.import(&two, &options, &silent()).await.expect("imported");
    assert_eq!((outcomes(&report), report.rows.new), (vec![FileOutcome::Imported; 2], 2));
    assert_eq!(world.workspace.store().profile_revisions().await.expect("reads").len(), 3);
    // Another file of that name with columns of its own is another source.
    let report = import("people-2026-01.csv", "code,company,website\nA1,Sample Ltd,https://sample.example\n").await;
    assert_eq!(report.files[0].profile.as_deref(), Some("local/people-2026-01-2"));
    world.digest().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_approved_with_answers_and_other_columns() {
    let world = World::empty().await;
    let text = "id,first name,last name,born,shade\n1,Ana,Example,03/04/1988,blue\n";
    let files = [world.write("guests.csv", text), world.write("guests-2.csv", &text.replace("Ana", "Ben"))].concat();
    let report = world.import(&files).await;
    assert_eq!((outcomes(&report), report.rows.held), (vec![FileOutcome::Held; 2], 2));
    let waiting = world.waiting().await;
    let first = &waiting[0];
    assert_eq!((first.path.as_str(), first.drift.as_ref(), first.questions.len()), ("guests-2.csv", None, 1));
    assert_eq!(first.columns[1].samples, ["Ben"]);
    assert!(first.columns[0].is_key);

    let open = world.workspace.approve(first.id, &Choices::default(), "ana", &silent()).await.expect_err("open");
    assert_eq!(open.code(), "pipeline.unanswered");
    let mut choices = Choices::default();
    choices.orders.insert("born".to_owned(), Some(DateOrder::Dmy));
    choices.fields.insert("shade".to_owned(), Some(Field::known("amount")));
    let wrong = world.workspace.approve(first.id, &choices, "ana", &silent()).await.expect_err("persons have none");
    assert_eq!(wrong.code(), "pipeline.choices");
    choices.fields.insert("shade".to_owned(), Some(Field::known("nickname")));
    let report = world.approve(first, &choices).await;
    // Both have the same columns, so one approval is enough; one key names one record, of which there are two versions.
    assert_eq!(outcomes(&report), [FileOutcome::Imported; 2]);
    assert!(world.waiting().await.is_empty());
    let record = record_id("guests-2", EntityKind::Person, "1");
    let entities = world.entities().await;
    let ana = entities.iter().find(|row| row.record.members.contains(&record)).expect("she is there");
    assert_eq!((ana.record.value("birth_date"), ana.record.value("nickname")), (Some("1988-04-03"), Some("blue")));
    let gone = world.workspace.approve(first.id, &choices, "ana", &silent()).await.expect_err("approved already");
    assert_eq!(gone.code(), "pipeline.no_such_waiting");
    assert_eq!(world.workspace.rebuild(&silent()).await.expect("rebuilt").differing, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_can_be_left_out() {
    let world = World::empty().await;
    let files = world.write("guests.csv", "first name,last name\nAna,Example\n");
    world.import(&files).await;
    let waiting = world.waiting().await.remove(0);
    world.workspace.leave_out(waiting.id).await.expect("left out");
    assert!(world.waiting().await.is_empty());
    assert_eq!(world.workspace.leave_out(waiting.id).await.expect_err("gone").code(), "pipeline.no_such_waiting");
    world.import(&files).await;
    let [again] = world.waiting().await.try_into().expect("it waits again");
    assert_ne!(again.run, waiting.run);
    assert_eq!(Waiting { run: waiting.run, ..again }, waiting);
}
