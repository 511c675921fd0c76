//! Reading canonical records and their evidence.

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Sqlite};
use velocity_model::{EntityKind, Evidence, LinkRole, Names, RecordId, VersionId};

use super::read::Stored;
use super::{SqliteStore, search};
use crate::{
    ContentDigest, Cursor, EntityRow, ListQuery, ListRow, Page, Records, Related, Sort, StoreError, StoredEvidence,
};

const COUNTS: &str = "SELECT kind, count(*) AS number FROM entity GROUP BY kind ORDER BY kind";
const LOCATE: &str = "SELECT entity FROM member WHERE record = $1";
const ENTITY: &str = "SELECT id, record, summary, held, pointed FROM entity WHERE id = $1";
const ENTITIES: &str = "SELECT id, record, summary, held, pointed FROM entity ORDER BY id";
const DIGESTS: &str = "SELECT id, content FROM entity ORDER BY id";
const MEMBERS: &str = "SELECT record, version, entity FROM member ORDER BY record";
const MEMBER_COUNT: &str = "SELECT count(*) AS number FROM member";
const RELATED: &str = "SELECT id, role, record, summary FROM (
        SELECT link.source AS source, link.role AS role, link.kind AS kind, link.time AS time,
               row_number() OVER (PARTITION BY link.kind ORDER BY link.time DESC, link.source, link.role) AS place
        FROM link WHERE link.target = $1
    ) AS near JOIN entity ON entity.id = near.source
    WHERE near.place <= $2 ORDER BY near.time DESC, near.source, near.role";
