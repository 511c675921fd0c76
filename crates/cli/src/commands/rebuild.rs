//! `velocity rebuild`.

use super::open;
use crate::args::Global;
use crate::error::{CliError, Exit};
use crate::output::Output;
use crate::progress::bars;

pub(super) async fn run(global: &Global, output: &Output) -> Result<Exit, CliError> {
    let found = open(global).await?.rebuild(&bars(output)).await?;
    let changed = match found.differing {
        0 => "Everything derived was made again; nothing differs.".to_owned(),
        n => format!("Everything derived was made again; {n} records differ from what was served and were published."),
    };
    output.result(&format!("{}\n{changed}", found.computed), &found)?;
    Ok(Exit::Fine)
}
