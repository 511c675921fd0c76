//! The tables by which a record is found that holds a name, or points at it.

use std::collections::BTreeSet;

use sqlx::{QueryBuilder, SqliteConnection};
use velocity_model::Names;

use super::publish::{ROWS, Standing, run};
use crate::StoreError;

/// Hashes of names and the places of records, by both.
type Entries = BTreeSet<(i64, i64)>;

/// What changes of one of the tables.
#[derive(Default)]
struct Change {
    gone: Entries,
    come: Entries,
}

/// What changes of who holds and who points at which names. Most records that change keep theirs.
#[derive(Default)]
pub(super) struct NameChanges {
    held: Change,
    pointed: Change,
}

impl NameChanges {
    /// A record that stands, or stands from now on, with other names.
    pub(super) fn add(&mut self, known: &Standing, now: &Names) {
        self.held.add(known.place, &known.names.held, &now.held);
        self.pointed.add(known.place, &known.names.pointed, &now.pointed);
    }
}

impl Change {
    fn add(&mut self, place: i64, before: &[i64], now: &[i64]) {
        let only = |of: &[i64], not: &[i64]| {
            of.iter().filter(|hash| not.binary_search(hash).is_err()).map(|hash| (*hash, place)).collect::<Vec<_>>()
        };
        self.gone.extend(only(before, now));
        self.come.extend(only(now, before));
    }
}

/// Applies changes of names.
pub(super) async fn put_names(to: &mut SqliteConnection, changes: NameChanges) -> Result<(), StoreError> {
    let NameChanges { held, pointed } = changes;
    let (forget, put) = ("DELETE FROM address WHERE hash = $1 AND place = $2", "INSERT INTO address (hash, place) ");
    apply(to, held, forget, put).await?;
    let (forget, put) = ("DELETE FROM pointer WHERE hash = $1 AND place = $2", "INSERT INTO pointer (hash, place) ");
    apply(to, pointed, forget, put).await
}

async fn apply(
    to: &mut SqliteConnection,
    change: Change,
    forget: &'static str,
    put: &'static str,
) -> Result<(), StoreError> {
    for (hash, place) in change.gone {
        run(to, sqlx::query(forget).bind(hash).bind(place)).await?;
    }
    let come: Vec<(i64, i64)> = change.come.into_iter().collect();
    for entries in come.chunks(ROWS) {
        let mut insert = QueryBuilder::new(put);
        insert.push_values(entries, |mut tuple, (hash, place)| {
            tuple.push_bind(*hash).push_bind(*place);
        });
        run(to, insert.build()).await?;
    }
    Ok(())
}
