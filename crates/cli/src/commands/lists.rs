//! Small CSV files that commands take and give: truths, labels, pairs.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::error::CliError;

/// A CSV file with headers, to be read once.
pub(super) struct List<'p> {
    path: &'p Path,
    headers: Vec<String>,
    reader: csv::Reader<File>,
}

impl<'p> List<'p> {
    pub(super) fn open(path: &'p Path) -> Result<Self, CliError> {
        let fail = |source| failed("read", path, source);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).map_err(fail)?;
        let headers = reader.headers().map_err(fail)?.iter().map(|header| header.trim().to_lowercase()).collect();
        Ok(Self { path, headers, reader })
    }

    /// The first column that has one of the names.
    pub(super) fn column(&self, names: &[&str]) -> Option<usize> {
        self.headers.iter().position(|header| names.contains(&header.as_str()))
    }

    /// The columns of these names, all of which must be there.
    pub(super) fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[usize; N], CliError> {
        let mut columns = [0; N];
        for (column, name) in columns.iter_mut().zip(names) {
            let found = self.column(&[name]);
            *column = found.ok_or_else(|| self.wrong(&format!("needs the columns {}", names.join(" and "))))?;
        }
        Ok(columns)
    }

    /// What is wrong with the file.
    pub(super) fn wrong(&self, what: &str) -> CliError {
        CliError::Usage(format!("`{}` {what}", self.path.display()))
    }

    /// Every row, with its number as an editor counts lines, and its cells without the space around them.
    pub(super) fn rows(&mut self) -> Result<Vec<(usize, Row)>, CliError> {
        let path = self.path;
        let row = |(number, row): (usize, csv::Result<csv::StringRecord>)| {
            Ok((number + 2, Row(row.map_err(|source| failed("read", path, source))?)))
        };
        self.reader.records().enumerate().map(row).collect()
    }
}

/// The cells of a row.
pub(super) struct Row(csv::StringRecord);

impl Row {
    /// A cell; empty where the row is too short.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.0.get(column).unwrap_or_default().trim()
    }
}

/// Yes or no, in the usual words.
pub(super) fn answer(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "1" | "yes" | "y" | "match" => Some(true),
        "false" | "0" | "no" | "n" | "distinct" => Some(false),
        _ => None,
    }
}

/// Writes a CSV file.
pub(super) fn write(path: &Path, header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<(), CliError> {
    let fail = |source| failed("write", path, source);
    let mut writer = csv::Writer::from_path(path).map_err(fail)?;
    writer.write_record(header).map_err(fail)?;
    for row in rows {
        writer.write_record(row).map_err(fail)?;
    }
    writer.flush().map_err(|source| fail(source.into()))
}

fn failed(doing: &'static str, path: &Path, source: csv::Error) -> CliError {
    CliError::Io { doing, what: format!("`{}`", path.display()), source: io::Error::other(source) }
}
