//! The pairs of a small import into a large tenant, from what is kept of its records, without a look at all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use tokio::task::JoinHandle;
use velocity_canonical::address_names;
use velocity_identity_resolution::{Extension, MatchIndex, Segment, WeighedLink, shared_points};
use velocity_lake::write_pairs;
use velocity_model::{EntityKind, Evidence, RecordId, ScoredPair, VersionId};
use velocity_store::{IndexPlace, MemberRow};

use crate::index_file::{read_index, read_segment, write_segment};
use crate::members::{Member, Members, in_order};
use crate::pairs::{is_outgrown, learnt, place, stem};
use crate::touch::{PairGraph, Touch};
use crate::workspace::{Workspace, off_thread};
use crate::{PipelineError, Progress};

/// What some new evidence changes before anything is clustered.
#[derive(Debug)]
pub(crate) struct Increment {
    pub(crate) touch: Touch,
    /// The pairs of all kinds as they are with it.
    pub(crate) graphs: Vec<Arc<PairGraph>>,
    /// Versions that it supersedes, or that came too late to count.
    pub(crate) superseded: Vec<VersionId>,
    /// The lake is given the pairs meanwhile.
    pub(crate) writing: Vec<Writing>,
}

/// Files of the lake that are being written.
pub(crate) type Writing = JoinHandle<Result<(), PipelineError>>;

/// By kind what was learnt, and the records that came later.
type Indexes = BTreeMap<EntityKind, (MatchIndex, Segment)>;

/// An import is small if the tenant has so many times its records.
const SMALL: u64 = 4;
/// Of a kind of which nothing is kept, no more entities are learnt from anew.
const FEW: u64 = 5_000;

/// What new evidence of a kind changes.
struct KindIncrement {
    /// The pairs with it.
    graph: Arc<PairGraph>,
    /// Records whose pairs changed.
    changed: BTreeSet<RecordId>,
    /// What was read of the store meanwhile.
    read: BTreeMap<RecordId, MemberRow>,
    writing: Option<Writing>,
}

impl Workspace {
    /// Of the members of the tenant those that `evidence` states anew; `None` if there is so much of it, or so little kept, that all
    /// had better be looked at.
    pub(crate) async fn members_near(
        &self,
        evidence: Vec<(RecordId, VersionId)>,
    ) -> Result<Option<Members>, PipelineError> {
        let is_small = self.store.member_count().await? >= SMALL * evidence.len() as u64;
        if !is_small || self.store.digest().await?.is_none() {
            return Ok(None);
        }
        let (records, versions): (Vec<RecordId>, Vec<VersionId>) = evidence.into_iter().unzip();
        let rows = self.store.member_rows(&records).await?;
        let mut members = Members { files: in_order(self.store.receipts().await?), ..Members::default() };
        let withdrawn = self.store.withdrawn_among(&records).await?;
        members.withdrawn = withdrawn.into_iter().map(|row| (row.record, row)).collect();
        members.versions = self.store.superseded(&versions).await?.into_iter().collect();
        members.versions.extend(rows.iter().map(|row| row.evidence.version));
        members.by_record = rows.iter().map(|row| (row.evidence.record, Member::of(row))).collect();
        Ok(Some(members))
    }

    /// What the difference between `before` and `after`, the members near some new evidence, does to the pairs; `None` if all
    /// records had better be learnt from anew.
    pub(crate) async fn increment(
        &self,
        before: &Members,
        after: &Members,
        progress: &Progress,
    ) -> Result<Option<Increment>, PipelineError> {
        let is_new = |member: &&Member| before.by_record.get(&member.evidence.record) != Some(*member);
        let arrivals: BTreeMap<RecordId, Member> =
            after.by_record.values().filter(is_new).map(|member| (member.evidence.record, member.clone())).collect();
        let mut touch = Touch { arrivals, ..Touch::default() };
        let says_else = |member: &&Member| {
            let known = before.by_record.get(&member.evidence.record);
            known.is_none_or(|known| known.evidence.version != member.evidence.version)
        };
        let mut fresh: BTreeMap<EntityKind, Vec<Arc<Evidence>>> = BTreeMap::new();
        for member in touch.arrivals.values().filter(|member| member.evidence.kind.is_resolved()).filter(says_else) {
            fresh.entry(member.evidence.kind).or_default().push(Arc::clone(&member.evidence));
        }
        let (graphs, indexes) = tokio::try_join!(self.graphs(), self.indexes(fresh.keys().copied().collect()))?;
        let (Some(mut graphs), Some(mut indexes)) = (graphs, indexes) else { return Ok(None) };
        let mut writing = Vec::new();
        for (kind, fresh) in fresh {
            let old = graphs.iter().find(|graph| graph.kind == kind).cloned();
            let old = old.unwrap_or_else(|| Arc::new(PairGraph::new(kind, place("", None), Vec::new())));
            let grown = match indexes.remove(&kind) {
                Some(index) => self.beside_index(&old, index, fresh).await?,
                None => self.learnt_anew(&old, fresh, progress).await?,
            };
            let Some(grown) = grown else { return Ok(None) };
            touch.records.extend(grown.changed);
            touch.read.extend(grown.read);
            graphs.retain(|graph| graph.kind != kind);
            graphs.push(grown.graph);
            writing.extend(grown.writing);
        }
        let superseded = after.superseded();
        Ok(Some(Increment { touch, graphs, superseded, writing }))
    }

