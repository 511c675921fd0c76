//! A part of a delimited text while it is read: its rows are found one after the other, and understood apart from all others.

use std::borrow::Cow;
use std::sync::Arc;

use encoding_rs::Encoding;
use polars::prelude::DataFrame;

use crate::dialect;
use crate::encoding::StoredLen;
use crate::frame::{Builder, Place, Tally};
use crate::split::{Cell, Dialect, cells};
use crate::text_reader::{TextReader, TextRow};
use crate::window::stored_len;

/// How a table of a text is written.
#[derive(Clone, Debug)]
pub(crate) struct Writing {
    pub(crate) dialect: Dialect,
    /// Encoding of the bytes that are split.
    pub(crate) encoding: &'static Encoding,
    /// Label of the encoding of the stored bytes.
    pub(crate) label: &'static str,
    /// For a text that was decoded before it is split: the stored bytes of a character.
    pub(crate) bytes_of: Option<StoredLen>,
    pub(crate) width: usize,
    /// What a repeated header looks like; empty if there is none.
    pub(crate) header: Vec<String>,
}

/// Rows of one table.
#[derive(Debug, Default)]
pub(crate) struct Part {
    pieces: Vec<Piece>,
    /// The row that ends the part, if it is too large to be looked into.
    large: Option<Box<(Place, String)>>,
    pub(crate) rows: usize,
    pub(crate) bytes: u64,
}

/// Rows that stand in one window.
#[derive(Debug)]
struct Piece {
    window: Arc<Vec<u8>>,
    /// Place of the window in the stored bytes.
    stored: u64,
    rows: Vec<PieceRow>,
}

#[derive(Debug)]
struct PieceRow {
    start: u32,
    len: u32,
    line: u64,
    unterminated: bool,
}

impl Part {
    /// Takes in a row that the reader holds. Behind a large one the part takes no more.
    pub(crate) fn push(&mut self, reader: &TextReader<'_>, row: TextRow) {
        self.rows += 1;
        self.bytes += row.len;
        if row.large.is_some() {
            self.large = row.large;
            return;
        }
        let window = &reader.window;
        if !self.pieces.last().is_some_and(|piece| Arc::ptr_eq(&piece.window, &window.bytes)) {
            let (bytes, stored) = (Arc::clone(&window.bytes), window.start.stored);
            self.pieces.push(Piece { window: bytes, stored, rows: Vec::new() });
        }
        if let Some(piece) = self.pieces.last_mut() {
            // A window is smaller than 4 GiB by far.
            let (start, len) = (window.index(row.start) as u32, row.len as u32);
            piece.rows.push(PieceRow { start, len, line: row.line, unterminated: row.unterminated });
        }
    }

    /// Whether the part takes no more.
    pub(crate) fn is_closed(&self) -> bool {
        self.large.is_some()
    }

    /// The rows as a frame, and what was found in them.
    pub(crate) fn build(self, writing: &Writing) -> (DataFrame, Tally) {
        let mut builder = Builder::new(writing.width, &writing.header, self.rows);
        for piece in &self.pieces {
            piece.build(writing, &mut builder);
        }
        self.set_large_aside(&mut builder);
        builder.into_frame()
    }

    /// The rows that are held, with their places.
    pub(crate) fn held(&self, bytes_of: Option<StoredLen>) -> impl Iterator<Item = (Place, &[u8])> {
        self.pieces.iter().flat_map(move |piece| piece.rows(bytes_of).map(|(row, place)| (place, piece.bytes(row))))
    }

    /// Sets the row aside that was too large to be held.
    pub(crate) fn set_large_aside(self, builder: &mut Builder<'_>) {
        if let Some(large) = self.large {
            let message = "the row is larger than 16 MiB; shorten its largest cell".to_owned();
            builder.set_aside(large.0, "read.cell_too_large", message, vec![large.1]);
        }
    }
}

impl Piece {
    fn build(&self, writing: &Writing, builder: &mut Builder<'_>) {
        let (Some(first), Some(last)) = (self.rows.first(), self.rows.last()) else { return };
        let (start, end) = (first.start as usize, (last.start + last.len) as usize);
        let is_utf8 = writing.encoding == encoding_rs::UTF_8;
        let text = is_utf8.then(|| std::str::from_utf8(&self.window[start..end]).ok()).flatten();
        let mut found = Vec::new();
        for (row, place) in self.rows(writing.bytes_of) {
            let from = row.start as usize - start;
            let text = text.and_then(|text| text.get(from..from + row.len as usize));
            let row = RowText { bytes: self.bytes(row), text, is_open: row.unterminated };
            settle(row, place, writing, &mut found, builder);
        }
    }

