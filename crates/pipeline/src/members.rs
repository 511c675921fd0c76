//! The evidence that counts: of every record its current version, from all receipts.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use velocity_model::{EntityKind, Evidence, RecordId, VersionId};
use velocity_store::{MemberRow, Receipt, WithdrawnRow};

use crate::PipelineError;
use crate::files::{MappedTable, read_mapped};
use crate::workspace::{Settings, Workspace, off_thread};

/// The current version of a record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) evidence: Arc<Evidence>,
    /// Batch sequence of the run that first brought the record: the older record names a merged entity.
    pub(crate) first_seen: u64,
    /// Batch sequence of the run that brought this version.
    pub(crate) sequence: u64,
    /// Batch sequence of the run since which the record has stated what it states.
    pub(crate) changed: u64,
}

impl Member {
    /// A member as the store has it.
    pub(crate) fn of(row: &MemberRow) -> Self {
        let MemberRow { evidence, first_seen, sequence, .. } = row;
        Self { evidence: Arc::clone(evidence), first_seen: *first_seen, sequence: *sequence, changed: *sequence }
    }

    /// It as the store keeps it, as part of an entity.
    pub(crate) fn row(&self, entity: RecordId) -> MemberRow {
        let Self { evidence, first_seen, sequence, .. } = self;
        MemberRow { evidence: Arc::clone(evidence), entity, first_seen: *first_seen, sequence: *sequence }
    }
}

/// All members of a tenant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members {
    /// What they were loaded from, in order of receipt.
    pub(crate) files: Vec<Receipt>,
    pub(crate) by_record: BTreeMap<RecordId, Member>,
    /// Records that full snapshots no longer have.
    pub(crate) withdrawn: BTreeMap<RecordId, WithdrawnRow>,
    /// Every version ever received, the superseded ones too.
    pub(crate) versions: HashSet<VersionId>,
    /// How many records each batch brought, those that were back among them, and how many it withdrew.
    pub(crate) batches: BTreeMap<(EntityKind, u64), Batch>,
    /// What the snapshots of the batch that is being taken in have, by profile.
    pub(crate) snapshots: BTreeMap<String, HashSet<RecordId>>,
}

/// What a batch did to the records of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Batch {
    pub(crate) came: u64,
    pub(crate) left: u64,
}

impl Members {
    /// Takes in what one table states. The tables of a batch come one after the other, and then [`Members::end_batch`].
    pub(crate) fn add(&mut self, receipt: Receipt, table: MappedTable) {
        let MappedTable { evidence, mapping, .. } = table;
        if receipt.snapshot {
            let has = self.snapshots.entry(receipt.profile.clone()).or_default();
            has.extend(evidence.iter().map(|evidence| evidence.record));
            has.extend(mapping.set_aside.iter().flat_map(|row| row.records.values().flatten()));
        }
        let sequence = receipt.sequence;
        self.files.push(receipt);
        for evidence in evidence {
            self.versions.insert(evidence.version);
            match self.by_record.get_mut(&evidence.record) {
                None => {
                    let record = evidence.record;
                    self.batches.entry((evidence.kind, sequence)).or_default().came += 1;
                    // What is back is as old as it was.
                    let first_seen = self.withdrawn.remove(&record).map_or(sequence, |known| known.first_seen);
                    let evidence = Arc::new(evidence);
                    self.by_record.insert(record, Member { evidence, first_seen, sequence, changed: sequence });
                }
                Some(known) => {
                    if currency(&evidence, sequence) > currency(&known.evidence, known.sequence) {
                        if evidence.version != known.evidence.version {
                            known.changed = sequence;
                        }
                        known.evidence = Arc::new(evidence);
                        known.sequence = sequence;
                    }
                }
            }
        }
    }

    /// Withdraws what the snapshots of a batch lack.
    pub(crate) fn end_batch(&mut self, sequence: u64) {
        for (profile, has) in std::mem::take(&mut self.snapshots) {
            for (record, kind) in self.missing(&profile, &has) {
                let Some(Member { first_seen, .. }) = self.by_record.remove(&record) else { continue };
                self.withdrawn.insert(record, WithdrawnRow { record, first_seen, sequence });
                self.batches.entry((kind, sequence)).or_default().left += 1;
            }
        }
    }

