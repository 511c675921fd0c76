//! Client 360.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use velocity_model::{EntityKind, LinkRole, RecordId};
use velocity_store::Related;

use super::id;
use super::list::Parameters;
use crate::Server;
use crate::error::Failure;
use crate::gate::Visitor;
use crate::respond;
use crate::view::href;
use crate::view::record::{RecordPage, RecordRows, RecordView};
use crate::view::shell::Section;

/// Linked items of a kind that a page knows of.
const RELATED: u32 = 500;
/// Entries of the timeline before "older".
const TIMELINE: usize = 50;

/// `/contacts/{id}`
pub(crate) async fn contact(
    State(server): State<Server>,
    visitor: Visitor,
    Path(text): Path<String>,
    query: Parameters,
) -> Result<Response, Failure> {
    record(&server, visitor, &text, query, Section::Contacts).await
}

/// `/accounts/{id}`
pub(crate) async fn account(
    State(server): State<Server>,
    visitor: Visitor,
    Path(text): Path<String>,
    query: Parameters,
) -> Result<Response, Failure> {
    record(&server, visitor, &text, query, Section::Accounts).await
}

async fn record(
    server: &Server,
    Visitor(session): Visitor,
    text: &str,
    Query(query): Parameters,
    section: Section,
) -> Result<Response, Failure> {
    let wanted: RecordId = id(text, "record")?;
    let shown = query.get("timeline").and_then(|text| text.parse().ok()).unwrap_or(TIMELINE);
    match load(server, wanted, shown).await? {
        None => Err(Failure::NotFound("record")),
        Some(mut view) => {
            let path = format!("{}/{wanted}", section.href());
            if view.href != path {
                let old = if view.id == wanted { String::new() } else { wanted.to_string() };
                let to = format!("{}{}", view.href, href::query(&[("merged", &old)]));
                return Ok(Redirect::permanent(&to).into_response());
            }
            if query.get("merged").is_some_and(|old| old.parse::<RecordId>().is_ok()) {
                view.notice = Some("You followed an old link: that record was merged into this one.".to_owned());
            }
            let shell = server.shell(&session, section, &view.title).await?;
            respond::page(&RecordPage { shell: &shell, view: &view })
        }
    }
}

/// The aggregate of a record, found by its id or by the id of any of its source rows.
pub(crate) async fn load(server: &Server, wanted: RecordId, shown: usize) -> Result<Option<RecordView>, Failure> {
    let store = server.workspace.store();
    let Some(entity) = super::why::find(store, wanted).await? else { return Ok(None) };
    let record = &entity.record;
    let employer = record.links.iter().find(|link| link.role == LinkRole::Employer).map(|link| link.target);
    let colleagues = match employer {
        Some(employer) => persons(store.related(employer, RELATED).await?),
        None => Vec::new(),
    };
    let rows = RecordRows {
        evidence: store.evidence(&record.members).await?,
        related: store.related(record.id, RELATED).await?,
        reviews: store.reviews_of(record.id).await?,
        questions: if record.unresolved.is_empty() { Vec::new() } else { store.questions().await? },
        colleagues,
        entity,
    };
    Ok(Some(RecordView::new(&rows, (server.workspace.ambient().now)(), shown)))
}

fn persons(related: Vec<Related>) -> Vec<Related> {
    related.into_iter().filter(|item| item.record.kind == EntityKind::Person).collect()
}
