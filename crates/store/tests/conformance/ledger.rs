//! Ground state.

use velocity_model::{Action, BlobId, Decision, DecisionId, Question, RunId, Waiting, blob_id, waiting_id};
use velocity_store::{Layout, Receipt, Store, StoredProfile};

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

fn waiting(path: &str, table: u32) -> Waiting {
    let blob = BlobId::from_bytes([3; 32]);
    let profile = serde_json::json!({
        "name": "local/people", "version": 1, "source": "people", "label": "people", "trust": 50,
        "recognise": { "headers": ["name"] }, "entity": [],
    });
    Waiting {
        id: waiting_id(blob, table),
        run: None,
        blob,
        table,
        path: path.to_owned(),
        sheet: None,
        rows: 2,
        headers: vec!["name".to_owned(), "\"'; --".to_owned()],
        profile: serde_json::from_value(profile).expect("a profile"),
        drift: None,
        snapshot: false,
        withdrawal: None,
        columns: Vec::new(),
        questions: Vec::new(),
    }
}

pub async fn a_table_waits_until_a_run_imports_it(store: &dyn Store) {
    let run = RunId::from_bytes([1; 16]);
    let mut unit = store.begin().await.expect("begun");
    let sequence = unit.start_run(run, 1).await.expect("started");
    for waiting in [waiting("b.csv", 0), waiting("a.csv", 0), waiting("a.csv", 1), waiting("a.csv", 2)] {
        unit.put_waiting(run, &waiting).await.expect("kept");
    }
    unit.commit().await.expect("committed");
    let waits = store.waiting().await.expect("reads");
    assert_eq!(waits, [waiting("a.csv", 0), waiting("a.csv", 1), waiting("a.csv", 2)], "the same table waits once");

    let mut unit = store.begin().await.expect("begun");
    unit.forget_waiting(waiting("a.csv", 2).id).await.expect("forgotten");
    let Waiting { blob, table, path, headers, .. } = waiting("a.csv", 0);
    let profile = "local/people".to_owned();
    for evidence_file in ["one", "two"] {
        let (path, profile, evidence_file) = (path.clone(), profile.clone(), evidence_file.to_owned());
        let snapshot = evidence_file == "two";
        let receipt = Receipt { run, sequence, blob, table, path, sheet: None, profile, evidence_file, snapshot };
        unit.add_receipt(&receipt, &headers).await.expect("kept");
    }
    unit.commit().await.expect("committed");
    let snapshots: Vec<bool> = store.receipts().await.expect("reads").iter().map(|receipt| receipt.snapshot).collect();
    assert_eq!(snapshots, [false, true]);
    assert_eq!(store.waiting().await.expect("reads"), [waiting("a.csv", 1)]);
    assert_eq!(store.layouts().await.expect("reads"), [Layout { profile, path, headers }]);
}

pub async fn a_table_asks_until_it_is_read_again(store: &dyn Store) {
    let (one, other) = (blob_id(b"one"), blob_id(b"other"));
    let question = |column: &str, rows: u64| Question {
        code: Question::ORDER_UNKNOWN.to_owned(),
        profile: "\"'; --".to_owned(),
        column: column.to_owned(),
        rows,
        message: "?".to_owned(),
        answer: "!".to_owned(),
        answers: Vec::new(),
        evidence: Vec::new(),
    };
    let mut unit = store.begin().await.expect("begun");
    unit.put_questions(one, 0, &[question("born", 2), question("met", 3)]).await.expect("kept");
    unit.put_questions(one, 1, &[question("born", 10)]).await.expect("kept");
    unit.put_questions(other, 0, &[question("born", 100)]).await.expect("kept");
    unit.commit().await.expect("committed");
    assert_eq!(store.questions().await.expect("reads"), [question("born", 112), question("met", 3)]);
    assert_eq!(store.asked("another").await.expect("reads"), []);

    let mut unit = store.begin().await.expect("begun");
    unit.put_questions(one, 0, &[question("met", 4)]).await.expect("kept");
    unit.commit().await.expect("committed");
    assert_eq!(store.questions().await.expect("reads"), [question("born", 110), question("met", 4)]);
    let asked = store.asked("\"'; --").await.expect("reads");
    let mut tables: Vec<_> = asked.into_iter().map(|asked| (asked.blob, asked.table, asked.question.rows)).collect();
    tables.sort_unstable();
    let mut expected = vec![(one, 0, 4), (one, 1, 10), (other, 0, 100)];
    expected.sort_unstable();
    assert_eq!(tables, expected);
}
