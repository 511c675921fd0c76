//! The SQLite store: one database a tenant, one writer, many readers (WAL).

mod ledger;
mod neighbours;
mod read;
mod records;
mod reviews;
mod schema;
mod search;
mod unit;

use std::fs;
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{Row, SqliteConnection};

use crate::{Store, StoreError, UnitOfWork};
use unit::SqliteUnit;

/// How long a writer waits for another process before it says that the store is locked.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the writer may keep of the database in memory, as SQLite takes it: negative, in KiB. An import touches the indexes everywhere, and what
/// does not fit is written and read again and again.
const CACHE: &str = "-524288";

/// One tenant's SQLite database.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    readers: SqlitePool,
    writer: SqlitePool,
    path: std::path::PathBuf,
}

impl SqliteStore {
    /// Opens, and makes if it is not there, the database in `dir`, and brings its schema up to date.
    ///
    /// # Errors
    /// A directory that cannot be made or used, a database of a newer version, a writer that does not let go.
    pub async fn open(dir: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(dir).map_err(|source| StoreError::Directory { path: dir.to_owned(), source })?;
        let path = dir.join("store.sqlite");
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Decisions are ground state: a commit that was reported must survive a power cut.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(PATIENCE);
        let fail = |source| StoreError::Database { doing: "open the store", source };
        let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE * 6);
        // A statement of many rows keeps the pages it changes until it has ended: in memory, not in a file of as many megabytes.
        let own = options.clone().pragma("cache_size", CACHE).pragma("temp_store", "memory");
        let writer = writer.connect_with(own).await.map_err(fail)?;
        schema::migrate(&writer, &path).await?;
        let readers = SqlitePoolOptions::new().max_connections(8).connect_lazy_with(options.pragma("query_only", "on"));
        Ok(Self { readers, writer, path })
    }

    /// Runs a statement on a reader's connection and gives its rows.
    async fn fetch(
        &self,
        doing: &'static str,
        query: sqlx::query::Query<'_, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>,
    ) -> Result<Vec<SqliteRow>, StoreError> {
        query.fetch_all(&self.readers).await.map_err(|source| StoreError::Database { doing, source })
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        let transaction = self.writer.begin_with("BEGIN IMMEDIATE").await;
        let transaction = transaction.map_err(|source| busy(source, "begin a transaction", &self.path))?;
        Ok(Box::new(SqliteUnit::new(transaction)))
    }

    async fn close(&self) {
        // The last connection writes the log back and deletes it: read again after a large import, it costs many seconds.
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// SQLITE_BUSY means that another process writes (<https://sqlite.org/rescode.html#busy>).
fn busy(source: sqlx::Error, doing: &'static str, path: &Path) -> StoreError {
    let code = source.as_database_error().and_then(|error| error.code()).map(|code| code.into_owned());
    match code.as_deref() {
        Some("5" | "261" | "517" | "773") => StoreError::Locked { path: path.to_owned() },
        _ => StoreError::Database { doing, source },
    }
}

/// The number in the first column of the only row.
async fn scalar(connection: &mut SqliteConnection, doing: &'static str, sql: &'static str) -> Result<i64, StoreError> {
    let row = sqlx::query(sql).fetch_one(connection).await;
    row.and_then(|row| row.try_get(0)).map_err(|source| StoreError::Database { doing, source })
}
