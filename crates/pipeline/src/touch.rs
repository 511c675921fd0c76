//! A few records made anew, with all that hangs on them, from what the store has near them: a decision, or a small import, costs
//! what it touches and not what the tenant holds. The outcome is that of making everything anew, which `verify` checks.
//!
//! 1. The records that are connected with those in question, by pairs or decisions, are clustered and become records.
//! 2. Where another record now holds a name (an evidence record or an address), links that point at it lead elsewhere.
//! 3. Lists show of a record what its links and those who point at it say: those are made anew too.

mod graph;
mod scene;
mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use velocity_canonical::{names, record_name, records, relink};
use velocity_model::{CanonicalRecord, Decision, Evidence, LinkTarget, Names, ProjectionDigest, RecordId, active};
use velocity_store::{MemberRow, OpenReview, Publication};

use crate::PipelineError;
use crate::members::{Member, Members};
use crate::pairs::KindPairs;
use crate::project::{entities_of, sources_of};
use crate::publish::open_review;
use crate::resolve::resolve;
use crate::workspace::{Workspace, off_thread};
pub(crate) use graph::PairGraph;
use scene::Scene;
use shown::{Changed, shown};

/// What is to be made anew.
#[derive(Debug, Default)]
pub(crate) struct Touch {
    /// Evidence records whose entity is in question.
    pub(crate) records: BTreeSet<RecordId>,
    /// Evidence that the store does not have yet.
    pub(crate) arrivals: BTreeMap<RecordId, Member>,
    /// What was read of the store already.
    pub(crate) read: BTreeMap<RecordId, MemberRow>,
}

/// A record that was made anew, with what the store keeps beside it.
#[derive(Debug)]
struct Made {
    record: CanonicalRecord,
    names: Names,
    sources: Vec<String>,
}

impl Workspace {
    /// The publication of what `touch` changes under `decisions`, the whole ledger. `None` if too little is stored to know what
    /// hangs together: then everything is to be made anew.
    pub(crate) async fn plan_touched(
        &self,
        touch: Touch,
        graphs: Vec<Arc<PairGraph>>,
        decisions: &[Decision],
    ) -> Result<Option<Publication>, PipelineError> {
        let Some(served) = self.store.digest().await? else { return Ok(None) };
        let component = graph::component(&touch, &graphs, decisions);
        let (mut read, arrivals) = (touch.read, touch.arrivals);
        let missing: Vec<RecordId> = component.iter().filter(|record| !read.contains_key(record)).copied().collect();
        read.extend(self.store.member_rows(&missing).await?.into_iter().map(|row| (row.evidence.record, row)));
        let stored: Vec<MemberRow> = component.iter().filter_map(|record| read.remove(record)).collect();
        let old: BTreeSet<RecordId> = stored.iter().map(|row| row.entity).collect();
        let mut scene = Scene::new(&*self.store);
        scene.load(old.iter().copied()).await?;

        let members = Arc::new(overlay(&stored, arrivals));
        let (settings, own, ledger) = (Arc::clone(&self.settings), Arc::clone(&members), decisions.to_vec());
        let pairs: Vec<KindPairs> = graphs.iter().map(|graph| graph.among(&component)).collect();
        let (resolved, entity_of, made) = off_thread(move || {
            let resolved = resolve(&own, &pairs, &ledger);
            let (entities, entity_of) = entities_of(&own, &resolved);
            let (entities, records) = records(&entities, &settings.policy, &active(&ledger).0);
            let beside = entities.iter().zip(records);
            let made = beside.map(|(entity, record)| {
                let (names, sources) = (names(&record, &entity.members), sources_of(&entity.members));
                (record.id, Made { record, names, sources })
            });
            Ok((resolved, entity_of, made.collect::<BTreeMap<RecordId, Made>>()))
        })
        .await?;

        let new = self.link_anew(&mut scene, &old, made, &members).await?;
        let upsert = shown(&mut scene, &Changed { old: &old, new: &new }).await?;
        let delete: Vec<RecordId> = old.iter().filter(|id| !new.contains_key(id)).copied().collect();
        let before = old.iter().chain(new.keys()).collect::<BTreeSet<_>>();
        let before: Vec<_> = before.into_iter().filter_map(|id| scene.row(*id)).map(|row| &row.record).collect();
        let after: Vec<_> = new.values().map(|made| &made.record).collect();
        let digest = digests(&before).into_iter().fold(served, ProjectionDigest::minus);
        let digest = digests(&after).into_iter().fold(digest, ProjectionDigest::plus);

        let was: BTreeMap<RecordId, _> = stored.iter().map(|row| (row.evidence.record, row)).collect();
        let moved = members.by_record.iter().filter_map(|(record, member)| {
            let entity = *entity_of.get(record)?;
            let row = member.row(entity);
            (was.get(record) != Some(&&row)).then_some(row)
        });
        let record = |id: RecordId| new.get(&id).map(|made| &made.record);
        let asked = resolved.reviews.iter();
        let asked: Vec<OpenReview> =
            asked.filter_map(|(kind, review)| open_review(*kind, review, &entity_of, &record)).collect();
        let (reviews, closed) = questions_apart(self.store.reviews_among(&scene::ids(&old)).await?, asked);
        let members = moved.collect();
        let publication = Publication { upsert, delete, members, reviews, closed, digest, ..Default::default() };
        Ok(Some(publication))
    }

