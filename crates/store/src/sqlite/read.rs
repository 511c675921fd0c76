//! Stored columns back to values. What does not read back is damage, named by table and key.

use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use velocity_model::{EntityKind, Id};

use crate::packed::unpack;
use crate::rows::hashes;
use crate::{ContentDigest, StoreError};

/// A row of a named table.
#[derive(Clone, Copy)]
pub(super) struct Stored<'a> {
    pub(super) table: &'static str,
    pub(super) row: &'a SqliteRow,
}

impl<'a> Stored<'a> {
    pub(super) fn new(table: &'static str, row: &'a SqliteRow) -> Self {
        Self { table, row }
    }

    fn damaged(self, column: &str, why: impl ToString) -> StoreError {
        // The first column is the key, or part of it.
        let key = self.row.try_get::<Vec<u8>, _>(0).map(hex::encode);
        let key = key.or_else(|_| self.row.try_get::<String, _>(0)).unwrap_or_default();
        StoreError::Damaged { table: self.table, key, why: format!("column `{column}`: {}", why.to_string()) }
    }

    pub(super) fn id<T, const N: usize>(self, column: &'static str) -> Result<Id<T, N>, StoreError> {
        let bytes: Vec<u8> = self.row.try_get(column).map_err(|error| self.damaged(column, error))?;
        Id::from_slice(&bytes).ok_or_else(|| self.damaged(column, "not an id"))
    }

    pub(super) fn digest(self, column: &'static str) -> Result<ContentDigest, StoreError> {
        let bytes: &[u8] = self.row.try_get(column).map_err(|error| self.damaged(column, error))?;
        bytes.try_into().map_err(|_| self.damaged(column, "not a digest"))
    }

    pub(super) fn text(self, column: &'static str) -> Result<String, StoreError> {
        self.row.try_get(column).map_err(|error| self.damaged(column, error))
    }

    pub(super) fn optional_text(self, column: &'static str) -> Result<Option<String>, StoreError> {
        self.row.try_get(column).map_err(|error| self.damaged(column, error))
    }

    pub(super) fn integer(self, column: &'static str) -> Result<i64, StoreError> {
        self.row.try_get(column).map_err(|error| self.damaged(column, error))
    }

    pub(super) fn optional_integer(self, column: &'static str) -> Result<Option<i64>, StoreError> {
        self.row.try_get(column).map_err(|error| self.damaged(column, error))
    }

    pub(super) fn count<T: TryFrom<i64>>(self, column: &'static str) -> Result<T, StoreError> {
        T::try_from(self.integer(column)?).map_err(|_| self.damaged(column, "out of range"))
    }

    pub(super) fn json<T: DeserializeOwned>(self, column: &'static str) -> Result<T, StoreError> {
        serde_json::from_str(&self.text(column)?).map_err(|error| self.damaged(column, error))
    }

    /// Hashes of names.
    pub(super) fn hashes(self, column: &'static str) -> Result<Vec<i64>, StoreError> {
        self.row.try_get(column).map(hashes).map_err(|error| self.damaged(column, error))
    }

    /// A packed row.
    pub(super) fn packed<T: DeserializeOwned>(self, column: &'static str) -> Result<T, StoreError> {
        let packed: &[u8] = self.row.try_get(column).map_err(|error| self.damaged(column, error))?;
        unpack(packed).map_err(|error| self.damaged(column, error))
    }

    /// A value that serde writes as a plain word.
    pub(super) fn word<T: DeserializeOwned>(self, column: &'static str) -> Result<T, StoreError> {
        serde_json::from_value(self.text(column)?.into()).map_err(|error| self.damaged(column, error))
    }

    pub(super) fn kind(self, column: &'static str) -> Result<EntityKind, StoreError> {
        EntityKind::from_name(&self.text(column)?).ok_or_else(|| self.damaged(column, "not a kind"))
    }
}
