//! The schema and its history. A released step is never changed; a new one is added at the end.

use std::path::Path;

use sqlx::sqlite::SqlitePool;

use super::{busy, scalar};
use crate::StoreError;

/// Step N brings a database of schema N to schema N + 1.
const STEPS: [&str; 7] = [FIRST, CONTENT, NAMES, PACKED, WAITING, ASKED, WITHDRAWN];

const FIRST: &str = "
-- Ledger: ground state.
CREATE TABLE run (
    id BLOB PRIMARY KEY, sequence INTEGER NOT NULL UNIQUE, state TEXT NOT NULL, started_at INTEGER NOT NULL,
    finished_at INTEGER, report TEXT
) STRICT;
CREATE TABLE receipt (
    run BLOB NOT NULL REFERENCES run (id), sequence INTEGER NOT NULL, blob BLOB NOT NULL, tbl INTEGER NOT NULL,
    path TEXT NOT NULL, sheet TEXT, profile TEXT NOT NULL, evidence_file TEXT NOT NULL, headers TEXT NOT NULL,
    PRIMARY KEY (sequence, path, tbl, evidence_file)
) STRICT;
CREATE INDEX receipt_by_blob ON receipt (blob, tbl, sequence);
CREATE TABLE profile_revision (
    name TEXT NOT NULL, at INTEGER NOT NULL, toml TEXT NOT NULL, author TEXT NOT NULL, PRIMARY KEY (name, toml)
) STRICT;
CREATE TABLE decision (place INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, body TEXT NOT NULL) STRICT;
CREATE TABLE quarantine (
    run BLOB NOT NULL REFERENCES run (id), path TEXT NOT NULL, blob BLOB NOT NULL, tbl INTEGER NOT NULL,
    headers TEXT NOT NULL, row INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE INDEX quarantine_by_run ON quarantine (run, path, tbl, row);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- Serving tables: derived state.
CREATE TABLE entity (
    place INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, kind TEXT NOT NULL, title TEXT NOT NULL, sort_key TEXT NOT NULL,
    recent TEXT NOT NULL, in_review INTEGER NOT NULL DEFAULT 0, record TEXT NOT NULL, summary TEXT NOT NULL
) STRICT;
CREATE INDEX entity_by_title ON entity (kind, sort_key, id);
CREATE INDEX entity_by_time ON entity (kind, recent DESC, id);
CREATE TABLE entity_source (
    source TEXT NOT NULL, entity BLOB NOT NULL, PRIMARY KEY (entity, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_source_by_name ON entity_source (source, entity);
CREATE VIRTUAL TABLE entity_search USING fts5 (
    words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3 4'
);
CREATE TABLE link (
    source BLOB NOT NULL, role TEXT NOT NULL, target BLOB NOT NULL, kind TEXT NOT NULL, time TEXT NOT NULL,
    PRIMARY KEY (target, kind, time, source, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_by_source ON link (source);
CREATE TABLE member (
    record BLOB PRIMARY KEY, entity BLOB NOT NULL, version BLOB NOT NULL, source TEXT NOT NULL,
    first_seen INTEGER NOT NULL, sequence INTEGER NOT NULL, blob BLOB NOT NULL, tbl INTEGER NOT NULL,
    evidence TEXT NOT NULL
) STRICT;
CREATE INDEX member_by_source ON member (source);
CREATE TABLE review (
    id BLOB PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, priority INTEGER NOT NULL, left BLOB NOT NULL,
    right BLOB NOT NULL, left_title TEXT NOT NULL, right_title TEXT NOT NULL, pair TEXT NOT NULL
) STRICT;
CREATE INDEX review_by_place ON review (state DESC, priority, id);
CREATE INDEX review_by_left ON review (left);
CREATE INDEX review_by_right ON review (right);
CREATE TABLE question (
    profile TEXT NOT NULL, name TEXT NOT NULL, code TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (profile, name, code)
) STRICT, WITHOUT ROWID;
";

/// Whether a record changed is seen from its digest. A row without one is written anew.
const CONTENT: &str = "ALTER TABLE entity ADD COLUMN content BLOB";

/// A few records are made anew by what leads to them and what they point at. Without a digest the next publication makes
/// everything anew.
const NAMES: &str = "
CREATE TABLE address (hash INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (hash, place)) STRICT, WITHOUT ROWID;
CREATE INDEX address_by_place ON address (place);
CREATE TABLE pointer (hash INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (hash, place)) STRICT, WITHOUT ROWID;
CREATE INDEX pointer_by_place ON pointer (place);
CREATE INDEX member_by_entity ON member (entity);
CREATE TABLE superseded (version BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
ALTER TABLE entity ADD COLUMN unlinked INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entity_unlinked ON entity (id) WHERE unlinked > 0;
CREATE VIEW entity_row AS SELECT id, record, summary,
    (SELECT json_group_array(hash) FROM
        (SELECT hash FROM address WHERE address.place = entity.place ORDER BY hash)) AS held,
    (SELECT json_group_array(hash) FROM
        (SELECT hash FROM pointer WHERE pointer.place = entity.place ORDER BY hash)) AS pointed
    FROM entity;
UPDATE entity SET content = NULL;
DELETE FROM meta WHERE name = 'digest';
";

/// Records and evidence are packed, and names stand beside the record that has them. What is served is derived: it is made anew.
const PACKED: &str = "
DROP VIEW entity_row;
DROP TABLE entity;
DROP TABLE member;
CREATE TABLE entity (
    place INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, kind TEXT NOT NULL, title TEXT NOT NULL, sort_key TEXT NOT NULL,
    recent TEXT NOT NULL, in_review INTEGER NOT NULL DEFAULT 0, unlinked INTEGER NOT NULL, content BLOB NOT NULL,
    held BLOB NOT NULL, pointed BLOB NOT NULL, record BLOB NOT NULL, summary BLOB NOT NULL
) STRICT;
CREATE INDEX entity_by_title ON entity (kind, sort_key, id);
CREATE INDEX entity_by_time ON entity (kind, recent DESC, id);
CREATE INDEX entity_unlinked ON entity (id) WHERE unlinked > 0;
CREATE TABLE member (
    record BLOB PRIMARY KEY, entity BLOB NOT NULL, version BLOB NOT NULL, first_seen INTEGER NOT NULL,
    sequence INTEGER NOT NULL, blob BLOB NOT NULL, tbl INTEGER NOT NULL, evidence BLOB NOT NULL
) STRICT;
CREATE INDEX member_by_entity ON member (entity);
DROP INDEX address_by_place;
DROP INDEX pointer_by_place;
DELETE FROM address;
DELETE FROM pointer;
DELETE FROM entity_source;
DELETE FROM link;
DELETE FROM review;
DROP TABLE entity_search;
CREATE VIRTUAL TABLE entity_search USING fts5 (
    words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3 4'
);
DELETE FROM meta WHERE name = 'digest' OR name LIKE 'pairs.%';
";

/// Tables that wait for approval. What a person needs to approve one stands in it, so that a page need not read the lake.
const WAITING: &str = "
CREATE TABLE waiting (
    id BLOB PRIMARY KEY, blob BLOB NOT NULL, tbl INTEGER NOT NULL, path TEXT NOT NULL,
    run BLOB NOT NULL REFERENCES run (id), body TEXT NOT NULL
) STRICT;
CREATE INDEX receipt_by_profile ON receipt (profile, path, headers);
";

/// Questions about columns name the table that leaves them open. Of those that stand nobody knows it: every table of the profile is
/// taken to, until it is read again.
const ASKED: &str = "
ALTER TABLE question RENAME TO question_before;
CREATE TABLE question (
    blob BLOB NOT NULL, tbl INTEGER NOT NULL, profile TEXT NOT NULL, name TEXT NOT NULL, code TEXT NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY (blob, tbl, profile, name, code)
) STRICT, WITHOUT ROWID;
INSERT INTO question SELECT DISTINCT receipt.blob, receipt.tbl, question_before.profile, name, code, body
    FROM question_before JOIN receipt ON receipt.profile = question_before.profile;
DROP TABLE question_before;
CREATE INDEX question_by_profile ON question (profile);
";

/// Which tables were full snapshots is ground state; what they lacked follows from it.
const WITHDRAWN: &str = "
ALTER TABLE receipt ADD COLUMN snapshot INTEGER NOT NULL DEFAULT 0;
CREATE TABLE withdrawn (
    record BLOB PRIMARY KEY, first_seen INTEGER NOT NULL, sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Applies the steps that are missing, all in one transaction, so that two processes that open an old database at once
/// apply them once.
pub(super) async fn migrate(writer: &SqlitePool, path: &Path) -> Result<(), StoreError> {
    const DOING: &str = "bring the schema up to date";
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    let transaction = writer.begin_with("BEGIN IMMEDIATE").await;
    let mut transaction = transaction.map_err(|source| busy(source, DOING, path))?;
    let found = scalar(&mut transaction, DOING, "PRAGMA user_version").await?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    let fail = |source| StoreError::Database { doing: DOING, source };
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        sqlx::raw_sql(*step).execute(&mut *transaction).await.map_err(fail)?;
    }
    // A pragma takes no bound value; the only schema this version writes is the newest.
    sqlx::raw_sql("PRAGMA user_version = 7").execute(&mut *transaction).await.map_err(fail)?;
    transaction.commit().await.map_err(fail)
}