    /// The records of which a file of a profile brought the current version.
    pub(crate) fn standing<'a>(&'a self, profile: &str) -> impl Iterator<Item = (RecordId, EntityKind)> + use<'a> {
        let own = self.files.iter().filter(|receipt| receipt.profile == profile);
        let own: HashSet<_> = own.map(|receipt| (receipt.sequence, receipt.blob, receipt.table)).collect();
        let is_own = move |member: &&Member| {
            let locator = member.evidence.locator;
            own.contains(&(member.sequence, locator.blob, locator.table))
        };
        self.by_record.values().filter(is_own).map(|member| (member.evidence.record, member.evidence.kind))
    }

    /// Those of them that a full snapshot lacks which has these records.
    pub(crate) fn missing(&self, profile: &str, has: &HashSet<RecordId>) -> Vec<(RecordId, EntityKind)> {
        self.standing(profile).filter(|(record, _)| !has.contains(record)).collect()
    }

    /// The members as they were after batch `at`.
    pub(crate) fn as_of(settings: &Settings, now: &Self, at: u64) -> Result<Self, PipelineError> {
        replay(settings, now.files.iter().filter(|receipt| receipt.sequence <= at).cloned().collect())
    }

    /// Versions that are not the current ones of their records, sorted.
    pub(crate) fn superseded(&self) -> Vec<VersionId> {
        let current: HashSet<VersionId> = self.by_record.values().map(|member| member.evidence.version).collect();
        let mut old: Vec<VersionId> = self.versions.difference(&current).copied().collect();
        old.sort_unstable();
        old
    }

    /// The members of one kind, by record id.
    pub(crate) fn of(&self, kind: EntityKind) -> impl Iterator<Item = &Member> {
        self.by_record.values().filter(move |member| member.evidence.kind == kind)
    }
}

/// Which of two versions of a record is current: the one that the source changed last; where the source does not say, the
/// one that arrived last; within a batch the one further down.
fn currency(evidence: &Evidence, sequence: u64) -> (Option<&str>, u64, u64, VersionId) {
    (evidence.updated_at(), sequence, evidence.locator.row, evidence.version)
}

/// Receipts in the order in which their evidence counts.
pub(crate) fn in_order(mut receipts: Vec<Receipt>) -> Vec<Receipt> {
    receipts.sort_by(|a, b| (a.sequence, &a.path, a.table).cmp(&(b.sequence, &b.path, b.table)));
    receipts
}

/// The members as the receipts, which are in order, bring them about.
fn replay(settings: &Settings, receipts: Vec<Receipt>) -> Result<Members, PipelineError> {
    let mut members = Members::default();
    let mut batch = None;
    for receipt in receipts {
        if let Some(ended) = batch.replace(receipt.sequence).filter(|ended| *ended != receipt.sequence) {
            members.end_batch(ended);
        }
        let mapped = read_mapped(&settings.layout, &receipt.evidence_file);
        let mapped = mapped.ok_or_else(|| PipelineError::EvidenceMissing { path: receipt.path.clone() })?;
        members.add(receipt, mapped);
    }
    if let Some(ended) = batch {
        members.end_batch(ended);
    }
    Ok(members)
}

impl Workspace {
    /// The members as the ledger has them; from memory if nothing was imported since they were loaded.
    pub(crate) async fn members(&self) -> Result<Arc<Members>, PipelineError> {
        let receipts = in_order(self.store.receipts().await?);
        let held = self.loaded.lock().ok().and_then(|loaded| loaded.clone());
        if let Some(members) = held.filter(|members| members.files == receipts) {
            return Ok(members);
        }
        let settings = Arc::clone(&self.settings);
        let members = Arc::new(off_thread(move || replay(&settings, receipts)).await?);
        self.hold(&members);
        Ok(members)
    }

    /// Keeps members in memory for the next decision.
    pub(crate) fn hold(&self, members: &Arc<Members>) {
        if let Ok(mut loaded) = self.loaded.lock() {
            *loaded = Some(Arc::clone(members));
        }
    }
}
