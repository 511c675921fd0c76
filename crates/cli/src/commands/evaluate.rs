//! `velocity evaluate`.

use std::collections::BTreeMap;
use std::path::Path;

use velocity_identity_resolution::metrics::{Metrics, bcubed, entities, pairwise};

use super::lists::List;
use crate::args::Evaluate;
use crate::error::{CliError, Exit};
use crate::output::Output;

pub(super) fn run(evaluate: &Evaluate, output: &Output) -> Result<Exit, CliError> {
    let Some((truth, clusters)) = evaluate.files() else {
        return Err(CliError::Usage("name what is known and what was found: two files".to_owned()));
    };
    let truth = read(truth)?;
    let mut predicted = read(clusters)?;
    let unknown = predicted.keys().filter(|record| !truth.contains_key(*record)).count();
    // A record that was not clustered stands alone.
    for record in truth.keys() {
        predicted.entry(record.clone()).or_insert_with(|| format!("{record} alone"));
    }
    let (pairs, cubed) = (pairwise(&truth, &predicted), bcubed(&truth, &predicted));
    let whole = entities(&truth, &predicted);
    let line = |name: &str, found: &Metrics| {
        format!("  {name:9} precision {:.4}  recall {:.4}  F1 {:.4}", found.precision, found.recall, found.f1)
    };
    let mut human = format!("{} records\n{}\n{}\n", truth.len(), line("pairs", &pairs), line("B-cubed", &cubed));
    human += &format!(
        "  entities  {} of {} found whole and pure; {} split, {} found clusters mix several",
        whole.exact, whole.known, whole.split, whole.mixed
    );
    if unknown > 0 {
        human += &format!("\n  {unknown} records of the clusters are not in the truth, and do not count");
    }
    let value = serde_json::json!({
        "records": truth.len(), "pairwise": pairs, "bcubed": cubed, "entities": whole, "unknown": unknown,
    });
    output.result(&human, &value)?;
    Ok(Exit::Fine)
}

/// A file of `record_id,entity_id`, or of `source,record_id,entity_id`, in which the case of the source does not matter.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, String>, CliError> {
    let mut list = List::open(path)?;
    let [record, entity] = list.columns(["record_id", "entity_id"])?;
    let source = list.column(&["source"]);
    let rows = list.rows()?;
    let row = rows.iter().map(|(_, row)| {
        let id = match source {
            Some(source) => format!("{}:{}", row.cell(source).to_lowercase(), row.cell(record)),
            None => row.cell(record).to_owned(),
        };
        (id, row.cell(entity).to_owned())
    });
    Ok(row.collect())
}