    /// The rows with their places.
    fn rows(&self, bytes_of: Option<StoredLen>) -> impl Iterator<Item = (&PieceRow, Place)> {
        let (mut counted, mut stored) = (0, self.stored);
        self.rows.iter().map(move |row| {
            let (from, bytes) = (row.start as usize, self.bytes(row));
            let place = match bytes_of {
                None => Place { row: row.line, offset: self.stored + from as u64, len: bytes.len() as u64 },
                Some(bytes_of) => {
                    stored += stored_len(&self.window[counted..from], bytes_of);
                    counted = from;
                    Place { row: row.line, offset: stored, len: stored_len(bytes, bytes_of) }
                }
            };
            (row, place)
        })
    }

    fn bytes(&self, row: &PieceRow) -> &[u8] {
        let from = row.start as usize;
        &self.window[from..from + row.len as usize]
    }
}

/// The bytes of a row.
#[derive(Clone, Copy)]
pub(crate) struct RowText<'r> {
    pub(crate) bytes: &'r [u8],
    /// The same as text, if that is known to be valid.
    pub(crate) text: Option<&'r str>,
    /// Whether a quote in it is closed nowhere.
    pub(crate) is_open: bool,
}

impl<'r> RowText<'r> {
    /// Puts the cells into `found`; `false` if a byte is not of the encoding, and the cells are lossily decoded.
    pub(crate) fn cells(self, dialect: Dialect, encoding: &'static Encoding, found: &mut Vec<Cow<'r, str>>) -> bool {
        found.clear();
        let mut damaged = false;
        cells(self.bytes, dialect, !self.is_open, |cell| {
            let plain = match (&cell, self.text) {
                (Cell::Plain(span), Some(text)) => text.get(span.clone()),
                _ => None,
            };
            found.push(match (plain, cell) {
                (Some(text), _) => Cow::Borrowed(text),
                (None, Cell::Plain(span)) => {
                    let (text, had_errors) = encoding.decode_without_bom_handling(&self.bytes[span]);
                    damaged |= had_errors;
                    text
                }
                (None, Cell::Unquoted(bytes)) => {
                    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
                    damaged |= had_errors;
                    Cow::Owned(text.into_owned())
                }
            });
        });
        !damaged
    }
}

/// Gives a row to its table, or sets it aside. `found` is room for its cells.
pub(crate) fn settle<'r>(
    mut row: RowText<'r>,
    place: Place,
    writing: &Writing,
    found: &mut Vec<Cow<'r, str>>,
    builder: &mut Builder<'_>,
) {
    let width = writing.width;
    let mut read = row.cells(writing.dialect, writing.encoding, found);
    if let Some(cells) = mend(row, writing, found.len()) {
        (*found, read, row.is_open) = (cells, true, false);
        builder.tally.mended(place.row);
    }
    let mut set_aside = |code, message| {
        let cells = found.iter().map(|cell| cell.clone().into_owned()).collect();
        builder.set_aside(place, code, message, cells);
    };
    if found.len() < width && found.first().is_some_and(|cell| cell.starts_with('#')) {
        let message = "the line begins with # and is no row: a comment; nothing to mend".to_owned();
        set_aside("read.comment", message);
    } else if row.is_open {
        let message = "a quoted cell begins on this line and nothing closes it; close or remove the quote".to_owned();
        set_aside("read.unterminated_quote", message);
    } else if !read {
        let message = format!("a byte of the row is not {}; save the row in that encoding", writing.label);
        set_aside("read.bad_encoding", message);
    } else if memchr::memchr(0, row.bytes).is_some() && found.iter().any(|cell| cell.contains('\0')) {
        set_aside("read.nul", "the row has a NUL byte; remove it".to_owned());
    } else {
        builder.push(place, found);
    }
}

/// The cells of a row that another dialect than the table's makes as wide as the table. Only a row that its own delimiter does
/// not part may have another, and only one with too many cells other quotes: of a row that ends early nothing is guessed.
fn mend<'r>(row: RowText<'r>, writing: &Writing, found: usize) -> Option<Vec<Cow<'r, str>>> {
    let Writing { width, dialect, encoding, .. } = *writing;
    let others: Vec<Dialect> = match found {
        1 if width > 2 => dialect::DELIMITERS.map(|delimiter| Dialect { delimiter, ..dialect }).to_vec(),
        _ if found > width && width > 1 => {
            [b'"', b'\''].map(|quote| Dialect { quote: Some(quote), ..dialect }).to_vec()
        }
        _ => return None,
    };
    let row = RowText { is_open: false, ..row };
    let mut cells = Vec::new();
    let mut fits = |other: &Dialect| row.cells(*other, encoding, &mut cells) && cells.len() == width;
    others.iter().any(|other| *other != dialect && fits(other)).then_some(cells)
}
