//! Writing evidence.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use polars::prelude::{
    Column, DataFrame, IntoColumn, NamedFrom, ParquetWriter, PlSmallStr, Series, StringChunkedBuilder,
};
use velocity_model::{Assertion, Evidence, Link, LinkTarget};

use super::{ROW_GROUP, SEPARATOR};
use crate::EvidenceFileError;

/// Writes an evidence file: under a temporary name beside the target, synced, then renamed, so that the target is either
/// whole or not there. The same evidence gives the same rows in the same order.
///
/// # Errors
/// [`EvidenceFileError::Io`] if the file system refuses, [`EvidenceFileError::Parquet`] if the encoder fails.
pub fn write_evidence(path: &Path, evidence: &[Evidence]) -> Result<(), EvidenceFileError> {
    let temporary = temporary_name(path);
    let written = write(&temporary, evidence).and_then(|()| {
        std::fs::rename(&temporary, path).map_err(|source| io(path, source))?;
        sync_folder(path)
    });
    if written.is_err() {
        // The first failure is the one to report.
        let _ = std::fs::remove_file(&temporary);
    }
    written
}

fn io(path: &Path, source: std::io::Error) -> EvidenceFileError {
    EvidenceFileError::Io { path: path.to_owned(), source }
}

fn temporary_name(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    path.with_file_name(name)
}

/// A rename is durable once the folder is.
#[cfg(unix)]
fn sync_folder(path: &Path) -> Result<(), EvidenceFileError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|source| io(path, source))
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> Result<(), EvidenceFileError> {
    Ok(())
}

fn write(path: &Path, evidence: &[Evidence]) -> Result<(), EvidenceFileError> {
    let parquet = |source| EvidenceFileError::Parquet { path: path.to_owned(), source };
    let mut frame = frame(evidence).map_err(parquet)?;
    let mut out = BufWriter::new(File::create(path).map_err(|source| io(path, source))?);
    ParquetWriter::new(&mut out).with_row_group_size(Some(ROW_GROUP)).finish(&mut frame).map_err(parquet)?;
    out.flush().map_err(|source| io(path, source))?;
    let file = out.into_inner().map_err(|error| io(path, error.into_error()))?;
    file.sync_all().map_err(|source| io(path, source))
}

fn frame(evidence: &[Evidence]) -> polars::error::PolarsResult<DataFrame> {
    let height = evidence.iter().map(rows_of).sum();
    let mut columns = head(evidence, height);
    columns.extend(Details::of(evidence, height));
    DataFrame::new(height, columns)
}

fn rows_of(evidence: &Evidence) -> usize {
    (evidence.assertions.len() + evidence.links.len()).max(1)
}

/// The columns that repeat for every row of a record.
fn head(evidence: &[Evidence], height: usize) -> Vec<Column> {
    let text = |name: &'static str, of: &dyn Fn(&Evidence) -> String| {
        let mut builder = builder(name, height);
        for item in evidence {
            let value = of(item);
            (0..rows_of(item)).for_each(|_| builder.append_value(&value));
        }
        builder.finish().into_column()
    };
    let small = |name: &'static str, of: &dyn Fn(&Evidence) -> u32| {
        let values: Vec<u32> = evidence.iter().flat_map(|item| std::iter::repeat_n(of(item), rows_of(item))).collect();
        Series::new(name.into(), values).into_column()
    };
    let large = |name: &'static str, of: &dyn Fn(&Evidence) -> u64| {
        let values: Vec<u64> = evidence.iter().flat_map(|item| std::iter::repeat_n(of(item), rows_of(item))).collect();
        Series::new(name.into(), values).into_column()
    };
    vec![
        text("record", &|item| item.record.to_string()),
        text("version", &|item| item.version.to_string()),
        text("kind", &|item| item.kind.as_str().to_owned()),
        text("source", &|item| item.source.clone()),
        text("key", &|item| item.key.clone()),
        small("trust", &|item| item.trust),
        text("blob", &|item| item.locator.blob.to_string()),
        small("table", &|item| item.locator.table),
        large("row", &|item| item.locator.row),
        large("offset", &|item| item.locator.offset),
        large("len", &|item| item.locator.len),
    ]
}

fn builder(name: &'static str, height: usize) -> StringChunkedBuilder {
    StringChunkedBuilder::new(PlSmallStr::from_static(name), height)
}

/// The columns that differ from row to row.
struct Details {
    ordinal: Vec<u32>,
    column: Vec<Option<u32>>,
    texts: Vec<StringChunkedBuilder>,
}

/// Order of the text columns in [`Details`].
const TEXTS: [&str; 10] =
    ["type", "field", "value", "raw", "transforms", "unresolved", "assertion", "role", "target", "mention"];

impl Details {
    fn of(evidence: &[Evidence], height: usize) -> Vec<Column> {
        let mut details = Self {
            ordinal: Vec::with_capacity(height),
            column: Vec::with_capacity(height),
            texts: TEXTS.iter().map(|name| builder(name, height)).collect(),
        };
        for item in evidence {
            item.assertions.iter().zip(0..).for_each(|(assertion, ordinal)| details.value(assertion, ordinal));
            item.links.iter().zip(0..).for_each(|(link, ordinal)| details.link(link, ordinal));
            if item.assertions.is_empty() && item.links.is_empty() {
                details.row(0, None, [Some("record"), None, None, None, None, None, None, None, None, None]);
            }
        }
        let mut columns = vec![
            Series::new("ordinal".into(), details.ordinal).into_column(),
            Series::new("column".into(), details.column).into_column(),
        ];
        columns.extend(details.texts.into_iter().map(|builder| builder.finish().into_column()));
        columns
    }

    fn row(&mut self, ordinal: u32, column: Option<u32>, texts: [Option<&str>; TEXTS.len()]) {
        self.ordinal.push(ordinal);
        self.column.push(column);
        self.texts.iter_mut().zip(texts).for_each(|(builder, text)| builder.append_option(text));
    }

    fn value(&mut self, assertion: &Assertion, ordinal: u32) {
        let transforms = assertion.transforms.join(SEPARATOR);
        let id = assertion.id.to_string();
        let texts = [
            Some("value"),
            Some(assertion.field.name()),
            assertion.is_resolved().then_some(assertion.value.as_str()),
            Some(&assertion.raw),
            Some(&transforms),
            assertion.unresolved.as_deref(),
            Some(&id),
            None,
            None,
            None,
        ];
        self.row(ordinal, assertion.column, texts);
    }

    fn link(&mut self, link: &Link, ordinal: u32) {
        let (target, mention) = match &link.target {
            LinkTarget::Record(record) => (record.to_string(), None),
            LinkTarget::Mention(mention) => (mention.value.clone(), Some(mention.field.name())),
        };
        let (role, raw) = (Some(link.role.as_str()), Some(link.raw.as_str()));
        self.row(ordinal, link.column, [Some("link"), None, None, raw, None, None, None, role, Some(&target), mention]);
    }
}
