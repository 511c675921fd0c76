//! Units of work.

use velocity_model::{RunId, RunState};
use velocity_store::Store;

use crate::sample::{id, person, publication};

pub async fn a_dropped_unit_leaves_no_trace(store: &dyn Store) {
    let mut unit = store.begin().await.expect("begun");
    unit.start_run(RunId::from_bytes([1; 16]), 1).await.expect("started");
    unit.publish(&publication(vec![person("1", "Ana", "ana@mail.example")])).await.expect("published");
    drop(unit);
    assert!(store.runs(10).await.expect("reads").is_empty());
    assert_eq!(store.entity(id("1")).await.expect("reads"), None);
    assert_eq!(store.digest().await.expect("reads"), None);

    let mut unit = store.begin().await.expect("begun");
    unit.publish(&publication(vec![person("1", "Ana", "ana@mail.example")])).await.expect("published");
    assert_eq!(store.entity(id("1")).await.expect("reads"), None, "not visible before the commit");
    unit.commit().await.expect("committed");
    assert!(store.entity(id("1")).await.expect("reads").is_some());
}

pub async fn a_later_run_buries_a_dead_one(store: &dyn Store) {
    for (number, byte) in [(1, 1), (2, 2)] {
        let mut unit = store.begin().await.expect("begun");
        let sequence = unit.start_run(RunId::from_bytes([byte; 16]), number).await.expect("started");
        assert_eq!(sequence, number as u64);
        unit.commit().await.expect("committed");
    }
    let states: Vec<_> = store.runs(10).await.expect("reads").into_iter().map(|run| run.state).collect();
    assert_eq!(states, [RunState::Running, RunState::Interrupted]);
}
