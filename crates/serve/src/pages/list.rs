//! The lists of contacts and accounts.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Response;
use velocity_model::EntityKind;

use crate::Server;
use crate::error::Failure;
use crate::gate::Visitor;
use crate::respond::{self, Fragment};
use crate::view::list::{ListPage, ListRequest, ListResults, ListView};
use crate::view::shell::Section;

/// Parameters of an address.
pub(crate) type Parameters = Query<BTreeMap<String, String>>;

/// `/contacts`
pub(crate) async fn contacts(
    State(server): State<Server>,
    visitor: Visitor,
    fragment: Fragment,
    query: Parameters,
) -> Result<Response, Failure> {
    list(&server, visitor, fragment, query, Section::Contacts).await
}

/// `/accounts`
pub(crate) async fn accounts(
    State(server): State<Server>,
    visitor: Visitor,
    fragment: Fragment,
    query: Parameters,
) -> Result<Response, Failure> {
    list(&server, visitor, fragment, query, Section::Accounts).await
}

async fn list(
    server: &Server,
    Visitor(session): Visitor,
    Fragment(fragment): Fragment,
    Query(query): Parameters,
    section: Section,
) -> Result<Response, Failure> {
    let kind = if section == Section::Accounts { EntityKind::Organisation } else { EntityKind::Person };
    let view = load(server, kind, &query).await?;
    if fragment {
        return respond::page(&ListResults { view: &view });
    }
    let shell = server.shell(&session, section, section.label()).await?;
    respond::page(&ListPage { shell: &shell, view: &view })
}

/// One page of a list.
pub(crate) async fn load(
    server: &Server,
    kind: EntityKind,
    query: &BTreeMap<String, String>,
) -> Result<ListView, Failure> {
    let store = server.workspace.store();
    let sources = store.sources().await?;
    let request = ListRequest::read(kind, query, &sources);
    let page = store.list(&request.query).await?;
    Ok(ListView::new(&request, &page, &sources))
}
