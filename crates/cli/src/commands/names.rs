//! `velocity explain --pairs`: pairs of names, with nothing else known.

use std::path::Path;

use serde::Serialize;
use velocity_identity_resolution::{NameKind, NamesWhy, whole_names};

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
    if let Some((precision, recall, f1)) = score {
        lines.push(format!("Against the known answers: precision {precision:.4}  recall {recall:.4}  F1 {f1:.4}"));
    }
    let score =
        score.map(|(precision, recall, f1)| serde_json::json!({ "precision": precision, "recall": recall, "f1": f1 }));
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

/// Precision, recall and F1 where the file knows the answers.
fn score(judged: &[Judged]) -> Option<(f64, f64, f64)> {
    let count =
        |is: &dyn Fn(&Judged) -> bool| judged.iter().filter(|pair| pair.known.is_some() && is(pair)).count() as f64;
    let (should, are) = (count(&|pair| pair.known == Some(true)), count(&|pair| pair.are_one));
    let both = count(&|pair| pair.are_one && pair.known == Some(true));
    let share = |whole: f64| if whole == 0.0 { 1.0 } else { both / whole };
    let (precision, recall) = (share(are), share(should));
    let sum = precision + recall;
    (should > 0.0).then(|| (precision, recall, if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum }))
}

fn fail(doing: &'static str, path: &Path) -> impl Fn(csv::Error) -> CliError {
    let what = format!("`{}`", path.display());
    move |source| CliError::Io { doing, what: what.clone(), source: std::io::Error::other(source) }
}

fn read(path: &Path) -> Result<Vec<Judged>, CliError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).map_err(fail("read", path))?;
    let headers = reader.headers().map_err(fail("read", path))?.clone();
    let place = |names: &[&str]| {
        let is_named = |header: &str| names.contains(&header.trim().to_lowercase().as_str());
        headers.iter().position(is_named)
    };
    let sides =
        place(&["name1", "name_1", "name_a", "left", "a"]).zip(place(&["name2", "name_2", "name_b", "right", "b"]));
    let Some((left, right)) = sides else {
        let text = format!("`{}` needs two columns of names, such as name1 and name2", path.display());
        return Err(CliError::Usage(text));
    };
    let (kind, known) = (place(&["schema", "kind", "type"]), place(&["is_match", "match", "label"]));
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        let row = row.map_err(fail("read", path))?;
        let cell = |place: usize| row.get(place).unwrap_or_default().trim().to_owned();
        let is_person = kind.is_none_or(|kind| cell(kind).is_empty() || cell(kind).eq_ignore_ascii_case("person"));
        let kind = if is_person { NameKind::Person } else { NameKind::Organisation };
        let (left, right) = (cell(left), cell(right));
        let why = whole_names(kind, &left, &right);
        let known = known.and_then(|known| match cell(known).to_lowercase().as_str() {
            "true" | "1" | "yes" | "y" | "match" => Some(true),
            "false" | "0" | "no" | "n" | "distinct" => Some(false),
            _ => None,
        });
        let probability = 1.0 / (1.0 + (-f64::from(why.weight) / 1000.0).exp2());
        Ok(Judged { left, right, kind, are_one: why.weight >= 0, probability, known, why })
    };
    reader.records().map(row).collect()
}

fn write(out: &Path, judged: &[Judged]) -> Result<(), CliError> {
    let mut writer = csv::Writer::from_path(out).map_err(fail("write", out))?;
    writer.write_record(["name1", "name2", "are_one", "bits", "probability"]).map_err(fail("write", out))?;
    for pair in judged {
        let bits = format!("{:.3}", f64::from(pair.why.weight) / 1000.0);
        let row = [&pair.left, &pair.right, &pair.are_one.to_string(), &bits, &format!("{:.6}", pair.probability)];
        writer.write_record(row).map_err(fail("write", out))?;
    }
    writer.flush().map_err(|source| fail("write", out)(source.into()))
}
