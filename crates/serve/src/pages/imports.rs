//! Imports and their reports.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use velocity_model::RunId;

use super::id;
use super::list::Parameters;
use crate::Server;
use crate::error::Failure;
use crate::gate::Visitor;
use crate::respond;
use crate::view::quarantine;
use crate::view::report::{ReportPage, ReportView};
use crate::view::runs::{RunsPage, RunsView};
use crate::view::shell::Section;

/// Runs in the list.
const RUNS: u32 = 100;

/// `/imports`
pub(crate) async fn runs(State(server): State<Server>, Visitor(session): Visitor) -> Result<Response, Failure> {
    let store = server.workspace.store();
    let view = RunsView::new(&store.runs(RUNS).await?, &store.waiting().await?);
    let shell = server.shell(&session, Section::Imports, "Imports").await?;
    respond::page(&RunsPage { shell: &shell, view: &view })
}

/// `/imports/{run}`
pub(crate) async fn run(
    State(server): State<Server>,
    Visitor(session): Visitor,
    Path(text): Path<String>,
) -> Result<Response, Failure> {
    let view = load(&server, &text).await?;
    let shell = server.shell(&session, Section::Imports, &view.title).await?;
    respond::page(&ReportPage { shell: &shell, view: &view })
}

/// The report of a run.
pub(crate) async fn load(server: &Server, text: &str) -> Result<ReportView, Failure> {
    let wanted: RunId = id(text, "import")?;
    let store = server.workspace.store();
    let run = store.run(wanted).await?.ok_or(Failure::NotFound("import"))?;
    Ok(ReportView::new(&run, &store.quarantine(wanted).await?))
}

/// `/imports/{run}/quarantine.csv?file=…`: files have different columns, so each is a download of its own.
pub(crate) async fn quarantine(
    State(server): State<Server>,
    Path(text): Path<String>,
    Query(query): Parameters,
) -> Result<Response, Failure> {
    let wanted: RunId = id(&text, "import")?;
    let stored = server.workspace.store().quarantine(wanted).await?;
    let stored = stored.into_iter().filter(|(.., rows)| !rows.is_empty());
    let mut found: Vec<_> = match query.get("file") {
        Some(file) => stored.filter(|(path, ..)| path == file).collect(),
        None => stored.collect(),
    };
    match (found.len(), found.pop()) {
        (1, Some((_, headers, rows))) => {
            let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8");
            let name = (header::CONTENT_DISPOSITION, "attachment; filename=\"quarantine.csv\"");
            Ok(([kind, name], quarantine::csv(&headers, &rows)).into_response())
        }
        (0, _) => Err(Failure::NotFound("quarantined row")),
        _ => Err(Failure::Unusable("several files have quarantined rows; name one with ?file=".to_owned())),
    }
}
