//! The evidence that counts: of every record its current version, from all receipts.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use velocity_model::{EntityKind, Evidence, RecordId, VersionId};
use velocity_store::{MemberRow, Receipt};

use crate::PipelineError;
use crate::files::read_mapped;
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
    /// What they were loaded from: evidence files with their batch sequence, in order of receipt.
    pub(crate) files: Vec<(u64, String)>,
    pub(crate) by_record: BTreeMap<RecordId, Member>,
    /// Every version ever received, the superseded ones too.
    pub(crate) versions: HashSet<VersionId>,
}

impl Members {
    /// Takes in the evidence of one table.
    pub(crate) fn add(&mut self, sequence: u64, evidence_file: &str, evidence: Vec<Evidence>) {
        self.files.push((sequence, evidence_file.to_owned()));
        for evidence in evidence {
            self.versions.insert(evidence.version);
            match self.by_record.get_mut(&evidence.record) {
                None => {
                    let record = evidence.record;
                    let evidence = Arc::new(evidence);
                    self.by_record
                        .insert(record, Member { evidence, first_seen: sequence, sequence, changed: sequence });
                }
                Some(known) => {
                    known.first_seen = known.first_seen.min(sequence);
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

    /// The members as they were after batch `at`.
    pub(crate) fn as_of(settings: &Settings, now: &Self, at: u64) -> Result<Self, PipelineError> {
        let mut members = Self::default();
        for (sequence, file) in now.files.iter().filter(|(sequence, _)| *sequence <= at) {
            let mapped = read_mapped(&settings.layout, file);
            let mapped = mapped.ok_or_else(|| PipelineError::EvidenceMissing { path: file.clone() })?;
            members.add(*sequence, file, mapped.evidence);
        }
        Ok(members)
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

/// Files in order of receipt, each once.
pub(crate) fn files_of(receipts: &[Receipt]) -> Vec<(u64, String)> {
    let mut seen = HashSet::new();
    let mut sorted: Vec<&Receipt> = receipts.iter().collect();
    sorted.sort_by(|a, b| (a.sequence, &a.path, a.table).cmp(&(b.sequence, &b.path, b.table)));
    let files = sorted.into_iter().map(|receipt| (receipt.sequence, receipt.evidence_file.clone()));
    files.filter(|(_, file)| seen.insert(file.clone())).collect()
}

fn read_all(settings: &Settings, receipts: &[Receipt]) -> Result<Members, PipelineError> {
    let mut members = Members::default();
    for (sequence, file) in files_of(receipts) {
        let mapped = match read_mapped(&settings.layout, &file) {
            Some(mapped) => mapped,
            None => {
                let receipt = receipts.iter().find(|receipt| receipt.evidence_file == file);
                let path = receipt.map(|receipt| receipt.path.clone()).unwrap_or_default();
                return Err(PipelineError::EvidenceMissing { path });
            }
        };
        members.add(sequence, &file, mapped.evidence);
    }
    Ok(members)
}

impl Workspace {
    /// The members as the ledger has them; from memory if nothing was imported since they were loaded.
    pub(crate) async fn members(&self) -> Result<Arc<Members>, PipelineError> {
        let receipts = self.store.receipts().await?;
        let held = self.loaded.lock().ok().and_then(|loaded| loaded.clone());
        if let Some(members) = held.filter(|members| members.files == files_of(&receipts)) {
            return Ok(members);
        }
        let settings = Arc::clone(&self.settings);
        let members = Arc::new(off_thread(move || read_all(&settings, &receipts)).await?);
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
