//! The same of ODS (OpenDocument 1.3, part 3, §9.1), whose rows and cells say how often they are repeated.

use std::io::{BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{Area, is_worth};

/// Where calamine stops to repeat.
const LAST_ROW: u32 = 1_048_576;
const LAST_COLUMN: u32 = 16_384;

/// Rows and cells as far as they have been read.
#[derive(Default)]
struct Reading {
    /// Of the table that is being read.
    area: Area,
    rows: (u32, u32),
    column: u32,
    /// Columns of the row that are in `unrepeated`.
    counted: u32,
    /// Of all tables: cells of their rectangles, cells before they are repeated in rows, cells that hold something.
    cells: u64,
    unrepeated: u64,
    filled: u64,
}

/// Whether all tables together fit.
pub(in crate::workbook) fn fits(bytes: &[u8]) -> bool {
    let Ok(mut parts) = ZipArchive::new(Cursor::new(bytes)) else { return true };
    let Ok(content) = parts.by_name("content.xml") else { return true };
    let mut reader = Reader::from_reader(BufReader::new(content));
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) = (false, true, true);
    let (mut reading, mut buffer) = (Reading::default(), Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => reading.start(&tag, true),
            Ok(Event::Empty(tag)) => reading.start(&tag, false),
            // Up to a damage calamine reads as well.
            Ok(Event::Eof) | Err(_) => return reading.fits(),
            Ok(_) => {}
        }
        if !reading.fits() {
            return false;
        }
    }
}

impl Reading {
    fn start(&mut self, tag: &BytesStart<'_>, has_content: bool) {
        match tag.name().into_inner() {
            "table:table" => {
                self.cells = self.cells.saturating_add(std::mem::take(&mut self.area).cells());
                self.rows = (0, 0);
            }
            "table:table-row" => {
                let first = self.rows.1;
                self.rows = (first, first.saturating_add(times(tag, "table:number-rows-repeated")).min(LAST_ROW));
                (self.column, self.counted) = (0, 0);
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let first = self.column;
                self.column = first.saturating_add(times(tag, "table:number-columns-repeated")).min(LAST_COLUMN);
                // A cell with nothing but a style is empty, and often repeated to the edge of the sheet.
                let mut attributes = tag.attributes();
                let mut keys = attributes.with_checks(false).flatten().map(|attribute| attribute.key.into_inner());
                if has_content || keys.any(|key| key.starts_with("office:") || key == "table:formula") {
                    self.area.add((self.rows.0, first));
                    self.area.add((self.rows.1.saturating_sub(1), self.column.saturating_sub(1)));
                    self.filled += 1;
                    self.unrepeated += u64::from(self.column - self.counted);
                    self.counted = self.column;
                }
            }
            _ => {}
        }
    }

    fn fits(&self) -> bool {
        is_worth(self.cells.saturating_add(self.area.cells()).saturating_add(self.unrepeated), self.filled)
    }
}

/// How often a row or a cell stands there.
fn times(tag: &BytesStart<'_>, key: &str) -> u32 {
    let stated = tag.try_get_attribute(key).ok().flatten();
    // What is no number is refused by calamine.
    stated.and_then(|attribute| attribute.value.parse().ok()).unwrap_or(1)
}
