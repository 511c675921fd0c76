//! Parquet and Arrow IPC to a staged table: every value as a person would see it, structs flattened with dots.

mod messages;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use polars::prelude::{
    DataFrame, DataType, IpcReader, IpcStreamReader, ParquetReader, PolarsError, PolarsResult, SerReader, Series,
};
use polars_buffer::Buffer;
use polars_parquet::parquet::page::CompressedPage;
use polars_parquet::read::{FileMetadata, PageReader};
use serde_json::Value;
use velocity_model::{BlobId, Severity, StagedTable, TableFormat};

use crate::ReadError;
use crate::allowance::Allowance;
use crate::cells::number_text;
use crate::container::Ipc;
use crate::frame::{Builder, Place, Staged, note};

/// Cells that a file may state. Run lengths make a column of any height from a few bytes, and a staged cell takes 16 bytes
/// and more of memory.
const MOST_CELLS: usize = 400_000_000;

/// Rows that are turned to text at once.
const BATCH: usize = 16 * 1024;

/// Reads Parquet.
pub(crate) fn read_parquet(bytes: &[u8], blob: BlobId) -> Result<Staged, ReadError> {
    let (format, what) = (TableFormat::Parquet, "a Parquet file");
    read(blob, format, what, || {
        let mut reader = ParquetReader::new(Cursor::new(bytes));
        if are_pages_within(MOST_CELLS, bytes, reader.get_metadata()?)? { reader.finish().map(Some) } else { Ok(None) }
    })
}

/// Whether a file has at most `most` cells, by its rows and by the header of every page. Polars asks for memory by these numbers,
/// and a request for more than there is ends the process rather than the reading.
fn are_pages_within(most: usize, bytes: &[u8], metadata: &FileMetadata) -> PolarsResult<bool> {
    let mut cells = 0_usize;
    for group in &metadata.row_groups {
        cells = cells.saturating_add(group.num_rows().saturating_mul(group.n_columns()));
        for column in group.parquet_columns() {
            let span = column.byte_range();
            let chunk = bytes.get(span.start as usize..span.end as usize).unwrap_or_default();
            let mut values = 0_usize;
            for page in PageReader::new(Cursor::new(Buffer::from(chunk.to_vec())), column, Vec::new(), bytes.len()) {
                // A dictionary is as large as its bytes, whatever it says.
                if let CompressedPage::Data(page) = page? {
                    values = values.saturating_add(page.num_values());
                }
            }
            if values.max(cells).max(usize::try_from(column.num_values()).unwrap_or(usize::MAX)) > most {
                return Ok(false);
            }
        }
    }
    Ok(metadata.num_rows.saturating_mul(metadata.schema_descr.columns().len()) <= most)
}

/// Reads Arrow IPC. Buffers may be compressed, so what they unpack to is taken from the allowance.
pub(crate) fn read_arrow(
    bytes: &[u8],
    form: Ipc,
    blob: BlobId,
    allowance: &mut Allowance,
) -> Result<Staged, ReadError> {
    let (format, what) = (TableFormat::Arrow, "an Arrow file");
    let stated = messages::stated(bytes, form);
    let stated = stated.map_err(|error| ReadError::Damaged { what, reason: error.to_string() })?;
    allowance.claim(stated.bytes, bytes.len() as u64)?;
    let mut staged = read(blob, format, what, || match form {
        _ if stated.values > MOST_CELLS as u64 => Ok(None),
        Ipc::File => IpcReader::new(Cursor::new(bytes)).finish().map(Some),
        Ipc::Stream => IpcStreamReader::new(Cursor::new(bytes)).finish().map(Some),
    })?;
    if form == Ipc::Stream && !bytes.ends_with(END_OF_STREAM) {
        let message = "the stream does not say that it ends; compare the number of rows with the source".to_owned();
        staged.table.issues.push(note(Severity::Warning, "read.no_end", message));
    }
    Ok(staged)
}

/// What writers put at the end of an Arrow stream. It may be left out, and then a stream cut between two messages looks whole.
const END_OF_STREAM: &[u8] = b"\xff\xff\xff\xff\0\0\0\0";

/// Polars panics on some damaged files, which must cost that file alone.
fn read(
    blob: BlobId,
    format: TableFormat,
    what: &'static str,
    open: impl FnOnce() -> PolarsResult<Option<DataFrame>>,
) -> Result<Staged, ReadError> {
    let read = catch_unwind(AssertUnwindSafe(|| match open()? {
        Some(frame) => stage(&frame, blob, format).map(Some),
        None => Ok(None),
    }));
    let damaged = |reason: String| ReadError::Damaged { what, reason };
    match read {
        Ok(Ok(Some(staged))) => Ok(staged),
        Ok(Ok(None)) => Err(ReadError::Limit(format!("more than {MOST_CELLS} cells"))),
        Ok(Err(error)) => Err(damaged(reason(&error))),
        Err(_) => Err(damaged("its structure contradicts itself, or has a type that is not known here".to_owned())),
    }
}

/// The first line of what Polars says; the rest is advice on calling it.
fn reason(error: &PolarsError) -> String {
    let text = error.to_string();
    text.lines().next().unwrap_or_default().chars().take(200).collect()
}

