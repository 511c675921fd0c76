//! The unit of work: a transaction begun as a writer.

mod names;
mod publish;

use std::collections::BTreeMap;

use async_trait::async_trait;
use serde::Serialize;
use sqlx::{Sqlite, Transaction};
use velocity_model::{BlobId, Decision, QuarantinedRow, Question, RunId, RunReport, RunState, Waiting, WaitingId};

use super::read::Stored;
use super::scalar;
use crate::{Publication, Receipt, StoreError, StoredProfile, Totals, UnitOfWork};

const NEXT: &str = "SELECT coalesce(max(sequence), 0) + 1 FROM run";
const BURY: &str = "UPDATE run SET state = 'interrupted' WHERE state = 'running'";
const START: &str = "INSERT INTO run (id, sequence, state, started_at) VALUES ($1, $2, 'running', $3)";
const END: &str = "UPDATE run SET state = $2, finished_at = $3, report = $4 WHERE id = $1";
const RECEIPT: &str = "INSERT INTO receipt (run, sequence, blob, tbl, path, sheet, profile, evidence_file, headers,
    snapshot) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const QUARANTINE: &str = "INSERT INTO quarantine (run, path, blob, tbl, headers, row, body)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
// Accepted again, a revision is the newest again.
const PROFILE: &str = "INSERT INTO profile_revision (name, at, toml, author) VALUES ($1, $2, $3, $4)
    ON CONFLICT (name, toml) DO UPDATE SET at = excluded.at";
const WAIT: &str = "INSERT INTO waiting (id, blob, tbl, path, run, body) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (id) DO UPDATE SET path = excluded.path, run = excluded.run, body = excluded.body";
const FORGET: &str = "DELETE FROM waiting WHERE id = $1";
const UNASK: &str = "DELETE FROM question WHERE blob = $1 AND tbl = $2";
const ASK: &str = "INSERT INTO question (blob, tbl, profile, name, code, body) VALUES ($1, $2, $3, $4, $5, $6)";
const DECISION: &str = "INSERT INTO decision (id, body) VALUES ($1, $2)";

const KINDS: &str = "SELECT kind, count(*) AS number FROM entity GROUP BY kind";
const MERGES: &str = "SELECT (SELECT count(*) FROM member) - (SELECT count(*) FROM entity)";
const UNLINKED: &str = "SELECT count(*) FROM entity WHERE unlinked > 0";
const WAITING: &str = "SELECT count(*) FROM review WHERE state = 'open'";

/// A transaction of the SQLite store.
pub(super) struct SqliteUnit {
    transaction: Transaction<'static, Sqlite>,
}

impl SqliteUnit {
    pub(super) fn new(transaction: Transaction<'static, Sqlite>) -> Self {
        Self { transaction }
    }

    async fn run(
        &mut self,
        doing: &'static str,
        query: sqlx::query::Query<'_, Sqlite, sqlx::sqlite::SqliteArguments>,
    ) -> Result<(), StoreError> {
        let done = query.execute(&mut *self.transaction).await;
        done.map(drop).map_err(|source| StoreError::Database { doing, source })
    }
}

/// Plain data as JSON; writing it to memory cannot fail.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The stable word of a plain enum.
fn word(value: &impl Serialize) -> String {
    json(value).trim_matches('"').to_owned()
}

#[async_trait]
impl UnitOfWork for SqliteUnit {
    async fn start_run(&mut self, id: RunId, at: i64) -> Result<u64, StoreError> {
        const DOING: &str = "start a run";
        self.run(DOING, sqlx::query(BURY)).await?;
        let sequence = scalar(&mut self.transaction, DOING, NEXT).await?;
        self.run(DOING, sqlx::query(START).bind(id.as_bytes().to_vec()).bind(sequence).bind(at)).await?;
        Ok(u64::try_from(sequence).unwrap_or(0))
    }

    async fn finish_run(&mut self, report: &RunReport, at: i64) -> Result<(), StoreError> {
        let query = sqlx::query(END).bind(report.run.as_bytes().to_vec()).bind(word(&RunState::Published));
        self.run("finish a run", query.bind(at).bind(json(report))).await
    }

    async fn interrupt_run(&mut self, id: RunId, at: i64) -> Result<(), StoreError> {
        let query = sqlx::query(END).bind(id.as_bytes().to_vec()).bind(word(&RunState::Interrupted));
        self.run("interrupt a run", query.bind(at).bind(None::<String>)).await
    }

