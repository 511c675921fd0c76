use velocity_model::{CanonicalRecord, CanonicalValue, EntityKind, Field, Rule, record_id};

use super::*;
use crate::{LakeTable, write_canonical};

const LIMITS: Limits = Limits { memory_bytes: 64 * 1024 * 1024, seconds: 20, rows: 100 };

fn record(number: usize) -> CanonicalRecord {
    let id = record_id("test", EntityKind::Person, &number.to_string());
    let value = CanonicalValue {
        value: format!("p{number}@mail.example"),
        winner: None,
        support: Vec::new(),
        rule: Rule::OnlyValue,
        losers: Vec::new(),
        confirmed: false,
    };
    CanonicalRecord {
        id,
        kind: EntityKind::Person,
        members: vec![id],
        title: format!("Person {number}"),
        fields: [(Field::known("email"), vec![value])].into(),
        unresolved: Default::default(),
        links: Vec::new(),
        unlinked: 0,
    }
}

fn catalogue(folder: &std::path::Path, records: usize) -> Catalogue {
    let records: Vec<_> = (0..records).map(record).collect();
    let files = write_canonical(folder, &records).expect("written");
    let table = LakeTable::new("canonical", "values", vec![files.values]);
    Catalogue { tables: vec![table, LakeTable::new("evidence", "nothing yet", Vec::new())] }
}

#[tokio::test]
async fn queries_are_answered_as_json_values() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let catalogue = catalogue(dir.path(), 3);
    let sql = "SELECT kind, count(*) AS n, max(value) AS last FROM canonical GROUP BY kind";
    let answer = query(&catalogue, sql, &LIMITS).await.expect("answered");
    assert_eq!(answer.rows, [vec![Value::from("person"), Value::from(3), Value::from("p2@mail.example")]]);
    let none = query(&catalogue, "SELECT count(*) FROM evidence", &LIMITS).await.expect("answered");
    assert_eq!(none.rows, [vec![Value::from(0)]]);
    assert_eq!(describe(&catalogue).await.expect("described")[0].columns[0].name, "id");
}

#[tokio::test]
async fn nothing_but_queries_over_the_catalogue() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let catalogue = catalogue(dir.path(), 1);
    for statement in [
        "DROP TABLE canonical",
        "CREATE TABLE x AS SELECT 1",
        "CREATE EXTERNAL TABLE x STORED AS PARQUET LOCATION '/etc'",
        "INSERT INTO canonical SELECT * FROM canonical",
        "COPY canonical TO 'out.csv'",
        "SET datafusion.execution.batch_size = 1",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM nobody",
        "SELECT nothing FROM canonical",
        "not sql",
    ] {
        let refused = query(&catalogue, statement, &LIMITS).await.expect_err(statement);
        assert!(refused.is_usage(), "{statement}: {refused:?}");
    }
}

#[tokio::test]
async fn limits_hold() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let catalogue = catalogue(dir.path(), 5000);
    let few = Limits { rows: 2, ..LIMITS };
    let answer = query(&catalogue, "SELECT title FROM canonical ORDER BY title", &few).await.expect("answered");
    assert_eq!((answer.rows.len(), answer.truncated), (2, true));

    let huge = "SELECT count(*) FROM (SELECT a.value, b.value AS v, c.value AS w FROM canonical a, canonical b, canonical c ORDER BY 3, 2, 1)";
    let small = Limits { memory_bytes: 2 * 1024 * 1024, ..LIMITS };
    let sorted = "SELECT value, title FROM (SELECT a.value, b.title FROM canonical a CROSS JOIN canonical b) ORDER BY title, value";
    let refused = query(&catalogue, sorted, &small).await.expect_err("memory");
    assert_eq!(refused.code(), "lake.memory");
    let short = Limits { seconds: 1, ..LIMITS };
    let refused = query(&catalogue, &huge.replace("ORDER BY 3, 2, 1", "WHERE a.value <> b.title"), &short).await;
    assert_eq!(refused.expect_err("time").code(), "lake.time");
}
