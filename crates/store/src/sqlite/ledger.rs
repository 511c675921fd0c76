//! Reading ground state and bookkeeping.

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use velocity_model::{Decision, EntityKind, ProjectionDigest, QuarantinedRow, RecordId, RunId, VersionId, Waiting};

use super::SqliteStore;
use super::read::Stored;
use crate::{Layout, Ledger, PairsPlace, Receipt, RunRow, StoreError, StoredProfile, WithdrawnRow};

const RUNS: &str =
    "SELECT id, sequence, state, started_at, finished_at, report FROM run ORDER BY sequence DESC LIMIT $1";
const RUN: &str = "SELECT id, sequence, state, started_at, finished_at, report FROM run WHERE id = $1";
const RECEIPTS: &str = "SELECT run, sequence, blob, tbl, path, sheet, profile, evidence_file, snapshot FROM receipt
    ORDER BY sequence, path, tbl";
const PROFILES: &str = "SELECT name, toml, author, at FROM profile_revision AS newest
    WHERE at = (SELECT max(at) FROM profile_revision WHERE name = newest.name) GROUP BY name ORDER BY name";
const REVISIONS: &str = "SELECT name, toml, author, at FROM profile_revision ORDER BY name, at, toml";
const LAYOUTS: &str = "SELECT profile, path, headers, max(sequence) AS latest FROM receipt
    GROUP BY profile, path, headers ORDER BY latest, profile, path, headers";
const WAITING: &str = "SELECT waiting.id, body FROM waiting JOIN run ON run.id = waiting.run
    WHERE NOT EXISTS (SELECT 1 FROM receipt
        WHERE receipt.blob = waiting.blob AND receipt.tbl = waiting.tbl AND receipt.sequence >= run.sequence)
    ORDER BY path, tbl, waiting.id";
const DECISIONS: &str = "SELECT body FROM decision ORDER BY place";
const QUARANTINE: &str = "SELECT path, tbl, headers, body FROM quarantine WHERE run = $1 ORDER BY path, tbl, row";
const DIGEST: &str = "SELECT name, value FROM meta WHERE name = 'digest'";
const SUPERSEDED: &str = "SELECT version FROM superseded WHERE version IN (";
const WITHDRAWN: &str = "SELECT record, first_seen, sequence FROM withdrawn ORDER BY record";
const WITHDRAWN_AMONG: &str = "SELECT record, first_seen, sequence FROM withdrawn WHERE record IN (";
const PAIRS: &str = "SELECT name, value FROM meta WHERE name LIKE 'pairs.%' ORDER BY name";

#[async_trait]
impl Ledger for SqliteStore {
    async fn runs(&self, limit: u32) -> Result<Vec<RunRow>, StoreError> {
        let rows = self.fetch("list the runs", sqlx::query(RUNS).bind(i64::from(limit))).await?;
        rows.iter().map(run_row).collect()
    }

    async fn run(&self, id: RunId) -> Result<Option<RunRow>, StoreError> {
        let rows = self.fetch("read a run", sqlx::query(RUN).bind(id.as_bytes().to_vec())).await?;
        rows.first().map(run_row).transpose()
    }

    async fn receipts(&self) -> Result<Vec<Receipt>, StoreError> {
        let rows = self.fetch("read the receipts", sqlx::query(RECEIPTS)).await?;
        rows.iter().map(receipt).collect()
    }

    async fn profiles(&self) -> Result<Vec<StoredProfile>, StoreError> {
        let rows = self.fetch("read the accepted profiles", sqlx::query(PROFILES)).await?;
        rows.iter().map(profile).collect()
    }

    async fn profile_revisions(&self) -> Result<Vec<StoredProfile>, StoreError> {
        let rows = self.fetch("read the profile revisions", sqlx::query(REVISIONS)).await?;
        rows.iter().map(profile).collect()
    }

    async fn layouts(&self) -> Result<Vec<Layout>, StoreError> {
        let rows = self.fetch("read the columns of imported tables", sqlx::query(LAYOUTS)).await?;
        let layout = |row| {
            let stored = Stored::new("receipt", row);
            let (profile, path) = (stored.text("profile")?, stored.text("path")?);
            Ok(Layout { profile, path, headers: stored.json("headers")? })
        };
        rows.iter().map(layout).collect()
    }

    async fn waiting(&self) -> Result<Vec<Waiting>, StoreError> {
        let rows = self.fetch("read what waits for approval", sqlx::query(WAITING)).await?;
        rows.iter().map(|row| Stored::new("waiting", row).json("body")).collect()
    }

