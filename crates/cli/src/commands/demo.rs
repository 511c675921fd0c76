//! `velocity demo`: sample sources, imported, resolved, measured against the truth, served.

use velocity_pipeline::{HardCase, ImportOptions, Workspace};
use velocity_synth::{Options, write};

use super::{author, serve};
use crate::ambient::{ambient, timed};
use crate::args::Demo;
use crate::error::{CliError, Exit};
use crate::output::Output;
use crate::progress::bars;
use crate::render::{evaluation, report};

pub(super) async fn run(demo: &Demo, output: &Output) -> Result<Exit, CliError> {
    let sources = demo.dir.join("sources");
    let truth = demo.dir.join("truth.csv");
    let manifest = write(&sources, &truth, &Options { seed: demo.seed, people: demo.people })?;
    output.note(&format!(
        "Wrote sample sources to {}: {} people and {} companies behind {} rows.",
        sources.display(),
        manifest.people,
        manifest.organisations,
        manifest.rows()
    ));
    let workspace = Workspace::open(&demo.dir.join("data"), "default", ambient()?).await?;
    let options = ImportOptions { author: author(), ..ImportOptions::default() };
    let (run, seconds) = timed(workspace.import(&[sources], &options, &bars(output))).await;
    let run = run?;
    let traps = manifest.traps.into_iter();
    let hard = traps.map(|trap| HardCase { name: trap.name.to_owned(), entity_ids: trap.people }).collect();
    let measured = workspace.evaluate(evaluation::read_truth(&truth)?, hard).await?;
    let human = format!("{}\n{}", report::render(&run, seconds), evaluation::render(&measured));
    output.result(&human, &serde_json::json!({ "report": run, "evaluation": measured }))?;
    if demo.no_serve {
        return Ok(Exit::Fine);
    }
    serve::listen(workspace, &demo.listen, output).await
}
