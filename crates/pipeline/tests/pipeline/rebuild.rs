//! Derived state comes back identical.

use velocity_model::Action;
use velocity_pipeline::silent;

use crate::world::{World, open, sources};

#[tokio::test(flavor = "multi_thread")]
async fn the_lake_can_be_deleted_and_comes_back_identical() {
    let (_folder, files) = sources(60);
    let world = World::empty().await;
    world.import(&files).await;
    let item = world.workspace.store().reviews(1).await.expect("reads").pop().expect("a pair waits");
    let same = Action::Same { a: item.pair.lo, b: item.pair.hi };
    world.workspace.decide(same, "ana", "").await.expect("decided");
    let before = world.entities().await;

    std::fs::remove_dir_all(world.workspace.dir().join("lake")).expect("deleted");
    let reopened = open(world.folder.path()).await;
    assert!(reopened.verify().await.is_err(), "without evidence there is nothing to verify");
    let found = reopened.rebuild(&silent()).await.expect("rebuilt");
    assert_eq!((found.differing, &found.computed), (0, &found.published));
    assert_eq!(reopened.store().entities().await.expect("reads"), before);
    assert!(reopened.verify().await.expect("verifies").holds());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_import_at_the_same_time_is_refused() {
    let (_folder, files) = sources(20);
    let world = World::empty().await;
    let lock = std::fs::File::create(world.workspace.dir().join("import.lock")).expect("made");
    lock.lock().expect("locked");
    let refused = world.workspace.import(&files, &velocity_pipeline::ImportOptions::default(), &silent()).await;
    assert_eq!(refused.expect_err("refused").code(), "pipeline.import_running");
    drop(lock);
    assert!(world.import(&files).await.rows.new > 0);
}
