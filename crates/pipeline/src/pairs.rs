//! The pairs of each resolved kind, in the lake. Of a kind with few records everything is learnt anew whenever some come. Of one
//! with many it stays as it was learnt, and records that come later are weighed by it, until there are half as many more.

use std::collections::BTreeSet;
use std::fs;

use velocity_identity_resolution::{MatchIndex, Phase, Population, SCORER_VERSION, Segment, WeighedLink};
use velocity_lake::{read_pairs, write_pairs};
use velocity_model::{EntityKind, Evidence, ScoredPair, VersionId, digest_parts};
use velocity_store::{IndexPlace, PairsPlace};

use crate::files::make_dir;
use crate::index_file::{has_index, has_segment, read_index, write_index, write_segment};
use crate::layout::Layout;
use crate::members::Members;
use crate::workspace::Settings;
use crate::{PipelineError, Progress, Stage, Step};

/// The pairs of one kind.
#[derive(Debug)]
pub(crate) struct KindPairs {
    pub(crate) kind: EntityKind,
    pub(crate) place: PairsPlace,
    /// By (lo, hi).
    pub(crate) pairs: Vec<ScoredPair>,
}

/// The pairs of each resolved kind.
pub(crate) type Pairs = Vec<KindPairs>;

/// What was learnt of each kind whose pairs were not in the lake yet.
pub(crate) type Populations = Vec<(EntityKind, Population)>;

/// The kinds whose records are resolved.
pub(crate) fn kinds() -> impl Iterator<Item = EntityKind> {
    EntityKind::ALL.into_iter().filter(|kind| kind.is_resolved())
}

/// Whether so many records are too many for what was learnt of `learnt` of them.
pub(crate) fn is_outgrown(settings: &Settings, learnt: u64, records: u64) -> bool {
    learnt < settings.settled || records * 2 >= learnt * 3
}

/// Scores the pairs of every resolved kind, or finds them in the lake.
pub(crate) fn score_all(
    settings: &Settings,
    members: &Members,
    progress: &Progress,
) -> Result<(Pairs, Populations), PipelineError> {
    let (mut all, mut populations) = (Vec::new(), Vec::new());
    for kind in kinds() {
        let scored = match learnt_at(settings, kind, members) {
            Some(at) if members.of(kind).any(|member| member.changed > at) => {
                extended(settings, members, kind, at, progress)?
            }
            _ => {
                let (scored, population) = learnt(settings, kind, &evidence(members, kind), progress)?;
                populations.extend(population.map(|population| (kind, population)));
                scored
            }
        };
        all.push(scored);
    }
    Ok((all, populations))
}

/// The batch after which the kind was learnt from last, by how its records came and left; `None` if it is learnt from with each.
/// Nobody is weighed by records that are withdrawn: a batch that withdraws some is learnt from.
fn learnt_at(settings: &Settings, kind: EntityKind, members: &Members) -> Option<u64> {
    let (mut records, mut learnt, mut at) = (0, 0, 0);
    for ((_, sequence), batch) in members.batches.range((kind, 0)..=(kind, u64::MAX)) {
        records = (records + batch.came).saturating_sub(batch.left);
        if batch.left > 0 || is_outgrown(settings, learnt, records) {
            (learnt, at) = (records, *sequence);
        }
    }
    (learnt >= settings.settled).then_some(at)
}

/// Pairs by what all evidence teaches.
pub(crate) fn learnt(
    settings: &Settings,
    kind: EntityKind,
    evidence: &[&Evidence],
    progress: &Progress,
) -> Result<(KindPairs, Option<Population>), PipelineError> {
    let stem = stem(kind, "", evidence.iter().map(|evidence| evidence.version));
    let index = (evidence.len() as u64 >= settings.settled).then(|| IndexPlace { base: stem.clone(), later: None });
    let is_indexed = index.is_none() || has_index(&settings.layout.index(&stem));
    let place = place(&stem, index);
    let path = settings.layout.pairs().join(&place.file);
    if let (Ok(pairs), true) = (read_pairs(&path), is_indexed) {
        return Ok((KindPairs { kind, place, pairs }, None));
    }
    let (population, pairs) = learn(evidence, kind, progress);
    if place.index.is_some() {
        write_index(&settings.layout.index(&stem), &MatchIndex::of(&population))?;
    }
    make_dir(&settings.layout.pairs())?;
    write_pairs(&path, &pairs)?;
    Ok((KindPairs { kind, place, pairs }, Some(population)))
}

