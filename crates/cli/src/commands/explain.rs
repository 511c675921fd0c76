//! `velocity explain`.

use std::fmt::Write;

use velocity_identity_resolution::{DedupeOptions, PairWhy};
use velocity_pipeline::dedupe_files;

use super::names;
use crate::args::Explain;
use crate::error::{CliError, Exit};
use crate::output::Output;

pub(super) async fn run(explain: &Explain, output: &Output) -> Result<Exit, CliError> {
    if let Some(pairs) = &explain.pairs {
        return names::run(pairs, explain.out.as_deref(), output);
    }
    let (Some(file), Some(a), Some(b)) = (&explain.file, &explain.a, &explain.b) else {
        return Err(CliError::Usage("name a table and two of its records, or --pairs FILE".to_owned()));
    };
    let hints = explain.hints.table();
    let files = [file.clone()];
    let work =
        tokio::task::spawn_blocking(move || dedupe_files(&files, &hints, &DedupeOptions::default(), &|_, _, _| {}));
    let found = work.await.map_err(|_| CliError::Pipeline(velocity_pipeline::PipelineError::Died))??;
    let Some(why) = found.resolution.why(a, b) else {
        let named = found.id_column.map_or("by their row".to_owned(), |column| format!("by the column {column}"));
        let text = format!("`{}` has no two records `{a}` and `{b}`; they are named {named}", file.display());
        return Err(CliError::Usage(text));
    };
    output.result(&render(&why, found.resolution.cut), &why)?;
    Ok(Exit::Fine)
}

fn bits(weight: i32) -> String {
    format!("{:+.1}", f64::from(weight) / 1000.0)
}

fn render(why: &PairWhy, cut: i32) -> String {
    let mut text = format!("{:32} {:>7}  bits\n", "any two records", bits(why.prior));
    let (told, silent): (Vec<_>, Vec<_>) = why.fields.iter().partition(|step| step.level.is_some());
    for step in told {
        let mut parts = vec![step.level.unwrap_or_default().to_owned()];
        if step.rarity != 0 {
            parts.push(format!("{} of it for how rare it is", bits(step.rarity)));
        }
        let _ = writeln!(text, "{:32} {:>7}  {}", step.field, bits(step.weight + step.rarity), parts.join(", "));
    }
    if !silent.is_empty() {
        let names: Vec<&str> = silent.iter().map(|step| step.field.as_str()).collect();
        let _ = writeln!(text, "not known of both: {}", names.join(", "));
    }
    let _ = match why.passes.as_deref() {
        None => writeln!(text, "\nLooked at because every pair of so few records is."),
        Some([]) => writeln!(text, "\nNever looked at: the two share no key of any pass."),
        Some(passes) => writeln!(text, "\nLooked at because they share: {}.", passes.join("; ")),
    };
    let _ = writeln!(text, "\nOne, rather than");
    for (name, weight) in &why.against {
        let _ = writeln!(text, "  {name:30} {:>7}", bits(*weight));
    }
    let verdict = if why.are_one { "one entity" } else { "two entities" };
    let _ = write!(text, "\n{} bits by the best explanation; one from {}: {verdict}", bits(why.weight), bits(cut));
    text
}
