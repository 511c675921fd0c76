//! Ground state.

use velocity_model::{Action, Decision, DecisionId};
use velocity_store::{Store, StoredProfile};

use crate::sample::id;

pub async fn decisions_keep_their_order(store: &dyn Store) {
    // Ids that sort the other way round than they were decided.
    let decisions: Vec<Decision> = (0..5_u8)
        .map(|n| {
            let id_of = DecisionId::from_bytes([9 - n; 16]);
            let action = Action::Same { a: id("1"), b: id("2") };
            Decision { id: id_of, at: 7, author: "ana".into(), reason: "\"'; --".into(), group: id_of, action }
        })
        .collect();
    for decision in &decisions {
        let mut unit = store.begin().await.expect("begun");
        unit.add_decision(decision).await.expect("kept");
        unit.commit().await.expect("committed");
    }
    assert_eq!(store.decisions().await.expect("reads"), decisions);
}

pub async fn the_newest_profile_revision_counts(store: &dyn Store) {
    let revision = |toml: &str, at| StoredProfile { name: "a/b".into(), toml: toml.into(), author: "ana".into(), at };
    for revision in [revision("one", 1), revision("two", 2), revision("one", 3)] {
        let mut unit = store.begin().await.expect("begun");
        unit.accept_profile(&revision).await.expect("kept");
        unit.commit().await.expect("committed");
    }
    assert_eq!(store.profiles().await.expect("reads"), [revision("one", 3)]);
    assert_eq!(store.profile_revisions().await.expect("reads").len(), 2);
}
