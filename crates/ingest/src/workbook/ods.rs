//! Number formats and spanning cells of an OpenDocument workbook (OpenDocument 1.3, part 3, §9.1 and §16.29).
//!
//! A cell has its value and the text that is shown for it. The text may be rounded, so the value is read and its zeros are
//! placed by its format, as in every other kind of workbook.

mod number_style;

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Cursor};

use calamine::Dimensions;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::layout::{Asked, Layout, Layouts, Styles};
use crate::markup::{reference, unescape};
use number_style::NumberStyle;

/// Styles that inherit one from the other; a longer chain is a circle.
const DEEPEST: usize = 16;

pub(super) fn layouts(bytes: &[u8], asked: Asked) -> Layouts {
    let mut reading = Reading {
        asked,
        numbers: HashMap::new(),
        number: None,
        cells: HashMap::new(),
        styles: Styles::new(std::iter::empty()),
        table: None,
        layouts: Layouts::new(),
    };
    if let Ok(mut parts) = ZipArchive::new(Cursor::new(bytes)) {
        for part in ["styles.xml", "content.xml"] {
            if let Ok(part) = parts.by_name(part) {
                reading.read(BufReader::new(part));
            }
        }
    }
    reading.layouts
}

struct Reading {
    asked: Asked,
    numbers: HashMap<String, NumberStyle>,
    /// The number style that is being read.
    number: Option<(String, NumberStyle)>,
    /// Styles of cells: the style from which each inherits, and its number style.
    cells: HashMap<String, (Option<String>, Option<String>)>,
    styles: Styles<String>,
    table: Option<Table>,
    layouts: Layouts,
}

/// A table while it is read.
struct Table {
    name: String,
    layout: Layout,
    /// First and last columns, with the style of cells in them that have none of their own.
    columns: Vec<(u32, u32, String)>,
    /// A row, the last one that is equal, and the style of cells in them that have none of their own.
    row: (u32, u32, Option<String>),
    next_row: u32,
    next_column: u32,
}

impl Reading {
    fn read(&mut self, part: impl BufRead) {
        let mut reader = Reader::from_reader(part);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_dangling_amp = true;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            // What is damaged has been refused before.
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(tag)) if tag.name().into_inner() == "office:body" => {
                    self.styles = self.cell_styles();
                    if self.asked == Asked::Formats && self.styles.is_empty() {
                        return;
                    }
                }
                Ok(Event::Start(tag)) => self.start(&tag),
                Ok(Event::End(tag)) => self.end(tag.name().into_inner()),
                Ok(Event::Text(text)) => self.text(&text.into_inner()),
                Ok(Event::GeneralRef(name)) => {
                    let said = reference(&name.into_inner()).unwrap_or_default();
                    self.text(&said);
                }
                Ok(Event::Eof) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.name().into_inner() {
            "number:number-style" => {
                self.number = attribute(tag, "style:name").map(|name| (name, NumberStyle::default()));
            }
            "style:style" if attribute(tag, "style:family").as_deref() == Some("table-cell") => {
                if let Some(name) = attribute(tag, "style:name") {
                    let above = attribute(tag, "style:parent-style-name");
                    self.cells.insert(name, (above, attribute(tag, "style:data-style-name")));
                }
            }
            "table:table" => {
                self.table = attribute(tag, "table:name").map(|name| Table::new(name, &self.styles));
            }
            "table:table-column" => {
                if let Some(table) = &mut self.table {
                    table.start_column(tag);
                }
            }
            "table:table-row" => {
                if let Some(table) = &mut self.table {
                    table.start_row(tag);
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                if let Some(table) = &mut self.table {
                    table.start_cell(tag, &self.styles);
                }
            }
            name => {
                if let Some((_, number)) = &mut self.number {
                    number.start(name, tag);
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, number)) = &mut self.number {
            number.text(text);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "number:number-style" => self.numbers.extend(self.number.take()),
            "number:text" | "number:embedded-text" => {
                if let Some((_, number)) = &mut self.number {
                    number.end_text();
                }
            }
            "table:table" => {
                if let Some(table) = self.table.take() {
                    self.layouts.insert(table.name, table.layout.finish());
                }
            }
            _ => {}
        }
    }

    /// The styles of cells with their number formats.
    fn cell_styles(&self) -> Styles<String> {
        let format = |name: &String| {
            let mut chain = std::iter::successors(Some(name), |name| self.cells.get(*name)?.0.as_ref()).take(DEEPEST);
            let number = self.numbers.get(chain.find_map(|name| self.cells.get(name)?.1.as_ref())?)?;
            number.code(&self.numbers)
        };
        Styles::new(self.cells.keys().filter_map(|name| Some((name.clone(), format(name)?))))
    }
}

impl Table {
    fn new(name: String, styles: &Styles<String>) -> Self {
        let layout = Layout::new(styles);
        Self { name, layout, columns: Vec::new(), row: (0, 0, None), next_row: 0, next_column: 0 }
    }

    fn start_column(&mut self, tag: &BytesStart<'_>) {
        let first = self.columns.last().map_or(0, |(_, last, _)| last.saturating_add(1));
        let last = first.saturating_add(number(tag, "table:number-columns-repeated") - 1);
        let style = attribute(tag, "table:default-cell-style-name").unwrap_or_default();
        self.columns.push((first, last, style));
    }

    fn start_row(&mut self, tag: &BytesStart<'_>) {
        let first = self.next_row;
        self.next_row = first.saturating_add(number(tag, "table:number-rows-repeated"));
        self.row = (first, self.next_row - 1, attribute(tag, "table:default-cell-style-name"));
        self.next_column = 0;
    }

    fn start_cell(&mut self, tag: &BytesStart<'_>, styles: &Styles<String>) {
        let (first_row, last_row, ref of_row) = self.row;
        let first = self.next_column;
        self.next_column = first.saturating_add(number(tag, "table:number-columns-repeated"));
        let last = self.next_column - 1;
        let spanned = number(tag, "table:number-columns-spanned");
        if spanned > 1 {
            let last_row = first_row.saturating_add(number(tag, "table:number-rows-spanned") - 1);
            let end = (last_row, first.saturating_add(spanned - 1));
            self.layout.merged.push(Dimensions { start: (first_row, first), end });
        }
        if attribute(tag, "office:value").is_none() {
            return;
        }
        if let Some(style) = attribute(tag, "table:style-name").as_ref().or(of_row.as_ref()) {
            return self.layout.push(styles, style, (first_row, first), (last_row, last));
        }
        let left = self.columns.partition_point(|(_, to, _)| *to < first);
        for (from, to, style) in self.columns[left..].iter().take_while(|(from, ..)| *from <= last) {
            self.layout.push(styles, style, (first_row, first.max(*from)), (last_row, last.min(*to)));
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).filter_map(Result::ok).find(|found| found.key.into_inner() == name)?;
    Some(unescape(&found.value).0.into_owned())
}

/// A count, which is 1 where it is not stated.
fn number(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}
