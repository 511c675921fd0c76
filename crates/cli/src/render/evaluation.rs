//! Agreement with a known truth.

use std::path::Path;

use velocity_pipeline::{Evaluation, TruthRow};

use crate::error::CliError;

/// Reads a truth file: `file,row,kind,entity_id`.
pub(crate) fn read_truth(path: &Path) -> Result<Vec<TruthRow>, CliError> {
    let fail = |source: csv::Error| CliError::Io {
        doing: "read",
        what: format!("`{}`", path.display()),
        source: std::io::Error::other(source),
    };
    let mut reader = csv::Reader::from_path(path).map_err(fail)?;
    reader.deserialize().collect::<Result<_, _>>().map_err(fail)
}

/// One line a kind of record, one a kind of hard case.
pub(crate) fn render(found: &Evaluation) -> String {
    let mut text = String::from("Against the known truth, automatic merges only\n");
    for (kind, metrics) in &found.by_kind {
        text.push_str(&format!(
            "  {:13} precision {:.4}  recall {:.4}  F1 {:.4}\n",
            kind.as_str(),
            metrics.precision,
            metrics.recall,
            metrics.f1
        ));
    }
    if !found.hard_cases.is_empty() {
        text.push_str("Different people who look like one, kept apart\n");
    }
    for (name, apart) in &found.hard_cases {
        text.push_str(&format!("  {:28} {:4} of {}\n", name, apart.kept_apart, apart.cases));
    }
    text
}
