//! Why a value is shown, and why rows are one record.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use velocity_model::{EntityKind, Field, RecordId};
use velocity_store::{EntityRow, Store, StoredEvidence};

use super::id;
use crate::Server;
use crate::error::Failure;
use crate::gate::Visitor;
use crate::respond::{self, Fragment};
use crate::view::href;
use crate::view::identity::{self, IdentityPage, IdentityPanel, IdentityRows, IdentityView, WEIGHED};
use crate::view::shell::Section;
use crate::view::why::{WhyFieldPage, WhyFieldPanel, WhyFieldView};

/// The record with this id, or the one that holds the source row with it.
pub(crate) async fn find(store: &dyn Store, wanted: RecordId) -> Result<Option<EntityRow>, Failure> {
    if let Some(entity) = store.entity(wanted).await? {
        return Ok(Some(entity));
    }
    match store.locate(wanted).await? {
        Some(now) => Ok(store.entity(now).await?),
        None => match store.withdrawn_among(&[wanted]).await?.first() {
            Some(row) => Err(Failure::Withdrawn(row.sequence)),
            None => Ok(None),
        },
    }
}

const fn section(kind: EntityKind) -> Section {
    if matches!(kind, EntityKind::Organisation) { Section::Accounts } else { Section::Contacts }
}

/// `/why/{id}/{field}`
pub(crate) async fn field(
    State(server): State<Server>,
    Visitor(session): Visitor,
    Fragment(fragment): Fragment,
    Path((text, name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let wanted: RecordId = id(&text, "record")?;
    let field = Field::from_name(&name).ok_or(Failure::NotFound("field"))?;
    let store = server.workspace.store();
    let entity = find(store, wanted).await?.ok_or(Failure::NotFound("record"))?;
    if entity.record.id != wanted {
        return Ok(Redirect::permanent(&href::why_field(entity.record.id, &name)).into_response());
    }
    let evidence = store.evidence(&entity.record.members).await?;
    let questions = store.questions().await?;
    let view = WhyFieldView::new(&entity, &evidence, &questions, &field);
    let view = view.ok_or(Failure::NotFound("value of this field"))?;
    if fragment {
        return respond::page(&WhyFieldPanel { view: &view });
    }
    let title = format!("Why {}: {}", view.label, view.record);
    let shell = server.shell(&session, section(entity.record.kind), &title).await?;
    respond::page(&WhyFieldPage { shell: &shell, view: &view })
}

/// `/why/{id}`
pub(crate) async fn record(
    State(server): State<Server>,
    Visitor(session): Visitor,
    Fragment(fragment): Fragment,
    Path(text): Path<String>,
) -> Result<Response, Failure> {
    let wanted: RecordId = id(&text, "record")?;
    let entity = find(server.workspace.store(), wanted).await?.ok_or(Failure::NotFound("record"))?;
    if entity.record.id != wanted {
        return Ok(Redirect::permanent(&href::why(entity.record.id)).into_response());
    }
    let kind = entity.record.kind;
    let view = IdentityView::new(&load(&server, entity).await?);
    if fragment {
        let forms = session.forms.clone();
        return respond::page(&IdentityPanel { forms: &forms, view: &view });
    }
    let shell = server.shell(&session, section(kind), &format!("Why: {}", view.title)).await?;
    respond::page(&IdentityPage { forms: &shell.forms, shell: &shell, view: &view })
}

async fn load(server: &Server, entity: EntityRow) -> Result<IdentityRows, Failure> {
    let store = server.workspace.store();
    let mut evidence = store.evidence(&entity.record.members).await?;
    // The row that gives the id stands first; the others as they are, by id.
    evidence.sort_by_key(|stored| stored.evidence.record != entity.record.id);
    let pairs = if entity.record.kind.is_resolved() { pairs(server, &evidence).await? } else { BTreeMap::new() };
    let decisions = store.decisions().await?;
    let held: BTreeSet<RecordId> = entity.record.members.iter().copied().collect();
    let relevant = identity::relevant(&decisions, &evidence);
    let named: BTreeSet<RecordId> = relevant.iter().flat_map(|decision| identity::named(&decision.action)).collect();
    let others: Vec<RecordId> = named.difference(&held).copied().collect();
    let others = store.evidence(&others).await?;
    Ok(IdentityRows { entity, evidence, pairs, decisions, others })
}

async fn pairs(
    server: &Server,
    evidence: &[StoredEvidence],
) -> Result<BTreeMap<(RecordId, RecordId), velocity_model::Waterfall>, Failure> {
    let ids: Vec<RecordId> = evidence.iter().take(WEIGHED).map(|stored| stored.evidence.record).collect();
    let mut pairs = BTreeMap::new();
    for (index, a) in ids.iter().enumerate() {
        for b in ids.iter().skip(index + 1) {
            let (lo, hi) = (*a.min(b), *a.max(b));
            if let Some(found) = server.workspace.explain(lo, hi).await? {
                pairs.insert((lo, hi), found);
            }
        }
    }
    Ok(pairs)
}
