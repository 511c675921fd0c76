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
use crate::view::mapping::ORDERS;

/// `POST /review/columns/answer`: the files that asked are read again.
pub(crate) async fn answer(
    State(server): State<Server>,
    Visitor(session): Visitor,
    form: SignedForm,
) -> Result<Response, Failure> {
    let choices = choices(form.field("column"), form.field("value").trim());
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

/// What the form says: an order of day and month, or a country.
fn choices(column: &str, value: &str) -> Choices {
    match ORDERS.iter().find(|(known, ..)| *known == value) {
        Some((.., order)) => Choices { orders: [(column.to_owned(), *order)].into(), ..Choices::default() },
        None => Choices { region: Some(value.to_uppercase()), ..Choices::default() },
    }
}

/// Imports on a task of its own: whoever closes the page does not stop it half way.
async fn run(server: &Server, profile: &str, choices: Choices, author: &str) -> Result<Vec<RunReport>, PipelineError> {
    let (workspace, profile, author) = (Arc::clone(&server.workspace), profile.to_owned(), author.to_owned());
    let work = tokio::spawn(async move { workspace.answer(&profile, &choices, &author, &silent()).await });
    work.await.unwrap_or(Err(PipelineError::Died))
}
