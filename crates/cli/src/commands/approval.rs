//! Files that wait for approval, in `velocity review`.

use std::collections::BTreeMap;

use velocity_model::{Field, Waiting, WaitingId};
use velocity_pipeline::{Choices, Workspace};

use super::author;
use crate::ambient::timed;
use crate::args::Review;
use crate::error::CliError;
use crate::output::Output;
use crate::progress::bars;
use crate::render::{report, waiting};

/// Prints a file that waits.
pub(super) async fn show(workspace: &Workspace, id: WaitingId, output: &Output) -> Result<(), CliError> {
    let found = workspace.store().waiting().await?.into_iter().find(|waiting| waiting.id == id);
    let found = found.ok_or(velocity_pipeline::PipelineError::NoSuchWaiting(id))?;
    output.result(&waiting::whole(&found), &found)
}

/// Approves a file, or says what that would do.
pub(super) async fn approve(
    workspace: &Workspace,
    id: WaitingId,
    review: &Review,
    output: &Output,
) -> Result<(), CliError> {
    let choices = choices(review)?;
    let (author, bars) = (author(), bars(output));
    let (run, seconds) = match review.dry_run {
        true => timed(workspace.forecast_approval(id, &choices, &author, &bars)).await,
        false => timed(workspace.approve(id, &choices, &author, &bars)).await,
    };
    let run = run?;
    output.result(&report::render(&run, seconds), &run)
}

/// Answers questions about imported files of a profile, and prints what each run brings, or would bring.
pub(super) async fn answer(
    workspace: &Workspace,
    profile: &str,
    review: &Review,
    output: &Output,
) -> Result<(), CliError> {
    let (author, bars) = (author(), bars(output));
    let choices = choices(review)?;
    let (runs, seconds) = match review.dry_run {
        true => timed(workspace.forecast_answer(profile, &choices, &author, &bars)).await,
        false => timed(workspace.answer(profile, &choices, &author, &bars)).await,
    };
    let runs = runs?;
    let human: Vec<String> = runs.iter().map(|run| report::render(run, seconds / runs.len() as f64)).collect();
    output.result(&human.join("\n"), &runs)
}

/// What is to be read otherwise.
fn choices(review: &Review) -> Result<Choices, CliError> {
    let mut choices = Choices { fields: fields(&review.column)?, ..Choices::default() };
    for text in &review.answer {
        let (header, answer) = halves(text)?;
        if !choices.take(&header, answer) {
            let text = format!(
                "`{answer}` is no answer; `velocity review` lists those of each question, such as dmy, point or a country like FR"
            );
            return Err(CliError::Usage(text));
        }
    }
    Ok(choices)
}

/// The files that wait, as lines of a list.
pub(super) async fn list(workspace: &Workspace) -> Result<(String, Vec<Waiting>), CliError> {
    let found = workspace.store().waiting().await?;
    Ok((waiting::list(&found), found))
}

fn fields(given: &[String]) -> Result<BTreeMap<String, Option<Field>>, CliError> {
    let one = |text: &String| {
        let (header, field) = halves(text)?;
        if field.is_empty() {
            return Ok((header, None));
        }
        let known = Field::from_name(field);
        let wrong = || CliError::Usage(format!("`{field}` is no field; a field of your own is `x_` and a name"));
        Ok((header, Some(known.ok_or_else(wrong)?)))
    };
    given.iter().map(one).collect()
}

/// A header, which may have an equals sign itself, and what stands behind the last one.
fn halves(text: &str) -> Result<(String, &str), CliError> {
    let halves = text.rsplit_once('=').map(|(header, value)| (header.to_owned(), value.trim()));
    halves.ok_or_else(|| CliError::Usage(format!("`{text}` has no equals sign; write HEADER=VALUE")))
}
