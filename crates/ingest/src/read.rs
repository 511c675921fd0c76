//! A stored file to its tables.

use std::fs;
use std::path::Path;

use velocity_model::{BlobId, Severity};

use crate::container::{Container, detect};
use crate::frame::{Staged, note};
use crate::{ReadError, json, json_lines, text, workbook};

/// Part of the name of everything derived from a reading: raised when a reading would come out differently.
pub const READER_VERSION: u32 = 2;

/// Reads every table of a file. The content decides what the file is; `file_name` only serves to point out a name that
/// promises something else.
///
/// # Errors
/// Why the file as a whole is not a table. What is wrong with single rows is in [`velocity_model::StagedTable`].
pub fn read_tables(path: &Path, blob: BlobId, file_name: &str) -> Result<Vec<Staged>, ReadError> {
    let bytes = fs::read(path)?;
    let container = detect(&bytes)?;
    let mut tables = match container {
        Container::Text => read_text(&bytes, blob, file_name)?,
        Container::ZipWorkbook | Container::CompoundWorkbook => workbook::read(&bytes, container, blob)?,
    };
    let extension = Path::new(file_name).extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let promised = match extension.as_deref() {
        Some("xlsx" | "xls" | "xlsb" | "xlsm" | "ods") => Some(false),
        Some("csv" | "tsv" | "txt" | "jsonl" | "ndjson") => Some(true),
        _ => None,
    };
    if promised.is_some_and(|is_text| is_text != (container == Container::Text)) {
        let found = if container == Container::Text { "text" } else { "a workbook" };
        let message = format!("the name promises something else, but the file is {found} and was read as that");
        if let Some(first) = tables.first_mut() {
            first.table.issues.push(note(Severity::Note, "read.name_mismatch", message));
        }
    }
    Ok(tables)
}

fn read_text(bytes: &[u8], blob: BlobId, file_name: &str) -> Result<Vec<Staged>, ReadError> {
    if json_lines::detect(bytes) {
        return Ok(vec![json_lines::read(bytes, blob)?]);
    }
    let is_named_json = file_name.to_lowercase().ends_with("json");
    if json::begins(bytes) || is_named_json {
        match json::read(bytes, blob) {
            // `[id];[name]` is no JSON, but a table.
            Err(damaged) if !is_named_json => text::read(bytes, blob).map_err(|_| damaged),
            read => read,
        }
    } else {
        text::read(bytes, blob)
    }
}
