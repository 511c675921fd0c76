//! What people decided, as rows of files: labels to learn from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use velocity_identity_resolution::Label;
use velocity_model::{Action, BlobId, EntityKind, Evidence, RecordId, active};

use crate::dedupe::{DedupeError, TableHints, row_ids};
use crate::{PipelineError, Workspace};

/// A row of a file: its bytes, the table in it, the physical row.
pub type Place = (BlobId, u32, u64);

/// What somebody decided about two rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What both rows speak of.
    pub kind: EntityKind,
    /// One row.
    pub a: Place,
    /// The other.
    pub b: Place,
    /// Whether they are one.
    pub are_one: bool,
}

impl Workspace {
    /// What was decided in this tenant about pairs of rows, as far as it counts: each by the row that states the record now.
    ///
    /// # Errors
    /// Whatever the store says.
    pub async fn judged(&self) -> Result<Vec<Judged>, PipelineError> {
        let ledger = self.store.decisions().await?;
        let pairs: Vec<_> = active(&ledger).0.into_iter().flat_map(|decision| said(&decision.action)).collect();
        let records: BTreeSet<RecordId> = pairs.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
        let rows = self.store.member_rows(&records.into_iter().collect::<Vec<_>>()).await?;
        let stated: BTreeMap<RecordId, &Evidence> =
            rows.iter().map(|row| (row.evidence.record, &*row.evidence)).collect();
        let judged = |(a, b, are_one): (RecordId, RecordId, bool)| {
            let (a, b) = (stated.get(&a)?, stated.get(&b)?);
            Some(Judged { kind: a.kind, a: place(a), b: place(b), are_one })
        };
        Ok(pairs.into_iter().filter_map(judged).collect())
    }
}

/// What was decided about rows of these files, by the ids that [`dedupe_files`](crate::dedupe_files) gives them. Where a row speaks of
/// a person and of something else, the person counts.
///
/// # Errors
/// As of [`dedupe_files`](crate::dedupe_files).
pub fn labels(judged: &[Judged], paths: &[PathBuf], hints: &TableHints) -> Result<Vec<Label>, DedupeError> {
    let wanted: BTreeSet<Place> = judged.iter().flat_map(|pair| [pair.a, pair.b]).collect();
    let ids = row_ids(paths, hints, &wanted)?;
    let label = |pair: &Judged| {
        let (a, b) = (ids.get(&pair.a)?.clone(), ids.get(&pair.b)?.clone());
        Some((pair.kind, Label { a, b, are_one: pair.are_one }))
    };
    let found: Vec<(EntityKind, Label)> = judged.iter().filter_map(label).collect();
    let kind = found.iter().map(|(kind, _)| *kind).min_by_key(|kind| *kind != EntityKind::Person);
    Ok(found.into_iter().filter(|(own, _)| Some(*own) == kind).map(|(_, label)| label).collect())
}

fn place(evidence: &Evidence) -> Place {
    (evidence.locator.blob, evidence.locator.table, evidence.locator.row)
}

/// The pairs of which a decision says whether they are one.
fn said(action: &Action) -> Vec<(RecordId, RecordId, bool)> {
    match action {
        Action::Same { a, b } => vec![(*a, *b, true)],
        Action::Different { a, b } => vec![(*a, *b, false)],
        Action::Partition { groups } => {
            let together = groups.iter().flat_map(|group| group.windows(2).map(|pair| (pair[0], pair[1], true)));
            let firsts: Vec<RecordId> = groups.iter().filter_map(|group| group.first().copied()).collect();
            let apart = firsts.windows(2).map(|pair| (pair[0], pair[1], false));
            together.chain(apart).collect()
        }
        _ => Vec::new(),
    }
}
