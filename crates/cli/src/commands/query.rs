//! `velocity query`.

use velocity_lake::{Limits, describe, query};

use super::open;
use crate::args::{Global, Query};
use crate::error::{CliError, Exit};
use crate::output::Output;
use crate::render::table;

pub(super) async fn run(global: &Global, ask: &Query, output: &Output) -> Result<Exit, CliError> {
    let catalogue = open(global).await?.catalogue().await?;
    let Some(sql) = &ask.sql else {
        let tables = describe(&catalogue).await?;
        output.result(&table::render_catalogue(&tables), &tables)?;
        return Ok(Exit::Fine);
    };
    let limits = Limits {
        memory_bytes: u64::from(ask.memory) * 1024 * 1024,
        seconds: u64::from(ask.seconds),
        rows: u64::from(ask.rows),
    };
    let answer = query(&catalogue, sql, &limits).await?;
    output.result(&table::render_answer(&answer), &answer)?;
    if answer.truncated {
        output.note(&format!("only the first {} rows are shown; raise --rows for more", ask.rows));
    }
    Ok(Exit::Fine)
}
