//! `velocity explain`.

use std::fmt::Write;

use velocity_identity_resolution::{DedupeOptions, PairWhy};
use velocity_pipeline::{TableHints, dedupe_files};

use crate::args::Explain;
use crate::error::{CliError, Exit};
use crate::output::Output;

pub(super) async fn run(explain: &Explain, output: &Output) -> Result<Exit, CliError> {
    let (id_column, ignored) = (explain.id_column.clone(), explain.ignore_column.clone());
    let hints = TableHints { id_column, ignored, source_column: None };
    let file = [explain.file.clone()];
    let work =
        tokio::task::spawn_blocking(move || dedupe_files(&file, &hints, &DedupeOptions::default(), &|_, _, _| {}));
    let found = work.await.map_err(|_| CliError::Pipeline(velocity_pipeline::PipelineError::Died))??;
    let Some(why) = found.resolution.why(&explain.a, &explain.b) else {
        let text = format!("`{}` has no two records `{}` and `{}`", explain.file.display(), explain.a, explain.b);
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
    for step in &why.fields {
        let rarity =
            if step.rarity == 0 { String::new() } else { format!("  {} for how rare it is", bits(step.rarity)) };
        let level = step.level.unwrap_or("not known of both");
        let _ = writeln!(text, "{:32} {:>7}  {level}{rarity}", step.field, bits(step.weight));
    }
    let _ = writeln!(text, "\nOne, rather than");
    for (name, weight) in &why.against {
        let _ = writeln!(text, "  {name:30} {:>7}", bits(*weight));
    }
    let verdict = if why.are_one { "one entity" } else { "two entities" };
    let _ = write!(
        text,
        "\n{} bits by the best of these explanations; one from {}: {verdict}",
        bits(why.weight),
        bits(cut)
    );
    text
}
