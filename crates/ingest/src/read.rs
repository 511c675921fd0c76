//! A stored file to its tables.

use std::io;

use velocity_model::{BlobId, Severity, StagedTable, TableFormat};

use crate::allowance::Allowance;
use crate::container::{Container, detect};
use crate::frame::{Staged, note};
use crate::markup::Markup;
use crate::source::Source;
use crate::target::{Frames, Stop, Target};
use crate::text::Sizes;
use crate::workbook::Workbook;
use crate::{
    ReadError, archive, columnar, fixed_width, html, icalendar, json, json_lines, mail, spreadsheet_ml, text, vcard,
    whatsapp, workbook, xml,
};

/// Part of the name of everything derived from a reading: raised when a reading would come out differently.
pub const READER_VERSION: u32 = 6;

/// Reads every table of a file's bytes. The content decides what the file is; `file_name` only serves to point out a name that
/// promises something else. Tables are numbered over the whole file, those of an archive in the order of its members'
/// names; the place of a row in a packed file is that in the unpacked one.
///
/// # Errors
/// Why the file as a whole is not a table. What is wrong with single rows is in [`velocity_model::StagedTable`].
pub fn read_tables(bytes: &[u8], blob: BlobId, file_name: &str) -> Result<Vec<Staged>, ReadError> {
    let container = detect(bytes)?;
    let is_packed = matches!(container, Container::Zip | Container::Tar | Container::Compressed(_));
    let mut tables = read_container(container, bytes, file_name, blob, &mut Allowance::new(bytes.len() as u64))?;
    for (number, staged) in (0..).zip(&mut tables) {
        staged.table.table = number;
    }
    if let Some(first) = tables.first_mut() {
        note_name(&mut first.table, file_name, is_packed);
    }
    Ok(tables)
}

/// Tells of a name that promises something else than the file is.
pub(crate) fn note_name(first: &mut StagedTable, file_name: &str, is_packed: bool) {
    let found = kind(first.format);
    if promised(file_name, is_packed).is_some_and(|promised| promised != found) {
        let message = format!("the name promises something else, but the file is {found} and was read as that");
        first.issues.push(note(Severity::Note, "read.name_mismatch", message));
    }
}

/// Bytes by which it is decided whether a file is read without being held.
pub(crate) const HEAD: usize = 1024 * 1024;

/// A text that need not be held to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lines {
    Delimited,
    Json,
}

/// What a file that begins so is, if it need not be held to be read. A file that ends within its head is held anyway.
pub(crate) fn lines(head: &[u8], file_name: &str) -> Option<Lines> {
    let is_text = head.len() >= HEAD && matches!(detect(head), Ok(Container::Text));
    let others = [vcard::detect, icalendar::detect, mail::detect, whatsapp::detect];
    if !is_text || others.iter().any(|detect| detect(head)) {
        return None;
    }
    if json_lines::detect(head) {
        return Some(Lines::Json);
    }
    let others = [html::detect, xml::detect, json::begins, fixed_width::detect];
    (!is_named_json(file_name) && !others.iter().any(|detect| detect(head))).then_some(Lines::Delimited)
}

/// Reads a text of which the kind is known.
pub(crate) fn read_lines(
    kind: Lines,
    source: Source<'_>,
    blob: BlobId,
    sizes: Sizes,
    target: &mut impl Target,
) -> Result<(), Stop> {
    match kind {
        Lines::Delimited => text::read(source, blob, sizes, target),
        Lines::Json => json_lines::read(source, blob, sizes, target),
    }
}

/// Reads what a file or a member of one holds.
pub(crate) fn read_bytes(
    bytes: &[u8],
    name: &str,
    blob: BlobId,
    allowance: &mut Allowance,
) -> Result<Vec<Staged>, ReadError> {
    read_container(detect(bytes)?, bytes, name, blob, allowance)
}

fn read_container(
    container: Container,
    bytes: &[u8],
    name: &str,
    blob: BlobId,
    allowance: &mut Allowance,
) -> Result<Vec<Staged>, ReadError> {
    match container {
        Container::Text => read_text(bytes, name, blob),
        Container::CompoundWorkbook => workbook::read(bytes, Workbook::Xls, blob),
        Container::Parquet => Ok(vec![columnar::read_parquet(bytes, blob)?]),
        Container::Arrow(form) => Ok(vec![columnar::read_arrow(bytes, form, blob, allowance)?]),
        Container::Zip => archive::read_zip(bytes, blob, allowance),
        Container::Tar => archive::read_tar(bytes, blob, allowance),
        Container::Compressed(compression) => allowance.deeper(|allowance| {
            let (content, inner) = compression.unpack(bytes, allowance)?;
            let tables = read_bytes(&content, inner.as_deref().unwrap_or(name), blob, allowance)?;
            let tables = tables.into_iter().map(|staged| staged.unpacked(compression.what()));
            Ok(match inner {
                Some(name) => tables.map(|staged| staged.inside(&name)).collect(),
                None => tables.collect(),
            })
        }),
    }
}