const SOURCES: &str = "SELECT DISTINCT source FROM entity_source ORDER BY source";
const EVIDENCE: &str = "SELECT member.record, member.entity, member.sequence, member.evidence,
        receipt.run, receipt.path, receipt.sheet, receipt.headers
    FROM member JOIN receipt ON receipt.rowid = (
        SELECT rowid FROM receipt AS own WHERE own.blob = member.blob AND own.tbl = member.tbl
        ORDER BY own.sequence DESC, own.path LIMIT 1)
    WHERE member.record IN (";

const EVIDENCE_OF: &str = "SELECT member.evidence FROM member JOIN entity ON entity.id = member.entity
    WHERE entity.kind = $1 ORDER BY member.record";

/// Ids bound in one statement.
const BOUND: usize = 500;

#[async_trait]
impl Records for SqliteStore {
    async fn list(&self, query: &ListQuery) -> Result<Page<ListRow>, StoreError> {
        const DOING: &str = "list records";
        let typed = search::query(&query.text);
        let mut count = QueryBuilder::new("SELECT count(*) AS number");
        filter(&mut count, query, typed.as_deref());
        let total = self.fetch(DOING, count.build()).await?;
        let total = total.first().map(|row| Stored::new("entity", row).count("number")).transpose()?.unwrap_or(0);

        let mut page = QueryBuilder::new("SELECT id, kind, title, sort_key, recent, in_review, summary");
        filter(&mut page, query, typed.as_deref());
        if let Some(Cursor { key, id }) = &query.after {
            let (before, tie) = match query.sort {
                Sort::Title => (" AND (sort_key > ", " OR (sort_key = "),
                Sort::Recent => (" AND (recent < ", " OR (recent = "),
            };
            page.push(before).push_bind(key.clone()).push(tie).push_bind(key.clone());
            page.push(" AND id > ").push_bind(id.as_bytes().to_vec()).push("))");
        }
        page.push(match query.sort {
            Sort::Title => " ORDER BY sort_key, id LIMIT ",
            Sort::Recent => " ORDER BY recent DESC, id LIMIT ",
        });
        // One more than asked for tells whether there is a next page.
        page.push_bind(i64::from(query.limit) + 1);
        let found = self.fetch(DOING, page.build()).await?;
        let shown = &found[..found.len().min(query.limit as usize)];
        let next = if found.len() > shown.len() { shown.last().map(|row| cursor(query.sort, row)) } else { None };
        Ok(Page { rows: shown.iter().map(list_row).collect::<Result<_, _>>()?, total, next: next.transpose()? })
    }

    async fn counts(&self) -> Result<Vec<(EntityKind, u64)>, StoreError> {
        let rows = self.fetch("count records", sqlx::query(COUNTS)).await?;
        let mut counts = rows
            .iter()
            .map(|row| Ok((Stored::new("entity", row).kind("kind")?, Stored::new("entity", row).count("number")?)))
            .collect::<Result<Vec<_>, StoreError>>()?;
        counts.sort_unstable();
        Ok(counts)
    }

    async fn locate(&self, record: RecordId) -> Result<Option<RecordId>, StoreError> {
        let rows = self.fetch("locate a record", sqlx::query(LOCATE).bind(record.as_bytes().to_vec())).await?;
        rows.first().map(|row| Stored::new("member", row).id("entity")).transpose()
    }

    async fn entity(&self, id: RecordId) -> Result<Option<EntityRow>, StoreError> {
        let rows = self.fetch("read a record", sqlx::query(ENTITY).bind(id.as_bytes().to_vec())).await?;
        rows.first().map(entity_row).transpose()
    }

    async fn entities(&self) -> Result<Vec<EntityRow>, StoreError> {
        self.fetch("read all records", sqlx::query(ENTITIES)).await?.iter().map(entity_row).collect()
    }

    async fn digests(&self) -> Result<Vec<(RecordId, ContentDigest)>, StoreError> {
        let rows = self.fetch("read all digests", sqlx::query(DIGESTS)).await?;
        let digest = |row| Ok((Stored::new("entity", row).id("id")?, Stored::new("entity", row).digest("content")?));
        rows.iter().map(digest).collect()
    }

    async fn member_count(&self) -> Result<u64, StoreError> {
        let rows = self.fetch("count the evidence", sqlx::query(MEMBER_COUNT)).await?;
        Ok(rows.first().map(|row| Stored::new("member", row).count("number")).transpose()?.unwrap_or(0))
    }

    async fn members(&self) -> Result<Vec<(RecordId, VersionId, RecordId)>, StoreError> {
        let rows = self.fetch("read all members", sqlx::query(MEMBERS)).await?;
        let member = |row| {
            let stored = Stored::new("member", row);
            Ok((stored.id("record")?, stored.id("version")?, stored.id("entity")?))
        };
        rows.iter().map(member).collect()
    }

    async fn evidence(&self, records: &[RecordId]) -> Result<Vec<StoredEvidence>, StoreError> {
        let mut found = Vec::with_capacity(records.len());
        for some in records.chunks(BOUND) {
            let mut query = QueryBuilder::new(EVIDENCE);
            let mut ids = query.separated(", ");
            for record in some {
                ids.push_bind(record.as_bytes().to_vec());
            }
            query.push(")");
            let rows = self.fetch("read evidence", query.build()).await?;
            let rows = rows.iter().map(stored_evidence).collect::<Result<Vec<_>, _>>()?;
            found.extend(some.iter().filter_map(|id| rows.iter().find(|row| row.evidence.record == *id).cloned()));
        }
        Ok(found)
    }

    async fn evidence_of(&self, kind: EntityKind) -> Result<Vec<Evidence>, StoreError> {
        let rows = self.fetch("read evidence", sqlx::query(EVIDENCE_OF).bind(kind.as_str())).await?;
        rows.iter().map(|row| Stored::new("member", row).packed("evidence")).collect()
    }

    async fn related(&self, id: RecordId, limit: u32) -> Result<Vec<Related>, StoreError> {
        let query = sqlx::query(RELATED).bind(id.as_bytes().to_vec()).bind(i64::from(limit));
        let rows = self.fetch("read related records", query).await?;
        let related = |row| {
            let stored = Stored::new("entity", row);
            let role = stored.word::<LinkRole>("role")?;
            Ok(Related { role, record: stored.packed("record")?, summary: stored.packed("summary")? })
        };
        rows.iter().map(related).collect()
    }

    async fn sources(&self) -> Result<Vec<String>, StoreError> {
        let rows = self.fetch("list the sources", sqlx::query(SOURCES)).await?;
        rows.iter().map(|row| Stored::new("entity_source", row).text("source")).collect()
    }
}

/// `FROM` and `WHERE` of a list.
fn filter(builder: &mut QueryBuilder<Sqlite>, query: &ListQuery, typed: Option<&str>) {
    builder.push(" FROM entity WHERE kind = ").push_bind(query.kind.as_str());
    if let Some(typed) = typed {
        builder.push(" AND place IN (SELECT rowid FROM entity_search WHERE entity_search MATCH ");
        builder.push_bind(typed.to_owned()).push(")");
    }
    if let Some(source) = &query.source {
        builder.push(" AND id IN (SELECT entity FROM entity_source WHERE source = ");
        builder.push_bind(source.clone()).push(")");
    }
    if query.in_review {
        builder.push(" AND in_review = 1");
    }
}

fn cursor(sort: Sort, row: &SqliteRow) -> Result<Cursor, StoreError> {
    let stored = Stored::new("entity", row);
    let key = stored.text(match sort {
        Sort::Title => "sort_key",
        Sort::Recent => "recent",
    })?;
    Ok(Cursor { key, id: stored.id("id")? })
}

fn list_row(row: &SqliteRow) -> Result<ListRow, StoreError> {
    let stored = Stored::new("entity", row);
    Ok(ListRow {
        id: stored.id("id")?,
        kind: stored.kind("kind")?,
        title: stored.text("title")?,
        summary: stored.packed("summary")?,
        in_review: stored.integer("in_review")? != 0,
    })
}

pub(super) fn entity_row(row: &SqliteRow) -> Result<EntityRow, StoreError> {
    let stored = Stored::new("entity", row);
    let names = Names { held: stored.hashes("held")?, pointed: stored.hashes("pointed")? };
    Ok(EntityRow { record: stored.packed("record")?, summary: stored.packed("summary")?, names })
}

fn stored_evidence(row: &SqliteRow) -> Result<StoredEvidence, StoreError> {
    let stored = Stored::new("member", row);
    Ok(StoredEvidence {
        evidence: stored.packed("evidence")?,
        entity: stored.id("entity")?,
        sequence: stored.count("sequence")?,
        run: stored.id("run")?,
        path: stored.text("path")?,
        sheet: stored.optional_text("sheet")?,
        headers: stored.json("headers")?,
    })
}
