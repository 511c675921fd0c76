//! Rows and cells of the tables of a page while it is read.

use std::borrow::Cow;
use std::ops::Range;

use crate::frame::Place;
use crate::markup::{Markup, is_damaged, unescape};
use crate::sheet::{self, Sheet, pad};

/// Most columns that a cell may span, and up to which cells are left empty for it (HTML Standard §4.9.11).
const WIDEST: usize = 1_000;

/// Cells that may be left empty in a whole page because others span them.
const MOST_GAPS: usize = 1024 * 1024;

/// Elements that begin on a line of their own.
const BLOCKS: [&str; 9] = ["p", "div", "li", "ul", "ol", "h1", "h2", "h3", "pre"];

/// The tables of a page, the innermost open one last.
pub(super) struct Grids<'m> {
    markup: &'m Markup<'m>,
    open: Vec<Grid>,
    done: Vec<(usize, Sheet)>,
    /// Letters in cells, and elsewhere.
    inside: u64,
    outside: u64,
    gaps: usize,
}

#[derive(Default)]
struct Grid {
    /// Where it stands, which says which one is first.
    at: usize,
    rows: Vec<sheet::Row>,
    row: Option<Row>,
    /// For each column, how many rows a cell from above still spans.
    below: Vec<usize>,
}

struct Row {
    at: usize,
    cells: Vec<String>,
    merged: Vec<Range<usize>>,
    cell: Option<Cell>,
    is_damaged: bool,
}

struct Cell {
    text: String,
    across: usize,
    down: usize,
}

impl Row {
    fn new(at: usize) -> Self {
        Self { at, cells: Vec::new(), merged: Vec::new(), cell: None, is_damaged: false }
    }
}

impl<'m> Grids<'m> {
    pub(super) fn new(markup: &'m Markup<'m>) -> Self {
        Self { markup, open: Vec::new(), done: Vec::new(), inside: 0, outside: 0, gaps: MOST_GAPS }
    }

    pub(super) fn start(&mut self, name: &str, at: usize, span: &dyn Fn(&str) -> usize) {
        match name {
            "table" => self.open.push(Grid { at, ..Grid::default() }),
            "tr" => {
                if let Some(grid) = self.open.last_mut() {
                    grid.end_row(at, &mut self.gaps);
                    grid.row = Some(Row::new(at));
                }
            }
            "td" | "th" => {
                if let Some(grid) = self.open.last_mut() {
                    grid.end_cell(&mut self.gaps);
                    let row = grid.row.get_or_insert(Row::new(at));
                    row.cell = Some(Cell { text: String::new(), across: span("colspan"), down: span("rowspan") });
                }
            }
            "br" => self.put("\n"),
            _ if BLOCKS.contains(&name) => self.put("\n"),
            _ => {}
        }
    }

    pub(super) fn end(&mut self, name: &str, end: usize) {
        match name {
            "table" => {
                if let Some(mut grid) = self.open.pop() {
                    grid.end_row(end, &mut self.gaps);
                    self.done.push((grid.at, grid.into_sheet()));
                }
            }
            "tr" => {
                if let Some(grid) = self.open.last_mut() {
                    grid.end_row(end, &mut self.gaps);
                }
            }
            "td" | "th" => {
                if let Some(grid) = self.open.last_mut() {
                    grid.end_cell(&mut self.gaps);
                }
            }
            _ => {}
        }
    }

    /// Takes in a piece of the page.
    pub(super) fn piece(&mut self, piece: &str) {
        let said = self.decoded(piece);
        self.text(&said);
    }

    /// Takes in a piece of the page with references in it.
    pub(super) fn escaped(&mut self, piece: &str) {
        let said = self.decoded(piece);
        self.text(&unescape(&said).0);
    }

