//! `velocity evaluate`.

use std::collections::BTreeMap;
use std::path::Path;

use velocity_identity_resolution::metrics::{Metrics, bcubed, pairwise};

use crate::args::Evaluate;
use crate::error::{CliError, Exit};
use crate::output::Output;

pub(super) fn run(evaluate: &Evaluate, output: &Output) -> Result<Exit, CliError> {
    let truth = read(&evaluate.truth)?;
    let mut predicted = read(&evaluate.clusters)?;
    // A record that was not clustered stands alone.
    for record in truth.keys() {
        predicted.entry(record.clone()).or_insert_with(|| format!("{record} alone"));
    }
    let (pairs, cubed) = (pairwise(&truth, &predicted), bcubed(&truth, &predicted));
    let line = |name: &str, found: &Metrics| {
        format!("  {name:9} precision {:.4}  recall {:.4}  F1 {:.4}", found.precision, found.recall, found.f1)
    };
    let human = format!("{} records\n{}\n{}", truth.len(), line("pairs", &pairs), line("B-cubed", &cubed));
    output.result(&human, &serde_json::json!({ "records": truth.len(), "pairwise": pairs, "bcubed": cubed }))?;
    Ok(Exit::Fine)
}

/// A file of `record_id,entity_id`, or of `source,record_id,entity_id`, in which the case of the source does not matter.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, String>, CliError> {
    let fail = |source: csv::Error| CliError::Io {
        doing: "read",
        what: format!("`{}`", path.display()),
        source: std::io::Error::other(source),
    };
    let mut reader = csv::Reader::from_path(path).map_err(fail)?;
    let headers = reader.headers().map_err(fail)?.clone();
    let place = |name: &str| headers.iter().position(|header| header == name);
    let (Some(record), Some(entity)) = (place("record_id"), place("entity_id")) else {
        return Err(CliError::Usage(format!("`{}` needs the columns record_id and entity_id", path.display())));
    };
    let source = place("source");
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        let row = row.map_err(fail)?;
        let cell = |place: usize| row.get(place).unwrap_or_default();
        let id = match source {
            Some(source) => format!("{}:{}", cell(source).to_lowercase(), cell(record)),
            None => cell(record).to_owned(),
        };
        Ok((id, cell(entity).to_owned()))
    };
    reader.records().map(row).collect()
}
