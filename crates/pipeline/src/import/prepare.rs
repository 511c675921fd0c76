//! Everything in an import that needs neither the store nor other files: receive, read, recognise, map.

use std::collections::BTreeMap;

use velocity_ingest::Input;
use velocity_mapping::{recognise, to_toml};
use velocity_model::{
    BlobId, FileOutcome, FileReport, Issue, Profile, QuarantinedRow, RowCounts, Severity, StagedTable, Waiting,
};
use velocity_store::Layout;

use super::hold::{Reading, hold, is_acceptable, reading, tell};
use super::profiles::Profiles;
use super::{Approval, ImportOptions, Snapshots, make_zones};
use crate::crash::crash_point;
use crate::files::{MappedTable, map_table, stage};
use crate::workspace::Settings;
use crate::{PipelineError, Progress, Stage, Step};

/// Issues kept in a report; the count of the rest stands in the last.
const ISSUES_KEPT: usize = 100;

/// One table of one file, as far as it can be known without the store.
#[derive(Debug)]
pub(super) struct Prepared {
    /// Its report, still without row counts if it was mapped.
    pub(super) report: FileReport,
    /// The mapped table; `None` if it is held or refused.
    pub(super) table: Option<PreparedTable>,
    /// What it waits for, if a person has to approve how it is read.
    pub(super) waiting: Option<Box<Waiting>>,
}

#[derive(Debug)]
pub(super) struct PreparedTable {
    pub(super) number: u32,
    pub(super) headers: Vec<String>,
    pub(super) profile: Profile,
    /// Whether it is, with the others of the profile, all that its source has.
    pub(super) snapshot: bool,
    pub(super) read_quarantine: Vec<QuarantinedRow>,
    pub(super) mapped: MappedTable,
}

/// A profile revision that the run accepts or first uses.
#[derive(Debug)]
pub(super) struct Accepted {
    pub(super) name: String,
    pub(super) toml: String,
    /// `None`: whoever imports.
    pub(super) author: Option<String>,
}

/// All tables of a run, in path order, and the profiles they are read with.
#[derive(Debug)]
pub(super) struct PreparedRun {
    pub(super) tables: Vec<Prepared>,
    pub(super) accepted: Vec<Accepted>,
}

pub(super) fn prepare(
    settings: &Settings,
    inputs: &[Input],
    mut profiles: Profiles,
    options: &ImportOptions,
    approval: Option<Approval>,
    snapshots: Snapshots,
    progress: &Progress,
) -> Result<PreparedRun, PipelineError> {
    make_zones(settings)?;
    let total = inputs.len() as u64;
    let tell = |stage, done| progress(Step { stage, done, total });
    let mut received = Vec::new();
    for (done, input) in (0..).zip(inputs) {
        tell(Stage::Receive, done);
        received.push((input, settings.raw.receive(&input.path)));
    }
    tell(Stage::Receive, total);
    crash_point("after-receive");

    let mut read = Vec::new();
    for (done, (input, received)) in (0..).zip(received) {
        tell(Stage::Read, done);
        // One unreadable file must not stop the folder; a full data directory must.
        let blob = match received {
            Ok(received) => received.blob,
            Err(failure) if failure.is_about_source() => {
                let issue = refusal(failure.code(), &failure.to_string(), failure.hint());
                read.push((input, None, Err(issue)));
                continue;
            }
            Err(failure) => return Err(failure.into()),
        };
        let staged = stage(&settings.layout, &settings.raw.path_of(blob), blob, &input.display)?;
        let staged = staged.map_err(|refused| refusal(refused.code(), &refused.to_string(), refused.hint()));
        read.push((input, Some(blob), staged));
    }
    tell(Stage::Read, total);
    crash_point("after-stage");

    let mut run = PreparedRun { tables: Vec::new(), accepted: Vec::new() };
    if let Some(approval) = approval {
        remember(&mut run.accepted, &approval.profile, None);
        profiles.approve(approval);
    }
    for (done, (input, blob, staged)) in (0..).zip(read) {
        tell(Stage::Map, done);
        match staged {
            Err(issue) => run.tables.push(refused(input, blob, issue)),
            Ok(tables) => {
                for table in tables {
                    let mut prepared =
                        prepare_table(settings, input, table, &mut profiles, options, &mut run.accepted)?;
                    if let (Snapshots::AsBefore(is_whole), Some(table)) = (snapshots, &mut prepared.table) {
                        table.snapshot = is_whole;
                    }
                    run.tables.push(prepared);
                }
            }
        }
    }
    tell(Stage::Map, total);
    crash_point("after-map");
    Ok(run)
}