/// Where pairs and what they were weighed by are kept.
pub(crate) fn place(stem: &str, index: Option<IndexPlace>) -> PairsPlace {
    PairsPlace { file: format!("{stem}.parquet"), scorer: SCORER_VERSION, index }
}

/// Pairs by what the evidence of the batches up to `at` taught, beside that of later ones.
fn extended(
    settings: &Settings,
    members: &Members,
    kind: EntityKind,
    at: u64,
    progress: &Progress,
) -> Result<KindPairs, PipelineError> {
    let first = Members::as_of(settings, members, at)?;
    let (base, population) = learnt(settings, kind, &evidence(&first, kind), progress)?;
    let base_stem = base.place.index.as_ref().map(|index| index.base.clone()).unwrap_or_default();
    let all = evidence(members, kind);
    let stem = stem(kind, &base_stem, all.iter().map(|evidence| evidence.version));
    let index = IndexPlace { base: base_stem.clone(), later: Some(stem.clone()) };
    let place = place(&stem, Some(index));
    let path = settings.layout.pairs().join(&place.file);
    if let (Ok(pairs), true) = (read_pairs(&path), has_segment(&settings.layout.index(&stem))) {
        return Ok(KindPairs { kind, place, pairs });
    }
    let index = match population {
        Some(population) => Some(MatchIndex::of(&population)),
        None => read_index(&settings.layout.index(&base_stem)),
    };
    let index = index.ok_or_else(|| PipelineError::EvidenceMissing { path: base_stem })?;
    let later: Vec<&Evidence> =
        members.of(kind).filter(|member| member.changed > at).map(|member| &*member.evidence).collect();
    let extension = index.extend(&Segment::default(), &later);
    let is_derived =
        |pair: &&ScoredPair| [pair.lo, pair.hi].iter().any(|record| extension.derived.binary_search(record).is_ok());
    let mut links: Vec<WeighedLink> =
        base.pairs.iter().filter(|pair| !is_derived(pair)).map(WeighedLink::from).collect();
    links.extend(extension.links);
    let pairs = index.scored(&links, &all);
    write_segment(&settings.layout.index(&stem), &extension.later)?;
    make_dir(&settings.layout.pairs())?;
    write_pairs(&path, &pairs)?;
    Ok(KindPairs { kind, place, pairs })
}

/// Learns what the fields of one kind weigh, and scores its pairs.
pub(crate) fn learn(evidence: &[&Evidence], kind: EntityKind, progress: &Progress) -> (Population, Vec<ScoredPair>) {
    let tell = |phase, done, total| {
        if phase == Phase::Weigh {
            progress(Step { stage: Stage::Match, done, total });
        }
    };
    Population::learn(kind, evidence, &tell)
}

fn evidence(members: &Members, kind: EntityKind) -> Vec<&Evidence> {
    members.of(kind).map(|member| &*member.evidence).collect()
}

/// Pairs are named by what they are made from: the scorer, what was there before, and the versions compared.
pub(crate) fn stem(kind: EntityKind, before: &str, versions: impl Iterator<Item = VersionId>) -> String {
    let versions: Vec<u8> = versions.flat_map(|version| *version.as_bytes()).collect();
    let parts: [&[u8]; 3] = [&SCORER_VERSION.to_le_bytes(), before.as_bytes(), &versions];
    let digest: [u8; 16] = digest_parts("velocity 2026 pairs file", &parts);
    format!("{kind}-{}", hex::encode(digest))
}

/// Deletes what is in the lake of pairs that are no longer in use, as far as it can be.
pub(crate) fn sweep(layout: &Layout, places: &[(EntityKind, PairsPlace)]) {
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (_, PairsPlace { file, index, .. }) in places {
        used.insert(file.clone());
        if let Some(IndexPlace { base, later }) = index {
            used.extend([format!("{base}.parquet"), base.clone()]);
            used.extend(later.clone());
        }
    }
    for folder in [layout.pairs(), layout.index("")] {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if !used.contains(&*entry.file_name().to_string_lossy()) {
                // What cannot be deleted now will be another time.
                let _ = if entry.path().is_dir() {
                    fs::remove_dir_all(entry.path())
                } else {
                    fs::remove_file(entry.path())
                };
            }
        }
    }
}
