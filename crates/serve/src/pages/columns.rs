//! Answers to questions about the columns of imported files.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use velocity_model::RunReport;
use velocity_pipeline::{Choices, PipelineError, silent};

use crate::Server;
use crate::error::Failure;
use crate::form::SignedForm;
use crate::format;
use crate::gate::Visitor;
use crate::session::Flash;

/// `POST /review/columns/answer`: the files that asked are read again.
pub(crate) async fn answer(
    State(server): State<Server>,
    Visitor(session): Visitor,
    form: SignedForm,
) -> Result<Response, Failure> {
    let answers = [form.field("other").trim(), form.field("value").trim()];
    let choices = choices(form.field("column"), &answers);
    let Some(choices) = choices else {
        session.say(Flash { text: "Not answered: choose one of the answers.".to_owned(), undo: None });
        return Ok(Redirect::to("/review").into_response());
    };
    let (text, next) = match run(&server, form.field("profile"), choices, &session.user).await {
        Ok(reports) => {
            let rows = reports.iter().map(|report| report.rows.read).sum();
            let last = reports.last().map_or_else(|| "/review".to_owned(), |report| format!("/imports/{}", report.run));
            (format!("Answered: {} read again.", format::plural(rows, "row", "rows")), last)
        }
        Err(PipelineError::Choices { source }) => (format!("Not answered: {source}."), "/review".to_owned()),
        Err(other) => return Err(other.into()),
    };
    session.say(Flash { text, undo: None });
    Ok(Redirect::to(&next).into_response())
}

/// What the form says: one of the answers, or a country.
fn choices(column: &str, answers: &[&str]) -> Option<Choices> {
    let mut choices = Choices::default();
    let answer = answers.iter().find(|answer| !answer.is_empty())?;
    choices.take(column, answer).then_some(choices)
}

/// Imports on a task of its own: whoever closes the page does not stop it half way.
async fn run(server: &Server, profile: &str, choices: Choices, author: &str) -> Result<Vec<RunReport>, PipelineError> {
    let (workspace, profile, author) = (Arc::clone(&server.workspace), profile.to_owned(), author.to_owned());
    let work = tokio::spawn(async move { workspace.answer(&profile, &choices, &author, &silent()).await });
    work.await.unwrap_or(Err(PipelineError::Died))
}
