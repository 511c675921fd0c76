//! Writing the serving tables: multi-row statements, in key order.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};
use velocity_model::{CanonicalLink, CanonicalRecord, EntityKind, Names, RecordId};

use super::super::read::Stored;
use super::super::{scalar, search};
use super::names::{NameChanges, put_names};
use super::{json, word};
use crate::packed::{self, pack};
use crate::rows::StoredRow;
use crate::{EntityRow, MemberRow, OpenReview, Publication, StoreError};

const DOING: &str = "publish records";

/// Rows in one statement: below SQLite's limit of 32,766 bound values for the widest table, and enough that the cost of
/// a statement no longer shows.
pub(super) const ROWS: usize = 500;

const LAST_PLACE: &str = "SELECT coalesce(max(place), 0) FROM entity";
const STANDING: &str = "SELECT id, place, held, pointed FROM entity WHERE id IN (";
const FORGET_SEARCH: &str = "DELETE FROM entity_search WHERE rowid IN (";
const FORGET_LINKS: &str = "DELETE FROM link WHERE source IN (";
const FORGET_SOURCES: &str = "DELETE FROM entity_source WHERE entity IN (";
const FORGET: &str = "DELETE FROM entity WHERE id IN (";
const RETURN: &str = "DELETE FROM withdrawn WHERE record IN (";
const WITHDRAW: &str = "DELETE FROM member WHERE record IN (";
const CLOSE: &str = "DELETE FROM review WHERE id IN (";
const FLAG: &str = "UPDATE entity SET in_review = in_review = 0 WHERE in_review <> (
        EXISTS (SELECT 1 FROM review WHERE state = 'open' AND left = entity.id)
        OR EXISTS (SELECT 1 FROM review WHERE state = 'open' AND right = entity.id)) AND id IN (";
const META: &str = "INSERT INTO meta (name, value) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value";

/// Where a record stands, and the names that lead to it and that it points at.
pub(super) struct Standing {
    pub(super) place: i64,
    pub(super) names: Names,
}

/// Applies a publication.
pub(super) async fn publish(to: &mut SqliteConnection, publication: &Publication) -> Result<(), StoreError> {
    for ids in publication.delete.chunks(ROWS) {
        let standing = standing(to, ids).await?;
        forget(to, &standing).await?;
        let mut names = NameChanges::default();
        standing.values().for_each(|known| names.add(known, &Names::default()));
        put_names(to, names).await?;
        run_in(to, FORGET, ids.iter().map(|id| id.as_bytes().to_vec()).collect()).await?;
    }
    let mut last = scalar(to, DOING, LAST_PLACE).await?;
    let (mut placed, mut names) = (Vec::with_capacity(publication.upsert.len()), NameChanges::default());
    for rows in publication.upsert.chunks(ROWS) {
        let ids: Vec<RecordId> = rows.iter().map(|row| row.record.id).collect();
        let mut standing = standing(to, &ids).await?;
        forget(to, &standing).await?;
        for row in rows {
            let known = standing.remove(&row.record.id).unwrap_or_else(|| {
                last += 1;
                Standing { place: last, names: Names::default() }
            });
            names.add(&known, &row.names);
            placed.push((known.place, row));
        }
    }
    // Search keeps what rises in one piece, and begins another, to be merged later, wherever a place falls.
    placed.sort_unstable_by_key(|(place, _)| *place);
    let of_entities = |rows: &[_]| {
        let mut inserts = vec![entities(rows)?, search_words(rows)];
        inserts.extend(sources(rows));
        inserts.extend(links(rows));
        Ok(inserts)
    };
    put_all(to, &placed, of_entities).await?;
    put_names(to, names).await?;
    put_all(to, &publication.members, |rows| Ok(vec![members(rows)?])).await?;
    put_withdrawn(to, publication).await?;
    put_questions(to, publication).await?;
    for versions in publication.superseded.chunks(ROWS) {
        let mut insert = QueryBuilder::new("INSERT OR IGNORE INTO superseded (version) ");
        insert.push_values(versions, |mut tuple, version| {
            tuple.push_bind(version.as_bytes().to_vec());
        });
        run(to, insert.build()).await?;
    }
    for (kind, place) in &publication.pairs {
        run(to, sqlx::query(META).bind(format!("pairs.{kind}")).bind(json(place))).await?;
    }
    run(to, sqlx::query(META).bind("digest").bind(publication.digest.to_string())).await
}

/// Takes away the evidence that is withdrawn; what is there again is withdrawn no longer.
async fn put_withdrawn(to: &mut SqliteConnection, publication: &Publication) -> Result<(), StoreError> {
    for rows in publication.members.chunks(ROWS) {
        let ids = rows.iter().map(|row| row.evidence.record.as_bytes().to_vec());
        run_in(to, RETURN, ids.collect()).await?;
    }
    for rows in publication.withdrawn.chunks(ROWS) {
        let ids = rows.iter().map(|row| row.record.as_bytes().to_vec());
        run_in(to, WITHDRAW, ids.collect()).await?;
        let mut insert = QueryBuilder::new("INSERT INTO withdrawn (record, first_seen, sequence) ");
        insert.push_values(rows, |mut tuple, row| {
            tuple.push_bind(row.record.as_bytes().to_vec());
            tuple.push_bind(i64::try_from(row.first_seen).unwrap_or(i64::MAX));
            tuple.push_bind(i64::try_from(row.sequence).unwrap_or(i64::MAX));
        });
        insert
            .push(" ON CONFLICT (record) DO UPDATE SET first_seen = excluded.first_seen, sequence = excluded.sequence");
        run(to, insert.build()).await?;
    }
    Ok(())
}

/// Closes and asks merge questions, and flags those that they name.
async fn put_questions(to: &mut SqliteConnection, publication: &Publication) -> Result<(), StoreError> {
    let mut named: BTreeSet<RecordId> = publication.upsert.iter().map(|row| row.record.id).collect();
    for ids in publication.closed.chunks(ROWS) {
        let ids: Vec<Vec<u8>> = ids.iter().map(|id| id.as_bytes().to_vec()).collect();
        let mut select = QueryBuilder::new("SELECT left, right FROM review WHERE id IN (");
        let mut bound = select.separated(", ");
        ids.iter().for_each(|id| {
            bound.push_bind(id.clone());
        });
        select.push(")");
        let fail = |source| StoreError::Database { doing: DOING, source };
        for row in select.build().fetch_all(&mut *to).await.map_err(fail)? {
            for column in 0..2 {
                let id: Vec<u8> = row.try_get(column).map_err(fail)?;
                named.extend(RecordId::from_slice(&id));
            }
        }
        run_in(to, CLOSE, ids).await?;
    }
    for rows in publication.reviews.chunks(ROWS) {
        put_reviews(to, rows).await?;
        named.extend(rows.iter().flat_map(|row| [row.left, row.right]));
    }
    let named: Vec<RecordId> = named.into_iter().collect();
    for ids in named.chunks(ROWS) {
        run_in(to, FLAG, ids.iter().map(|id| id.as_bytes().to_vec()).collect()).await?;
    }
    Ok(())
}

/// Those of the ids that are served, in order.
async fn standing(to: &mut SqliteConnection, ids: &[RecordId]) -> Result<BTreeMap<RecordId, Standing>, StoreError> {
    let mut select = QueryBuilder::new(STANDING);
    let mut bound = select.separated(", ");
    for id in ids {
        bound.push_bind(id.as_bytes().to_vec());
    }
    select.push(")");
    let rows = select.build().fetch_all(to).await.map_err(|source| StoreError::Database { doing: DOING, source })?;
    let standing = |row| {
        let stored = Stored::new("entity", row);
        let names = Names { held: stored.hashes("held")?, pointed: stored.hashes("pointed")? };
        Ok((stored.id("id")?, Standing { place: stored.integer("place")?, names }))
    };
    rows.iter().map(standing).collect()
}

/// Takes away what stands of records in the tables beside their own.
async fn forget(to: &mut SqliteConnection, standing: &BTreeMap<RecordId, Standing>) -> Result<(), StoreError> {
    let ids = || standing.keys().map(|id| id.as_bytes().to_vec()).collect::<Vec<_>>();
    run_in(to, FORGET_SEARCH, standing.values().map(|known| known.place).collect()).await?;
    run_in(to, FORGET_LINKS, ids()).await?;
    run_in(to, FORGET_SOURCES, ids()).await
}

/// Runs a statement that ends in an open list of values.
async fn run_in<T>(to: &mut SqliteConnection, statement: &'static str, values: Vec<T>) -> Result<(), StoreError>
where
    T: for<'q> sqlx::Encode<'q, Sqlite> + sqlx::Type<Sqlite> + Send + 'static,
{
    if values.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new(statement);
    let mut bound = query.separated(", ");
    for value in values {
        bound.push_bind(value);
    }
    query.push(")");
    run(to, query.build()).await
}

pub(super) async fn run(
    to: &mut SqliteConnection,
    query: sqlx::query::Query<'_, Sqlite, sqlx::sqlite::SqliteArguments>,
) -> Result<(), StoreError> {
    query.execute(to).await.map(drop).map_err(|source| StoreError::Database { doing: DOING, source })
}

/// Writes rows by the statements that `inserts` makes of some of them: the next are made while the database is at work.
async fn put_all<T>(
    to: &mut SqliteConnection,
    rows: &[T],
    inserts: impl Fn(&[T]) -> Result<Vec<Insert>, StoreError>,
) -> Result<(), StoreError> {
    let mut chunks = rows.chunks(ROWS);
    let mut ready = chunks.next().map(&inserts).transpose()?;
    while let Some(now) = ready {
        let write = async {
            for mut insert in now {
                run(to, insert.build()).await?;
            }
            Ok::<(), StoreError>(())
        };
        let (written, next) = tokio::join!(write, async { chunks.next().map(&inserts).transpose() });
        written?;
        ready = next?;
    }
    Ok(())
}

/// A statement of many rows.
type Insert = QueryBuilder<Sqlite>;

fn entities(rows: &[(i64, &EntityRow)]) -> Result<Insert, StoreError> {
    let packed = |row: &EntityRow| {
        let stored = StoredRow::of(row);
        Ok((stored.digest(), pack(&stored.record)?, pack(&stored.summary)?, stored.held, stored.pointed))
    };
    let packed: Vec<_> = rows.par_iter().map(|(_, row)| packed(row)).collect::<Result<_, StoreError>>()?;
    let mut insert = QueryBuilder::new(
        "INSERT INTO entity (place, id, kind, title, sort_key, recent, unlinked, content, record, summary, held, pointed) ",
    );
    insert.push_values(rows.iter().zip(packed), |mut tuple, ((place, row), packed)| {
        let EntityRow { record, summary, .. } = row;
        let (digest, packed_record, packed_summary, held, pointed) = packed;
        tuple.push_bind(*place).push_bind(record.id.as_bytes().to_vec());
        tuple.push_bind(record.kind.as_str()).push_bind(record.title.clone()).push_bind(sort_key(&record.title));
        tuple.push_bind(summary.last_activity.clone()).push_bind(i64::from(record.unlinked)).push_bind(digest.to_vec());
        tuple.push_bind(packed_record).push_bind(packed_summary).push_bind(held).push_bind(pointed);
    });
    insert.push(
        " ON CONFLICT (place) DO UPDATE SET kind = excluded.kind, title = excluded.title, sort_key = excluded.sort_key,
          recent = excluded.recent, unlinked = excluded.unlinked, content = excluded.content, record = excluded.record,
          summary = excluded.summary, held = excluded.held, pointed = excluded.pointed",
    );
    Ok(insert)
}

fn search_words(rows: &[(i64, &EntityRow)]) -> Insert {
    let mut insert = QueryBuilder::new("INSERT INTO entity_search (rowid, words) ");
    insert.push_values(rows, |mut tuple, (place, row)| {
        tuple.push_bind(*place).push_bind(search::words(row));
    });
    insert
}

/// Titles sort without regard to case; letters stay as they are, since the right place of an accent depends on language.
fn sort_key(title: &str) -> String {
    title.to_lowercase()
}

fn sources(rows: &[(i64, &EntityRow)]) -> Vec<Insert> {
    let mut pairs: Vec<(&str, RecordId)> = Vec::new();
    for (_, row) in rows {
        pairs.extend(row.summary.sources.iter().map(|source| (source.as_str(), row.record.id)));
    }
    let insert = |pairs: &[(&str, RecordId)]| {
        let mut insert = QueryBuilder::new("INSERT INTO entity_source (source, entity) ");
        insert.push_values(pairs, |mut tuple, (source, entity)| {
            tuple.push_bind((*source).to_owned()).push_bind(entity.as_bytes().to_vec());
        });
        insert
    };
    pairs.chunks(ROWS).map(insert).collect()
}

fn links(rows: &[(i64, &EntityRow)]) -> Vec<Insert> {
    let link = |row: &EntityRow| {
        let time = row.summary.last_activity.clone();
        let CanonicalRecord { id, kind, links, .. } = &row.record;
        let (id, kind) = (*id, *kind);
        links.clone().into_iter().map(move |link| (id, kind, time.clone(), link)).collect::<Vec<_>>()
    };
    let links: Vec<_> = rows.iter().flat_map(|(_, row)| link(row)).collect();
    let insert = |links: &[(RecordId, EntityKind, String, CanonicalLink)]| {
        let mut insert = QueryBuilder::new("INSERT INTO link (source, role, target, kind, time) ");
        insert.push_values(links, |mut tuple, (source, kind, time, link)| {
            tuple.push_bind(source.as_bytes().to_vec()).push_bind(link.role.as_str());
            tuple.push_bind(link.target.as_bytes().to_vec()).push_bind(kind.as_str()).push_bind(time.clone());
        });
        insert
    };
    links.chunks(ROWS).map(insert).collect()
}

fn members(rows: &[MemberRow]) -> Result<Insert, StoreError> {
    let mut insert =
        QueryBuilder::new("INSERT INTO member (record, entity, version, first_seen, sequence, blob, tbl, evidence) ");
    let packed = rows.par_iter().map(|row| pack(&packed::json(&*row.evidence)));
    let packed: Vec<Vec<u8>> = packed.collect::<Result<_, StoreError>>()?;
    insert.push_values(rows.iter().zip(packed), |mut tuple, (row, packed)| {
        let MemberRow { evidence, entity, first_seen, sequence } = row;
        tuple.push_bind(evidence.record.as_bytes().to_vec()).push_bind(entity.as_bytes().to_vec());
        tuple.push_bind(evidence.version.as_bytes().to_vec());
        tuple.push_bind(i64::try_from(*first_seen).unwrap_or(i64::MAX));
        tuple.push_bind(i64::try_from(*sequence).unwrap_or(i64::MAX));
        tuple.push_bind(evidence.locator.blob.as_bytes().to_vec()).push_bind(i64::from(evidence.locator.table));
        tuple.push_bind(packed);
    });
    insert.push(
        " ON CONFLICT (record) DO UPDATE SET entity = excluded.entity, version = excluded.version,
          first_seen = excluded.first_seen, sequence = excluded.sequence, blob = excluded.blob, tbl = excluded.tbl,
          evidence = excluded.evidence",
    );
    Ok(insert)
}

async fn put_reviews(to: &mut SqliteConnection, rows: &[OpenReview]) -> Result<(), StoreError> {
    let mut insert = QueryBuilder::new(
        "INSERT INTO review (id, kind, state, priority, left, right, left_title, right_title, pair) ",
    );
    insert.push_values(rows, |mut tuple, row| {
        tuple.push_bind(row.id.as_bytes().to_vec()).push_bind(row.kind.as_str()).push_bind(word(&row.state));
        tuple.push_bind(row.priority).push_bind(row.left.as_bytes().to_vec());
        tuple.push_bind(row.right.as_bytes().to_vec()).push_bind(row.left_title.clone());
        tuple.push_bind(row.right_title.clone()).push_bind(json(&row.pair));
    });
    insert.push(
        " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, state = excluded.state, priority = excluded.priority,
          left = excluded.left, right = excluded.right, left_title = excluded.left_title,
          right_title = excluded.right_title, pair = excluded.pair",
    );
    run(to, insert.build()).await
}
