//! Staged tables in the lake: cells as Parquet, the rest as JSON beside it.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use polars::error::{PolarsError, PolarsResult};
use polars::prelude::{
    CompatLevel, DataFrame, ParquetCompression, ParquetReader, ParquetWriter, SchemaExt, SerReader, StatisticsOptions,
};
use polars_parquet::write::{
    CompressedPage, DynIter, DynStreamingIterator, FileWriter, Version, WriteOptions, array_to_columns, compress,
    fallible_streaming_iterator, get_dtype_encoding,
};
use velocity_model::{BlobId, StagedTable};

use crate::frame::{Builder, Staged};
use crate::source::Source;
use crate::target::{Stop, Target};
use crate::text::Sizes;
use crate::{IngestError, READER_VERSION, ReadError, read};

/// Where the cells of a table stand.
pub fn staged_path(dir: &Path, blob: BlobId, table: u32) -> PathBuf {
    dir.join(format!("{}-{table}-r{READER_VERSION}.parquet", &blob.to_string()[..32]))
}

/// Reads every table of the file at `path` as [`crate::read_tables`] does, and writes it to `dir`; either all of a table is there
/// afterwards or nothing. Delimited text and JSON Lines are never held as a whole.
///
/// # Errors
/// A folder that cannot be written. Why the file as a whole is not a table is the inner error.
pub fn stage_tables(
    dir: &Path,
    path: &Path,
    blob: BlobId,
    file_name: &str,
) -> Result<Result<Vec<StagedTable>, ReadError>, IngestError> {
    let mut files = StagedFiles::new(dir);
    match stage_into(&mut files, path, blob, file_name) {
        Ok(()) => {}
        Err(Stop::Refused(refused)) => return Ok(Err(refused)),
        Err(Stop::Failed(failed)) => return Err(failed),
    }
    // Descriptions come last: a table is there when its description is.
    for table in &files.tables {
        write_description(dir, table)?;
    }
    Ok(Ok(files.tables))
}

fn stage_into(files: &mut StagedFiles<'_>, path: &Path, blob: BlobId, file_name: &str) -> Result<(), Stop> {
    let file = File::open(path)?;
    let source = Source::File(&file);
    if let Some(kind) = read::lines(&source.head(read::HEAD)?, file_name) {
        read::read_lines(kind, source, blob, Sizes::USUAL, files)?;
        if let Some(first) = files.tables.first_mut() {
            read::note_name(first, file_name, false);
        }
        return Ok(());
    }
    for staged in read::read_tables(&fs::read(path)?, blob, file_name)? {
        files.whole(staged).map_err(Stop::Failed)?;
    }
    Ok(())
}

/// The Parquet files of tables.
pub(crate) struct StagedFiles<'a> {
    dir: &'a Path,
    begun: Option<Begun>,
    pub(crate) tables: Vec<StagedTable>,
}

/// A file of which a part is written.
struct Begun {
    path: PathBuf,
    /// Headers of pages are written field by field.
    writer: FileWriter<BufWriter<File>>,
}

/// As Polars writes by itself.
fn options() -> WriteOptions {
    WriteOptions {
        statistics: StatisticsOptions::default(),
        compression: ParquetCompression::default().into(),
        version: Version::V1,
        data_page_size: None,
    }
}

impl<'a> StagedFiles<'a> {
    pub(crate) fn new(dir: &'a Path) -> Self {
        Self { dir, begun: None, tables: Vec::new() }
    }

    /// Writes a table that is held.
    fn whole(&mut self, staged: Staged) -> Result<(), IngestError> {
        let path = staged_path(self.dir, staged.table.blob, staged.table.table);
        let mut file = BufWriter::new(create(&path)?);
        let mut frame = staged.frame;
        ParquetWriter::new(&mut file).finish(&mut frame).map_err(|source| unusable(&path, source))?;
        self.tables.push(staged.table);
        complete(file, &path)
    }
}

