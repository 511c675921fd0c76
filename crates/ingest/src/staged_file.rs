//! Staged tables in the lake: cells as Parquet, the rest as JSON beside it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use polars::prelude::{ParquetReader, ParquetWriter, SerReader};
use velocity_model::{BlobId, StagedTable};

use crate::frame::Staged;
use crate::{IngestError, READER_VERSION};

/// Where the cells of a table stand.
pub fn staged_path(dir: &Path, blob: BlobId, table: u32) -> PathBuf {
    dir.join(format!("{}-{table}-r{READER_VERSION}.parquet", &blob.to_string()[..32]))
}

/// Writes a staged table; either all of it is there afterwards or nothing.
///
/// # Errors
/// A folder that cannot be written.
pub fn write_staged(dir: &Path, staged: &Staged) -> Result<(), IngestError> {
    let path = staged_path(dir, staged.table.blob, staged.table.table);
    let part = path.with_extension("part");
    let unwritable = |source| IngestError::Write { path: path.clone(), source };
    let file = File::create(&part).map_err(unwritable)?;
    let mut frame = staged.frame.clone();
    let written = ParquetWriter::new(&file).finish(&mut frame);
    written.map_err(|source| IngestError::Staged { path: path.clone(), source })?;
    file.sync_all().map_err(unwritable)?;
    fs::rename(&part, &path).map_err(unwritable)?;

    // The description comes last: the table is there when its description is.
    let json = serde_json::to_vec(&staged.table).map_err(|error| unwritable(io::Error::other(error)))?;
    fs::write(&part, json).and_then(|()| File::open(&part)?.sync_all()).map_err(unwritable)?;
    fs::rename(&part, path.with_extension("table.json")).map_err(unwritable)
}

/// Reads a staged table back.
///
/// # Errors
/// It is not there whole.
pub fn read_staged(dir: &Path, blob: BlobId, table: u32) -> Result<Staged, IngestError> {
    let path = staged_path(dir, blob, table);
    let unreadable = |source| IngestError::Source { path: path.clone(), source };
    let json = fs::read(path.with_extension("table.json")).map_err(unreadable)?;
    let table: StagedTable = serde_json::from_slice(&json).map_err(|error| unreadable(io::Error::other(error)))?;
    let file = File::open(&path).map_err(unreadable)?;
    let frame = ParquetReader::new(file).finish();
    let frame = frame.map_err(|source| IngestError::Staged { path: path.clone(), source })?;
    Ok(Staged { table, frame })
}

#[cfg(test)]
mod tests;
