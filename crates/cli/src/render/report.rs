//! The report of a run.

use std::collections::BTreeSet;

use velocity_model::{Conflict, Effect, EntityKind, FileOutcome, FileReport, RowCounts, RunReport, RunState, Severity};
use velocity_store::RunRow;

use super::table::columns;
use super::{counted, grouped, question};

/// Issues printed of one file; the page and the JSON have all.
const ISSUES_SHOWN: usize = 5;

/// The whole report.
pub(crate) fn render(run: &RunReport, seconds: f64) -> String {
    let mut text = headline(run, seconds);
    text.push('\n');
    text.push_str(&files(run));
    text.push('\n');
    text.push_str(&outcome(run));
    for file in &run.files {
        text.push_str(&notes(file));
    }
    text.push_str(&format!("Digest of the records: {}\n", run.digest));
    text
}

fn headline(run: &RunReport, seconds: f64) -> String {
    let rows = run.rows;
    let quiet = rows.new + rows.updated + rows.held == 0;
    let what = if quiet { "nothing new".to_owned() } else { parts(rows) };
    let read = format!("{} read in {seconds:.1} s: {what}.", counted(rows.read, "row", "rows"));
    match run.state {
        RunState::Forecast => format!("Forecast: {read} Nothing was published; all below says what would be.\n"),
        _ => format!("Run {}: {read}\n", run.sequence),
    }
}

fn parts(rows: RowCounts) -> String {
    let named = [
        (rows.new, "new"),
        (rows.updated, "updated"),
        (rows.unchanged, "unchanged"),
        (rows.held, "held for you"),
        (rows.quarantined, "quarantined"),
    ];
    let said: Vec<String> =
        named.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{} {word}", grouped(*n))).collect();
    said.join(", ")
}

fn files(run: &RunReport) -> String {
    let head = ["File", "Profile", "Read", "New", "Updated", "Unchanged", "Held", "Quarantined", ""];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for file in &run.files {
        let name = match &file.sheet {
            Some(sheet) => format!("{} [{sheet}]", file.path),
            None => file.path.clone(),
        };
        let profile = file.profile.clone().unwrap_or_else(|| "-".to_owned());
        let outcome = match file.outcome {
            FileOutcome::Imported => "",
            FileOutcome::AlreadyImported => "imported before",
            FileOutcome::Held if file.waiting.is_some() => "waits for approval",
            FileOutcome::Held => "held",
            FileOutcome::Refused => "cannot be read",
        };
        rows.push(row(name, profile, file.rows, outcome));
    }
    if run.files.len() > 1 {
        rows.push(row("Total".to_owned(), String::new(), run.rows, ""));
    }
    columns(&rows, &[false, false, true, true, true, true, true, true, false], "  ")
}

fn row(name: String, profile: String, rows: RowCounts, outcome: &str) -> Vec<String> {
    let counts = [rows.read, rows.new, rows.updated, rows.unchanged, rows.held, rows.quarantined];
    let cell = |count: u64| if count == 0 { "·".to_owned() } else { grouped(count) };
    [name, profile].into_iter().chain(counts.map(cell)).chain([outcome.to_owned()]).collect()
}

fn outcome(run: &RunReport) -> String {
    let kinds: Vec<String> = EntityKind::ALL
        .iter()
        .filter_map(|kind| run.records.get(kind).map(|count| format!("{} {}", grouped(*count), plural(*kind, *count))))
        .collect();
    let mut text = format!("Records: {}\n", if kinds.is_empty() { "none".to_owned() } else { kinds.join(", ") });
    text.push_str(&effect(&run.effect));
    text.push_str(&format!(
        "Merged: {} joined another of the same person or company\n",
        counted(run.merges, "source record", "source records")
    ));
    // A file that was held for the profile it was given waits for nobody.
    let held = run.files.iter().filter(|file| file.waiting.is_some()).count() as u64;
    let read = run.files.iter().filter(|file| file.outcome != FileOutcome::Held);
    let asked = read.flat_map(|file| &file.questions);
    let asked: BTreeSet<_> = asked.map(|question| (&question.profile, &question.column, &question.code)).collect();
    let columns = (asked.len() as u64, "question about a column", "questions about columns");
    let waiting = [(run.waiting, "pair", "pairs"), columns, (held, "file", "files")];
    let waiting = waiting.into_iter().filter(|(count, ..)| *count > 0);
    let waiting: Vec<String> = waiting.map(|(count, one, many)| counted(count, one, many)).collect();
    let waiting = match waiting.is_empty() {
        true => "none".to_owned(),
        false => format!("{}; decide in the browser under Review, or with `velocity review`", waiting.join(" and ")),
    };
    text.push_str(&format!("Waiting for you: {waiting}\n"));
    if run.unlinked > 0 {
        text.push_str(&format!(
            "Unlinked: {} name nobody known, or more than one\n",
            counted(run.unlinked, "item", "items")
        ));
    }
    text
}

