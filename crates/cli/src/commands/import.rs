//! `velocity import`.

use std::path::Path;

use velocity_mapping::{parse, shipped};
use velocity_model::{FileOutcome, Profile, RunReport};
use velocity_pipeline::ImportOptions;

use super::{author, open};
use crate::ambient::timed;
use crate::args::{Global, Import};
use crate::error::{CliError, Exit};
use crate::output::Output;
use crate::progress::bars;
use crate::render::report;

pub(super) async fn run(global: &Global, import: &Import, output: &Output) -> Result<Exit, CliError> {
    let profile = import.profile.as_deref().map(find_profile).transpose()?;
    let options = ImportOptions { profile, accept_drafts: import.yes, snapshot: import.snapshot, author: author() };
    let workspace = open(global).await?;
    let bars = bars(output);
    let (run, seconds) = match import.dry_run {
        true => timed(workspace.forecast(&import.paths, &options, &bars)).await,
        false => timed(workspace.import(&import.paths, &options, &bars)).await,
    };
    workspace.close().await;
    let run = run?;
    output.result(&report::render(&run, seconds), &run)?;
    let waits = run.waiting > 0 || run.rows.quarantined > 0 || run.rows.held > 0 || refused(&run);
    Ok(if import.strict && waits { Exit::Waits } else { Exit::Fine })
}

fn refused(run: &RunReport) -> bool {
    run.files.iter().any(|file| file.outcome == FileOutcome::Refused)
}

/// A profile by file name, or by the name of a shipped one.
pub(super) fn find_profile(named: &str) -> Result<Profile, CliError> {
    if let Some(known) = shipped().iter().find(|profile| profile.name == named) {
        return Ok(known.clone());
    }
    read_profile(Path::new(named))
}

pub(super) fn read_profile(path: &Path) -> Result<Profile, CliError> {
    let what = format!("`{}`", path.display());
    let text =
        std::fs::read_to_string(path).map_err(|source| CliError::Io { doing: "read the profile", what, source })?;
    parse(&text).map_err(|source| CliError::Profile { path: path.display().to_string(), source })
}
