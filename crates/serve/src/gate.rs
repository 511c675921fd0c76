//! What stands before every request: security headers, the origin check of writes, and the session.

use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};

use crate::error::Failure;
use crate::session::{COOKIE, Doors, Session};
use crate::view::message::Message;
use crate::{assets, pages, respond};

/// Nothing inline, nothing from elsewhere, nothing framed.
const CONTENT_SECURITY_POLICY: &str =
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // `no-referrer` would turn the Origin of our own forms into `null`.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// `protected` behind a session, beside what needs none: signing in, assets, the page for unknown addresses.
pub(crate) fn guard(protected: Router, doors: &Arc<Doors>) -> Router {
    let protected = protected
        .merge(pages::sign_in::sign_out(Arc::clone(doors)))
        .fallback(async || Failure::NotFound("page"))
        .layer(middleware::from_fn_with_state(Arc::clone(doors), require_session));
    Router::new()
        .merge(pages::sign_in::routes(Arc::clone(doors)))
        .merge(assets::routes())
        .fallback_service(protected)
        .layer(middleware::from_fn(harden))
}

async fn harden(request: Request, next: Next) -> Response {
    let writes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let mut response = if writes && !is_same_origin(request.headers()) {
        let text = "The form was sent from another site, so it was refused. Nothing was changed.";
        respond::message(StatusCode::FORBIDDEN, &Message::new("Refused", text))
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.append(header::VARY, HeaderValue::from_static("HX-Request, Cookie"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Whether a write comes from a page of ours. Browsers send Origin or Sec-Fetch-Site with every form; what sends neither
/// is no browser, so no other site can steer it.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let site = HeaderName::from_static("sec-fetch-site");
    if let Some(site) = text(&site)
        && !matches!(site, "same-origin" | "none")
    {
        return false;
    }
    match (headers.get(header::ORIGIN), text(&header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => {
            let origin = origin.to_str().unwrap_or_default();
            origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host))
        }
        (Some(_), None) => false,
    }
}

async fn require_session(State(doors): State<Arc<Doors>>, mut request: Request, next: Next) -> Response {
    match cookie(request.headers()).and_then(|cookie| doors.session(cookie)) {
        Some(session) => {
            request.extensions_mut().insert(session);
            next.run(request).await
        }
        None if request.uri().path().starts_with("/api/") => pages::api::problem(
            StatusCode::UNAUTHORIZED,
            "serve.signed_out",
            "sign in by the link that `velocity serve` prints, and send its session cookie",
        ),
        None => respond::message(StatusCode::UNAUTHORIZED, &Message::signed_out()),
    }
}

/// The session cookie of a request.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

/// The session of the person who asks; only behind [`guard`].
pub(crate) struct Visitor(pub(crate) Arc<Session>);

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let session = parts.extensions.get::<Arc<Session>>().cloned();
        session.map(Self).ok_or_else(|| (StatusCode::UNAUTHORIZED, "signed out").into_response())
    }
}

#[cfg(test)]
mod tests;
