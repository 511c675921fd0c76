//! Reading what stands near some records.

use async_trait::async_trait;
use sqlx::QueryBuilder;
use sqlx::sqlite::SqliteRow;
use tokio::task::JoinSet;
use velocity_model::RecordId;

use super::SqliteStore;
use super::read::Stored;
use super::records::entity_row;
use super::reviews::open_review;
use crate::{EntityRow, MemberRow, Neighbours, OpenReview, StoreError};

const ENTITIES: &str = "SELECT id, record, summary, held, pointed FROM entity WHERE id IN (";
const MEMBERS: &str = "SELECT record, entity, first_seen, sequence, evidence FROM member WHERE record IN (";
const OF_ENTITIES: &str = "SELECT record FROM member WHERE entity IN (";
const HOMES: &str = "SELECT DISTINCT entity FROM member WHERE record IN (";
const HOLDERS: &str = "SELECT DISTINCT id FROM entity JOIN address ON address.place = entity.place
    WHERE address.hash IN (";
const POINTING: &str = "SELECT DISTINCT id FROM entity JOIN pointer ON pointer.place = entity.place
    WHERE pointer.hash IN (";
const LINKING: &str = "SELECT DISTINCT source FROM link WHERE target IN (";
const ITEMS: &str = "SELECT DISTINCT source FROM link WHERE kind <> 'person' AND target IN (";
const EMPLOYEES: &str = "SELECT id, (SELECT count(*) FROM link
    WHERE target = entity.id AND kind = 'person' AND role = 'employer') AS people FROM entity WHERE id IN (";
const REVIEWS_BY_LEFT: &str = "SELECT id, kind, state, priority, left, right, left_title, right_title, pair FROM review
    WHERE left IN (";
const REVIEWS_BY_RIGHT: &str =
    "SELECT id, kind, state, priority, left, right, left_title, right_title, pair FROM review
    WHERE right IN (";

/// Values bound in one statement.
const BOUND: usize = 1_000;

#[async_trait]
impl Neighbours for SqliteStore {
    async fn entity_rows(&self, ids: &[RecordId]) -> Result<Vec<EntityRow>, StoreError> {
        self.each("read records", ENTITIES, &bytes(ids), entity_row).await
    }

    async fn member_rows(&self, records: &[RecordId]) -> Result<Vec<MemberRow>, StoreError> {
        self.each("read evidence", MEMBERS, &bytes(records), member_row).await
    }

    async fn entity_members(&self, ids: &[RecordId]) -> Result<Vec<RecordId>, StoreError> {
        self.each("read members", OF_ENTITIES, &bytes(ids), |row| Stored::new("member", row).id("record")).await
    }

    async fn homes(&self, records: &[RecordId]) -> Result<Vec<RecordId>, StoreError> {
        self.each("locate records", HOMES, &bytes(records), |row| Stored::new("member", row).id("entity")).await
    }

    async fn holders(&self, names: &[i64]) -> Result<Vec<RecordId>, StoreError> {
        self.each("find addresses", HOLDERS, names, |row| Stored::new("entity", row).id("id")).await
    }

    async fn pointing_at(&self, names: &[i64]) -> Result<Vec<RecordId>, StoreError> {
        self.each("find pointers", POINTING, names, |row| Stored::new("entity", row).id("id")).await
    }

    async fn linking_to(&self, ids: &[RecordId]) -> Result<Vec<RecordId>, StoreError> {
        self.each("find links", LINKING, &bytes(ids), |row| Stored::new("link", row).id("source")).await
    }

    async fn items_of(&self, ids: &[RecordId]) -> Result<Vec<RecordId>, StoreError> {
        self.each("find items", ITEMS, &bytes(ids), |row| Stored::new("link", row).id("source")).await
    }

    async fn employees(&self, ids: &[RecordId]) -> Result<Vec<(RecordId, u32)>, StoreError> {
        let count = |row: &SqliteRow| {
            let stored = Stored::new("link", row);
            Ok((stored.id("id")?, stored.count("people")?))
        };
        self.each("count employees", EMPLOYEES, &bytes(ids), count).await
    }

    async fn reviews_among(&self, ids: &[RecordId]) -> Result<Vec<OpenReview>, StoreError> {
        let mut found = self.each("read questions", REVIEWS_BY_LEFT, &bytes(ids), open_review).await?;
        found.extend(self.each("read questions", REVIEWS_BY_RIGHT, &bytes(ids), open_review).await?);
        found.sort_unstable_by_key(|review| review.id);
        found.dedup_by_key(|review| review.id);
        Ok(found)
    }
}

impl SqliteStore {
    /// Runs a statement that ends in an open list of values, for as many of them at a time as it takes; several at once.
    pub(super) async fn each<V, T>(
        &self,
        doing: &'static str,
        statement: &'static str,
        values: &[V],
        read: fn(&SqliteRow) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError>
    where
        V: for<'q> sqlx::Encode<'q, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + Clone + Send + Sync + 'static,
        T: Send + 'static,
    {
        let mut parts = JoinSet::new();
        for (number, some) in values.chunks(BOUND).map(<[V]>::to_vec).enumerate() {
            let store = self.clone();
            parts.spawn(async move { (number, store.some(doing, statement, some, read).await) });
        }
        let mut found: Vec<(usize, Vec<T>)> = Vec::with_capacity(parts.len());
        while let Some(part) = parts.join_next().await {
            let (number, rows) =
                part.map_err(|_| StoreError::Database { doing, source: sqlx::Error::WorkerCrashed })?;
            found.push((number, rows?));
        }
        found.sort_by_key(|(number, _)| *number);
        Ok(found.into_iter().flat_map(|(_, rows)| rows).collect())
    }

    async fn some<V, T>(
        &self,
        doing: &'static str,
        statement: &'static str,
        values: Vec<V>,
        read: fn(&SqliteRow) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError>
    where
        V: for<'q> sqlx::Encode<'q, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + Send + 'static,
    {
        let mut query = QueryBuilder::new(statement);
        let mut bound = query.separated(", ");
        for value in values {
            bound.push_bind(value);
        }
        query.push(")");
        self.fetch(doing, query.build()).await?.iter().map(read).collect()
    }
}

fn bytes(ids: &[RecordId]) -> Vec<Vec<u8>> {
    ids.iter().map(|id| id.as_bytes().to_vec()).collect()
}

fn member_row(row: &SqliteRow) -> Result<MemberRow, StoreError> {
    let stored = Stored::new("member", row);
    Ok(MemberRow {
        evidence: std::sync::Arc::new(stored.packed("evidence")?),
        entity: stored.id("entity")?,
        first_seen: stored.count("first_seen")?,
        sequence: stored.count("sequence")?,
    })
}
