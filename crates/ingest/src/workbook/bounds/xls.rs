//! The same of XLS (MS-XLS §2.1.4 and §2.4), whose sheets calamine reads as it opens the workbook.

use super::{Area, is_worth};
use crate::workbook::biff::{BOF, BOUND_SHEET, EOF, FORMULA, MUL_RK, records, stream};
use crate::workbook::record::{value16, value32};

/// Rows by columns of the format. Many programs state all of them, whatever is filled; calamine sets so much aside and touches none of it.
const WHOLE_SHEET: u64 = 65_536 * 256;
const DIMENSIONS: u16 = 0x0200;
const CELLS: [u16; 8] = [FORMULA, 0x00d6, 0x00fd, 0x0203, 0x0204, 0x0205, 0x0207, 0x027e];

/// Whether all sheets together fit, by the cells they have and by the size they state.
pub(in crate::workbook) fn fits(bytes: &[u8]) -> bool {
    let Some(stream) = stream(bytes) else { return true };
    let globals = records(&stream, 0).take_while(|(kind, _)| *kind != EOF);
    let starts = globals.filter(|(kind, _)| *kind == BOUND_SHEET).filter_map(|(_, sheet)| value32(sheet, 0));
    let (mut cells, mut filled) = (0_u64, 0_u64);
    for start in starts {
        let mut area = Area::default();
        let mut depth = 0;
        for (kind, record) in records(&stream, start as usize) {
            match kind {
                BOF => depth += 1,
                EOF if depth > 1 => depth -= 1,
                EOF => break,
                DIMENSIONS if stated(record) > WHOLE_SHEET => return false,
                MUL_RK => row_of_numbers(record).for_each(|place| area.add(place)),
                _ if CELLS.contains(&kind) => place(record).into_iter().for_each(|place| area.add(place)),
                _ => {}
            }
        }
        cells = cells.saturating_add(area.cells());
        filled += area.filled;
        if !is_worth(cells, filled) {
            return false;
        }
    }
    true
}

/// Cells of the sheet that a record of its dimensions states.
fn stated(record: &[u8]) -> u64 {
    let wide = |at| value16(record, at).map(u64::from);
    let (rows, columns) = match record.len() {
        10 => (wide(0).zip(wide(2)), wide(4).zip(wide(6))),
        _ => (value32(record, 0).map(u64::from).zip(value32(record, 4).map(u64::from)), wide(8).zip(wide(10))),
    };
    // A first column beyond those that there are is read as none.
    let (rows, columns) = (rows.unwrap_or_default(), columns.unwrap_or_default());
    let first = if columns.0 > 0xff { 0 } else { columns.0 };
    rows.1.saturating_sub(rows.0).saturating_mul(columns.1.saturating_sub(first))
}

/// Row and column of a cell.
fn place(record: &[u8]) -> Option<(u32, u32)> {
    value16(record, 0).map(u32::from).zip(value16(record, 2).map(u32::from))
}

/// The first and the last cell of a row of numbers: six bytes each, and then the last column.
fn row_of_numbers(record: &[u8]) -> impl Iterator<Item = (u32, u32)> {
    let last = record.len().checked_sub(2).and_then(|at| value16(record, at));
    let ends = place(record).zip(last).map(|((row, first), last)| [(row, first), (row, u32::from(last))]);
    ends.into_iter().flatten()
}
