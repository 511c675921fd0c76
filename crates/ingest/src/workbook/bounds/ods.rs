//! The same of ODS (OpenDocument 1.3, part 3, §9.1), whose rows and cells say how often they are repeated.

use std::io::{BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{Area, FAR_APART, is_worth};

/// Elements up to whose end calamine reads, and goes on for ever if it is missing.
const CLOSED: [&str; 2] = ["table:table", "table:named-expressions"];

const UNCLOSED: &str = "its XML ends within a table";

/// Where calamine stops to repeat.
const LAST_ROW: u32 = 1_048_576;
const LAST_COLUMN: u32 = 16_384;

/// Rows and cells as far as they have been read.
#[derive(Default)]
struct Reading {
    /// Elements of [`CLOSED`] that are open.
    open: [bool; 2],
    /// Of the table that is being read.
    area: Area,
    rows: (u32, u32),
    column: u32,
    /// First column of the cell that is being read, as long as nothing was found in it.
    cell: Option<u32>,
    /// Columns of the row that are in `unrepeated`.
    counted: u32,
    /// Of all tables: cells of their rectangles, cells before they are repeated in rows, cells that hold something.
    cells: u64,
    unrepeated: u64,
    filled: u64,
}

/// Why the workbook must not be opened, if it must not: all tables together do not fit, or one does not end.
pub(in crate::workbook) fn refusal(bytes: &[u8]) -> Option<&'static str> {
    let mut parts = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let content = parts.by_name("content.xml").ok()?;
    let mut reader = Reader::from_reader(BufReader::new(content));
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) = (false, true, true);
    config.expand_empty_elements = true;
    let (mut reading, mut buffer) = (Reading::default(), Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => reading.start(&tag),
            Ok(Event::End(tag)) => reading.end(tag.name().into_inner()),
            Ok(Event::Text(_) | Event::CData(_) | Event::GeneralRef(_)) => reading.content(),
            Ok(Event::Eof) if reading.open.contains(&true) => return Some(UNCLOSED),
            // What is damaged is refused by calamine, too.
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
        if !reading.fits() {
            return Some(FAR_APART);
        }
    }
}

impl Reading {
    fn open(&mut self, name: &str, is_open: bool) {
        for (closed, open) in CLOSED.iter().zip(&mut self.open) {
            *open = if *closed == name { is_open } else { *open };
        }
    }

    fn end(&mut self, name: &str) {
        self.open(name, false);
        if name.ends_with("table-cell") {
            self.cell = None;
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        self.open(tag.name().into_inner(), true);
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
                self.cell = Some(first);
                // A cell with nothing but a style is empty, and often repeated to the edge of the sheet.
                let mut attributes = tag.attributes();
                let mut keys = attributes.with_checks(false).flatten().map(|attribute| attribute.key.into_inner());
                if keys.any(|key| key.starts_with("office:") || key == "table:formula") {
                    self.content();
                }
            }
            _ => {}
        }
    }

    /// The cell that began last holds something.
    fn content(&mut self) {
        let Some(first) = self.cell.take() else { return };
        self.area.add((self.rows.0, first));
        self.area.add((self.rows.1.saturating_sub(1), self.column.saturating_sub(1)));
        self.filled += 1;
        self.unrepeated += u64::from(self.column - self.counted);
        self.counted = self.column;
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
