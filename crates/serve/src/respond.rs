//! Templates to responses.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};

use crate::error::Failure;
use crate::view::message::{Message, MessagePage};

/// A rendered page.
pub(crate) fn page(template: &impl Template) -> Result<Response, Failure> {
    Ok(Html(template.render()?).into_response())
}

/// A page that only says something.
pub(crate) fn message(status: StatusCode, message: &Message) -> Response {
    match (MessagePage { message }).render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => (status, message.text.clone()).into_response(),
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = self.status();
        let title = match self {
            Self::NotFound(_) => "Not found",
            Self::Withdrawn(_) => "Withdrawn",
            Self::Decided => "Already decided",
            Self::StaleForm => "Form expired",
            Self::Unusable(_) => "That address does not work",
            _ if status == StatusCode::CONFLICT => "Decided meanwhile",
            _ if status == StatusCode::SERVICE_UNAVAILABLE => "Busy",
            _ => "Something failed",
        };
        let mut sentence = self.to_string();
        if let Some(first) = sentence.get(..1).map(str::to_uppercase) {
            sentence.replace_range(..1, &first);
        }
        let text = format!("{sentence}. {}", self.hint());
        message(status, &Message::new(title, &text).with_code(self.code()))
    }
}

/// Whether htmx asks for a part of the page. A history restore wants the whole page although htmx sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fragment(pub(crate) bool);

impl<S: Sync> FromRequestParts<S> for Fragment {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(wants_fragment(&parts.headers)))
    }
}

fn wants_fragment(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request") && !headers.contains_key("hx-history-restore-request")
}
