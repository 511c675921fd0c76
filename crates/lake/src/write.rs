//! Parquet files of ours: written whole or not at all.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use crate::LakeError;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// Small, for queries.
    Small,
    /// As the values stand in memory.
    Plain,
}

/// Writes named columns of equal length for queries.
pub(crate) fn write_columns(path: &Path, columns: Vec<(&str, ArrayRef)>) -> Result<(), LakeError> {
    write_packed(path, columns, Packing::Small)
}

/// Writes named columns of equal length under a temporary name, syncs, and renames.
pub(crate) fn write_packed(path: &Path, columns: Vec<(&str, ArrayRef)>, packing: Packing) -> Result<(), LakeError> {
    let file_error = |source| LakeError::File { doing: "write", path: path.to_owned(), source };
    let parquet_error = |source| LakeError::Parquet { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(file_error)?;
    }
    let batch = RecordBatch::try_from_iter(columns);
    let batch = batch.map_err(|error| parquet_error(ParquetError::External(Box::new(error))))?;
    let part = path.with_extension("part");
    let file = File::create(&part).map_err(file_error)?;
    let properties = match packing {
        Packing::Small => WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())),
        Packing::Plain => {
            WriterProperties::builder().set_dictionary_enabled(false).set_statistics_enabled(EnabledStatistics::None)
        }
    };
    let properties = properties.build();
    let handle = file.try_clone().map_err(file_error)?;
    let mut writer = ArrowWriter::try_new(handle, batch.schema(), Some(properties)).map_err(parquet_error)?;
    writer.write(&batch).map_err(parquet_error)?;
    writer.close().map_err(parquet_error)?;
    file.sync_all().map_err(file_error)?;
    fs::rename(&part, path).map_err(file_error)
}

/// A column.
pub(crate) fn column(array: impl arrow::array::Array + 'static) -> ArrayRef {
    Arc::new(array)
}
