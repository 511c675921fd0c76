//! Bytes to staged tables: packing, container, encoding, dialect, header, cells with locators.
//!
//! What a file is, is decided by its content, never by its name. Bad data is kept and told of: a row that cannot be read
//! as a row of its table is set aside with its bytes' place and its reason. This crate knows nothing of what a
//! column means.

mod allowance;
mod archive;
mod cells;
mod chat_line;
mod columnar;
mod component;
mod compression;
mod container;
mod content_line;
mod content_value;
mod dialect;
mod discover;
mod encoding;
mod error;
mod fixed_width;
mod frame;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod header;
mod html;
mod icalendar;
mod json;
mod json_lines;
mod mail;
mod markup;
mod mbox;
mod merged_header;
mod message;
mod part;
mod properties;
mod property_table;
mod raw;
mod raw_table;
mod read;
mod sheet;
mod sheet_cell;
mod source;
mod split;
mod spreadsheet_ml;
mod staged_file;
mod stored_text;
mod target;
mod text;
mod text_reader;
mod vcard;
mod whatsapp;
mod window;
mod workbook;
mod xml;

pub use discover::{Input, discover};
pub use error::{IngestError, ReadError};
pub use frame::Staged;
pub use raw::{RawStore, Received};
pub use raw_table::{RawTable, to_parquet};
pub use read::{READER_VERSION, read_tables};
pub use staged_file::{read_description, read_staged, stage_tables, staged_path};
