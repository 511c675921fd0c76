//! Plain columns as Parquet without compression: read whole and at once.

use std::fs::File;
use std::path::Path;

use arrow::array::{Array, ArrayRef, AsArray, FixedSizeBinaryArray, Float64Array, LargeStringArray, UInt32Array};
use arrow::buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use arrow::datatypes::{Float64Type, UInt32Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::errors::ParquetError;

use crate::LakeError;
use crate::write::{Packing, column, write_packed};

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub enum Plain {
    /// Ids of 16 bytes.
    Ids(Vec<[u8; 16]>),
    /// Whole numbers.
    Numbers(Vec<u32>),
    /// Any numbers.
    Reals(Vec<f64>),
    /// Texts, one behind the other, and where each ends.
    Texts(String, Vec<u32>),
}

/// Writes columns of equal length.
///
/// # Errors
/// A folder that cannot be written.
pub fn write_plain(path: &Path, columns: Vec<(String, Plain)>) -> Result<(), LakeError> {
    let (names, plain): (Vec<String>, Vec<Plain>) = columns.into_iter().unzip();
    let arrays = plain.into_iter().map(|plain| array(path, plain)).collect::<Result<Vec<_>, _>>()?;
    write_packed(path, names.iter().map(String::as_str).zip(arrays).collect(), Packing::Plain)
}

fn array(path: &Path, plain: Plain) -> Result<ArrayRef, LakeError> {
    let damaged = |_| LakeError::Damaged { path: path.to_owned(), why: "a column does not fit its form" };
    Ok(match plain {
        Plain::Ids(ids) => {
            let bytes = Buffer::from_vec(ids.concat());
            column(FixedSizeBinaryArray::try_new(16, bytes, None).map_err(damaged)?)
        }
        Plain::Numbers(numbers) => column(UInt32Array::from(numbers)),
        Plain::Reals(reals) => column(Float64Array::from(reals)),
        Plain::Texts(bytes, ends) => {
            let offsets: Vec<i64> = std::iter::once(0).chain(ends.into_iter().map(i64::from)).collect();
            let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
            column(LargeStringArray::try_new(offsets, Buffer::from_vec(bytes.into_bytes()), None).map_err(damaged)?)
        }
    })
}

/// Reads columns back, in the order in which they were written.
///
/// # Errors
/// A file that is not there or does not hold such columns.
pub fn read_plain(path: &Path) -> Result<Vec<Plain>, LakeError> {
    let parquet_error = |source| LakeError::Parquet { path: path.to_owned(), source };
    let damaged = || LakeError::Damaged { path: path.to_owned(), why: "a column has a type of its own" };
    let file = File::open(path).map_err(|source| LakeError::File { doing: "read", path: path.to_owned(), source })?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(parquet_error)?;
    // Space is taken at once: what grows is copied again and again.
    let rows = usize::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or(0);
    let mut columns = Vec::new();
    for (place, field) in builder.schema().fields().iter().enumerate() {
        let bytes: i64 =
            builder.metadata().row_groups().iter().map(|group| group.column(place).uncompressed_size()).sum();
        columns.push(match field.data_type() {
            arrow::datatypes::DataType::FixedSizeBinary(16) => Plain::Ids(Vec::with_capacity(rows)),
            arrow::datatypes::DataType::UInt32 => Plain::Numbers(Vec::with_capacity(rows)),
            arrow::datatypes::DataType::Float64 => Plain::Reals(Vec::with_capacity(rows)),
            arrow::datatypes::DataType::LargeUtf8 => {
                let bytes = usize::try_from(bytes).unwrap_or(0);
                Plain::Texts(String::with_capacity(bytes), Vec::with_capacity(rows))
            }
            _ => return Err(damaged()),
        });
    }
    for batch in builder.with_batch_size(ROWS).build().map_err(parquet_error)? {
        let batch = batch.map_err(|error| parquet_error(ParquetError::External(Box::new(error))))?;
        for (plain, array) in columns.iter_mut().zip(batch.columns()) {
            append(plain, array).ok_or_else(damaged)?;
        }
    }
    Ok(columns)
}

/// Rows read at a time.
const ROWS: usize = 1 << 16;

fn append(plain: &mut Plain, array: &ArrayRef) -> Option<()> {
    match plain {
        Plain::Ids(ids) => {
            let array = array.as_fixed_size_binary_opt()?;
            ids.extend((0..array.len()).filter_map(|row| <[u8; 16]>::try_from(array.value(row)).ok()));
        }
        Plain::Numbers(numbers) => numbers.extend_from_slice(array.as_primitive_opt::<UInt32Type>()?.values()),
        Plain::Reals(reals) => reals.extend_from_slice(array.as_primitive_opt::<Float64Type>()?.values()),
        Plain::Texts(bytes, ends) => {
            let array = array.as_string_opt::<i64>()?;
            for row in 0..array.len() {
                bytes.push_str(array.value(row));
                ends.push(u32::try_from(bytes.len()).ok()?);
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests;
