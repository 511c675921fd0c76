//! `velocity verify`.

use super::open;
use crate::args::Global;
use crate::error::{CliError, Exit};
use crate::output::Output;

pub(super) async fn run(global: &Global, output: &Output) -> Result<Exit, CliError> {
    let found = open(global).await?.verify().await?;
    let human = if found.holds() {
        format!("{}\nWhat is served is what evidence and decisions lead to.", found.computed)
    } else {
        format!(
            "{}\n{} records are served differently (published digest {}).\nnext: velocity rebuild",
            found.computed, found.differing, found.published
        )
    };
    output.result(&human, &found)?;
    Ok(if found.holds() { Exit::Fine } else { Exit::Environment })
}
