//! The rectangle that holds all cells of a sheet. calamine asks for its memory at once, and a request for more than there is ends
//! the process rather than the reading; two cells in opposite corners are enough.

mod ods;
mod xls;

pub(super) use ods::refusal as ods_refusal;
pub(super) use xls::fits as xls_fits;

use calamine::{Cell, Data, DataRef, Range, Reader, Sheets, XlsbError, XlsxError};

use super::Bytes;

/// Cells that a rectangle may have, whatever stands in it.
const SMALL: u64 = 8 * 1024 * 1024;

/// Cells that it may have for each one that is filled.
const PER_FILLED: u64 = 64;

/// Columns of the widest sheet of any program. What claims to stand further right would be a table of millions of columns.
const WIDEST: u64 = 16_384;

/// Why a sheet beyond that is refused.
pub(super) const FAR_APART: &str = "its cells stand so far apart that memory does not hold what is between them";

/// The cells of a sheet, or why they cannot be read.
pub(super) fn range(workbook: &mut Sheets<Bytes<'_>>, name: &str) -> Result<Range<Data>, String> {
    let cells = match workbook {
        Sheets::Xlsx(workbook) => match workbook.worksheet_cells_reader(name) {
            Ok(mut reader) => filled(|| reader.next_cell()).map_err(|error: XlsxError| error.to_string())?,
            Err(XlsxError::NotAWorksheet(_)) => Vec::new(),
            Err(error) => return Err(error.to_string()),
        },
        Sheets::Xlsb(workbook) => {
            let mut reader = workbook.worksheet_cells_reader(name).map_err(|error| error.to_string())?;
            filled(|| reader.next_cell()).map_err(|error: XlsbError| error.to_string())?
        }
        // These are in their rectangles since the workbook was opened.
        Sheets::Xls(_) | Sheets::Ods(_) => return workbook.worksheet_range(name).map_err(|error| error.to_string()),
    };
    let mut area = Area::default();
    cells.iter().for_each(|cell| area.add(cell.get_position()));
    if is_worth(area.cells(), area.filled) { Ok(Range::from_sparse(cells)) } else { Err(FAR_APART.to_owned()) }
}

fn filled<'a, E>(mut next: impl FnMut() -> Result<Option<Cell<DataRef<'a>>>, E>) -> Result<Vec<Cell<Data>>, E> {
    let mut cells = Vec::new();
    while let Some(cell) = next()? {
        if !matches!(cell.get_value(), DataRef::Empty) {
            cells.push(Cell::new(cell.get_position(), cell.get_value().clone().into()));
        }
    }
    Ok(cells)
}

/// The rectangle around cells, which are given by row and column.
#[derive(Default)]
struct Area {
    /// First row and column, last row and column.
    corners: Option<[u32; 4]>,
    filled: u64,
}

impl Area {
    fn add(&mut self, (row, column): (u32, u32)) {
        let [top, left, bottom, right] = self.corners.unwrap_or([row, column, row, column]);
        self.corners = Some([top.min(row), left.min(column), bottom.max(row), right.max(column)]);
        self.filled += 1;
    }

    /// Cells of the rectangle; too many if no sheet is as wide.
    fn cells(&self) -> u64 {
        self.corners.map_or(0, |[top, left, bottom, right]| {
            let (rows, columns) = (u64::from(bottom - top) + 1, u64::from(right - left) + 1);
            if columns > WIDEST { u64::MAX } else { rows * columns }
        })
    }
}

/// Whether so many cells are no more than those filled are worth.
fn is_worth(cells: u64, filled: u64) -> bool {
    cells <= SMALL.max(filled.saturating_mul(PER_FILLED))
}

#[cfg(test)]
mod tests;
