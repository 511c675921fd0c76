//! What can go wrong: with the environment ([`IngestError`]) and with a file as a whole ([`ReadError`]).

use std::io;
use std::path::PathBuf;

/// A failure of the environment.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// A source cannot be opened or read.
    #[error("cannot read `{}`", path.display())]
    Source {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The data directory cannot be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A staged table cannot be written or read back.
    #[error("cannot use the staged table `{}`", path.display())]
    Staged {
        /// The file.
        path: PathBuf,
        /// Why.
        source: polars::error::PolarsError,
    },
}

impl IngestError {
    /// Stable dotted code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Source { .. } => "ingest.source",
            Self::Write { .. } => "ingest.write",
            Self::Staged { .. } => "ingest.staged",
        }
    }

    /// What to do next.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Source { .. } => "check that the path exists and is yours to read",
            Self::Write { .. } | Self::Staged { .. } => {
                "check free disk space and permissions, then run the same command again; nothing was half-published"
            }
        }
    }

    /// Whether one source is at fault, so that the other sources can still be imported.
    pub const fn is_about_source(&self) -> bool {
        matches!(self, Self::Source { .. })
    }
}

/// Why a file as a whole is not a table.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// No byte, or nothing but blanks.
    #[error("the file is empty")]
    Empty,
    /// Bytes that are no text and no known container.
    #[error("the file is {0}, not a table")]
    Binary(&'static str),
    /// A packing that is not unpacked.
    #[error("the file is {0}, which is not unpacked here")]
    Packed(&'static str),
    /// HTML without a table of data: a page to log in, a message of a failed export.
    #[error("the file is an HTML page without a table of data")]
    Html,
    /// JSON that is damaged.
    #[error("the JSON is damaged at line {line}, column {column}")]
    Json {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// XML that is damaged.
    #[error("the XML is damaged at line {line}, column {column}")]
    Xml {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// A workbook or a member of an archive that is encrypted.
    #[error("the file is protected by a password")]
    Password,
    /// A workbook that is cut off or damaged.
    #[error("the workbook is damaged: {0}")]
    Workbook(String),
    /// A workbook in which no sheet has a cell.
    #[error("the workbook has no sheet with data")]
    NoSheet,
    /// A packed or columnar file that does not hold what its kind promises. Nothing is read of a file that is cut off: what is
    /// there would look like a whole, smaller export.
    #[error("the file is {what}, but it is cut off, damaged or of an unknown variant ({reason})")]
    Damaged {
        /// What it claims to be.
        what: &'static str,
        /// What its reader says, without a value.
        reason: String,
    },
    /// A file that grows beyond a limit while it is unpacked.
    #[error("the file unpacks to {0}, which is the limit")]
    Limit(String),
    /// An archive without a file.
    #[error("the archive holds no file")]
    NoMember,
    /// An archive none of whose members is a table: the first of them and its reason.
    #[error("nothing in the archive is a table; its first member, `{name}`: {source}")]
    Member {
        /// Name of the member.
        name: String,
        /// Why it is none.
        source: Box<ReadError>,
    },
    /// The stored bytes cannot be read.
    #[error("the stored bytes cannot be read")]
    Io(#[from] io::Error),
}

impl ReadError {
    /// Stable dotted code; of an archive without a table, that of its first member's reason.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "read.empty",
            Self::Binary(_) => "read.binary",
            Self::Packed(_) => "read.packed",
            Self::Html => "read.html",
            Self::Json { .. } => "read.json",
            Self::Xml { .. } => "read.xml",
            Self::Password => "read.password",
            Self::Workbook(_) => "read.workbook",
            Self::NoSheet => "read.no_sheet",
            Self::Damaged { .. } => "read.damaged",
            Self::Limit(_) => "read.limit",
            Self::NoMember => "read.no_member",
            Self::Member { source, .. } => source.code(),
            Self::Io(_) => "read.io",
        }
    }

    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty | Self::NoSheet | Self::NoMember => "export it again; there is nothing in it to import",
            Self::Binary(_) => "export the data as CSV, XLSX or JSON Lines and import that",
            Self::Packed(_) => "unpack it, and import what is in it or pack that as ZIP",
            Self::Html => "open it in a browser to see what it says, and export the data again",
            Self::Json { .. } | Self::Xml { .. } => "mend it there, or export it again: the file may have been cut off",
            Self::Password => "open it with its password, save it without one, and import that",
            Self::Workbook(_) => "open it in a spreadsheet program and save it again, or ask for a new export",
            Self::Damaged { .. } => {
                "fetch it again from where it came from, and compare the sizes; or export the data as CSV"
            }
            Self::Limit(_) => "unpack it yourself, look at what is in it, and import its tables one by one",
            Self::Member { source, .. } => source.hint(),
            Self::Io(_) => "check the disk and the permissions of the data directory",
        }
    }
}
