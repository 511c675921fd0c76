//! The JSON API: the view models as they are; errors as problem documents (RFC 9457).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;
use velocity_model::{EntityKind, RecordId};
use velocity_pipeline::Choices;

use super::list::{self, Parameters};
use super::{id, imports, mapping, record, review as queue};
use crate::Server;
use crate::error::Failure;
use crate::view::list::ListLine;
use crate::view::mapping::MappingView;
use crate::view::record::RecordView;
use crate::view::report::ReportView;
use crate::view::review::ReviewView;

/// A failure as a problem document.
pub(crate) struct Problem(Failure);

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let detail = format!("{}. {}", self.0, self.0.hint());
        problem(self.0.status(), self.0.code(), &detail)
    }
}

/// A problem document.
pub(crate) fn problem(status: StatusCode, code: &str, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or_default();
    let body =
        json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "code": code, "detail": detail });
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}

/// One page of a list.
#[derive(Debug, Serialize)]
pub(crate) struct ListAnswer {
    /// The rows.
    rows: Vec<ListLine>,
    /// Rows of the whole list.
    total: u64,
    /// Address of the next page.
    next: Option<String>,
    /// Parts of the address that were ignored.
    ignored: Vec<String>,
}

async fn list(server: &Server, kind: EntityKind, query: &Parameters) -> Result<Json<ListAnswer>, Problem> {
    let view = list::load(server, kind, query).await?;
    let next = view.next.map(|next| format!("/api{next}"));
    Ok(Json(ListAnswer { rows: view.rows, total: view.total, next, ignored: view.ignored }))
}

/// `/api/contacts`
pub(crate) async fn contacts(State(server): State<Server>, query: Parameters) -> Result<Json<ListAnswer>, Problem> {
    list(&server, EntityKind::Person, &query).await
}

/// `/api/accounts`
pub(crate) async fn accounts(State(server): State<Server>, query: Parameters) -> Result<Json<ListAnswer>, Problem> {
    list(&server, EntityKind::Organisation, &query).await
}

async fn one(server: &Server, text: &str, kind: EntityKind) -> Result<Json<RecordView>, Problem> {
    let wanted: RecordId = id(text, "record")?;
    let view = record::load(server, wanted, usize::MAX).await?.filter(|view| view.kind == kind);
    Ok(Json(view.ok_or(Failure::NotFound("record"))?))
}

/// `/api/contacts/{id}`: the aggregate that the page shows, with the whole timeline. An old id gives the record that
/// holds it now.
pub(crate) async fn contact(
    State(server): State<Server>,
    Path(text): Path<String>,
) -> Result<Json<RecordView>, Problem> {
    one(&server, &text, EntityKind::Person).await
}

/// `/api/accounts/{id}`
pub(crate) async fn account(
    State(server): State<Server>,
    Path(text): Path<String>,
) -> Result<Json<RecordView>, Problem> {
    one(&server, &text, EntityKind::Organisation).await
}

/// `/api/review`
pub(crate) async fn review(State(server): State<Server>) -> Result<Json<ReviewView>, Problem> {
    Ok(Json(queue::load_queue(&server).await?))
}

/// `/api/review/mapping/{item}`
pub(crate) async fn mapping(
    State(server): State<Server>,
    Path(text): Path<String>,
) -> Result<Json<MappingView>, Problem> {
    Ok(Json(MappingView::new(&mapping::find(&server, &text).await?, &Choices::default())))
}

/// `/api/runs/{run}`
pub(crate) async fn run(State(server): State<Server>, Path(text): Path<String>) -> Result<Json<ReportView>, Problem> {
    Ok(Json(imports::load(&server, &text).await?))
}
