//! Number formats of a workbook of Excel 5 to 2003 (MS-XLS §2.1.4 and §2.4).

use std::collections::HashMap;

use super::biff::{BOF, BOUND_SHEET, EOF, FORMULA, MUL_RK, records, stream};
use super::layout::{Layout, Layouts, Styles};
use super::record::{utf16, value16, value32};

const XF: u16 = 0x00e0;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027e;
const FORMAT: u16 = 0x041e;

/// Version that a stream states from Excel 97 on, since when text is Unicode.
const BIFF8: u16 = 0x0600;

/// Layouts of the sheets, which have the given names, if any number format of the workbook shows leading zeros.
pub(super) fn layouts<'n>(bytes: &[u8], names: impl Iterator<Item = &'n str>) -> Layouts {
    let Some(stream) = stream(bytes) else { return Layouts::new() };
    let (mut codes, mut formats, mut sheets, mut version) = (HashMap::new(), Vec::new(), Vec::new(), None);
    for (kind, record) in records(&stream, 0).take_while(|(kind, _)| *kind != EOF) {
        match kind {
            BOF => version = value16(record, 0),
            FORMAT => codes.extend(value16(record, 0).zip(code(record, version == Some(BIFF8)))),
            XF => formats.extend(value16(record, 2)),
            BOUND_SHEET => sheets.extend(value32(record, 0)),
            _ => {}
        }
    }
    let with_code = (0_u16..).zip(formats).filter_map(|(style, format)| Some((style, codes.get(&format)?.clone())));
    let styles = Styles::new(with_code);
    if styles.is_empty() {
        return Layouts::new();
    }
    names.zip(sheets).map(|(name, start)| (name.to_owned(), layout(&stream, start as usize, &styles))).collect()
}

/// The code of a number format. Before there was Unicode it is in the code page of the workbook, which matters to none that
/// places digits.
fn code(record: &[u8], is_unicode: bool) -> Option<String> {
    let text = |at: usize, len: usize| record.get(at..)?.get(..len);
    if !is_unicode {
        let len = usize::from(*record.get(2)?);
        return String::from_utf8(text(3, len)?.to_vec()).ok();
    }
    let len = usize::from(value16(record, 2)?);
    let is_wide = record.get(4)? & 1 == 1;
    // Otherwise each character is the byte of its number.
    if is_wide { utf16(text(5, 2 * len)?) } else { Some(text(5, len)?.iter().map(|byte| char::from(*byte)).collect()) }
}

fn layout(stream: &[u8], start: usize, styles: &Styles<u16>) -> Layout {
    let mut layout = Layout::new(styles);
    let mut depth = 0;
    for (kind, record) in records(stream, start) {
        match kind {
            BOF => depth += 1,
            EOF if depth > 1 => depth -= 1,
            EOF => break,
            // A chart in the sheet has cells of its own.
            _ if depth > 1 => {}
            NUMBER | RK | FORMULA => cell(&mut layout, styles, record, 4, 0),
            // Row, first column, then six bytes for each cell: its style and its number.
            MUL_RK => {
                let cells = record.len().saturating_sub(6) / 6;
                (0..cells).for_each(|number| cell(&mut layout, styles, record, 4 + 6 * number, number));
            }
            _ => {}
        }
    }
    layout.finish()
}

/// Takes in a cell, `further` columns right of the first one of its record, whose style stands `at` a place.
fn cell(layout: &mut Layout, styles: &Styles<u16>, record: &[u8], at: usize, further: usize) {
    if let (Some(row), Some(column), Some(style)) = (value16(record, 0), value16(record, 2), value16(record, at)) {
        let place = (u32::from(row), u32::from(column) + further as u32);
        layout.push(styles, &style, place, place);
    }
}
