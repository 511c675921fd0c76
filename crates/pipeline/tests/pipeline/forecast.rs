//! A forecast is the report of the run that follows, and changes nothing that is served or recorded.

use std::path::PathBuf;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use velocity_model::{Action, Conflict, EntityKind, Field, RunReport, RunState, record_id};

use crate::touch::parts;
use crate::world::{World, open, sources};

/// Everything that is served or recorded, as text.
pub async fn recorded(world: &World) -> String {
    let store = world.workspace.store();
    let entities = world.entities().await;
    let served = (store.members().await.expect("reads"), store.reviews(u32::MAX).await.expect("reads"));
    let ledger = (store.receipts().await.expect("reads"), store.profile_revisions().await.expect("reads"));
    let runs = store.runs(u32::MAX).await.expect("reads");
    let rest = (store.questions().await.expect("reads"), store.digest().await.expect("reads"));
    let pairs = store.pairs().await.expect("reads");
    format!("{entities:?}{served:?}{ledger:?}{runs:?}{rest:?}{pairs:?}")
}

/// A forecast of the files, then their import; `Err` with both if they differ in more than run and state.
pub async fn foretold(world: &World, files: &[PathBuf]) -> Result<RunReport, TestCaseError> {
    let before = recorded(world).await;
    let forecast = world.forecast(files).await;
    prop_assert_eq!(forecast.state, RunState::Forecast);
    prop_assert!(recorded(world).await == before, "a forecast of {:?} changed something", files);
    let report = world.import(files).await;
    prop_assert_eq!(report.state, RunState::Published);
    prop_assert_eq!(RunReport { run: report.run, state: report.state, ..forecast }, report.clone());
    Ok(report)
}

/// First imports, small ones, grown files and the same again.
#[test]
fn any_import_comes_to_what_was_forecast() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (folder, files) = sources(60);
    let parts = parts(&folder, &files);
    let (first, rest) = parts.split_at(parts.len() * 3 / 4);
    let mut runner = TestRunner::new(Config { cases: 3, failure_persistence: None, ..Config::default() });
    let orders = Just(rest.to_vec()).prop_shuffle();
    let outcome = runner.run(&(orders, 1_usize..5), |(order, size)| {
        runtime.block_on(async {
            let folder = tempfile::tempdir().expect("a folder");
            let workspace = open(folder.path()).await.settled_from(50);
            let world = World { folder, workspace };
            let report = foretold(&world, first).await?;
            prop_assert_eq!(report.effect.created, report.records.values().sum::<u64>());
            for batch in order.chunks(size) {
                let before = world.entities().await.len() as u64;
                let effect = foretold(&world, batch).await?.effect;
                let after = world.entities().await.len() as u64;
                prop_assert_eq!(before + effect.created, after + effect.merged);
            }
            let again = foretold(&world, &order).await?;
            prop_assert_eq!(again.effect, Default::default());
            prop_assert!(world.workspace.verify().await.expect("verifies").holds());
            Ok(())
        })
    });
    outcome.expect("the import comes to what was forecast");
}

/// What a person confirmed stays, and a file that says otherwise is foretold to.
#[tokio::test(flavor = "multi_thread")]
async fn values_that_contradict_confirmed_ones_are_foretold() {
    let world = World::empty().await;
    let header = "Record ID,First Name,Last Name,Email,Phone Number,Lifecycle Stage,Create Date";
    let write = |stage: &str, given: &str| {
        let path = world.folder.path().join("contacts.csv");
        let rows = format!("1,{given},Example,ana@mail.example,,{stage},\n2,Ben,Sample,ben@mail.example,,{stage},");
        std::fs::write(&path, format!("{header}\n{rows}\n")).expect("written");
        vec![path]
    };
    world.import(&write("lead", "Ana")).await;
    let record = record_id("hubspot", EntityKind::Person, "1");
    let field = Field::known("given_name");
    let pin = Action::Pin { record, field: field.clone(), value: "Ana".to_owned() };
    world.workspace.decide(pin, "ana", "she says so").await.expect("decided");
    let report = foretold(&world, &write("customer", "Ana")).await.expect("as forecast");
    assert_eq!((report.effect.changed, report.effect.conflicts), (2, Vec::new()));
    let report = foretold(&world, &write("customer", "Anna")).await.expect("as forecast");
    assert_eq!(report.effect.conflicts, [Conflict { record, field }]);
    let entities = world.entities().await;
    let ana = entities.iter().find(|row| row.record.members.contains(&record)).expect("she is there");
    assert_eq!(ana.record.value("given_name"), Some("Ana"));
    // Said once: a later change of another value is no news.
    let report = foretold(&world, &write("evangelist", "Anna")).await.expect("as forecast");
    assert_eq!((report.effect.changed, report.effect.conflicts), (2, Vec::new()));
}
