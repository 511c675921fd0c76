//! What an import reports, to people and programs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{BlobId, EntityKind, Field, Issue, RecordId, RunId, WaitingId};

/// Source rows by what became of them; `read` is the sum of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCounts {
    /// Rows read.
    pub read: u64,
    /// Rows that state a record not known before.
    pub new: u64,
    /// Rows that state a new version of a known record.
    pub updated: u64,
    /// Rows that state nothing new.
    pub unchanged: u64,
    /// Rows of files that wait for an answer.
    pub held: u64,
    /// Rows that could not be used.
    pub quarantined: u64,
}

impl RowCounts {
    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.read += other.read;
        self.new += other.new;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.held += other.held;
        self.quarantined += other.quarantined;
    }

    /// Named invariant: every row read has exactly one outcome.
    pub const fn adds_up(&self) -> bool {
        self.read == self.new + self.updated + self.unchanged + self.held + self.quarantined
    }
}

/// What became of one table of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileOutcome {
    /// Its rows were read and mapped.
    Imported,
    /// Exactly these bytes were imported before under the same profile.
    AlreadyImported,
    /// No accepted profile, or other columns than were accepted: it waits for approval.
    Held,
    /// It could not be read.
    Refused,
}

/// A question that a person answers once for a whole column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Question {
    /// Stable dotted code: `date.order_unknown`.
    pub code: String,
    /// Profile it is about.
    pub profile: String,
    /// Header of the column.
    pub column: String,
    /// Rows that wait for the answer: their values stay raw.
    pub rows: u64,
    /// The question in one sentence.
    pub message: String,
    /// How to answer it.
    pub answer: String,
    /// The answers that are known, with what each would change; more may be possible.
    #[serde(default)]
    pub answers: Vec<PossibleAnswer>,
    /// The values that it is about with the number of rows of each, the commonest first, where they are words and few.
    #[serde(default)]
    pub evidence: Vec<(String, u64)>,
}

/// An answer to a question, and what it would change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PossibleAnswer {
    /// As it is given: `dmy`.
    pub answer: String,
    /// What it says, in a clause.
    pub means: String,
    /// Values that would be read by it.
    pub values: u64,
    /// One of them as it stands in the file, and as what it would be read.
    pub example: Option<(String, String)>,
}

impl Question {
    /// Adds the rows and values of the same question about another table.
    pub fn add(&mut self, other: &Self) {
        self.rows += other.rows;
        for possible in &other.answers {
            match self.answers.iter_mut().find(|known| known.answer == possible.answer) {
                Some(known) => {
                    known.values += possible.values;
                    known.example = known.example.take().or_else(|| possible.example.clone());
                }
                None => self.answers.push(possible.clone()),
            }
        }
    }

    /// Code of the question whether dates begin with the day or with the month.
    pub const ORDER_UNKNOWN: &str = "date.order_unknown";
    /// Code of the question in which country phone numbers without a country code are.
    pub const REGION_UNKNOWN: &str = "phone.region_unknown";
    /// Code of the question what separates decimals.
    pub const NUMBER_AMBIGUOUS: &str = "number.ambiguous";
    /// Code of the question what a column of states is about.
    pub const STATUS_UNKNOWN: &str = "status.meaning_unknown";
    /// Code of the question which column says who or what a row is about.
    pub const NO_IDENTITY: &str = "profile.no_identity";
}

/// One table of one file in a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReport {
    /// Path as given, relative to the folder that was named.
    pub path: String,
    /// Name of the sheet.
    pub sheet: Option<String>,
    /// Its bytes; `None` if it could not be received.
    pub blob: Option<BlobId>,
    /// The profile it was read with: name and version.
    pub profile: Option<String>,
    /// What became of it.
    pub outcome: FileOutcome,
    /// Its rows.
    pub rows: RowCounts,
    /// Records stated, by kind.
    pub kinds: BTreeMap<EntityKind, u64>,
    /// Headers of columns that went nowhere.
    pub unmapped: Vec<String>,
    /// What was detected, repaired, kept raw or is wrong (at most 100; the count of the rest stands in the last).
    pub issues: Vec<Issue>,
    /// What a person has to answer.
    pub questions: Vec<Question>,
    /// What to do next, as a sentence or a command; empty if nothing.
    pub next: Vec<String>,
    /// Under which id it waits for approval.
    #[serde(default)]
    pub waiting: Option<WaitingId>,
}

/// State of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Started and neither published nor found dead.
    Running,
    /// Published.
    Published,
    /// Found dead, or stopped by the user; nothing of it is visible.
    Interrupted,
    /// Not a run, but what one would come to: nothing of it is kept.
    Forecast,
}

/// What a run changes in what is served.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Records that were not there before.
    pub created: u64,
    /// Records that were there and are served otherwise now; those whose lists show something else about others included.
    pub changed: u64,
    /// Records that are now part of another: their ids lead there.
    pub merged: u64,
    /// Source records that a full snapshot no longer has: they state nothing until a file has them again.
    #[serde(default)]
    pub withdrawn: u64,
    /// Merge questions that were not asked before.
    pub asked: u64,
    /// Merge questions that are no longer asked.
    pub closed: u64,
    /// Fields of which a person confirmed a value and the run brings another; the confirmed ones stay. By record and field.
    pub conflicts: Vec<Conflict>,
}

/// A field of a record whose confirmed value a source contradicts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Conflict {
    /// Canonical id of the record.
    pub record: RecordId,
    /// The field.
    pub field: Field,
}

/// The report of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunReport {
    /// The run.
    pub run: RunId,
    /// Its number in this tenant, from 1.
    pub sequence: u64,
    /// State.
    pub state: RunState,
    /// Every table of every file, in path order.
    pub files: Vec<FileReport>,
    /// Sum over the files.
    pub rows: RowCounts,
    /// What it changes in the records.
    #[serde(default)]
    pub effect: Effect,
    /// Canonical records after the run, by kind.
    pub records: BTreeMap<EntityKind, u64>,
    /// Evidence records that share a canonical record with another: how many joins stand after the run, automatic and
    /// decided.
    pub merges: u64,
    /// Pairs that wait for a person after the run.
    pub waiting: u64,
    /// Items that mention somebody whom nobody, or more than one, is known to be.
    pub unlinked: u64,
    /// Digest of the projection after the run, hexadecimal.
    pub digest: String,
}
