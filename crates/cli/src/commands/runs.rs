//! `velocity runs`.

use std::path::Path;

use velocity_model::QuarantinedRow;
use velocity_store::RunRow;

use super::open;
use crate::args::{Global, Runs};
use crate::error::{CliError, Exit};
use crate::output::Output;
use crate::render::report;

/// Longest list of runs.
const LISTED: u32 = 200;

pub(super) async fn run(global: &Global, runs: &Runs, output: &Output) -> Result<Exit, CliError> {
    let workspace = open(global).await?;
    let known = workspace.store().runs(LISTED).await?;
    let Some(number) = runs.run else {
        let reports: Vec<_> = known.iter().filter_map(|run| run.report.as_ref()).collect();
        output.result(&report::render_runs(&known), &reports)?;
        return Ok(Exit::Fine);
    };
    let run = known.into_iter().find(|run| run.sequence == number);
    let run = run.ok_or_else(|| CliError::Usage(format!("no run {number}; `velocity runs` lists them")))?;
    match &runs.errors {
        None => show(&run, output)?,
        Some(path) => {
            let quarantine = workspace.store().quarantine(run.id).await?;
            let tables: Vec<_> = quarantine.iter().filter(|(_, _, rows)| !rows.is_empty()).collect();
            let [(_, headers, rows)] = tables.as_slice() else {
                return write_each(path, &tables, output);
            };
            write_errors(path, headers, rows)?;
            output.note(&format!("{} rows written to {}", rows.len(), path.display()));
        }
    }
    Ok(Exit::Fine)
}

fn show(run: &RunRow, output: &Output) -> Result<(), CliError> {
    match &run.report {
        Some(found) => output.result(&report::render(found, seconds(run)), found),
        None => Err(CliError::Usage(format!("run {} was interrupted; nothing of it was published", run.sequence))),
    }
}

/// How long a run took.
fn seconds(run: &RunRow) -> f64 {
    run.finished_at.map_or(0.0, |end| (end - run.started_at) as f64 / 1e6)
}

/// Several sources have quarantined rows and columns of their own: one file a source, numbered.
fn write_each(
    path: &Path,
    tables: &[&(String, Vec<String>, Vec<QuarantinedRow>)],
    output: &Output,
) -> Result<Exit, CliError> {
    if tables.is_empty() {
        output.note("no row of this run was quarantined");
    }
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    for (number, (source, headers, rows)) in (1..).zip(tables) {
        let own = path.with_file_name(format!("{stem}-{number}.csv"));
        write_errors(&own, headers, rows)?;
        output.note(&format!("{} rows of {source} written to {}", rows.len(), own.display()));
    }
    Ok(Exit::Fine)
}

/// The original columns in their order, then `_line` and `_errors`.
fn write_errors(path: &Path, headers: &[String], rows: &[QuarantinedRow]) -> Result<(), CliError> {
    let fail = |source: csv::Error| CliError::Io {
        doing: "write",
        what: format!("`{}`", path.display()),
        source: std::io::Error::other(source),
    };
    let mut writer = csv::WriterBuilder::new().flexible(true).from_path(path).map_err(fail)?;
    let extra = ["_line", "_errors"].map(str::to_owned);
    writer.write_record(headers.iter().chain(&extra)).map_err(fail)?;
    for row in rows {
        let mut cells: Vec<String> = row.cells.iter().take(headers.len()).cloned().collect();
        cells.resize(headers.len(), String::new());
        let mut errors = format!("{}: {}", row.code, row.message);
        if row.cells.len() > headers.len() {
            errors.push_str(&format!("; cells beyond the last column: {}", row.cells[headers.len()..].join(" | ")));
        }
        cells.extend([row.row.to_string(), errors]);
        writer.write_record(&cells).map_err(fail)?;
    }
    writer.flush().map_err(|source| fail(source.into()))
}
