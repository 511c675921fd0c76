//! Archives: every member that is a table, in the order of the members' names.

use std::borrow::Cow;
use std::io::Cursor;
use std::ops::Range;

use velocity_model::{BlobId, Severity};
use zip::ZipArchive;
use zip::read::ZipFileEntry;
use zip::result::ZipError;

use crate::ReadError;
use crate::allowance::Allowance;
use crate::compression::damaged;
use crate::frame::{Staged, note};
use crate::read::read_bytes;
use crate::workbook::{self, Workbook};

/// Members that are named one by one when they are left out; an archive of ten thousand pictures needs no longer list.
const NAMED: usize = 20;

/// What a ZIP archive is, by the names in its central directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Files,
    Workbook(Workbook),
    Other(&'static str),
}

/// Reads a ZIP archive: a workbook, or an archive of files.
pub(crate) fn read_zip(bytes: &[u8], blob: BlobId, allowance: &mut Allowance) -> Result<Vec<Staged>, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    let names = (0..archive.len()).map(|index| archive.by_index_data(index).map(|member| name(&member)));
    let names: Vec<String> = names.collect::<Result<_, _>>().map_err(|error| refusal(&error))?;
    match kind(&names, bytes) {
        Kind::Other(what) => Err(ReadError::Binary(what)),
        Kind::Workbook(workbook) => {
            check_parts(&mut archive, allowance)?;
            workbook::read(bytes, workbook, blob)
        }
        Kind::Files => allowance.deeper(|allowance| read_files(&mut archive, names, blob, allowance)),
    }
}

/// The reader of workbooks unpacks what it finds, whatever its size: a part that grows beyond the limits is refused before. One
/// that is damaged may not matter to the sheets.
fn check_parts(archive: &mut Zip<'_>, allowance: &mut Allowance) -> Result<(), ReadError> {
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { continue };
        let packed = part.compressed_size();
        if let Err(limit @ ReadError::Limit(_)) = allowance.check(part, packed, ZIP) {
            return Err(limit);
        }
    }
    Ok(())
}

fn read_files(
    archive: &mut Zip<'_>,
    names: Vec<String>,
    blob: BlobId,
    allowance: &mut Allowance,
) -> Result<Vec<Staged>, ReadError> {
    let repeated = archive.has_duplicate_names();
    let is_file =
        |index: usize| archive.by_index_data(index).is_ok_and(|member| !member.is_dir() && !member.is_symlink());
    let members = names.into_iter().zip(0..).filter(|(name, index)| is_file(*index) && !is_passed_over(name)).collect();
    let content = |index: usize, allowance: &mut Allowance| {
        if archive.by_index_data(index).is_ok_and(|member| member.encrypted()) {
            return Err(ReadError::Password);
        }
        let member = archive.by_index(index).map_err(|error| refusal(&error))?;
        let packed = member.compressed_size();
        let mut content = Vec::new();
        allowance.unpack(member, packed, ZIP, &mut content)?;
        Ok(Cow::Owned(content))
    };
    let mut tables = read_members(ZIP, members, content, blob, allowance)?;
    if let Some(first) = tables.first_mut().filter(|_| repeated) {
        let message = "several members of the archive have the same name; only the last of each was read".to_owned();
        first.table.issues.push(note(Severity::Warning, "read.member_repeated", message));
    }
    Ok(tables)
}

type Zip<'a> = ZipArchive<Cursor<&'a [u8]>>;

const ZIP: &str = "a ZIP archive";
const TAR: &str = "a tar archive";

/// Reads a tape archive. Its members stand in it as they are.
pub(crate) fn read_tar(bytes: &[u8], blob: BlobId, allowance: &mut Allowance) -> Result<Vec<Staged>, ReadError> {
    let mut archive = tar::Archive::new(Cursor::new(bytes));
    let mut members: Vec<(String, Range<usize>)> = Vec::new();
    for entry in archive.entries().map_err(|error| damaged(TAR, &error))? {
        let entry = entry.map_err(|error| damaged(TAR, &error))?;
        let name = shown(&String::from_utf8_lossy(&entry.path_bytes()));
        if entry.header().entry_type().is_file() && !is_passed_over(&name) {
            let start = entry.raw_file_position() as usize;
            members.push((name, start..start.saturating_add(entry.size() as usize)));
        }
    }
    let content = |span: Range<usize>, _: &mut Allowance| {
        let cut = || ReadError::Damaged { what: TAR, reason: "it ends too early".to_owned() };
        bytes.get(span).map(Cow::Borrowed).ok_or_else(cut)
    };
    allowance.deeper(|allowance| read_members(TAR, members, content, blob, allowance))
}

