//! JSON Lines to a staged table: one object a line, nested objects flattened with dots, numbers as they are written.
//!
//! Which columns there are, only the last line tells. So the text is read twice, part by part: first for the keys, then for the
//! cells.

use std::io;

use polars::prelude::DataFrame;
use rayon::prelude::*;
use serde::de::IgnoredAny;
use velocity_model::{BlobId, StagedTable, TableFormat};

use crate::dialect::finding;
use crate::encoding::{self, StoredLen};
use crate::frame::{Builder, KEPT, Tally};
use crate::json::{Object, flatten};
use crate::part::Part;
use crate::properties::{Columns, Properties};
use crate::source::Source;
use crate::split::Dialect;
use crate::stored_text::{behind_mark, opening};
use crate::target::{Stop, Target};
use crate::text::{Sizes, at_once, stage_parts};
use crate::text_reader::TextReader;

/// Whether the text is JSON Lines: its first line is an object, and not the whole document.
pub(crate) fn detect(bytes: &[u8]) -> bool {
    // What is decoded first is decoded whole, so its first character decides whether that is worth while.
    if opening(bytes).first() != Some(&b'{') {
        return false;
    }
    let text = behind_mark(bytes);
    let end = memchr::memchr(b'\n', &text).unwrap_or(text.len());
    serde_json::from_slice::<IgnoredAny>(&text[..end]).is_ok() && !text[end..].trim_ascii().is_empty()
}

/// Reads JSON Lines. Headers are the keys in the order in which they are first seen.
pub(crate) fn read(source: Source<'_>, blob: BlobId, sizes: Sizes, target: &mut impl Target) -> Result<(), Stop> {
    let found = encoding::detect_in(source)?;
    let reader = || TextReader::new(source, found, Dialect::LINES, sizes.block);
    let columns = columns(reader(), sizes)?;
    let mut table = StagedTable {
        blob,
        table: 0,
        name: None,
        format: TableFormat::JsonLines,
        encoding: found.name().to_owned(),
        delimiter: None,
        header_row: None,
        headers: columns.headers.clone(),
        preamble: Vec::new(),
        rows: 0,
        quarantined: Vec::new(),
        issues: Vec::new(),
        detected: vec![found.finding(), finding("header", "keys".to_owned(), "every line is an object".to_owned())],
    };
    target.begin(&table).map_err(Stop::Failed)?;
    let mut reader = reader();
    let bytes_of = reader.window.bytes_of();
    let width = columns.headers.len();
    let build = |part: Part| build(part, bytes_of, &columns);
    let tally = stage_parts(target, |count| parts(&mut reader, count, sizes, width), build)?;
    table.issues.extend(columns.issue(tally.others));
    tally.tell(&mut table);
    target.end(table).map_err(Stop::Failed)
}

/// The columns that the rows need.
fn columns(mut reader: TextReader<'_>, sizes: Sizes) -> Result<Columns, io::Error> {
    let (mut properties, mut rows) = (Properties::default(), 0);
    loop {
        let parts = parts(&mut reader, at_once(), sizes, 1)?;
        if parts.is_empty() {
            return Ok(properties.into_columns(rows));
        }
        let bytes_of = reader.window.bytes_of();
        for (next, count) in parts.into_par_iter().map(|part| seen(&part, bytes_of)).collect::<Vec<_>>() {
            properties.add(next);
            rows += count;
        }
    }
}

/// The keys of a part, and how many of its lines are objects.
fn seen(part: &Part, bytes_of: Option<StoredLen>) -> (Properties, u64) {
    let (mut properties, mut rows) = (Properties::default(), 0);
    for (_, line) in part.held(bytes_of) {
        if let Ok(Object(keys)) = serde_json::from_slice::<Object<'_>>(line) {
            rows += 1;
            for (key, value) in keys {
                flatten(&key, value, &mut |key, _| {
                    properties.number(&key);
                });
            }
        }
    }
    (properties, rows)
}

/// The next parts, up to `count`; none at the end.
fn parts(reader: &mut TextReader<'_>, count: usize, sizes: Sizes, width: usize) -> io::Result<Vec<Part>> {
    let mut parts = Vec::new();
    while parts.len() < count {
        let mut part = Part::default();
        while !sizes.are_reached(&part, width) {
            let Some(line) = reader.next_row()? else { break };
            if line.len > 0 {
                part.push(reader, line);
            }
        }
        if part.rows == 0 {
            break;
        }
        parts.push(part);
    }
    Ok(parts)
}

/// The rows of a part.
fn build(part: Part, bytes_of: Option<StoredLen>, columns: &Columns) -> (DataFrame, Tally) {
    let mut builder = Builder::new(columns.headers.len(), &[], part.rows);
    for (place, line) in part.held(bytes_of).filter(|(_, line)| !line.trim_ascii().is_empty()) {
        match serde_json::from_slice::<Object<'_>>(line) {
            Ok(Object(keys)) => {
                let mut row = Vec::new();
                for (key, value) in keys {
                    flatten(&key, value, &mut |key, value| row.extend(columns.place(&key, value)));
                }
                columns.take(&mut builder, place, row);
            }
            Err(error) => {
                let message = format!("the line is no JSON object (column {})", error.column());
                let raw = String::from_utf8_lossy(&line[..line.len().min(KEPT)]).into_owned();
                builder.set_aside(place, "read.bad_json", message, vec![raw]);
            }
        }
    }
    part.set_large_aside(&mut builder);
    builder.into_frame()
}

#[cfg(test)]
mod tests;
