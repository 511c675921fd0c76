//! `velocity explain --pairs`: pairs of names, with nothing else known.

use std::path::Path;

use serde::Serialize;
use velocity_identity_resolution::metrics::Metrics;
use velocity_identity_resolution::{NameKind, NamesWhy, probability, whole_names};

use super::lists::{self, List, Row, answer};
use crate::error::{CliError, Exit};
use crate::output::Output;

/// One pair of names and what is said of it.
#[derive(Debug, Serialize)]
struct Judged {
    left: String,
    right: String,
    kind: NameKind,
    are_one: bool,
    probability: f64,
    /// What the file says, if it does.
    known: Option<bool>,
    why: NamesWhy,
}

pub(super) fn run(path: &Path, out: Option<&Path>, output: &Output) -> Result<Exit, CliError> {
    let judged = read(path)?;
    if let Some(out) = out {
        write(out, &judged)?;
    }
    let mut lines: Vec<String> = match out {
        Some(out) => vec![format!("{} pairs; written to {}", judged.len(), out.display())],
        None => judged.iter().map(line).collect(),
    };
    let score = score(&judged);
    if let Some(Metrics { precision, recall, f1 }) = score {
        lines.push(format!("Against the known answers: precision {precision:.4}  recall {recall:.4}  F1 {f1:.4}"));
    }
    output.result(&lines.join("\n"), &serde_json::json!({ "pairs": judged, "score": score }))?;
    Ok(Exit::Fine)
}

fn line(judged: &Judged) -> String {
    let verdict = if judged.are_one { "one" } else { "two" };
    let words: Vec<String> = judged
        .why
        .words
        .iter()
        .map(|word| {
            let sides = match (word.left.as_str(), word.right.as_str()) {
                (left, right) if left == right => left.to_owned(),
                (left, "") => left.to_owned(),
                ("", right) => right.to_owned(),
                (left, right) => format!("{left} / {right}"),
            };
            format!("{sides}: {} {:+.1}", word.level, f64::from(word.weight) / 1000.0)
        })
        .collect();
    let bits = f64::from(judged.why.weight) / 1000.0;
    format!("{verdict} {bits:+6.1} bits  {}  |  {}\n    {}", judged.left, judged.right, words.join("; "))
}

/// How well it agrees with the file where that knows the answers.
fn score(judged: &[Judged]) -> Option<Metrics> {
    let known: Vec<(bool, bool)> = judged.iter().filter_map(|pair| Some((pair.are_one, pair.known?))).collect();
    let count = |is: &dyn Fn(bool, bool) -> bool| known.iter().filter(|(are, should)| is(*are, *should)).count() as u64;
    let should = count(&|_, should| should);
    (should > 0).then(|| Metrics::of_counts(count(&|are, should| are && should), count(&|are, _| are), should))
}

fn read(path: &Path) -> Result<Vec<Judged>, CliError> {
    let mut list = List::open(path)?;
    let left = list.column(&["name1", "name_1", "name_a", "left", "a"]);
    let right = list.column(&["name2", "name_2", "name_b", "right", "b"]);
    let Some((left, right)) = left.zip(right) else {
        return Err(list.wrong("needs two columns of names, such as name1 and name2"));
    };
    let (kind, known) = (list.column(&["schema", "kind", "type"]), list.column(&["is_match", "match", "label"]));
    let judge = |(_, row): &(usize, Row)| {
        let is_person =
            kind.map(|kind| row.cell(kind)).is_none_or(|kind| kind.is_empty() || kind.eq_ignore_ascii_case("person"));
        let kind = if is_person { NameKind::Person } else { NameKind::Organisation };
        let (left, right) = (row.cell(left).to_owned(), row.cell(right).to_owned());
        let why = whole_names(kind, &left, &right);
        let known = known.and_then(|known| answer(row.cell(known)));
        Judged { left, right, kind, are_one: why.weight >= 0, probability: probability(why.weight), known, why }
    };
    Ok(list.rows()?.iter().map(judge).collect())
}

fn write(out: &Path, judged: &[Judged]) -> Result<(), CliError> {
    let row = |pair: &Judged| {
        let bits = format!("{:.3}", f64::from(pair.why.weight) / 1000.0);
        vec![pair.left.clone(), pair.right.clone(), pair.are_one.to_string(), bits, format!("{:.6}", pair.probability)]
    };
    lists::write(out, &["name1", "name2", "are_one", "bits", "probability"], judged.iter().map(row))
}