    async fn add_receipt(&mut self, receipt: &Receipt, headers: &[String]) -> Result<(), StoreError> {
        let query = sqlx::query(RECEIPT)
            .bind(receipt.run.as_bytes().to_vec())
            .bind(i64::try_from(receipt.sequence).unwrap_or(i64::MAX))
            .bind(receipt.blob.as_bytes().to_vec())
            .bind(i64::from(receipt.table))
            .bind(&receipt.path)
            .bind(&receipt.sheet)
            .bind(&receipt.profile)
            .bind(&receipt.evidence_file)
            .bind(json(&headers))
            .bind(i64::from(receipt.snapshot));
        self.run("keep a receipt", query).await
    }

    async fn add_quarantine(
        &mut self,
        run: RunId,
        path: &str,
        blob: BlobId,
        table: u32,
        headers: &[String],
        rows: &[QuarantinedRow],
    ) -> Result<(), StoreError> {
        for row in rows {
            let query = sqlx::query(QUARANTINE)
                .bind(run.as_bytes().to_vec())
                .bind(path)
                .bind(blob.as_bytes().to_vec())
                .bind(i64::from(table))
                .bind(json(&headers))
                .bind(i64::try_from(row.row).unwrap_or(i64::MAX))
                .bind(json(row));
            self.run("keep quarantined rows", query).await?;
        }
        Ok(())
    }

    async fn accept_profile(&mut self, profile: &StoredProfile) -> Result<(), StoreError> {
        let query = sqlx::query(PROFILE).bind(&profile.name).bind(profile.at);
        self.run("keep a profile", query.bind(&profile.toml).bind(&profile.author)).await
    }

    async fn put_questions(&mut self, blob: BlobId, table: u32, questions: &[Question]) -> Result<(), StoreError> {
        const DOING: &str = "keep questions about columns";
        let (blob, table) = (blob.as_bytes().to_vec(), i64::from(table));
        self.run(DOING, sqlx::query(UNASK).bind(blob.clone()).bind(table)).await?;
        for question in questions {
            let query = sqlx::query(ASK).bind(blob.clone()).bind(table).bind(&question.profile);
            let query = query.bind(&question.column).bind(&question.code).bind(json(question));
            self.run(DOING, query).await?;
        }
        Ok(())
    }

    async fn put_waiting(&mut self, run: RunId, waiting: &Waiting) -> Result<(), StoreError> {
        let query = sqlx::query(WAIT).bind(waiting.id.as_bytes().to_vec()).bind(waiting.blob.as_bytes().to_vec());
        let query = query.bind(i64::from(waiting.table)).bind(&waiting.path).bind(run.as_bytes().to_vec());
        self.run("keep what waits for approval", query.bind(json(waiting))).await
    }

    async fn forget_waiting(&mut self, id: WaitingId) -> Result<(), StoreError> {
        self.run("forget what waits for approval", sqlx::query(FORGET).bind(id.as_bytes().to_vec())).await
    }

    async fn add_decision(&mut self, decision: &Decision) -> Result<(), StoreError> {
        let query = sqlx::query(DECISION).bind(decision.id.as_bytes().to_vec()).bind(json(decision));
        self.run("keep a decision", query).await
    }

    async fn publish(&mut self, publication: &Publication) -> Result<(), StoreError> {
        publish::publish(&mut self.transaction, publication).await
    }

    async fn totals(&mut self) -> Result<Totals, StoreError> {
        const DOING: &str = "count what is served";
        let rows = sqlx::query(KINDS).fetch_all(&mut *self.transaction).await;
        let rows = rows.map_err(|source| StoreError::Database { doing: DOING, source })?;
        let mut records = BTreeMap::new();
        for row in &rows {
            let stored = Stored::new("entity", row);
            records.insert(stored.kind("kind")?, stored.count("number")?);
        }
        let mut number = async |sql| {
            let number = scalar(&mut self.transaction, DOING, sql).await;
            number.map(|number| u64::try_from(number).unwrap_or(0))
        };
        let merges = number(MERGES).await?;
        Ok(Totals { records, merges, unlinked: number(UNLINKED).await?, waiting: number(WAITING).await? })
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let done = self.transaction.commit().await;
        done.map_err(|source| StoreError::Database { doing: "commit", source })
    }
}
