//! Tables as columns: of a width, of Parquet, of Arrow.

use polars::prelude::{IpcStreamWriter, IpcWriter, SerWriter};
use velocity_ingest::{RawTable, Staged, to_parquet};

use crate::Made;
use crate::markup::header;

/// The first columns, each as wide as its widest cell.
pub(crate) fn fixed_width(table: &RawTable) -> Vec<u8> {
    let rows: Vec<Vec<String>> = header(table)
        .chain(table.rows.iter().cloned())
        .map(|row| {
            row.into_iter().take(6).map(|cell| cell.unwrap_or_default().replace(['\r', '\n', ',', ';'], " ")).collect()
        })
        .collect();
    let widths: Vec<usize> = (0..6)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0))
        .collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ") + "\n"
    };
    // A few rows more, since a few lines do not prove where columns stand.
    rows.iter().chain(rows.iter().skip(1)).chain(rows.iter().skip(1)).map(line).collect::<String>().into_bytes()
}

pub(crate) fn parquet(staged: &Staged) -> Made {
    Ok(to_parquet(staged)?)
}

pub(crate) fn arrow_file(staged: &Staged) -> Made {
    let mut bytes = Vec::new();
    IpcWriter::new(&mut bytes).finish(&mut staged.frame.clone())?;
    Ok(bytes)
}

pub(crate) fn arrow_stream(staged: &Staged) -> Made {
    let mut bytes = Vec::new();
    IpcStreamWriter::new(&mut bytes).finish(&mut staged.frame.clone())?;
    Ok(bytes)
}
