//! The same files in any order, in one run or in many, lead to the same projection.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::world::{World, sources};

#[test]
fn any_order_and_any_split_give_the_same_digest() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (_folder, files) = sources(60);
    let expected = runtime.block_on(async {
        let world = World::empty().await;
        let report = world.import(&files).await;
        assert!(report.rows.adds_up());
        assert_eq!(report.digest, world.digest().await);
        report.digest
    });

    // Each case imports ten files into a fresh tenant; six cases reach every relation between two files both ways round.
    let mut runner = TestRunner::new(Config { cases: 6, failure_persistence: None, ..Config::default() });
    let orders = Just(files).prop_shuffle();
    let cuts = proptest::collection::vec(any::<bool>(), 16);
    let outcome = runner.run(&(orders, cuts), |(order, cuts)| {
        let digest = runtime.block_on(async {
            let world = World::empty().await;
            let mut batch = Vec::new();
            for (place, file) in order.iter().enumerate() {
                batch.push(file.clone());
                if cuts[place % cuts.len()] || place + 1 == order.len() {
                    world.import(&std::mem::take(&mut batch)).await;
                }
            }
            world.digest().await
        });
        prop_assert_eq!(&digest, &expected);
        Ok(())
    });
    outcome.expect("the digest does not depend on the order");
}

#[tokio::test(flavor = "multi_thread")]
async fn importing_again_changes_nothing_and_says_so() {
    let (_folder, files) = sources(40);
    let world = World::empty().await;
    let first = world.import(&files).await;
    let before = world.entities().await;
    let second = world.import(&files).await;
    assert_eq!((second.rows.new, second.rows.updated), (0, 0));
    assert_eq!(second.rows.unchanged + second.rows.quarantined, first.rows.read);
    assert_eq!(second.digest, first.digest);
    assert_eq!(world.entities().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_row_is_a_new_version_of_the_same_record() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let header = "Record ID,First Name,Last Name,Email,Phone Number,Lifecycle Stage,Create Date,Last Modified Date\n";
    let file = folder.path().join("contacts.csv");
    let world = World::empty().await;
    let before = format!("{header}1,Ana,Example,ana@mail.example,,lead,2024-01-01 10:00,2024-01-02 10:00\n");
    std::fs::write(&file, before).expect("written");
    assert_eq!(world.import(std::slice::from_ref(&file)).await.rows.new, 1);

    let after = format!("{header}1,Ana,Sample,ana@mail.example,,lead,2024-01-01 10:00,2024-05-02 10:00\n");
    std::fs::write(&file, after).expect("written");
    let report = world.import(std::slice::from_ref(&file)).await;
    assert_eq!((report.rows.new, report.rows.updated), (0, 1));
    let entities = world.entities().await;
    assert_eq!(entities.len(), 1);
    assert_eq!(entities[0].record.title, "Ana Sample");
}