    fn decoded<'p>(&mut self, piece: &'p str) -> Cow<'p, str> {
        let said = self.markup.piece(piece);
        if let Some(row) = self.open.last_mut().and_then(|grid| grid.row.as_mut()) {
            row.is_damaged |= is_damaged(&said, piece);
        }
        said
    }

    /// Takes in text, in which a run of blanks is one.
    pub(super) fn text(&mut self, text: &str) {
        let letters = text.chars().filter(|c| !c.is_whitespace()).count() as u64;
        let is_inside = self.open.last().and_then(|grid| grid.row.as_ref()).is_some_and(|row| row.cell.is_some());
        *if is_inside { &mut self.inside } else { &mut self.outside } += letters;
        self.put(&text.replace(['\n', '\r', '\t'], " "));
    }

    fn put(&mut self, text: &str) {
        let row = self.open.last_mut().and_then(|grid| grid.row.as_mut());
        if let Some(cell) = row.and_then(|row| row.cell.as_mut()) {
            cell.text.push_str(text);
        }
    }

    /// The tables in the order in which they begin, and the letters inside and outside of them. Places are counted here, because a
    /// table inside another one is over first.
    pub(super) fn finish(mut self) -> (Vec<Sheet>, u64, u64) {
        while let Some(mut grid) = self.open.pop() {
            let end = grid.row.as_ref().map_or(grid.at, |row| row.at);
            grid.end_row(end, &mut self.gaps);
            self.done.push((grid.at, grid.into_sheet()));
        }
        self.done.sort_by_key(|(at, _)| *at);
        let mut rows: Vec<&mut sheet::Row> = self.done.iter_mut().flat_map(|(_, sheet)| &mut sheet.rows).collect();
        rows.sort_by_key(|row| row.place.offset);
        let mut places = self.markup.places();
        for row in rows {
            let start = row.place.offset as usize;
            let span = start..start + row.place.len as usize;
            row.place = places.of(&span);
            if let Some(raw) = &mut row.damaged {
                *raw = self.markup.piece(&self.markup.text[span]).into_owned();
            }
        }
        (self.done.into_iter().map(|(_, sheet)| sheet).collect(), self.inside, self.outside)
    }
}

impl Grid {
    fn end_cell(&mut self, gaps: &mut usize) {
        let Some(row) = &mut self.row else { return };
        let Some(cell) = row.cell.take() else { return };
        skip_spanned(row, &self.below, gaps);
        let at = row.cells.len();
        row.cells.push(tidy(&cell.text));
        let across = cell.across.saturating_sub(1).min(WIDEST.saturating_sub(row.cells.len()));
        pad(&mut row.cells, across, gaps);
        let columns = at..row.cells.len();
        if self.below.len() < columns.end {
            self.below.resize(columns.end, 0);
        }
        if cell.down > 1 {
            // One more than the rows below, because this row counts too.
            self.below[columns.clone()].fill(cell.down);
        }
        if columns.len() > 1 {
            row.merged.push(columns);
        }
    }

    fn end_row(&mut self, end: usize, gaps: &mut usize) {
        self.end_cell(gaps);
        if let Some(row) = self.row.take() {
            self.below.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
            let place = Place { row: 0, offset: row.at as u64, len: (end - row.at) as u64 };
            // What stands there is looked up with its place.
            let damaged = row.is_damaged.then(String::new);
            self.rows.push(sheet::Row { place, cells: row.cells, merged: row.merged, damaged });
        }
    }

    fn into_sheet(self) -> Sheet {
        let width = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        Sheet { name: None, rows: self.rows, width }
    }
}

/// Leaves cells empty that a cell of a row above spans.
fn skip_spanned(row: &mut Row, below: &[usize], gaps: &mut usize) {
    let spanned = below.get(row.cells.len()..).unwrap_or_default().iter().take_while(|rows| **rows > 0).count();
    let room = WIDEST.saturating_sub(row.cells.len());
    pad(&mut row.cells, spanned.min(room), gaps);
}

/// Lines without blanks around them, and one blank where there are several.
fn tidy(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}