    /// What is kept of the kinds, where that stays as it was learnt; `None` if it is not there whole.
    async fn indexes(&self, kinds: Vec<EntityKind>) -> Result<Option<Indexes>, PipelineError> {
        let (settings, places) = (Arc::clone(&self.settings), self.store.pairs().await?);
        off_thread(move || {
            let folder = |name: &String| settings.layout.index(name);
            let read = |(kind, index): (EntityKind, IndexPlace)| {
                let later = index.later.as_ref().map_or(Some(Segment::default()), |later| read_segment(&folder(later)));
                Some((kind, (read_index(&folder(&index.base))?, later?)))
            };
            let places = places.into_iter().filter(|(kind, _)| kinds.contains(kind));
            let places = places.filter_map(|(kind, place)| Some((kind, place.index?)));
            Ok(places.map(read).collect())
        })
        .await
    }

    /// The pairs of a kind of which it is kept what was learnt.
    async fn beside_index(
        &self,
        old: &Arc<PairGraph>,
        (index, later): (MatchIndex, Segment),
        fresh: Vec<Arc<Evidence>>,
    ) -> Result<Option<KindIncrement>, PipelineError> {
        let Some(IndexPlace { base, .. }) = old.place.index.clone() else { return Ok(None) };
        let (settings, own) = (Arc::clone(&self.settings), fresh.clone());
        let extended = off_thread(move || {
            let extension = index.extend(&later, &own.iter().map(|evidence| &**evidence).collect::<Vec<_>>());
            let records = index.len_with(&extension.later);
            Ok((!is_outgrown(&settings, index.len() as u64, records as u64)).then_some((index, extension)))
        });
        let Some((index, extension)) = extended.await? else { return Ok(None) };
        let Extension { links, derived, .. } = &extension;
        let near = self.near_pairs(old.kind, links, derived, &fresh).await?;
        let scored = index.scored(links, &near.now());
        let again = self.shared_otherwise(&index, old, derived, &near).await?;

        let is_derived = |record: &RecordId| derived.binary_search(record).is_ok();
        let mut changed: BTreeSet<RecordId> = derived.iter().copied().collect();
        changed.extend(derived.iter().flat_map(|record| old.of(*record)).flat_map(|pair| [pair.lo, pair.hi]));
        changed.extend(again.iter().flat_map(|pair| [pair.lo, pair.hi]));
        let turned: BTreeSet<(RecordId, RecordId)> = again.iter().map(|pair| (pair.lo, pair.hi)).collect();
        let is_kept = |pair: &&ScoredPair| {
            !is_derived(&pair.lo) && !is_derived(&pair.hi) && !turned.contains(&(pair.lo, pair.hi))
        };
        let mut pairs: Vec<ScoredPair> = old.pairs.par_iter().filter(is_kept).cloned().collect();
        pairs.extend(scored.into_iter().chain(again));
        let stem = stem(old.kind, &old.place.file, fresh.iter().map(|evidence| evidence.version));
        let place = place(&stem, Some(IndexPlace { base, later: Some(stem.clone()) }));
        let graph = Arc::new(PairGraph::new(old.kind, place, pairs));
        let (settings, own, later) = (Arc::clone(&self.settings), Arc::clone(&graph), extension.later);
        let writing = tokio::task::spawn_blocking(move || {
            write_segment(&settings.layout.index(&stem), &later)?;
            Ok(write_pairs(&settings.layout.pairs().join(&own.place.file), &own.pairs)?)
        });
        Ok(Some(KindIncrement { graph, changed, read: near.stored, writing: Some(writing) }))
    }

    /// The pairs of a kind with few records, of which everything is learnt anew.
    async fn learnt_anew(
        &self,
        old: &Arc<PairGraph>,
        fresh: Vec<Arc<Evidence>>,
        progress: &Progress,
    ) -> Result<Option<KindIncrement>, PipelineError> {
        let counts = self.store.counts().await?;
        let entities = counts.iter().find(|(kind, _)| *kind == old.kind).map_or(0, |(_, count)| *count);
        if entities + fresh.len() as u64 > FEW {
            return Ok(None);
        }
        let mut all: BTreeMap<RecordId, Arc<Evidence>> = BTreeMap::new();
        let stored = self.store.evidence_of(old.kind).await?;
        all.extend(stored.into_iter().map(|evidence| (evidence.record, Arc::new(evidence))));
        all.extend(fresh.into_iter().map(|evidence| (evidence.record, evidence)));
        let (settings, kind, tell) = (Arc::clone(&self.settings), old.kind, Arc::clone(progress));
        let evidence = move || {
            let evidence: Vec<&Evidence> = all.values().map(|evidence| &**evidence).collect();
            Ok(learnt(&settings, kind, &evidence, &tell)?.0)
        };
        let scored = off_thread(evidence).await?;
        let graph = Arc::new(PairGraph::new(kind, scored.place, scored.pairs));
        let was: BTreeSet<&ScoredPair> = old.pairs.iter().collect();
        let now: BTreeSet<&ScoredPair> = graph.pairs.iter().collect();
        let changed = was.symmetric_difference(&now).flat_map(|pair| [pair.lo, pair.hi]).collect();
        Ok(Some(KindIncrement { graph, changed, read: BTreeMap::new(), writing: None }))
    }

