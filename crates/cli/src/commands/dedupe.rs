//! `velocity dedupe` and `velocity link`.

use std::path::Path;

use velocity_identity_resolution::{DedupeOptions, Resolution, WeighedPair};
use velocity_pipeline::{Deduped, SEPARATOR, TableHints, dedupe_files};

use super::lists;
use crate::ambient::timed;
use crate::args::Dedupe;
use crate::error::{CliError, Exit};
use crate::output::Output;
use crate::progress::phases;

pub(super) async fn run(dedupe: &Dedupe, output: &Output) -> Result<Exit, CliError> {
    let hints = TableHints { source_column: dedupe.source_column.clone(), ..dedupe.hints.table() };
    let plan = dedupe.plan.as_deref().map(super::train::plan).transpose()?;
    let options = DedupeOptions { threshold: dedupe.threshold, plan, labels: Vec::new() };
    let files = dedupe.files.clone();
    let progress = phases(output);
    let work = tokio::task::spawn_blocking(move || dedupe_files(&files, &hints, &options, &*progress));
    let (found, seconds) = timed(work).await;
    let found = found.map_err(|_| CliError::Pipeline(velocity_pipeline::PipelineError::Died))??;
    let header: &[&str] =
        if found.has_sources { &["source", "record_id", "entity_id"] } else { &["record_id", "entity_id"] };
    let row = |(record, entity): (&str, &str)| -> Vec<String> {
        // A name of a file and an id of a record, or an id alone.
        record.split(SEPARATOR).map(str::to_owned).chain([entity.replace(SEPARATOR, ":")]).collect()
    };
    lists::write(&dedupe.out, header, found.resolution.clusters().map(row))?;
    if let Some(path) = &dedupe.pairs {
        write_pairs(path, &found.resolution)?;
    }
    if let Some(dir) = &dedupe.report {
        write_report(dir, dedupe, &found)?;
    }
    let (records, entities) = (found.records, found.resolution.entities());
    let (candidates, cut) = (found.resolution.candidates, f64::from(found.resolution.cut) / 1000.0);
    let human = format!(
        "{records} records are {entities} entities ({seconds:.1} s; {candidates} pairs looked at; one from {cut:+.1} bits)\n\
         Written to {}{}",
        dedupe.out.display(),
        dedupe
            .report
            .as_ref()
            .map(|dir| format!("; report: {}", dir.join("report.html").display()))
            .unwrap_or_default()
    );
    let value = serde_json::json!({
        "records": records, "entities": entities, "candidates": candidates, "cut_bits": cut, "seconds": seconds,
        "report": dedupe.report, "id_column": found.id_column, "set_aside": found.set_aside, "clusters": dedupe.out,
    });
    output.result(&human, &value)?;
    Ok(Exit::Fine)
}

/// The report as a page for people and as JSON for programs.
fn write_report(dir: &Path, dedupe: &Dedupe, found: &Deduped) -> Result<(), CliError> {
    let truth = dedupe.truth.as_ref().map(|path| super::evaluate::read(path)).transpose()?;
    // The truth of several files names a record as `evaluate` does, by file and id.
    let truth = truth.map(|truth| {
        let id = |id: String| if found.has_sources { id.replacen(':', &SEPARATOR.to_string(), 1) } else { id };
        truth.into_iter().map(|(record, entity)| (id(record), entity)).collect()
    });
    let report = found.resolution.report(&found.table, truth.as_ref());
    let names: Vec<String> = dedupe.files.iter().map(|file| file.display().to_string()).collect();
    let page = velocity_serve::resolution_page(&names.join(", "), &report)?.replace(SEPARATOR, ":");
    let io = |source| CliError::Io { doing: "write", what: format!("`{}`", dir.display()), source };
    let json = serde_json::to_string_pretty(&report).map_err(std::io::Error::other).map_err(io)?;
    std::fs::create_dir_all(dir).map_err(io)?;
    std::fs::write(dir.join("report.html"), page).map_err(io)?;
    std::fs::write(dir.join("report.json"), json).map_err(io)
}

/// The pairs that were weighed, the heaviest first.
fn write_pairs(path: &Path, resolution: &Resolution) -> Result<(), CliError> {
    let row = |pair: WeighedPair<'_>| {
        let id = |id: &str| id.replace(SEPARATOR, ":");
        let bits = format!("{:.3}", f64::from(pair.weight) / 1000.0);
        vec![id(pair.a), id(pair.b), bits, format!("{:.6}", pair.probability)]
    };
    lists::write(path, &["a", "b", "bits", "probability"], resolution.pairs().map(row))
}