impl Target for StagedFiles<'_> {
    /// A row group: its rows, and the pages of each column.
    type Ready = (u64, Vec<Vec<CompressedPage>>);

    fn begin(&mut self, table: &StagedTable) -> Result<(), IngestError> {
        let path = staged_path(self.dir, table.blob, table.table);
        let (empty, _) = Builder::new(table.headers.len(), &[], 0).into_frame();
        let schema = empty.schema().to_arrow(CompatLevel::newest());
        let writer = FileWriter::try_new(BufWriter::new(create(&path)?), schema, options());
        let writer = writer.map_err(|source| unusable(&path, source))?;
        self.begun = Some(Begun { path, writer });
        Ok(())
    }

    fn ready(&self, part: DataFrame) -> Result<Self::Ready, IngestError> {
        let Some(Begun { path, writer }) = &self.begun else { return Ok((0, Vec::new())) };
        row_group(writer, &part).map_err(|source| unusable(path, source))
    }

    fn take(&mut self, (rows, columns): Self::Ready) -> Result<(), IngestError> {
        let Some(Begun { path, writer }) = &mut self.begun else { return Ok(()) };
        let columns = columns.iter().map(|pages| {
            let pages = pages.iter().map(PolarsResult::Ok);
            Ok(DynStreamingIterator::new(fallible_streaming_iterator::convert(pages)))
        });
        writer.write(rows, DynIter::new(columns)).map_err(|source| unusable(path, source))
    }

    fn end(&mut self, table: StagedTable) -> Result<(), IngestError> {
        let Some(Begun { path, mut writer }) = self.begun.take() else { return Ok(()) };
        writer.end(None).map_err(|source| unusable(&path, source))?;
        self.tables.push(table);
        complete(writer.into_inner(), &path)
    }
}

/// Encodes and compresses the rows of a frame.
fn row_group(writer: &FileWriter<BufWriter<File>>, frame: &DataFrame) -> PolarsResult<(u64, Vec<Vec<CompressedPage>>)> {
    let types = writer.parquet_schema().fields();
    let mut columns = Vec::with_capacity(types.len());
    for batch in frame.iter_chunks(CompatLevel::newest(), false) {
        for (array, kind) in batch.columns().iter().zip(types) {
            let encoding = get_dtype_encoding(array.dtype());
            for pages in array_to_columns(array, kind.clone(), options(), &encoding)? {
                let pages = pages.map(|page| Ok(compress(page?, Vec::new(), options().compression)?));
                columns.push(pages.collect::<PolarsResult<Vec<_>>>()?);
            }
        }
    }
    Ok((frame.height() as u64, columns))
}

fn create(path: &Path) -> Result<File, IngestError> {
    File::create(path.with_extension("part")).map_err(|source| IngestError::Write { path: path.to_owned(), source })
}

/// Gives a file that is written its name.
fn complete(file: BufWriter<File>, path: &Path) -> Result<(), IngestError> {
    let written = file.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| file.sync_all());
    let named = written.and_then(|()| fs::rename(path.with_extension("part"), path));
    named.map_err(|source| IngestError::Write { path: path.to_owned(), source })
}

fn unusable(path: &Path, source: PolarsError) -> IngestError {
    IngestError::Staged { path: path.to_owned(), source }
}

fn write_description(dir: &Path, table: &StagedTable) -> Result<(), IngestError> {
    let path = staged_path(dir, table.blob, table.table).with_extension("table.json");
    let part = path.with_extension("part");
    let json = serde_json::to_vec(table).map_err(io::Error::other);
    let written = json.and_then(|json| {
        fs::write(&part, json)?;
        File::open(&part)?.sync_all()?;
        fs::rename(&part, &path)
    });
    written.map_err(|source| IngestError::Write { path, source })
}

/// Reads what is known of a staged table back.
///
/// # Errors
/// It is not there whole.
pub fn read_description(dir: &Path, blob: BlobId, table: u32) -> Result<StagedTable, IngestError> {
    let path = staged_path(dir, blob, table);
    let description = path.with_extension("table.json");
    let read = fs::read(&description).and_then(|json| serde_json::from_slice(&json).map_err(io::Error::other));
    let table: StagedTable = read.map_err(|source| IngestError::Source { path: description, source })?;
    let mut reader = ParquetReader::new(open(&path)?);
    match reader.num_rows().map_err(|source| unusable(&path, source))? as u64 == table.rows {
        true => Ok(table),
        false => Err(IngestError::Source { path, source: io::ErrorKind::InvalidData.into() }),
    }
}

fn open(path: &Path) -> Result<File, IngestError> {
    File::open(path).map_err(|source| IngestError::Source { path: path.to_owned(), source })
}

/// Reads a staged table back.
///
/// # Errors
/// It is not there whole.
pub fn read_staged(dir: &Path, blob: BlobId, table: u32) -> Result<Staged, IngestError> {
    let path = staged_path(dir, blob, table);
    let table = read_description(dir, blob, table)?;
    let frame = ParquetReader::new(open(&path)?).finish().map_err(|source| unusable(&path, source))?;
    Ok(Staged { table, frame })
}

#[cfg(test)]
mod tests;
