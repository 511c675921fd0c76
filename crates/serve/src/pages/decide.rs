//! Decisions and their undoing.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use velocity_model::{Action, DecisionId, ReviewId};
use velocity_pipeline::PipelineError;
use velocity_store::ReviewState;

use super::id;
use crate::Server;
use crate::error::Failure;
use crate::form::SignedForm;
use crate::format;
use crate::gate::Visitor;
use crate::session::{Flash, Undo};
use crate::view::review::item_href;

/// `POST /review/merges/{item}/decide`
pub(crate) async fn decide(
    State(server): State<Server>,
    Visitor(session): Visitor,
    Path(text): Path<String>,
    form: SignedForm,
) -> Result<Response, Failure> {
    let wanted: ReviewId = id(&text, "question")?;
    let Some(item) = server.workspace.store().review(wanted).await? else {
        let text = format!("That question was decided meanwhile. {}", left(&server).await?);
        session.say(Flash { text, undo: None });
        return next(&server, wanted).await;
    };
    let (a, b) = (item.pair.lo, item.pair.hi);
    let (action, done, reason) = match form.field("decision") {
        "merge" => (Action::Same { a, b }, "Merged.", ""),
        "apart" => (Action::Different { a, b }, "Kept apart.", ""),
        "hold" => (Action::Unsure { a, b }, "Held.", form.field("reason")),
        _ => return Err(Failure::Unusable("the form names no decision".to_owned())),
    };
    let decision = server.workspace.decide(action, &session.user, reason).await?;
    let text = format!("{done} {}", left(&server).await?);
    session.say(Flash { text, undo: Some(Undo::new(decision, &item_href(wanted))) });
    next(&server, wanted).await
}

/// "24 left."
async fn left(server: &Server) -> Result<String, Failure> {
    Ok(match server.workspace.store().review_count().await? {
        0 => "Nothing is left to decide.".to_owned(),
        number => format!("{} left.", format::count(number)),
    })
}

/// The first open question but this one; the queue if there is none.
async fn next(server: &Server, but: ReviewId) -> Result<Response, Failure> {
    let queue = server.workspace.store().reviews(2).await?;
    let open = queue.into_iter().find(|item| item.id != but && item.state == ReviewState::Open);
    let to = open.map_or_else(|| "/review".to_owned(), |item| item_href(item.id));
    Ok(Redirect::to(&to).into_response())
}

/// `POST /decisions/{id}/withdraw`
pub(crate) async fn withdraw(
    State(server): State<Server>,
    Visitor(session): Visitor,
    Path(text): Path<String>,
    form: SignedForm,
) -> Result<Response, Failure> {
    let decision: DecisionId = id(&text, "decision")?;
    let text = match server.workspace.withdraw(decision, &session.user).await {
        Ok(_) => "Undone.",
        Err(PipelineError::NoSuchDecision(_)) => "That decision was undone already.",
        Err(other) => return Err(other.into()),
    };
    session.say(Flash { text: format!("{text} {}", left(&server).await?), undo: None });
    Ok(Redirect::to(form.back("/review")).into_response())
}
