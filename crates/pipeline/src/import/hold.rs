//! Tables that wait for approval: those that no profile knows, and those whose columns changed since files of their profile were
//! approved.

use velocity_mapping::{adapt, drift, parse, shipped, suggest, to_toml};
use velocity_model::{
    Drift, FileOutcome, FileReport, Issue, Profile, RowCounts, Severity, StagedTable, Waiting, WaitingColumn,
    waiting_id,
};

use super::ImportOptions;
use super::profiles::Profiles;
use crate::PipelineError;
use crate::files::with_cells;
use crate::workspace::Settings;

/// How a table is read, or why it waits.
pub(super) enum Reading {
    /// By a profile that was accepted for such columns, or is shipped.
    By(Box<Profile>),
    /// As was proposed, once somebody approves it.
    Proposed(Box<Waiting>),
}

/// Looks how a table is to be read; `found` is the profile that was asked for, or recognised.
pub(super) fn reading(
    settings: &Settings,
    profiles: &Profiles,
    path: &str,
    table: &StagedTable,
    options: &ImportOptions,
    found: Option<Profile>,
) -> Result<Reading, PipelineError> {
    // Somebody who hands over a new text has this file in mind.
    let is_new = options.profile.as_ref().is_some_and(|profile| !profiles.known.contains(profile));
    let (profile, is_required_gone) = match (found, profiles.relative(path, table)) {
        (Some(profile), _) if is_new => return Ok(Reading::By(Box::new(profile))),
        (Some(profile), _) => (profile, false),
        (None, Some(relative)) => (relative.clone(), true),
        (None, None) => return unknown(settings, profiles, path, table).map(Reading::Proposed),
    };
    let changed = drift(&profile, &profiles.approved(&profile.name), table);
    if changed.is_empty() && !is_required_gone {
        return Ok(Reading::By(Box::new(profile)));
    }
    let draft = suggest(table, &with_cells(&settings.layout, table)?.frame, path, shipped());
    let (revised, columns) = adapt(&profile, table, &draft, &changed);
    if changed.is_empty() {
        // What is gone was required, but nothing of it was read.
        return Ok(Reading::By(Box::new(revised)));
    }
    let is_new = |column: &String| changed.new.contains(column);
    let mut questions = draft.questions;
    questions.retain(|question| is_new(&question.column));
    for question in &mut questions {
        question.answer = question.answer.replace(&draft.profile.name, &profile.name);
        question.profile.clone_from(&profile.name);
    }
    let waiting = waiting(path, table, revised, Some(changed), columns);
    Ok(Reading::Proposed(Box::new(Waiting { questions, ..waiting })))
}

fn unknown(
    settings: &Settings,
    profiles: &Profiles,
    path: &str,
    table: &StagedTable,
) -> Result<Box<Waiting>, PipelineError> {
    let mut draft = suggest(table, &with_cells(&settings.layout, table)?.frame, path, shipped());
    profiles.name_apart(&mut draft);
    let columns = draft.columns.into_iter().map(|column| WaitingColumn {
        header: column.header,
        target: column.target,
        is_key: column.is_key,
        confidence: column.confidence,
        reason: column.reason,
        fill_percent: column.sample_fill_percent,
        samples: column.samples,
    });
    let waiting = waiting(path, table, draft.profile, None, columns.collect());
    Ok(Box::new(Waiting { questions: draft.questions, ..waiting }))
}

fn waiting(
    path: &str,
    table: &StagedTable,
    profile: Profile,
    drift: Option<Drift>,
    columns: Vec<WaitingColumn>,
) -> Waiting {
    Waiting {
        id: waiting_id(table.blob, table.table),
        run: None,
        blob: table.blob,
        table: table.table,
        path: path.to_owned(),
        sheet: table.name.clone(),
        rows: rows(table),
        headers: table.headers.clone(),
        profile,
        drift,
        snapshot: false,
        withdrawal: None,
        columns,
        questions: Vec::new(),
    }
}

fn rows(table: &StagedTable) -> u64 {
    table.rows + table.quarantined.len() as u64
}

/// Whether a proposal can be accepted as it is.
pub(super) fn is_acceptable(waiting: &Waiting) -> bool {
    waiting.questions.is_empty() && parse(&to_toml(&waiting.profile)).is_ok()
}

/// All rows of a table wait.
pub(super) fn hold(report: &mut FileReport, table: &StagedTable) {
    let rows = rows(table);
    report.outcome = FileOutcome::Held;
    report.rows = RowCounts { read: rows, held: rows, ..RowCounts::default() };
}

/// Says of a table why it waits and what to do; `path` is that of the file, if it is not one of those that are stored.
pub(super) fn tell(report: &mut FileReport, waiting: &Waiting, path: Option<&str>) {
    report.waiting = Some(waiting.id);
    report.questions.clone_from(&waiting.questions);
    if let Some(drift) = &waiting.drift {
        report.profile = Some(waiting.profile.name.clone());
        report.issues.push(changed(&waiting.profile.name, drift));
    }
    report.next = vec![format!(
        "velocity review --show {id} prints its columns, --approve {id} imports it; or approve it in the browser under Review",
        id = waiting.id
    )];
    let Some(path) = path else { return };
    if is_acceptable(waiting) {
        report.next.push(format!("or approve it as it is: velocity import '{path}' --yes"));
    }
    if waiting.drift.is_none() {
        report.next.push(format!(
            "or write the profile yourself: velocity profile suggest '{path}' > profile.toml, then velocity import '{path}' --profile profile.toml"
        ));
    }
}

fn changed(profile: &str, drift: &Drift) -> Issue {
    let message = format!(
        "the columns are not those of earlier files of the profile `{profile}`; {drift}; nothing is imported before that is approved"
    );
    let code = "import.columns_changed".to_owned();
    Issue { severity: Severity::Warning, code, row: None, column: None, message }
}
