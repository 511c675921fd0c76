//! Staged tables for tests, made from text; reading real files is `ingest`'s part.

use polars::prelude::{Column, DataFrame, NamedFrom, Series};
use velocity_model::{BlobId, Profile, StagedTable, TableFormat, row_digest};

/// A table of cells. Row `i` (from 0) stands on line `i + 2`, sixteen bytes each.
pub(crate) fn table(headers: &[&str], rows: &[Vec<Option<String>>]) -> (StagedTable, DataFrame) {
    let place = |from: u64, step: u64| (0..rows.len() as u64).map(|i| from + i * step).collect::<Vec<_>>();
    let digest =
        |row: &Vec<Option<String>>| row_digest(row.iter().map(|cell| cell.as_deref().unwrap_or_default())).to_string();
    let mut columns: Vec<Column> = vec![
        Series::new("_row".into(), place(2, 1)).into(),
        Series::new("_offset".into(), place(16, 16)).into(),
        Series::new("_len".into(), place(16, 0)).into(),
        Series::new("_digest".into(), rows.iter().map(digest).collect::<Vec<_>>()).into(),
    ];
    for index in 0..headers.len() {
        let cells: Vec<Option<&str>> = rows.iter().map(|row| row.get(index)?.as_deref()).collect();
        columns.push(Series::new(format!("c{index}").as_str().into(), cells).into());
    }
    let staged = StagedTable {
        blob: BlobId::from_bytes([7; 32]),
        table: 0,
        name: None,
        format: TableFormat::Csv,
        encoding: "UTF-8".to_owned(),
        delimiter: Some(','),
        header_row: Some(1),
        headers: headers.iter().map(|header| (*header).to_owned()).collect(),
        preamble: Vec::new(),
        rows: rows.len() as u64,
        quarantined: Vec::new(),
        issues: Vec::new(),
        detected: Vec::new(),
    };
    (staged, DataFrame::new(rows.len(), columns).unwrap())
}

/// A table from delimited text with a header (RFC 4180); an empty cell is empty text.
pub(crate) fn csv(text: &str, delimiter: char) -> (StagedTable, DataFrame) {
    let mut records: Vec<Vec<Option<String>>> = Vec::new();
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = text.trim_end_matches('\n').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            c if c == delimiter && !quoted => cells.push(Some(std::mem::take(&mut cell))),
            '\n' if !quoted => {
                cells.push(Some(std::mem::take(&mut cell)));
                records.push(std::mem::take(&mut cells));
            }
            c => cell.push(c),
        }
    }
    cells.push(Some(cell));
    records.push(cells);
    let headers = records.remove(0);
    let headers: Vec<&str> = headers.iter().map(|header| header.as_deref().unwrap_or_default()).collect();
    table(&headers, &records)
}

/// A shipped profile by name.
pub(crate) fn shipped(name: &str) -> &'static Profile {
    crate::shipped().iter().find(|profile| profile.name == name).unwrap()
}
