//! A stored file to its tables.

use std::fs;
use std::path::Path;

use velocity_model::{BlobId, Severity};

use crate::container::{Container, detect};
use crate::frame::{Staged, note};
use crate::{ReadError, icalendar, json_lines, mail, text, vcard, workbook};

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
        Container::Text if vcard::detect(&bytes) => vec![vcard::read(&bytes, blob)?],
        Container::Text if icalendar::detect(&bytes) => vec![icalendar::read(&bytes, blob)?],
        Container::Text if mail::detect(&bytes) => vec![mail::read(&bytes, blob)?],
        Container::Text if json_lines::detect(&bytes)? => vec![json_lines::read(&bytes, blob)?],
        Container::Text => vec![text::read(&bytes, blob)?],
        Container::ZipWorkbook | Container::CompoundWorkbook => workbook::read(&bytes, container, blob)?,
    };
    let extension = Path::new(file_name).extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let promised = match extension.as_deref() {
        Some("xlsx" | "xls" | "xlsb" | "xlsm" | "ods") => Some(false),
        Some("csv" | "tsv" | "txt" | "jsonl" | "ndjson" | "vcf" | "ics" | "eml" | "mbox") => Some(true),
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
