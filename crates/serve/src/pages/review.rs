//! The review queue and one merge question.

use axum::extract::{Path, State};
use axum::response::Response;
use velocity_model::{RecordId, ReviewId};
use velocity_store::ReviewState;

use super::id;
use crate::Server;
use crate::error::Failure;
use crate::gate::Visitor;
use crate::respond;
use crate::view::merge::{COUNTED, MergePage, MergeRows, MergeView, SideRows};
use crate::view::review::{ReviewPage, ReviewView, SHOWN};
use crate::view::shell::Section;

/// Items of the queue beside a question.
const BATCH: u32 = 25;

/// `/review`
pub(crate) async fn queue(State(server): State<Server>, Visitor(session): Visitor) -> Result<Response, Failure> {
    let view = load_queue(&server).await?;
    let shell = server.shell(&session, Section::Review, "Review").await?;
    respond::page(&ReviewPage { shell: &shell, view: &view })
}

/// The queue with the waterfalls of the pairs that it shows.
pub(crate) async fn load_queue(server: &Server) -> Result<ReviewView, Failure> {
    let store = server.workspace.store();
    let total = store.review_count().await?;
    // The open ones come first; enough of the held ones behind them.
    let most = u32::try_from(total).unwrap_or(u32::MAX).saturating_add(SHOWN as u32);
    let (mut open, mut held) = (0, 0);
    let mut items = Vec::new();
    for item in store.reviews(most).await? {
        let seen = if item.state == ReviewState::Open { &mut open } else { &mut held };
        *seen += 1;
        if *seen <= SHOWN {
            let waterfall = server.workspace.explain(item.pair.lo, item.pair.hi).await?;
            items.push((item, waterfall));
        }
    }
    Ok(ReviewView::new(&items, total, &store.questions().await?, &store.waiting().await?))
}

/// `/review/merges/{item}`
pub(crate) async fn item(
    State(server): State<Server>,
    Visitor(session): Visitor,
    Path(text): Path<String>,
) -> Result<Response, Failure> {
    let wanted: ReviewId = id(&text, "question")?;
    let store = server.workspace.store();
    let Some(item) = store.review(wanted).await? else { return Err(Failure::Decided) };
    let queue = store.reviews(BATCH).await?;
    let rows = MergeRows {
        waterfall: server.workspace.explain(item.pair.lo, item.pair.hi).await?,
        sides: [side(&server, item.left).await?, side(&server, item.right).await?],
        queue: queue.into_iter().filter(|other| other.state == ReviewState::Open).collect(),
        total: store.review_count().await?,
        item,
    };
    let view = MergeView::new(&rows);
    let shell = server.shell(&session, Section::Review, "Same or not?").await?;
    respond::page(&MergePage { shell: &shell, view: &view })
}

async fn side(server: &Server, record: RecordId) -> Result<SideRows, Failure> {
    let store = server.workspace.store();
    let entity = store.entity(record).await?.ok_or(Failure::Decided)?;
    let evidence = store.evidence(&entity.record.members).await?;
    let related = store.related(record, COUNTED).await?;
    Ok(SideRows { entity, evidence, related })
}
