//! The report of one import.

use askama::Template;
use serde::Serialize;
use velocity_model::{Conflict, Effect, EntityKind, FileOutcome, FileReport, Issue, RowCounts, RunId, Severity};
use velocity_store::RunRow;

use super::href;
use super::mapping::waiting_href;
use super::quarantine::{Quarantine, StoredQuarantine, set_aside};
use super::review::{QuestionLine, question_line};
use super::runs;
use super::shell::Shell;
use crate::format;

/// A number with its word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Count {
    /// "new".
    pub(crate) label: &'static str,
    /// "8,412".
    pub(crate) number: String,
    /// Whether it asks for attention.
    #[serde(skip)]
    pub(crate) attention: bool,
    /// The list that it counts, if there is a page of it.
    pub(crate) href: Option<&'static str>,
}

/// A problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct IssueLine {
    /// "note", "warning", "error".
    pub(crate) severity: &'static str,
    /// Class of its mark.
    #[serde(skip)]
    pub(crate) tone: &'static str,
    /// "row 12, column Date"; empty for the file.
    pub(crate) place: String,
    /// What is wrong.
    pub(crate) message: String,
    /// Stable dotted code.
    pub(crate) code: String,
}

/// One table of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct FileLine {
    /// File, and sheet if there is one.
    pub(crate) name: String,
    /// What became of it.
    pub(crate) outcome: &'static str,
    /// Class of the outcome's dot.
    #[serde(skip)]
    pub(crate) tone: &'static str,
    /// Profile, or that there is none.
    pub(crate) profile: String,
    /// Its rows; they add up to the first.
    pub(crate) counts: Vec<Count>,
    /// "1,200 persons, 150 organisations".
    pub(crate) stated: String,
    /// Columns that went nowhere.
    pub(crate) unmapped: Vec<String>,
    /// Problems.
    pub(crate) issues: Vec<IssueLine>,
    /// Questions.
    pub(crate) questions: Vec<QuestionLine>,
    /// What to do next.
    pub(crate) next: Vec<String>,
    /// Where it is approved, if it waits for that.
    pub(crate) approve: Option<String>,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ReportView {
    /// The run.
    pub(crate) run: RunId,
    /// "Run 3".
    pub(crate) title: String,
    /// State in a word.
    pub(crate) state: &'static str,
    /// Class of its dot.
    #[serde(skip)]
    pub(crate) tone: &'static str,
    /// When it started and ended.
    pub(crate) when: String,
    /// What happened, in one sentence.
    pub(crate) headline: String,
    /// The rows of all files.
    pub(crate) counts: Vec<Count>,
    /// What changed in the records.
    pub(crate) changes: Vec<Count>,
    /// Confirmed values that a source contradicts.
    pub(crate) conflicts: Vec<Change>,
    /// What stands after the run.
    pub(crate) after: Vec<Count>,
    /// The files.
    pub(crate) files: Vec<FileLine>,
    /// Rows set aside.
    pub(crate) quarantine: Vec<Quarantine>,
    /// Projection digest.
    pub(crate) digest: String,
}

impl ReportView {
    /// The view of a run; one without a report says why it has none.
    pub(crate) fn new(run: &RunRow, quarantine: &[StoredQuarantine]) -> Self {
        let (state, tone) = runs::state(run.state);
        let when = match run.finished_at {
            Some(end) => format!("{} to {}", format::instant(run.started_at), format::instant(end)),
            None => format!("started {}", format::instant(run.started_at)),
        };
        let report = run.report.as_ref();
        let headline = match report {
            Some(report) => headline(&report.rows),
            None if state == "running" => {
                "This import is running. Nothing of it is visible before it is complete.".to_owned()
            }
            None => "This import was interrupted. Nothing of it is visible; run the same command again to resume it."
                .to_owned(),
        };
        Self {
            run: run.id,
            title: format!("Run {}", run.sequence),
            state,
            tone,
            when,
            headline,
            counts: report.map(|report| counts(&report.rows)).unwrap_or_default(),
            changes: report.map(|report| changes(&report.effect)).unwrap_or_default(),
            conflicts: report.map(|report| conflicts(&report.effect)).unwrap_or_default(),
            after: report.map(after).unwrap_or_default(),
            files: report.iter().flat_map(|report| &report.files).map(file).collect(),
            quarantine: quarantine
                .iter()
                .filter(|(.., rows)| !rows.is_empty())
                .map(|stored| set_aside(run.id, stored))
                .collect(),
            digest: report.map(|report| report.digest.clone()).unwrap_or_default(),
        }
    }
}

fn headline(rows: &RowCounts) -> String {
    if rows.read == 0 {
        return "No rows were read.".to_owned();
    }
    if rows.unchanged == rows.read {
        return format!("{}, all unchanged: these files were known already.", format::plural(rows.read, "row", "rows"));
    }
    let parts = [
        (rows.new, "new"),
        (rows.updated, "updated"),
        (rows.unchanged, "unchanged"),
        (rows.held, "wait for an answer"),
        (rows.quarantined, "quarantined"),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| {
            format!(
                "{} {}",
                format::count(number),
                if number == 1 { word.replace("wait ", "waits ") } else { word.to_owned() }
            )
        })
        .collect();
    format!("{}: {}.", format::plural(rows.read, "row", "rows"), said.join(", "))
}