/// Conflicts printed; the JSON has all.
const CONFLICTS_SHOWN: usize = 5;

fn effect(effect: &Effect) -> String {
    let Effect { created, changed, merged, withdrawn, asked, closed, conflicts } = effect;
    let named = [
        (*created, "created"),
        (*changed, "changed"),
        (*merged, "joined to another record"),
        (*asked, "new questions whether two are the same"),
        (*closed, "questions settled"),
    ];
    let said: Vec<String> =
        named.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", grouped(*n))).collect();
    let mut text = format!("Changes: {}\n", if said.is_empty() { "none".to_owned() } else { said.join(", ") });
    if *withdrawn > 0 {
        let records = counted(*withdrawn, "source record", "source records");
        text.push_str(&format!(
            "Withdrawn: {records} that a full snapshot no longer has; a row that is back brings it back\n"
        ));
    }
    if !conflicts.is_empty() {
        let count = counted(conflicts.len() as u64, "value differs", "values differ");
        text.push_str(&format!("Confirmed by you: {count} from what you confirmed; yours stay\n"));
        for Conflict { record, field } in conflicts.iter().take(CONFLICTS_SHOWN) {
            text.push_str(&format!("    {} of {record}\n", field.label()));
        }
    }
    text
}

fn notes(file: &FileReport) -> String {
    let mut lines = Vec::new();
    if !file.unmapped.is_empty() {
        lines.push(format!("columns that went nowhere: {}", file.unmapped.join(", ")));
    }
    for question in &file.questions {
        let rows = counted(question.rows, "row", "rows");
        lines.push(match question.column.as_str() {
            "" => format!("question: {}", question.message),
            column => format!("question: column {column}, {rows}: {}", question.message),
        });
        lines.extend(question::lines(question).into_iter().map(|line| format!("    {line}")));
    }
    let told = file.issues.iter().filter(|issue| issue.severity > Severity::Note);
    for issue in told.clone().take(ISSUES_SHOWN) {
        let place = issue.row.map(|row| format!("row {row}: ")).unwrap_or_default();
        lines.push(format!("{place}{} ({})", issue.message, issue.code));
    }
    let rest = told.count().saturating_sub(ISSUES_SHOWN);
    if rest > 0 {
        lines.push(format!("{rest} more; --format json has all"));
    }
    if file.rows.quarantined > 0 {
        lines.push(format!(
            "{} quarantined: export with `velocity runs RUN --errors FILE.csv`, mend, import again",
            counted(file.rows.quarantined, "row", "rows")
        ));
    }
    lines.extend(file.next.iter().map(|next| format!("next: {next}")));
    if lines.is_empty() {
        return String::new();
    }
    let lines: String = lines.iter().map(|line| format!("    {line}\n")).collect();
    format!("{}\n{lines}", file.path)
}

fn plural(kind: EntityKind, count: u64) -> &'static str {
    let (one, many) = match kind {
        EntityKind::Person => ("person", "people"),
        EntityKind::Organisation => ("organisation", "organisations"),
        EntityKind::Opportunity => ("opportunity", "opportunities"),
        EntityKind::Task => ("task", "tasks"),
        EntityKind::Note => ("note", "notes"),
        EntityKind::Interaction => ("interaction", "interactions"),
        EntityKind::Interest => ("interest", "interests"),
        EntityKind::Score => ("score", "scores"),
    };
    if count == 1 { one } else { many }
}

/// A list of runs.
pub(crate) fn render_runs(runs: &[RunRow]) -> String {
    if runs.is_empty() {
        return "no run yet; `velocity import PATH` starts one".to_owned();
    }
    let mut rows = vec![["Run", "State", "Files", "Read", "New", "Quarantined", "Waiting"].map(str::to_owned).to_vec()];
    for run in runs {
        let state = match run.state {
            RunState::Running => "running",
            RunState::Published => "published",
            RunState::Interrupted => "interrupted",
            RunState::Forecast => "forecast",
        };
        let report = run.report.as_ref();
        let count = |of: fn(&RunReport) -> u64| report.map(|report| grouped(of(report))).unwrap_or_default();
        rows.push(vec![
            run.sequence.to_string(),
            state.to_owned(),
            count(|report| report.files.len() as u64),
            count(|report| report.rows.read),
            count(|report| report.rows.new),
            count(|report| report.rows.quarantined),
            count(|report| report.waiting),
        ]);
    }
    columns(&rows, &[true, false, true, true, true, true, true], "")
}
