//! Number formats and spanning cells of a binary workbook (MS-XLSB §2.1.7.50 and §2.1.7.62).

use std::collections::HashMap;
use std::io::{self, BufReader, Cursor, Read};

use calamine::Dimensions;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::layout::{Asked, Layout, Layouts, Styles};
use super::record::{utf16, value16, value32};
use crate::markup::unescape;
use crate::xml::{Piece, walk};

type Parts<'a> = ZipArchive<Cursor<&'a [u8]>>;

const BRT_ROW_HDR: u16 = 0x0000;
const BRT_CELL_RK: u16 = 0x0002;
const BRT_CELL_REAL: u16 = 0x0005;
const BRT_FMLA_NUM: u16 = 0x0009;
const BRT_FMT: u16 = 0x002c;
const BRT_XF: u16 = 0x002f;
const BRT_BUNDLE_SH: u16 = 0x009c;
const BRT_MERGE_CELL: u16 = 0x00b0;
const BRT_BEGIN_CELL_XFS: u16 = 0x0269;
const BRT_END_CELL_XFS: u16 = 0x026a;

/// Largest record that is looked into: those of interest are shorter.
const LARGEST: u64 = 64 * 1024;

pub(super) fn layouts(bytes: &[u8], asked: Asked) -> Layouts {
    let mut layouts = Layouts::new();
    let Ok(mut parts) = ZipArchive::new(Cursor::new(bytes)) else { return layouts };
    let styles = styles(&mut parts);
    if asked == Asked::Everything || !styles.is_empty() {
        for (name, path) in sheets(&mut parts) {
            layouts.insert(name, layout(&mut parts, &path, &styles));
        }
    }
    layouts
}

/// The styles of cells, by their numbers.
fn styles(parts: &mut Parts<'_>) -> Styles<u32> {
    let (mut codes, mut formats, mut is_of_cells) = (HashMap::new(), Vec::new(), false);
    records(parts, "xl/styles.bin", |kind, record| match kind {
        BRT_FMT => codes.extend(value16(record, 0).zip(wide_text(record, 2))),
        BRT_BEGIN_CELL_XFS => is_of_cells = true,
        BRT_END_CELL_XFS => is_of_cells = false,
        BRT_XF if is_of_cells => formats.extend(value16(record, 2)),
        _ => {}
    });
    Styles::new((0..).zip(formats).filter_map(|(style, format)| Some((style, codes.get(&format)?.clone()))))
}

/// The names of the sheets, and the parts that hold them.
fn sheets(parts: &mut Parts<'_>) -> Vec<(String, String)> {
    let mut targets = HashMap::new();
    let mut text = String::new();
    if let Some(mut relations) = part(parts, "xl/_rels/workbook.bin.rels") {
        // What is damaged has been refused before.
        let _ = relations.read_to_string(&mut text);
    }
    let _ = walk(&text, |piece| {
        if let Piece::Start(tag) = piece {
            let attribute = |name| tag.attributes().find(|(key, _)| *key == name).map(|(_, value)| value);
            targets.extend(attribute("Id").zip(attribute("Target")));
        }
    });
    let mut sheets = Vec::new();
    records(parts, "xl/workbook.bin", |kind, record| {
        if kind == BRT_BUNDLE_SH {
            let target = wide_text(record, 8).and_then(|id| targets.get(id.as_str()));
            let name = value32(record, 8).and_then(|len| wide_text(record, 12 + 2 * len as usize));
            sheets.extend(name.zip(target.map(|target| match target.strip_prefix('/') {
                Some(path) => unescape(path).0.into_owned(),
                None => format!("xl/{}", unescape(target).0),
            })));
        }
    });
    sheets
}

fn layout(parts: &mut Parts<'_>, path: &str, styles: &Styles<u32>) -> Layout {
    let (mut layout, mut row) = (Layout::new(styles), 0);
    records(parts, path, |kind, record| {
        let at = |place| value32(record, place);
        match kind {
            BRT_ROW_HDR => row = at(0).unwrap_or(row),
            BRT_CELL_RK | BRT_CELL_REAL | BRT_FMLA_NUM => {
                // The upper byte has flags.
                if let (Some(column), Some(style)) = (at(0), at(4)) {
                    layout.push(styles, &(style & 0x00ff_ffff), (row, column), (row, column));
                }
            }
            BRT_MERGE_CELL => {
                if let (Some(top), Some(bottom), Some(left), Some(right)) = (at(0), at(4), at(8), at(12)) {
                    layout.merged.push(Dimensions { start: (top, left), end: (bottom, right) });
                }
            }
            _ => {}
        }
    });
    layout.finish()
}

/// A part, whatever the letters and slashes of its name.
fn part<'p, 'b>(parts: &'p mut Parts<'b>, path: &str) -> Option<ZipFile<'p, Cursor<&'b [u8]>>> {
    let is_it = |name: &str| name.trim_start_matches('/').replace('\\', "/").eq_ignore_ascii_case(path);
    let name = parts.file_names().flatten().find(|name| is_it(name))?.into_owned();
    parts.by_name(&name).ok()
}

/// Shows the records of a part with their kinds (MS-XLSB §2.1.4), as far as they are whole.
fn records(parts: &mut Parts<'_>, path: &str, mut look: impl FnMut(u16, &[u8])) {
    let Some(part) = part(parts, path) else { return };
    let mut part = BufReader::new(part);
    let mut record = Vec::new();
    while let (Some(kind), Some(len)) = (packed(&mut part, 2), packed(&mut part, 4)) {
        record.clear();
        let len = u64::from(len);
        let mut content = part.by_ref().take(len);
        let read = match len > LARGEST {
            true => io::copy(&mut content, &mut io::sink()),
            false => content.read_to_end(&mut record).map(|read| read as u64),
        };
        if read.ok() != Some(len) {
            return;
        }
        look(u16::try_from(kind).unwrap_or(u16::MAX), &record);
    }
}

/// A number in up to `most` bytes, which have seven bits of it each, the low ones first.
fn packed(part: &mut impl Read, most: u32) -> Option<u32> {
    let mut number = 0;
    for place in 0..most {
        let mut byte = [0];
        part.read_exact(&mut byte).ok()?;
        number |= u32::from(byte[0] & 0x7f) << (7 * place);
        if byte[0] & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

/// Text of two bytes a character behind its length.
fn wide_text(record: &[u8], at: usize) -> Option<String> {
    let len = value32(record, at)? as usize;
    utf16(record.get(at + 4..)?.get(..len.checked_mul(2)?)?)
}