fn count(label: &'static str, number: u64, asks: bool) -> Count {
    Count { label, number: format::count(number), attention: asks && number > 0, href: None }
}

/// What a run changes in the records.
pub(crate) fn changes(effect: &Effect) -> Vec<Count> {
    vec![
        count("created", effect.created, false),
        count("changed", effect.changed, false),
        count("joined to another", effect.merged, false),
        count("withdrawn", effect.withdrawn, true),
        count("new questions", effect.asked, true),
        count("questions settled", effect.closed, false),
    ]
}

/// A field of a record, as a link to why it is what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    /// "City".
    pub(crate) label: String,
    /// The page that says why.
    pub(crate) href: String,
}

/// Conflicts that a page shows.
const CONFLICTS: usize = 50;

/// The confirmed values that a run contradicts.
pub(crate) fn conflicts(effect: &Effect) -> Vec<Change> {
    let change = |conflict: &Conflict| Change {
        label: conflict.field.label(),
        href: href::why_field(conflict.record, conflict.field.name()),
    };
    effect.conflicts.iter().take(CONFLICTS).map(change).collect()
}

/// Rows by what became of them.
pub(crate) fn counts(rows: &RowCounts) -> Vec<Count> {
    vec![
        count("read", rows.read, false),
        count("new", rows.new, false),
        count("updated", rows.updated, false),
        count("unchanged", rows.unchanged, false),
        count("held", rows.held, true),
        count("quarantined", rows.quarantined, true),
    ]
}

fn after(report: &velocity_model::RunReport) -> Vec<Count> {
    let records = EntityKind::ALL.iter().filter_map(|kind| {
        let number = *report.records.get(kind)?;
        (number > 0).then(|| Count { href: list_of(*kind), ..count(plural_kind(*kind), number, false) })
    });
    let rest = [
        count("rows joined to another", report.merges, false),
        Count { href: Some("/review"), ..count("pairs in review", report.waiting, true) },
        count("unlinked items", report.unlinked, true),
    ];
    records.chain(rest).collect()
}

/// The page that lists a kind.
const fn list_of(kind: EntityKind) -> Option<&'static str> {
    match kind {
        EntityKind::Person => Some("/contacts"),
        EntityKind::Organisation => Some("/accounts"),
        _ => None,
    }
}

/// What several records of a kind are called.
const fn plural_kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "contacts",
        EntityKind::Organisation => "accounts",
        EntityKind::Opportunity => "deals",
        EntityKind::Task => "tasks",
        EntityKind::Note => "notes",
        EntityKind::Interaction => "interactions",
        EntityKind::Interest => "enquiries",
        EntityKind::Score => "scores",
    }
}

fn file(file: &FileReport) -> FileLine {
    let (outcome, tone) = match file.outcome {
        FileOutcome::Imported => ("imported", "ok"),
        FileOutcome::AlreadyImported => ("already imported", "info"),
        FileOutcome::Held => ("held", "warn"),
        FileOutcome::Refused => ("refused", "bad"),
    };
    let stated: Vec<String> = file
        .kinds
        .iter()
        .filter(|(_, number)| **number > 0)
        .map(|(kind, number)| format!("{} {}", format::count(*number), plural_kind(*kind)))
        .collect();
    FileLine {
        name: file.sheet.as_ref().map_or_else(|| file.path.clone(), |sheet| format!("{} [{sheet}]", file.path)),
        outcome,
        tone,
        profile: file.profile.clone().unwrap_or_else(|| "no profile".to_owned()),
        counts: counts(&file.rows),
        stated: stated.join(", "),
        unmapped: file.unmapped.clone(),
        issues: file.issues.iter().map(issue).collect(),
        questions: file.questions.iter().map(question_line).collect(),
        next: file.next.clone(),
        approve: file.waiting.map(waiting_href),
    }
}

fn issue(issue: &Issue) -> IssueLine {
    let (severity, tone) = match issue.severity {
        Severity::Note => ("note", "info"),
        Severity::Warning => ("warning", "warn"),
        Severity::Error => ("error", "bad"),
    };
    let row = issue.row.map(|row| format!("row {}", format::count(row)));
    let column = issue.column.as_ref().map(|column| format!("column {column}"));
    let place: Vec<String> = row.into_iter().chain(column).collect();
    IssueLine { severity, tone, place: place.join(", "), message: issue.message.clone(), code: issue.code.clone() }
}

/// The page.
#[derive(Template)]
#[template(path = "report.html")]
pub(crate) struct ReportPage<'a> {
    /// Frame.
    pub(crate) shell: &'a Shell,
    /// Content.
    pub(crate) view: &'a ReportView,
}

#[cfg(test)]
pub(crate) mod tests;
