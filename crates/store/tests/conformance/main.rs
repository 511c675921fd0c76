//! What every store must do, whatever the database below it. Each check takes a fresh store as `&dyn Store`; a new
//! database is added by one more list of tests at the end.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod ledger;
mod records;
mod sample;
mod units;

use velocity_store::{SqliteStore, Store, StoreError};

async fn sqlite() -> (tempfile::TempDir, SqliteStore) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let store = SqliteStore::open(dir.path()).await.expect("the store opens");
    (dir, store)
}

async fn on_sqlite(check: impl AsyncFnOnce(&dyn Store)) {
    let (_dir, store) = sqlite().await;
    check(&store).await;
}

#[tokio::test]
async fn a_dropped_unit_leaves_no_trace() {
    on_sqlite(units::a_dropped_unit_leaves_no_trace).await;
}

#[tokio::test]
async fn a_later_run_buries_a_dead_one() {
    on_sqlite(units::a_later_run_buries_a_dead_one).await;
}

#[tokio::test]
async fn a_table_asks_until_it_is_read_again() {
    on_sqlite(ledger::a_table_asks_until_it_is_read_again).await;
}

#[tokio::test]
async fn decisions_keep_their_order() {
    on_sqlite(ledger::decisions_keep_their_order).await;
}

#[tokio::test]
async fn the_newest_profile_revision_counts() {
    on_sqlite(ledger::the_newest_profile_revision_counts).await;
}

#[tokio::test]
async fn a_table_waits_until_a_run_imports_it() {
    on_sqlite(ledger::a_table_waits_until_a_run_imports_it).await;
}

#[tokio::test]
async fn pages_show_every_record_once() {
    on_sqlite(records::pages_show_every_record_once).await;
}

#[tokio::test]
async fn text_is_found_whatever_is_typed() {
    on_sqlite(records::text_is_found_whatever_is_typed).await;
}

#[tokio::test]
async fn a_record_is_served_with_the_digest_of_what_is_stored() {
    on_sqlite(records::a_record_is_served_with_the_digest_of_what_is_stored).await;
}

#[tokio::test]
async fn evidence_is_found_by_the_kind_of_its_entity() {
    on_sqlite(records::evidence_is_found_by_the_kind_of_its_entity).await;
}

#[tokio::test]
async fn a_publication_replaces_what_it_names() {
    on_sqlite(records::a_publication_replaces_what_it_names).await;
}

#[tokio::test]
async fn a_withdrawn_record_comes_back() {
    on_sqlite(records::a_withdrawn_record_comes_back).await;
}

#[tokio::test]
async fn related_records_are_the_newest_of_each_kind() {
    on_sqlite(records::related_records_are_the_newest_of_each_kind).await;
}

#[tokio::test]
async fn sqlite_of_a_newer_version_is_refused() {
    let (dir, store) = sqlite().await;
    drop(store);
    let path = dir.path().join("store.sqlite");
    let done = std::process::Command::new("sqlite3").arg(&path).arg("PRAGMA user_version = 99").status();
    // Without the command-line tool the schema cannot be changed from outside; nothing else needs it.
    if done.is_ok_and(|status| status.success()) {
        let refused = SqliteStore::open(dir.path()).await.expect_err("a newer schema");
        assert!(matches!(refused, StoreError::Newer { found: 99, .. }), "{refused:?}");
    }
}
