//! Signing in by the one-time link, and out.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::form::SignedForm;
use crate::session::{COOKIE, Doors, TokenState};
use crate::view::message::Message;
use crate::{gate, respond};

/// Routes that need no session.
pub(crate) fn routes(doors: Arc<Doors>) -> Router {
    Router::new().route("/sign-in", get(ask).post(enter)).with_state(doors)
}

/// Routes that need one.
pub(crate) fn sign_out(doors: Arc<Doors>) -> Router {
    Router::new().route("/sign-out", post(leave)).with_state(doors)
}

/// A link preview or a virus scanner opens links too, so opening signs nobody in; a button does.
async fn ask(
    State(doors): State<Arc<Doors>>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    if gate::cookie(&headers).is_some_and(|cookie| doors.session(cookie).is_some()) {
        return Redirect::to("/contacts").into_response();
    }
    let token = query.get("token").map_or("", String::as_str);
    match doors.check(token) {
        TokenState::Good => respond::message(StatusCode::OK, &Message::sign_in(token, doors.user())),
        TokenState::Used => respond::message(StatusCode::GONE, &Message::link_used()),
        TokenState::Wrong => respond::message(StatusCode::FORBIDDEN, &Message::link_wrong()),
    }
}

async fn enter(State(doors): State<Arc<Doors>>, Form(form): Form<BTreeMap<String, String>>) -> Response {
    let token = form.get("token").map_or("", String::as_str);
    let (mut cookie, mut secret) = ([0; 32], [0; 32]);
    if getrandom::fill(&mut cookie).and_then(|()| getrandom::fill(&mut secret)).is_err() {
        let text = "This machine gives no random bytes, so no session can be opened.";
        return respond::message(StatusCode::INTERNAL_SERVER_ERROR, &Message::new("Cannot sign in", text));
    }
    let cookie = hex::encode(cookie);
    if doors.enter(token, &cookie, secret) {
        let set = format!("{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Lax");
        return ([(header::SET_COOKIE, set)], Redirect::to("/contacts")).into_response();
    }
    match doors.check(token) {
        TokenState::Wrong => respond::message(StatusCode::FORBIDDEN, &Message::link_wrong()),
        _ => respond::message(StatusCode::GONE, &Message::link_used()),
    }
}

async fn leave(State(doors): State<Arc<Doors>>, headers: HeaderMap, _: SignedForm) -> Response {
    if let Some(cookie) = gate::cookie(&headers) {
        doors.leave(cookie);
    }
    let clear = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    let page = respond::message(StatusCode::OK, &Message::signed_out());
    ([(header::SET_COOKIE, clear)], page).into_response()
}