fn prepare_table(
    settings: &Settings,
    input: &Input,
    table: StagedTable,
    profiles: &mut Profiles,
    options: &ImportOptions,
    accepted: &mut Vec<Accepted>,
) -> Result<Prepared, PipelineError> {
    let mut report = blank_report(&input.display, Some(table.blob));
    report.sheet.clone_from(&table.name);
    report.issues.clone_from(&table.issues);
    if let Some(profile) = &options.profile
        && recognise(std::slice::from_ref(profile), &table).is_none()
    {
        return Ok(held_by_wrong_profile(report, &table, profile));
    }
    let found = match &options.profile {
        Some(profile) => Some(profile.clone()),
        None => recognise(&profiles.known, &table).map(|found| found.profile.clone()),
    };
    let is_recognised = options.profile.is_none();
    let profile = match reading(settings, profiles, &input.display, &table, options, found)? {
        Reading::By(profile) => {
            remember(accepted, &profile, is_recognised.then(|| "velocity".to_owned()));
            *profile
        }
        Reading::Proposed(waiting) if options.accept_drafts && is_acceptable(&waiting) => {
            let Waiting { profile, path, headers, .. } = *waiting;
            remember(accepted, &profile, None);
            let layout = Layout { profile: profile.name.clone(), path, headers };
            profiles.approve(Approval { profile: profile.clone(), layout });
            profile
        }
        Reading::Proposed(mut waiting) => {
            waiting.snapshot = options.snapshot || waiting.profile.snapshot;
            hold(&mut report, &table);
            let is_stored = input.path == settings.raw.path_of(table.blob);
            let path = (!is_stored).then(|| input.path.display().to_string());
            tell(&mut report, &waiting, path.as_deref());
            return Ok(Prepared { report, table: None, waiting: Some(waiting) });
        }
    };
    let mut mapped = map_table(&settings.layout, &table, &profile)?;
    report.profile = Some(profile.name.clone());
    report.unmapped.clone_from(&mapped.mapping.unmapped);
    report.questions = std::mem::take(&mut mapped.mapping.questions);
    report.issues.append(&mut mapped.mapping.issues);
    shorten(&mut report.issues);
    report.next.extend(report.questions.iter().map(|question| question.answer.clone()));
    let table = PreparedTable {
        number: table.table,
        headers: table.headers,
        snapshot: options.snapshot || profile.snapshot,
        profile,
        read_quarantine: table.quarantined,
        mapped,
    };
    Ok(Prepared { report, table: Some(table), waiting: None })
}

/// The profile asked for requires columns that the table does not have: nothing is read by guess.
fn held_by_wrong_profile(mut report: FileReport, table: &StagedTable, profile: &Profile) -> Prepared {
    hold(&mut report, table);
    let required = profile.recognise.headers.join(", ");
    let message = format!("the profile `{}` needs the columns {required}, and not all are there", profile.name);
    let code = "import.wrong_profile".to_owned();
    report.issues.push(Issue { severity: Severity::Error, code, row: None, column: None, message });
    report.next.push("leave --profile out to have the profile recognised, or name the right one".to_owned());
    Prepared { report, table: None, waiting: None }
}

/// Every profile that evidence is made with is ground state: without it the evidence could not be made again.
fn remember(accepted: &mut Vec<Accepted>, profile: &Profile, author: Option<String>) {
    let toml = to_toml(profile);
    if !accepted.iter().any(|known| known.toml == toml) {
        accepted.push(Accepted { name: profile.name.clone(), toml, author });
    }
}

fn blank_report(path: &str, blob: Option<BlobId>) -> FileReport {
    FileReport {
        path: path.to_owned(),
        sheet: None,
        blob,
        profile: None,
        outcome: FileOutcome::Imported,
        rows: RowCounts::default(),
        kinds: BTreeMap::new(),
        unmapped: Vec::new(),
        issues: Vec::new(),
        questions: Vec::new(),
        next: Vec::new(),
        waiting: None,
    }
}

fn refused(input: &Input, blob: Option<BlobId>, (issue, next): (Issue, String)) -> Prepared {
    let mut report = blank_report(&input.display, blob);
    report.outcome = FileOutcome::Refused;
    report.issues.push(issue);
    report.next.push(next);
    Prepared { report, table: None, waiting: None }
}

fn refusal(code: &str, message: &str, hint: &str) -> (Issue, String) {
    let issue = Issue {
        severity: Severity::Error,
        code: code.to_owned(),
        row: None,
        column: None,
        message: message.to_owned(),
    };
    (issue, hint.to_owned())
}

fn shorten(issues: &mut Vec<Issue>) {
    issues.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.cmp(b)));
    if issues.len() > ISSUES_KEPT {
        let rest = issues.len() - ISSUES_KEPT + 1;
        issues.truncate(ISSUES_KEPT - 1);
        issues.push(Issue {
            severity: Severity::Note,
            code: "report.more_issues".to_owned(),
            row: None,
            column: None,
            message: format!("{rest} more issues of this file are not listed"),
        });
    }
}