    /// Gives the records that were made, and those whose links may now lead elsewhere, their links.
    async fn link_anew(
        &self,
        scene: &mut Scene<'_>,
        old: &BTreeSet<RecordId>,
        made: BTreeMap<RecordId, Made>,
        members: &Members,
    ) -> Result<BTreeMap<RecordId, Made>, PipelineError> {
        let renamed = renamed(old.iter().filter_map(|id| scene.row(*id)).map(|row| (&row.record, &row.names)), &made);
        let mut dependents: BTreeSet<RecordId> = self.store.pointing_at(&renamed).await?.into_iter().collect();
        dependents.retain(|id| !old.contains(id) && !made.contains_key(id));
        scene.load(dependents.iter().copied()).await?;
        let mut anew = made;
        for id in &dependents {
            if let Some(row) = scene.row(*id) {
                let (record, names, sources) = (row.record.clone(), row.names.clone(), row.summary.sources.clone());
                anew.insert(*id, Made { record, names, sources });
            }
        }
        let theirs: Vec<RecordId> =
            dependents.iter().filter_map(|id| scene.row(*id)).flat_map(|row| row.record.members.clone()).collect();
        let theirs = self.store.member_rows(&theirs).await?;
        let mut evidence: BTreeMap<RecordId, &Evidence> =
            theirs.iter().map(|row| (row.evidence.record, &*row.evidence)).collect();
        evidence.extend(members.by_record.iter().map(|(record, member)| (*record, &*member.evidence)));

        // Whoever holds what they point at.
        let pointed: BTreeSet<i64> = anew.values().flat_map(|made| made.names.pointed.iter().copied()).collect();
        let mut around = self.store.holders(&pointed.into_iter().collect::<Vec<_>>()).await?;
        let targets = evidence.values().flat_map(|evidence| &evidence.links).filter_map(|link| match link.target {
            LinkTarget::Record(record) => Some(record),
            LinkTarget::Mention(_) => None,
        });
        around.extend(self.store.homes(&targets.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()).await?);
        let around: BTreeSet<RecordId> =
            around.into_iter().filter(|id| !old.contains(id) && !anew.contains_key(id)).collect();
        scene.load(around.iter().copied()).await?;
        let around: Vec<&CanonicalRecord> =
            around.iter().filter_map(|id| scene.row(*id)).map(|row| &row.record).collect();

        let (records, rest): (Vec<_>, Vec<_>) =
            anew.into_values().map(|Made { record, names, sources }| (record, (names, sources))).unzip();
        let of = |record: &CanonicalRecord| record.members.iter().filter_map(|id| evidence.get(id).copied()).collect();
        let linked = relink(records.into_iter().map(|record| (record.clone(), of(&record))).collect(), &around);
        let made = linked.into_iter().zip(rest);
        Ok(made.map(|(record, (names, sources))| (record.id, Made { record, names, sources })).collect())
    }
}

fn digests(records: &[&CanonicalRecord]) -> Vec<ProjectionDigest> {
    records.par_iter().map(|record| ProjectionDigest::of(record)).collect()
}

/// The records of a component as they now stand.
fn overlay(stored: &[MemberRow], arrivals: BTreeMap<RecordId, Member>) -> Members {
    let mut by_record: BTreeMap<RecordId, Member> =
        stored.iter().map(|row| (row.evidence.record, Member::of(row))).collect();
    by_record.extend(arrivals);
    Members { by_record, ..Members::default() }
}

/// Names that other entities hold than before, and those held under another key.
fn renamed<'a>(
    old: impl Iterator<Item = (&'a CanonicalRecord, &'a Names)>,
    new: &'a BTreeMap<RecordId, Made>,
) -> Vec<i64> {
    type Holders = BTreeMap<i64, BTreeSet<(RecordId, RecordId)>>;
    fn add(to: &mut Holders, record: &CanonicalRecord, names: &Names) {
        let own = record.members.iter().map(|member| record_name(record.kind, *member));
        for name in own.chain(names.held.iter().copied()) {
            to.entry(name).or_default().insert((record.id, record.key()));
        }
    }
    let (mut before, mut after) = (Holders::new(), Holders::new());
    old.for_each(|(record, names)| add(&mut before, record, names));
    new.values().for_each(|made| add(&mut after, &made.record, &made.names));
    let all: BTreeSet<i64> = before.keys().chain(after.keys()).copied().collect();
    all.into_iter().filter(|name| before.get(name) != after.get(name)).collect()
}

/// Questions that are new or changed, and ids of those that are no longer asked.
pub(crate) fn questions_apart(
    before: Vec<OpenReview>,
    asked: Vec<OpenReview>,
) -> (Vec<OpenReview>, Vec<velocity_model::ReviewId>) {
    let known: BTreeMap<_, _> = before.into_iter().map(|review| (review.id, review)).collect();
    let still: BTreeSet<_> = asked.iter().map(|review| review.id).collect();
    let closed = known.keys().filter(|id| !still.contains(id)).copied().collect();
    (asked.into_iter().filter(|review| known.get(&review.id) != Some(review)).collect(), closed)
}