fn stage(frame: &DataFrame, blob: BlobId, format: TableFormat) -> PolarsResult<Staged> {
    let mut columns: Vec<(String, Series)> = Vec::new();
    for column in frame.columns() {
        flatten(column.name(), column.as_materialized_series(), &mut columns)?;
    }
    let mut builder = Builder::new(columns.len(), &[], 0);
    for start in (0..frame.height()).step_by(BATCH) {
        let slices = columns.iter().map(|(_, series)| texts(&series.slice(start as i64, BATCH)));
        let mut slices = slices.collect::<PolarsResult<Vec<_>>>()?;
        for at in 0..BATCH.min(frame.height() - start) {
            let cells: Vec<Option<String>> = slices.iter_mut().map(|texts| texts[at].take()).collect();
            builder.push_typed(Place { row: (start + at) as u64 + 1, offset: 0, len: 0 }, &cells);
        }
    }
    Ok(builder.finish(StagedTable {
        blob,
        table: 0,
        name: None,
        format,
        encoding: String::new(),
        delimiter: None,
        header_row: None,
        headers: columns.into_iter().map(|(name, _)| name).collect(),
        preamble: Vec::new(),
        rows: 0,
        quarantined: Vec::new(),
        issues: Vec::new(),
        detected: Vec::new(),
    }))
}

/// The columns within a column, with dotted names.
fn flatten(name: &str, series: &Series, into: &mut Vec<(String, Series)>) -> PolarsResult<()> {
    if !matches!(series.dtype(), DataType::Struct(_)) {
        into.push((name.trim().to_owned(), series.clone()));
        return Ok(());
    }
    for field in series.struct_()?.fields_as_series() {
        flatten(&format!("{name}.{}", field.name()), &field, into)?;
    }
    Ok(())
}

/// The values of a column as text.
fn texts(series: &Series) -> PolarsResult<Vec<Option<String>>> {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Ok(match series.dtype() {
        DataType::Date => series.date()?.to_string("%Y-%m-%d")?.iter().map(owned).collect(),
        DataType::Time => series.time()?.to_string("%H:%M:%S%.f").iter().map(owned).collect(),
        DataType::Datetime(_, None) => {
            series.datetime()?.to_string("%Y-%m-%dT%H:%M:%S%.f")?.iter().map(owned).collect()
        }
        DataType::Datetime(_, Some(_)) => {
            series.datetime()?.to_string("%Y-%m-%dT%H:%M:%S%.f%:z")?.iter().map(owned).collect()
        }
        DataType::Duration(_) => series.duration()?.to_string("iso")?.iter().map(owned).collect(),
        DataType::Float64 => series.f64()?.iter().map(|number| number.map(number_text)).collect(),
        // By way of the shortest text of the short number: 0.1 must not become 0.10000000149011612.
        DataType::Float32 => series.f32()?.iter().map(|number| number.map(short_number_text)).collect(),
        DataType::Float16 => texts(&series.cast(&DataType::Float32)?)?,
        DataType::Binary => series.binary()?.iter().map(|bytes| bytes.map(hex)).collect(),
        DataType::List(_) => series
            .list()?
            .series_iter()
            .map(|list| list.as_ref().map(json_array).transpose())
            .collect::<PolarsResult<_>>()?,
        DataType::Array(inner, _) => texts(&series.cast(&DataType::List(inner.clone()))?)?,
        DataType::Struct(_) => json_objects(series)?,
        DataType::Null => vec![None; series.len()],
        _ => series.cast(&DataType::String)?.str()?.iter().map(owned).collect(),
    })
}

fn short_number_text(number: f32) -> String {
    number_text(number.to_string().parse().unwrap_or_else(|_| f64::from(number)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The elements of a list as a JSON array.
fn json_array(list: &Series) -> PolarsResult<String> {
    let elements: Vec<String> = texts(list)?.into_iter().map(|text| json(text, list.dtype())).collect();
    Ok(format!("[{}]", elements.join(",")))
}

/// Structs within lists as JSON objects.
fn json_objects(series: &Series) -> PolarsResult<Vec<Option<String>>> {
    let fields = series.struct_()?.fields_as_series();
    let mut objects = vec![Vec::new(); series.len()];
    for field in &fields {
        for (object, text) in objects.iter_mut().zip(texts(field)?) {
            let key = Value::from(field.name().as_str());
            object.push(format!("{key}:{}", json(text, field.dtype())));
        }
    }
    let nulls = series.is_null();
    let whole = objects.into_iter().zip(nulls.iter());
    Ok(whole.map(|(object, null)| (null != Some(true)).then(|| format!("{{{}}}", object.join(",")))).collect())
}

/// A text inside JSON: numbers and what is JSON already stand as they are.
fn json(text: Option<String>, dtype: &DataType) -> String {
    let is_bare = dtype.is_nested() || dtype.is_bool() || dtype.is_primitive_numeric() || dtype.is_decimal();
    match text {
        None => "null".to_owned(),
        Some(text) if is_bare && text != "NaN" && !text.ends_with("inf") => text,
        Some(text) => Value::from(text).to_string(),
    }
}

#[cfg(test)]
mod tests;
