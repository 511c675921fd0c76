//! Plain columns as Parquet without compression: read whole and at once.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, ArrowPrimitiveType, AsArray, FixedSizeBinaryArray, Float64Array, LargeStringArray, PrimitiveArray,
    UInt32Array,
};
use arrow::buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use arrow::datatypes::{DataType, Field, Float64Type, UInt32Type};
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
    let rows = usize::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or(0);
    let empty = |field: &Arc<Field>| match field.data_type() {
        DataType::FixedSizeBinary(16) => Ok(Plain::Ids(Vec::new())),
        DataType::UInt32 => Ok(Plain::Numbers(Vec::new())),
        DataType::Float64 => Ok(Plain::Reals(Vec::new())),
        DataType::LargeUtf8 => Ok(Plain::Texts(String::new(), Vec::new())),
        _ => Err(damaged()),
    };
    let mut columns: Vec<Plain> = builder.schema().fields().iter().map(empty).collect::<Result<_, _>>()?;
    // In one batch, whose memory becomes that of the column.
    for batch in builder.with_batch_size(rows.max(1)).build().map_err(parquet_error)? {
        let (_, arrays, _) =
            batch.map_err(|error| parquet_error(ParquetError::External(Box::new(error))))?.into_parts();
        for (plain, array) in columns.iter_mut().zip(arrays) {
            append(plain, array).ok_or_else(damaged)?;
        }
    }
    Ok(columns)
}

fn append(plain: &mut Plain, array: ArrayRef) -> Option<()> {
    match plain {
        Plain::Ids(ids) => ids.extend_from_slice(array.as_fixed_size_binary_opt()?.value_data().as_chunks().0),
        Plain::Numbers(numbers) => append_numbers::<UInt32Type>(numbers, array)?,
        Plain::Reals(reals) => append_numbers::<Float64Type>(reals, array)?,
        Plain::Texts(bytes, ends) => {
            let array = array.as_string_opt::<i64>()?;
            let (first, behind) = array.value_offsets().split_first()?;
            let last = behind.last().unwrap_or(first);
            let before = i64::try_from(bytes.len()).ok()? - first;
            let own = array.value_data().get(usize::try_from(*first).ok()?..usize::try_from(*last).ok()?)?;
            bytes.push_str(std::str::from_utf8(own).ok()?);
            ends.reserve(behind.len());
            for end in behind {
                ends.push(u32::try_from(before + end).ok()?);
            }
        }
    }
    Some(())
}

/// Takes the memory of the array over, if nothing stands in the column yet.
fn append_numbers<T: ArrowPrimitiveType>(column: &mut Vec<T::Native>, array: ArrayRef) -> Option<()> {
    let own = PrimitiveArray::<T>::from(array.as_primitive_opt::<T>()?.to_data());
    drop(array);
    let (_, values, _) = own.into_parts();
    match values.into_inner().into_vec::<T::Native>() {
        Ok(values) if column.is_empty() => *column = values,
        Ok(values) => column.extend_from_slice(&values),
        Err(buffer) => column.extend_from_slice(buffer.typed_data()),
    }
    Some(())
}

#[cfg(test)]
mod tests;