    /// The evidence by which new pairs are judged: of both ends, and of all that share an address or a number with a record whose
    /// pairs are new.
    async fn near_pairs(
        &self,
        kind: EntityKind,
        links: &[WeighedLink],
        derived: &[RecordId],
        fresh: &[Arc<Evidence>],
    ) -> Result<Near, PipelineError> {
        let mut near = Near { stored: BTreeMap::new(), fresh: BTreeMap::new() };
        near.fresh.extend(fresh.iter().map(|evidence| (evidence.record, Arc::clone(evidence))));
        let ends = links.iter().flat_map(|link| [link.lo, link.hi]).chain(derived.iter().copied());
        self.load(&mut near, ends.collect()).await?;
        // What a record said before it changed may have made an address a shared one.
        let own = derived.iter().flat_map(|record| [near.fresh.get(record), near.old(record)]).flatten();
        let names: BTreeSet<i64> = own.flat_map(|evidence| address_names(kind, evidence)).collect();
        self.load_holders(&mut near, names).await?;
        Ok(near)
    }

    /// Pairs of known records that are judged otherwise because an address or a number of theirs is now shared, or is no longer.
    async fn shared_otherwise(
        &self,
        index: &MatchIndex,
        old: &PairGraph,
        derived: &[RecordId],
        near: &Near,
    ) -> Result<Vec<ScoredPair>, PipelineError> {
        let before: Vec<&Evidence> = near.stored.values().map(|row| &*row.evidence).collect();
        let (was, is) = (shared_points(&before), shared_points(&near.now()));
        let turned: BTreeSet<&String> = was.symmetric_difference(&is).collect();
        if turned.is_empty() {
            return Ok(Vec::new());
        }
        let is_derived = |record: &RecordId| derived.binary_search(record).is_ok();
        let has = |evidence: &&Arc<Evidence>| {
            let values = evidence.values("email").chain(evidence.values("phone"));
            values.into_iter().any(|value| turned.contains(&value.to_lowercase()))
        };
        let known = near.stored.values().map(|row| &row.evidence);
        let holders = known.filter(|evidence| !is_derived(&evidence.record)).filter(has);
        let holders: BTreeSet<RecordId> = holders.map(|evidence| evidence.record).collect();
        let pairs = holders.iter().flat_map(|record| old.of(*record).filter(move |pair| pair.lo == *record));
        let pairs: Vec<&ScoredPair> = pairs.filter(|pair| holders.contains(&pair.hi)).collect();
        let mut all = near.clone();
        let ends: BTreeSet<RecordId> = pairs.iter().flat_map(|pair| [pair.lo, pair.hi]).collect();
        let own = ends.iter().filter_map(|record| all.old(record));
        let names: BTreeSet<i64> = own.flat_map(|evidence| address_names(old.kind, evidence)).collect();
        self.load_holders(&mut all, names).await?;
        let links: Vec<WeighedLink> = pairs.iter().map(|pair| WeighedLink::from(*pair)).collect();
        let again = index.scored(&links, &all.now());
        Ok(again.into_iter().filter(|pair| !pairs.contains(&pair)).collect())
    }

    async fn load(&self, near: &mut Near, records: BTreeSet<RecordId>) -> Result<(), PipelineError> {
        let missing: Vec<RecordId> = records.into_iter().filter(|record| !near.stored.contains_key(record)).collect();
        let rows = self.store.member_rows(&missing).await?;
        near.stored.extend(rows.into_iter().map(|row| (row.evidence.record, row)));
        Ok(())
    }

    /// The evidence of all that hold one of the names.
    async fn load_holders(&self, near: &mut Near, names: BTreeSet<i64>) -> Result<(), PipelineError> {
        let holders = self.store.holders(&names.into_iter().collect::<Vec<_>>()).await?;
        let records = self.store.entity_members(&holders).await?;
        self.load(near, records.into_iter().collect()).await
    }
}

/// Evidence as it is stored, and that which is new.
#[derive(Clone, Debug)]
struct Near {
    stored: BTreeMap<RecordId, MemberRow>,
    fresh: BTreeMap<RecordId, Arc<Evidence>>,
}

impl Near {
    fn old(&self, record: &RecordId) -> Option<&Arc<Evidence>> {
        self.stored.get(record).map(|row| &row.evidence)
    }

    /// As it is from now on.
    fn now(&self) -> Vec<&Evidence> {
        let still = self.stored.values().map(|row| &row.evidence);
        let still = still.filter(|evidence| !self.fresh.contains_key(&evidence.record));
        still.chain(self.fresh.values()).map(|evidence| &**evidence).collect()
    }
}
