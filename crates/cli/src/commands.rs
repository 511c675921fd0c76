//! One file a command.

mod approval;
mod dedupe;
mod demo;
mod evaluate;
mod explain;
mod import;
mod lists;
mod names;
mod profile;
mod query;
mod read;
mod rebuild;
mod review;
mod runs;
mod serve;
mod synth;
mod train;
mod verify;

use velocity_pipeline::Workspace;

use crate::ambient::ambient;
use crate::args::{Args, Command, Format, Global};
use crate::error::{CliError, Exit};
use crate::output::Output;

/// Runs the command.
pub(crate) async fn run(args: Args, output: &Output) -> Result<Exit, CliError> {
    let Args { global, command } = args;
    if matches!(global.format, Format::Csv | Format::Parquet) && !matches!(command, Command::Read(_)) {
        return Err(CliError::Usage(
            "only `velocity read` writes CSV and Parquet; others take human and json".to_owned(),
        ));
    }
    match command {
        Command::Dedupe(dedupe) | Command::Link(dedupe) => dedupe::run(&dedupe, output).await,
        Command::Train(train) => train::run(&global, &train, output).await,
        Command::Explain(explain) => explain::run(&explain, output).await,
        Command::Evaluate(evaluate) => evaluate::run(&evaluate, output),
        Command::Demo(demo) => demo::run(&demo, output).await,
        Command::Import(import) => import::run(&global, &import, output).await,
        Command::Serve(serve) => serve::run(&global, &serve, output).await,
        Command::Review(review) => review::run(&global, &review, output).await,
        Command::Read(read) => read::run(&read, output),
        Command::Runs(runs) => runs::run(&global, &runs, output).await,
        Command::Profile(profile) => profile::run(&profile, output),
        Command::Query(query) => query::run(&global, &query, output).await,
        Command::Verify => verify::run(&global, output).await,
        Command::Rebuild => rebuild::run(&global, output).await,
        Command::Synth(synth) => synth::run(&synth, output),
    }
}

async fn open(global: &Global) -> Result<Workspace, CliError> {
    Ok(Workspace::open(&global.data_dir, &global.tenant, ambient()?).await?)
}

/// Who works here, for the ledger.
fn author() -> String {
    let named = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).ok();
    named.filter(|name| !name.is_empty()).unwrap_or_else(|| "owner".to_owned())
}
