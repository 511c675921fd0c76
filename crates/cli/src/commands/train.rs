//! `velocity train`, and the plans and labels that it and `dedupe` read.

use std::collections::BTreeMap;
use std::path::Path;

use velocity_identity_resolution::{DedupeOptions, Label, MatchPlan};
use velocity_pipeline::dedupe_files;

use super::lists::{List, Row, answer};
use super::open;
use crate::args::{Global, Train};
use crate::error::{CliError, Exit};
use crate::output::Output;
use crate::progress::phases;
use crate::render::counted;

pub(super) async fn run(global: &Global, train: &Train, output: &Output) -> Result<Exit, CliError> {
    let hints = train.hints.table();
    let mut labels = train.labels.as_deref().map(labels).transpose()?.unwrap_or_default();
    if train.decisions {
        let judged = open(global).await?.judged().await?;
        labels.extend(velocity_pipeline::labels(&judged, &train.files, &hints)?);
    }
    let both_ways = said_both_ways(&labels);
    let labelled = labels.len();
    let options = DedupeOptions { labels, ..DedupeOptions::default() };
    let (files, progress) = (train.files.clone(), phases(output));
    let work = tokio::task::spawn_blocking(move || dedupe_files(&files, &hints, &options, &*progress));
    let found = work.await.map_err(|_| CliError::Pipeline(velocity_pipeline::PipelineError::Died))??;
    let plan = found.resolution.plan();
    let io = |source| CliError::Io { doing: "write", what: format!("`{}`", train.out.display()), source };
    let json = serde_json::to_string_pretty(&plan).map_err(std::io::Error::other).map_err(io)?;
    std::fs::write(&train.out, json).map_err(io)?;
    let mut human = format!(
        "Learnt {} fields from {} records{}\nWritten to {}; use it with `velocity dedupe FILE --plan {}`",
        plan.fields.len(),
        found.records,
        match labelled {
            0 if train.decisions => "; nothing was decided about rows of these files".to_owned(),
            0 => String::new(),
            _ => format!(" and {}", counted(labelled as u64, "labelled pair", "labelled pairs")),
        },
        train.out.display(),
        train.out.display()
    );
    if both_ways > 0 {
        human = format!("{both_ways} pairs are labelled both ways; nothing is learnt from them\n{human}");
    }
    let value = serde_json::json!({
        "records": found.records, "fields": plan.fields.len(), "labels": labelled, "contradicting": both_ways, "plan": train.out,
    });
    output.result(&human, &value)?;
    Ok(Exit::Fine)
}

/// Pairs that are labelled as one and as two.
fn said_both_ways(labels: &[Label]) -> usize {
    let mut said: BTreeMap<(&String, &String), (bool, bool)> = BTreeMap::new();
    for label in labels {
        let (one, two) = said.entry(((&label.a).min(&label.b), (&label.a).max(&label.b))).or_default();
        *(if label.are_one { one } else { two }) = true;
    }
    said.values().filter(|(one, two)| *one && *two).count()
}

/// A file of pairs: a, b and is_match.
fn labels(path: &Path) -> Result<Vec<Label>, CliError> {
    let mut list = List::open(path)?;
    let [a, b, is_match] = list.columns(["a", "b", "is_match"])?;
    let rows = list.rows()?;
    let label = |(line, row): &(usize, Row)| {
        let said = row.cell(is_match);
        let wrong = || list.wrong(&format!("line {line}: is_match is true or false, not `{said}`"));
        let are_one = answer(said).ok_or_else(wrong)?;
        Ok(Label { a: row.cell(a).to_owned(), b: row.cell(b).to_owned(), are_one })
    };
    rows.iter().map(label).collect()
}

/// A plan that `train` wrote.
pub(super) fn plan(path: &Path) -> Result<MatchPlan, CliError> {
    let what = format!("`{}`", path.display());
    let text = std::fs::read_to_string(path).map_err(|source| CliError::Io { doing: "read", what, source })?;
    let plan: MatchPlan = serde_json::from_str(&text)
        .map_err(|source| CliError::Usage(format!("`{}` is no plan of `velocity train`: {source}", path.display())))?;
    if plan.version != MatchPlan::VERSION {
        let text =
            format!("`{}` has version {}; this program reads {}", path.display(), plan.version, MatchPlan::VERSION);
        return Err(CliError::Usage(text));
    }
    Ok(plan)
}
