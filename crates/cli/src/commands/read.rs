//! `velocity read`: the raw table, or how it was understood.

use std::io::{self, IsTerminal};

use velocity_ingest::{RawTable, Staged, read_tables, to_parquet};
use velocity_model::blob_id;

use crate::args::{Format, Read};
use crate::error::{CliError, Exit};
use crate::output::Output;
use crate::render::{counted, reading};

pub(super) fn run(read: &Read, output: &Output) -> Result<Exit, CliError> {
    let path = read.file.display().to_string();
    let what = format!("`{path}`");
    let bytes = std::fs::read(&read.file).map_err(|source| CliError::Io { doing: "read", what, source })?;
    let tables = read_tables(&bytes, blob_id(&bytes), &path);
    let tables = tables.map_err(|source| CliError::Unreadable { path, source })?;
    if read.explain {
        let value: Vec<_> = tables.iter().map(|staged| &staged.table).collect();
        output.result(&reading::explain(&tables), &value)?;
        return Ok(Exit::Fine);
    }
    let shown = if read.all { &tables[..] } else { &tables[..tables.len().min(1)] };
    let raw: Vec<RawTable> = shown.iter().map(Staged::raw).collect();
    match output.format() {
        Format::Json if read.all => output.result("", &raw)?,
        Format::Json => output.result("", &raw.first())?,
        Format::Parquet => output.bytes(&parquet(shown)?)?,
        Format::Human | Format::Csv => output.bytes(&csv(&raw))?,
    }
    if shown.len() < tables.len() {
        let more = counted((tables.len() - shown.len()) as u64, "more table", "more tables");
        output.note(&format!("{more}; --all prints every one"));
    }
    let set_aside: usize = shown.iter().map(|staged| staged.table.quarantined.len()).sum();
    if set_aside > 0 {
        let rows = counted(set_aside as u64, "row is", "rows are");
        output.note(&format!("{rows} not like the others; --explain says which"));
    }
    Ok(Exit::Fine)
}

/// RFC 4180; a blank line between two tables. A row is as wide as its table, or wider if the file has more cells.
fn csv(tables: &[RawTable]) -> Vec<u8> {
    let mut text = Vec::new();
    for (number, table) in tables.iter().enumerate() {
        if number > 0 {
            text.extend_from_slice(b"\r\n");
        }
        let mut writer =
            csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(&mut text);
        // Writing to memory cannot fail.
        if let Some(headers) = &table.headers {
            let _ = writer.write_record(headers);
        }
        for row in &table.rows {
            let _ = writer.write_record(row.iter().map(|cell| cell.as_deref().unwrap_or_default()));
        }
        let _ = writer.flush();
    }
    text
}

fn parquet(tables: &[Staged]) -> Result<Vec<u8>, CliError> {
    let usage = |text: &str| CliError::Usage(text.to_owned());
    let [table] = tables else {
        return Err(usage("Parquet holds one table; leave --all out, or take --format json"));
    };
    if io::stdout().is_terminal() {
        return Err(usage("Parquet is no text for a terminal; write it to a file: `… > table.parquet`"));
    }
    Ok(to_parquet(table)?)
}