fn read_text(bytes: &[u8], name: &str, blob: BlobId) -> Result<Vec<Staged>, ReadError> {
    let one = match () {
        () if vcard::detect(bytes) => Some(vcard::read(bytes, blob)),
        () if icalendar::detect(bytes) => Some(icalendar::read(bytes, blob)),
        () if mail::detect(bytes) => Some(mail::read(bytes, blob)),
        () if whatsapp::detect(bytes) => Some(whatsapp::read(bytes, blob)),
        () if json_lines::detect(bytes) => return read_held(Lines::Json, bytes, blob, Sizes::USUAL),
        () => None,
    };
    if let Some(staged) = one {
        return Ok(vec![staged?]);
    }
    let is_named_json = is_named_json(name);
    let (read, is_named) = match () {
        () if html::detect(bytes) => return html::read(&Markup::new(bytes)?, blob),
        () if xml::detect(bytes) => (read_xml(bytes, blob), xml::is_declared(bytes) || is_named_xml(name)),
        () if json::begins(bytes) || is_named_json => (json::read(bytes, blob), is_named_json),
        () if fixed_width::detect(bytes) => return fixed_width::read(bytes, blob),
        () => return read_held(Lines::Delimited, bytes, blob, Sizes::USUAL),
    };
    match read {
        // `[id];[name]` is no JSON, but a table.
        Err(damaged) if !is_named => read_held(Lines::Delimited, bytes, blob, Sizes::USUAL).map_err(|_| damaged),
        read => read,
    }
}

fn read_xml(bytes: &[u8], blob: BlobId) -> Result<Vec<Staged>, ReadError> {
    let markup = Markup::new(bytes)?;
    if spreadsheet_ml::detect(bytes) { spreadsheet_ml::read(&markup, blob) } else { xml::read(&markup, blob) }
}

fn is_named_xml(name: &str) -> bool {
    name.to_lowercase().ends_with(".xml")
}

fn is_named_json(name: &str) -> bool {
    name.to_lowercase().ends_with("json")
}

/// Reads a text of which the kind is known into memory.
pub(crate) fn read_held(kind: Lines, bytes: &[u8], blob: BlobId, sizes: Sizes) -> Result<Vec<Staged>, ReadError> {
    let mut frames = Frames::default();
    match read_lines(kind, Source::Bytes(bytes), blob, sizes, &mut frames) {
        Ok(()) => Ok(frames.tables),
        Err(Stop::Refused(refused)) => Err(refused),
        // Parts of one table have the same columns, so that they can be joined.
        Err(Stop::Failed(failed)) => Err(ReadError::Io(io::Error::other(failed))),
    }
}

/// What a table was read from, in words.
const fn kind(format: TableFormat) -> &'static str {
    match format {
        TableFormat::Workbook => "a workbook",
        TableFormat::Parquet => "a Parquet file",
        TableFormat::Arrow => "an Arrow file",
        TableFormat::Html => "an HTML page",
        _ => "text",
    }
}

/// What the name promises, by its last ending that is not one of a packing.
fn promised(file_name: &str, is_packed: bool) -> Option<&'static str> {
    const PACKINGS: [&str; 11] = ["zip", "tar", "tgz", "gz", "gzip", "bz2", "xz", "lzma", "zst", "zz", "zlib"];
    let lower = file_name.to_lowercase();
    let mut endings = lower.split('.').skip(1).collect::<Vec<_>>().into_iter().rev().peekable();
    if !is_packed && endings.peek().is_some_and(|ending| PACKINGS.contains(ending)) {
        return Some("a packed file");
    }
    match endings.find(|ending| !PACKINGS.contains(ending))? {
        "xlsx" | "xls" | "xlsb" | "xlsm" | "ods" => Some("a workbook"),
        "csv" | "tsv" | "txt" | "json" | "jsonl" | "ndjson" | "vcf" | "ics" | "eml" | "mbox" => Some("text"),
        "htm" | "html" => Some("an HTML page"),
        "parquet" => Some("a Parquet file"),
        "arrow" | "feather" | "ipc" => Some("an Arrow file"),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
