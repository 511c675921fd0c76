//! `velocity dedupe`.

use velocity_identity_resolution::DedupeOptions;
use velocity_pipeline::{TableHints, dedupe_file};

use crate::ambient::timed;
use crate::args::Dedupe;
use crate::error::{CliError, Exit};
use crate::output::Output;

pub(super) async fn run(dedupe: &Dedupe, output: &Output) -> Result<Exit, CliError> {
    let hints = TableHints { id_column: dedupe.id_column.clone(), ignored: dedupe.ignore_column.clone() };
    let options = DedupeOptions { threshold: dedupe.threshold };
    let file = dedupe.file.clone();
    let work = tokio::task::spawn_blocking(move || dedupe_file(&file, &hints, &options));
    let (found, seconds) = timed(work).await;
    let found = found.map_err(|_| CliError::Pipeline(velocity_pipeline::PipelineError::Died))??;
    let io = |source: csv::Error| CliError::Io {
        doing: "write",
        what: format!("`{}`", dedupe.out.display()),
        source: std::io::Error::other(source),
    };
    let mut writer = csv::Writer::from_path(&dedupe.out).map_err(io)?;
    writer.write_record(["record_id", "entity_id"]).map_err(io)?;
    for (record, entity) in &found.clusters {
        writer.write_record([record, entity]).map_err(io)?;
    }
    writer.flush().map_err(|source| io(source.into()))?;
    let human = format!(
        "{} records are {} entities ({:.1} s; {} pairs looked at; one from {:+.1} bits)\nWritten to {}",
        found.records,
        found.entities,
        seconds,
        found.candidates,
        found.cut_bits,
        dedupe.out.display()
    );
    output.result(&human, &found)?;
    Ok(Exit::Fine)
}
