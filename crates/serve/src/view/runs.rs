//! The list of imports.

use askama::Template;
use velocity_model::{RunState, Waiting};
use velocity_store::RunRow;

use super::mapping::{self, WaitingLine};
use super::shell::Shell;
use crate::format;

/// One import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RunLine {
    /// Its report.
    pub(crate) href: String,
    /// "Run 3".
    pub(crate) title: String,
    /// Its files, the first two by name.
    pub(crate) files: String,
    /// State in a word.
    pub(crate) state: &'static str,
    /// Class of the state's dot.
    pub(crate) tone: &'static str,
    /// Read, new, updated, unchanged, held, quarantined; empty without a report.
    pub(crate) counts: Vec<String>,
    /// When it started.
    pub(crate) started: String,
}

/// The list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RunsView {
    /// Files that wait for approval.
    pub(crate) waiting: Vec<WaitingLine>,
    /// Newest first.
    pub(crate) runs: Vec<RunLine>,
}

impl RunsView {
    /// The view.
    pub(crate) fn new(runs: &[RunRow], waiting: &[Waiting]) -> Self {
        Self { waiting: waiting.iter().map(mapping::line).collect(), runs: runs.iter().map(line).collect() }
    }
}

/// The word and the tone of a state.
pub(crate) const fn state(state: RunState) -> (&'static str, &'static str) {
    match state {
        RunState::Running => ("running", "info"),
        RunState::Published => ("published", "ok"),
        RunState::Interrupted => ("interrupted", "warn"),
        RunState::Forecast => ("forecast", "info"),
    }
}

fn line(run: &RunRow) -> RunLine {
    let (word, tone) = state(run.state);
    let mut paths: Vec<&str> =
        run.report.iter().flat_map(|report| &report.files).map(|file| file.path.as_str()).collect();
    paths.dedup();
    let files = match paths.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one}, {two}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} more", rest.len()),
    };
    let counts = run.report.as_ref().map(|report| {
        let rows = report.rows;
        [rows.read, rows.new, rows.updated, rows.unchanged, rows.held, rows.quarantined].map(format::count).to_vec()
    });
    RunLine {
        href: format!("/imports/{}", run.id),
        title: format!("Run {}", run.sequence),
        files,
        state: word,
        tone,
        counts: counts.unwrap_or_default(),
        started: format::instant(run.started_at),
    }
}

/// The page.
#[derive(Template)]
#[template(path = "runs.html")]
pub(crate) struct RunsPage<'a> {
    /// Frame.
    pub(crate) shell: &'a Shell,
    /// Content.
    pub(crate) view: &'a RunsView,
}

#[cfg(test)]
impl RunsView {
    /// All states, and no run at all.
    pub(crate) fn samples() -> Vec<Self> {
        vec![Self::new(&super::samples::runs(), &super::samples::waiting()), Self::new(&[], &[])]
    }
}