/// Reads what can be read. What cannot becomes an issue of the first table, or the reason if there is no table.
fn read_members<'a, M>(
    what: &'static str,
    mut members: Vec<(String, M)>,
    mut content: impl FnMut(M, &mut Allowance) -> Result<Cow<'a, [u8]>, ReadError>,
    blob: BlobId,
    allowance: &mut Allowance,
) -> Result<Vec<Staged>, ReadError> {
    allowance.members(members.len())?;
    members.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut tables: Vec<Staged> = Vec::new();
    let mut refused: Vec<(String, ReadError)> = Vec::new();
    for (name, member) in members {
        match content(member, allowance).and_then(|bytes| read_bytes(&bytes, &name, blob, allowance)) {
            Ok(found) => tables.extend(found.into_iter().map(|staged| staged.unpacked(what).inside(&name))),
            Err(reason) => refused.push((name, reason)),
        }
    }
    let Some(first) = tables.first_mut() else {
        let member = |(name, source)| ReadError::Member { name, source: Box::new(source) };
        return Err(refused.into_iter().next().map_or(ReadError::NoMember, member));
    };
    for (name, reason) in refused.iter().take(NAMED) {
        let message = format!("`{name}` in the archive was left out: {reason}; {}", reason.hint());
        first.table.issues.push(note(Severity::Warning, "read.member_refused", message));
    }
    if let Some(more) = refused.len().checked_sub(NAMED).filter(|more| *more > 0) {
        let message = format!("{more} further members of the archive were left out; unpack it to look at them");
        first.table.issues.push(note(Severity::Warning, "read.member_refused", message));
    }
    Ok(tables)
}

/// A member's name: UTF-8 if it is, because many packers do not say so, else what the archive says, mostly CP437.
fn name(member: &ZipFileEntry<'_>) -> String {
    let stated = || member.name().unwrap_or_else(|_| String::from_utf8_lossy(member.name_raw()));
    shown(&std::str::from_utf8(member.name_raw()).map_or_else(|_| stated(), Cow::Borrowed))
}

/// A member's name for people to read; it is never a path to write to.
fn shown(name: &str) -> String {
    let plain = |c: char| match c {
        '\\' => '/',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    name.chars().map(plain).collect()
}

/// What operating systems leave in archives beside the files.
fn is_passed_over(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    let is_left_behind = matches!(file, "" | ".DS_Store" | "Thumbs.db" | "desktop.ini") || file.starts_with("._");
    is_left_behind || name.split('/').any(|folder| folder == "__MACOSX")
}

/// Tells documents that are ZIP archives from archives of files.
fn kind(names: &[String], bytes: &[u8]) -> Kind {
    let names: Vec<String> = names.iter().map(|name| name.trim_start_matches('/').to_lowercase()).collect();
    let has = |name: &str| names.iter().any(|other| other == name);
    let under = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    // The type of an OpenDocument or EPUB stands unpacked at the very beginning, so that it can be told like this.
    let head = &bytes[..bytes.len().min(200)];
    let says = |what: &[u8]| head.windows(what.len()).any(|window| window == what);
    let is_open_document = has("content.xml") && has("meta-inf/manifest.xml");
    let is_office = has("[content_types].xml");
    if has("xl/workbook.bin") {
        Kind::Workbook(Workbook::Xlsb)
    } else if has("xl/workbook.xml") || is_office && under("xl/") {
        Kind::Workbook(Workbook::Xlsx)
    } else if is_open_document && (says(b"opendocument.text") || says(b"opendocument.pres") || says(b"opendocument.gr"))
    {
        Kind::Other("an OpenDocument text, presentation or drawing")
    } else if is_open_document {
        Kind::Workbook(Workbook::Ods)
    } else if is_office && under("word/") {
        Kind::Other("a Word document")
    } else if is_office && under("ppt/") {
        Kind::Other("a PowerPoint presentation")
    } else if is_office {
        Kind::Workbook(Workbook::Xlsx)
    } else if says(b"epub+zip") || has("meta-inf/container.xml") {
        Kind::Other("an EPUB book")
    } else if has("meta-inf/manifest.mf") {
        Kind::Other("a Java archive")
    } else if has("index/document.iwa") {
        Kind::Other("a document of Apple Numbers, Pages or Keynote")
    } else {
        Kind::Files
    }
}

fn refusal(error: &ZipError) -> ReadError {
    match error {
        ZipError::Io(error) => damaged(ZIP, error),
        other => ReadError::Damaged { what: ZIP, reason: other.to_string() },
    }
}

#[cfg(test)]
mod tests;
