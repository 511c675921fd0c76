//! A table as it was read: text cells with locators. The cells themselves are a Polars frame, see [`StagedTable`].

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{BlobId, Issue};

/// What kind of file a table was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableFormat {
    /// Delimited text.
    Csv,
    /// A sheet of a workbook (XLSX, XLS, XLSB, ODS).
    Workbook,
    /// One JSON object a line.
    JsonLines,
    /// A JSON document.
    Json,
    /// Parquet.
    Parquet,
    /// Arrow IPC.
    Arrow,
    /// vCard.
    #[serde(rename = "vcard")]
    VCard,
    /// iCalendar.
    #[serde(rename = "icalendar")]
    ICalendar,
    /// Messages of mail: an mbox or one message.
    Mail,
    /// A chat that WhatsApp exported.
    #[serde(rename = "whatsapp")]
    WhatsApp,
    /// XML whose repeated elements are rows.
    Xml,
    /// A table of an HTML page.
    Html,
    /// Text in columns of fixed width.
    FixedWidth,
}

/// What is known of a staged table beside its cells.
///
/// The cells travel as a Polars `DataFrame`, one row a source row, with these columns in this order:
/// `_row` (u64, physical row in the source, from 1: for text the line on which the row begins, for a sheet its row number),
/// `_offset` and `_len` (u64, byte span of the row in the stored blob, or in the unpacked member of it; both 0 for a sheet and
/// for a file of columns), `_digest` (string, hexadecimal
/// [`crate::RowDigest`] of the cells), then `c0`, `c1`, … (string, the cell as the user sees it; null where the row had no
/// such cell). Headers stand in [`StagedTable::headers`], because a header may be empty or stand twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagedTable {
    /// The file.
    pub blob: BlobId,
    /// Number of the table in the file, from 0: of the sheets of a workbook, of all the tables of an archive.
    pub table: u32,
    /// Where it stands in the file, if it is not the file: a sheet, a member of an archive (`people.csv`), or both
    /// (`book.xlsx/Sheet1`).
    pub name: Option<String>,
    /// Kind of file.
    pub format: TableFormat,
    /// Encoding label, such as `UTF-8` or `windows-1252`; empty for a workbook.
    pub encoding: String,
    /// Delimiter of delimited text.
    pub delimiter: Option<char>,
    /// Physical row of the header, from 1; `None` if the table has no header.
    pub header_row: Option<u64>,
    /// One header a column, trimmed; `column_1`, … are never invented here: a missing header is empty.
    pub headers: Vec<String>,
    /// Rows before the header (titles, notes), as text.
    pub preamble: Vec<String>,
    /// Number of data rows in the frame.
    pub rows: u64,
    /// Rows that could not be read as rows of this table.
    pub quarantined: Vec<QuarantinedRow>,
    /// What was repaired or is odd.
    pub issues: Vec<Issue>,
    /// How the file was understood, and why so.
    #[serde(default)]
    pub detected: Vec<Finding>,
}

/// Something that a file does not state, how it was understood, and why so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was looked for: `encoding`, `delimiter`, `header`.
    pub of: String,
    /// What was found.
    pub found: String,
    /// Why, as one clause.
    pub why: String,
}

/// A row that could not be used, with all that is needed to mend it and import it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarantinedRow {
    /// Physical row in the source, from 1.
    pub row: u64,
    /// Byte span in the blob (both 0 for a sheet).
    pub offset: u64,
    /// Length of the span.
    pub len: u64,
    /// Stable dotted code of the reason.
    pub code: String,
    /// The reason in words and what to do, without the customer's values.
    pub message: String,
    /// The cells as far as they could be split; else one cell with the raw text (lossily decoded, cut at 64 KiB).
    pub cells: Vec<String>,
}
