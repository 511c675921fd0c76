//! Tables that wait until a person approves how their columns are read.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{BlobId, Field, Profile, Question, RunId, WaitingId, digest_parts};

/// One table that waits, with all that a person needs to approve it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Its id: the same table waits once, however often it is imported.
    pub id: WaitingId,
    /// The run that imported it last.
    #[serde(default)]
    pub run: Option<RunId>,
    /// Its bytes.
    pub blob: BlobId,
    /// Table in the file, from 0.
    pub table: u32,
    /// Path as given.
    pub path: String,
    /// Sheet name.
    pub sheet: Option<String>,
    /// Rows that wait, those that could not be read included.
    pub rows: u64,
    /// Headers, in the order of the table.
    pub headers: Vec<String>,
    /// The profile by which it would be read.
    pub profile: Profile,
    /// What changed against the files that were approved; `None` if no profile knows such a file.
    pub drift: Option<Drift>,
    /// Whether it is to be taken for all that its source has.
    #[serde(default)]
    pub snapshot: bool,
    /// What it would withdraw, if that is what waits for approval.
    #[serde(default)]
    pub withdrawal: Option<Withdrawal>,
    /// The columns that ask for approval: all of an unknown file, the new ones of a changed one.
    pub columns: Vec<WaitingColumn>,
    /// What has to be answered before its values can be read.
    pub questions: Vec<Question>,
}

impl Waiting {
    /// File, and sheet if there is one: `people.xlsx [Clients]`.
    pub fn name(&self) -> String {
        self.sheet.as_ref().map_or_else(|| self.path.clone(), |sheet| format!("{} [{sheet}]", self.path))
    }
}

/// How the columns of a table differ from those of approved files, as far as somebody has to look at it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drift {
    /// Headers that no approved file had and that the profile does not know, in table order.
    pub new: Vec<String>,
    /// Headers that the profile reads and that the approved file that is most like the table had, in its order.
    pub gone: Vec<String>,
}

impl Drift {
    /// Whether nothing asks for a look.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty()
    }
}

/// `new: Mobile, Fax; gone: Phone`.
impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = [("new", &self.new), ("gone", &self.gone)];
        let said = named.iter().filter(|(_, headers)| !headers.is_empty());
        let said: Vec<String> = said.map(|(what, headers)| format!("{what}: {}", headers.join(", "))).collect();
        f.write_str(&said.join("; "))
    }
}

/// What a full snapshot would withdraw, and why a person is asked first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Source records that stand by earlier files of the profile.
    pub standing: u64,
    /// Those of them that the snapshot lacks.
    pub missing: u64,
    /// What makes that doubtful, in one clause.
    pub doubt: String,
}

/// `12 of 20 records that earlier files stated are not in it: that is more than half of the people`.
impl fmt::Display for Withdrawal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { standing, missing, doubt } = self;
        write!(f, "{missing} of {standing} records that earlier files of its kind stated are not in it, and {doubt}")
    }
}

/// A column that asks for approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingColumn {
    /// Its header.
    pub header: String,
    /// The field that it would be read as; `None` if it is left out, and for the key.
    pub target: Option<Field>,
    /// Whether it is the key of the records.
    pub is_key: bool,
    /// How sure that is, in percent.
    pub confidence: u8,
    /// Why, in one clause.
    pub reason: String,
    /// Share of rows that have a value, in percent, rounded down.
    pub fill_percent: u8,
    /// The first values that differ from each other.
    pub samples: Vec<String>,
}

/// The id under which a table waits.
pub fn waiting_id(blob: BlobId, table: u32) -> WaitingId {
    WaitingId::from_bytes(digest_parts("velocity 2026 waiting table", &[blob.as_bytes(), &table.to_le_bytes()]))
}