    async fn decisions(&self) -> Result<Vec<Decision>, StoreError> {
        let rows = self.fetch("read the decisions", sqlx::query(DECISIONS)).await?;
        rows.iter().map(|row| Stored::new("decision", row).json("body")).collect()
    }

    async fn quarantine(&self, run: RunId) -> Result<Vec<(String, Vec<String>, Vec<QuarantinedRow>)>, StoreError> {
        let query = sqlx::query(QUARANTINE).bind(run.as_bytes().to_vec());
        let mut tables: Vec<(String, Vec<String>, Vec<QuarantinedRow>)> = Vec::new();
        let mut last = None;
        for row in &self.fetch("read the quarantine", query).await? {
            let stored = Stored::new("quarantine", row);
            let (path, table) = (stored.text("path")?, stored.integer("tbl")?);
            if last.as_ref() != Some(&(path.clone(), table)) {
                tables.push((path.clone(), stored.json("headers")?, Vec::new()));
                last = Some((path, table));
            }
            if let Some((_, _, rows)) = tables.last_mut() {
                rows.push(stored.json("body")?);
            }
        }
        Ok(tables)
    }

    async fn digest(&self) -> Result<Option<ProjectionDigest>, StoreError> {
        let rows = self.fetch("read the digest", sqlx::query(DIGEST)).await?;
        let text = rows.first().map(|row| Stored::new("meta", row).text("value")).transpose()?;
        Ok(text.and_then(|text| ProjectionDigest::parse(&text)))
    }

    async fn pairs(&self) -> Result<Vec<(EntityKind, PairsPlace)>, StoreError> {
        let rows = self.fetch("find the pairs", sqlx::query(PAIRS)).await?;
        let mut places = Vec::new();
        for row in &rows {
            let stored = Stored::new("meta", row);
            let kind = EntityKind::from_name(stored.text("name")?.trim_start_matches("pairs."));
            places.extend(kind.map(|kind| stored.json("value").map(|place| (kind, place))).transpose()?);
        }
        Ok(places)
    }

    async fn superseded(&self, versions: &[VersionId]) -> Result<Vec<VersionId>, StoreError> {
        let bytes: Vec<Vec<u8>> = versions.iter().map(|version| version.as_bytes().to_vec()).collect();
        self.each("look for versions", SUPERSEDED, &bytes, |row| Stored::new("superseded", row).id("version")).await
    }

    async fn withdrawn(&self) -> Result<Vec<WithdrawnRow>, StoreError> {
        let rows = self.fetch("read what is withdrawn", sqlx::query(WITHDRAWN)).await?;
        rows.iter().map(withdrawn).collect()
    }

    async fn withdrawn_among(&self, records: &[RecordId]) -> Result<Vec<WithdrawnRow>, StoreError> {
        let bytes: Vec<Vec<u8>> = records.iter().map(|record| record.as_bytes().to_vec()).collect();
        self.each("look for withdrawn records", WITHDRAWN_AMONG, &bytes, withdrawn).await
    }
}

fn withdrawn(row: &SqliteRow) -> Result<WithdrawnRow, StoreError> {
    let stored = Stored::new("withdrawn", row);
    let record = stored.id("record")?;
    Ok(WithdrawnRow { record, first_seen: stored.count("first_seen")?, sequence: stored.count("sequence")? })
}

fn run_row(row: &SqliteRow) -> Result<RunRow, StoreError> {
    let stored = Stored::new("run", row);
    let report = stored.optional_text("report")?;
    Ok(RunRow {
        id: stored.id("id")?,
        sequence: stored.count("sequence")?,
        state: stored.word("state")?,
        started_at: stored.integer("started_at")?,
        finished_at: stored.optional_integer("finished_at")?,
        report: report.map(|_| stored.json("report")).transpose()?,
    })
}

fn receipt(row: &SqliteRow) -> Result<Receipt, StoreError> {
    let stored = Stored::new("receipt", row);
    Ok(Receipt {
        run: stored.id("run")?,
        sequence: stored.count("sequence")?,
        blob: stored.id("blob")?,
        table: stored.count("tbl")?,
        path: stored.text("path")?,
        sheet: stored.optional_text("sheet")?,
        profile: stored.text("profile")?,
        evidence_file: stored.text("evidence_file")?,
        snapshot: stored.integer("snapshot")? != 0,
    })
}

fn profile(row: &SqliteRow) -> Result<StoredProfile, StoreError> {
    let stored = Stored::new("profile_revision", row);
    Ok(StoredProfile {
        name: stored.text("name")?,
        toml: stored.text("toml")?,
        author: stored.text("author")?,
        at: stored.integer("at")?,
    })
}
