//! Files that wait for approval.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use velocity_model::{RunReport, Waiting, WaitingId};
use velocity_pipeline::{Choices, PipelineError, silent};

use super::id;
use crate::Server;
use crate::error::Failure;
use crate::form::SignedForm;
use crate::format;
use crate::gate::Visitor;
use crate::respond;
use crate::session::{Flash, Session};
use crate::view::mapping::{MappingPage, MappingView, chosen};
use crate::view::shell::Section;

/// `/review/mapping/{item}`
pub(crate) async fn item(
    State(server): State<Server>,
    Visitor(session): Visitor,
    Path(text): Path<String>,
) -> Result<Response, Failure> {
    let view = MappingView::new(&find(&server, &text).await?, &Choices::default());
    show(&server, &session, &view).await
}

/// The file of this id, if it still waits.
pub(crate) async fn find(server: &Server, text: &str) -> Result<Waiting, Failure> {
    let wanted: WaitingId = id(text, "file")?;
    let found = server.workspace.store().waiting().await?.into_iter().find(|waiting| waiting.id == wanted);
    found.ok_or(Failure::Decided)
}

async fn show(server: &Server, session: &Session, view: &MappingView) -> Result<Response, Failure> {
    let shell = server.shell(session, Section::Review, &view.line.name).await?;
    let page = respond::page(&MappingPage { shell: &shell, view })?;
    let status = if view.alert.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page).into_response())
}

/// `POST /review/mapping/{item}/approve`: imports the file, or says what that would come to.
pub(crate) async fn approve(
    State(server): State<Server>,
    Visitor(session): Visitor,
    Path(text): Path<String>,
    form: SignedForm,
) -> Result<Response, Failure> {
    let waiting = find(&server, &text).await?;
    let choices = match chosen(&waiting, |name| form.given(name).map(str::to_owned)) {
        Ok(choices) => choices,
        Err(alert) => {
            let view = MappingView { alert, ..MappingView::new(&waiting, &Choices::default()) };
            return show(&server, &session, &view).await;
        }
    };
    let is_check = form.field("then") == "check";
    let view = MappingView::new(&waiting, &choices);
    match run(&server, waiting.id, choices, &session.user, is_check).await {
        Ok(report) if is_check => show(&server, &session, &view.forecast(&report)).await,
        Ok(report) => {
            let text = format!("Approved and imported: {}.", format::plural(report.rows.read, "row", "rows"));
            session.say(Flash { text, undo: None });
            Ok(Redirect::to(&format!("/imports/{}", report.run)).into_response())
        }
        Err(PipelineError::Choices { source }) => {
            show(&server, &session, &MappingView { alert: format!("Not approved: {source}."), ..view }).await
        }
        Err(open @ PipelineError::Unanswered { .. }) => {
            let alert = format!("{open}. Answer it, or leave the column out.");
            show(&server, &session, &MappingView { alert, ..view }).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Imports on a task of its own: whoever closes the page does not stop it half way.
async fn run(
    server: &Server,
    id: WaitingId,
    choices: Choices,
    author: &str,
    is_check: bool,
) -> Result<RunReport, PipelineError> {
    let (workspace, author) = (Arc::clone(&server.workspace), author.to_owned());
    let work = tokio::spawn(async move {
        match is_check {
            true => workspace.forecast_approval(id, &choices, &author, &silent()).await,
            false => workspace.approve(id, &choices, &author, &silent()).await,
        }
    });
    work.await.unwrap_or(Err(PipelineError::Died))
}

/// `POST /review/mapping/{item}/leave`
pub(crate) async fn leave(
    State(server): State<Server>,
    Visitor(session): Visitor,
    Path(text): Path<String>,
    _form: SignedForm,
) -> Result<Response, Failure> {
    let waiting = find(&server, &text).await?;
    server.workspace.leave_out(waiting.id).await?;
    let text = "Left out. Imported again, it waits again.".to_owned();
    session.say(Flash { text, undo: None });
    Ok(Redirect::to("/review").into_response())
}
