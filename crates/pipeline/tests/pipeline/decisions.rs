//! Decisions, and their undoing.

use velocity_model::{Action, RecordId};
use velocity_pipeline::PipelineError;
use velocity_store::{EntityRow, OpenReview, ReviewState};

use crate::world::{World, sources};

async fn reviews(world: &World) -> Vec<OpenReview> {
    world.workspace.store().reviews(10_000).await.expect("the queue reads")
}

async fn first_open(world: &World) -> OpenReview {
    let open = reviews(world).await.into_iter().find(|item| item.state == ReviewState::Open);
    open.expect("the sources have pairs that wait for a person")
}

fn bytes(rows: &[EntityRow]) -> Vec<String> {
    rows.iter().map(|row| serde_json::to_string(&(&row.record, &row.summary)).expect("plain data")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_undone_restores_byte_identical_records_and_ids() {
    let (_folder, files) = sources(120);
    let world = World::empty().await;
    world.import(&files).await;
    let before = bytes(&world.entities().await);
    let queue = reviews(&world).await;

    let item = first_open(&world).await;
    let same = Action::Same { a: item.pair.lo, b: item.pair.hi };
    let decision = world.workspace.decide(same, "ana", "same birthday").await.expect("decided");
    let merged = world.entities().await;
    assert_eq!(merged.len(), before.len() - 1, "two records became one");
    let (lo, hi) = (locate(&world, item.pair.lo).await, locate(&world, item.pair.hi).await);
    assert_eq!(lo, hi);
    assert!([item.left, item.right].contains(&lo), "the merged record keeps one of the two ids");
    assert!(!reviews(&world).await.iter().any(|other| other.id == item.id));
    world.digest().await;

    world.workspace.withdraw(decision, "ana").await.expect("undone");
    assert_eq!(bytes(&world.entities().await), before);
    assert_eq!(reviews(&world).await, queue);

    let again = world.workspace.withdraw(decision, "ana").await;
    assert!(matches!(again, Err(PipelineError::NoSuchDecision(id)) if id == decision));
}

async fn locate(world: &World, record: RecordId) -> RecordId {
    world.workspace.store().locate(record).await.expect("reads").expect("every record is somewhere")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_apart_is_not_proposed_again_not_even_by_a_later_import() {
    let (_folder, files) = sources(120);
    let world = World::empty().await;
    let (first, rest) = files.split_at(files.len() / 2);
    world.import(first).await;
    let item = first_open(&world).await;
    let apart = Action::Different { a: item.pair.lo, b: item.pair.hi };
    world.workspace.decide(apart, "ana", "").await.expect("decided");
    assert!(!reviews(&world).await.iter().any(|other| other.id == item.id));
    world.import(rest).await;
    assert!(!reviews(&world).await.iter().any(|other| other.id == item.id));
    assert_ne!(locate(&world, item.pair.lo).await, locate(&world, item.pair.hi).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_pair_stays_in_the_queue_as_held() {
    let (_folder, files) = sources(120);
    let world = World::empty().await;
    world.import(&files).await;
    let open = world.workspace.store().review_count().await.expect("counts");
    let item = first_open(&world).await;
    let unsure = Action::Unsure { a: item.pair.lo, b: item.pair.hi };
    world.workspace.decide(unsure, "ana", "twins?").await.expect("decided");
    let held = reviews(&world).await.into_iter().find(|other| other.id == item.id).expect("still there");
    assert_eq!(held.state, ReviewState::Held);
    assert_eq!(world.workspace.store().review_count().await.expect("counts"), open - 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_about_nobody_is_refused_and_leaves_no_trace() {
    let world = World::empty().await;
    let nobody = RecordId::from_bytes([9; 16]);
    let refused = world.workspace.decide(Action::Isolate { record: nobody }, "ana", "").await;
    assert!(matches!(refused, Err(PipelineError::NoSuchRecord(id)) if id == nobody));
    assert!(world.workspace.store().decisions().await.expect("reads").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_who_undo_one_decision_undo_it_once() {
    let (_folder, files) = sources(120);
    let world = World::empty().await;
    world.import(&files).await;
    let item = first_open(&world).await;
    let same = Action::Same { a: item.pair.lo, b: item.pair.hi };
    let decision = world.workspace.decide(same, "ana", "").await.expect("decided");
    let (ana, ben) = tokio::join!(world.workspace.withdraw(decision, "ana"), world.workspace.withdraw(decision, "ben"));
    assert_eq!([&ana, &ben].into_iter().filter(|done| done.is_ok()).count(), 1, "{ana:?} {ben:?}");
    assert_eq!(world.workspace.store().decisions().await.expect("reads").len(), 2);
}
