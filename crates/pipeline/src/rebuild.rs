//! Derived state, made again from ground state.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use velocity_mapping::parse;
use velocity_model::Profile;
use velocity_store::{Publication, Receipt};

use crate::files::{evidence_file, map_table, stage};
use crate::pairs::score_all;
use crate::progress::silent;
use crate::publish::{Served, compute, difference};
use crate::workspace::{Settings, off_thread};
use crate::{PipelineError, Progress, Stage, Step, Workspace};

/// What a check of the projection found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Verification {
    /// Digest computed anew from evidence and decisions, hexadecimal.
    pub computed: String,
    /// Digest published with the serving tables; empty if nothing was published yet.
    pub published: String,
    /// Canonical records, evidence records and merge questions that are not served as they should be, those missing or in excess
    /// included.
    pub differing: u64,
}

impl Verification {
    /// That of what would have to be published.
    fn of(publication: &Publication, published: String) -> Self {
        let Publication { upsert, delete, members, withdrawn, reviews, closed, digest, .. } = publication;
        let records = upsert.len() + delete.len() + members.len() + withdrawn.len();
        let differing = records + reviews.len() + closed.len();
        Self { computed: digest.to_string(), published, differing: differing as u64 }
    }

    /// Whether what is served is what should be.
    pub fn holds(&self) -> bool {
        self.differing == 0 && (self.computed == self.published || self.published.is_empty())
    }
}

impl Workspace {
    /// Computes the projection anew and compares it with what is served, record by record. Changes nothing.
    ///
    /// # Errors
    /// A store failure, or evidence that is gone from the lake.
    pub async fn verify(&self) -> Result<Verification, PipelineError> {
        let members = self.members().await?;
        let decisions = self.store.decisions().await?;
        let published = self.published().await?;
        // Of what is stored, not of what was said when it was stored.
        let entities = self.store.entities().await?;
        let digests = entities.iter().map(|row| (row.record.id, row.digest())).collect();
        let served = Served { digests, ..self.served().await? };
        let settings = Arc::clone(&self.settings);
        off_thread(move || {
            let (pairs, _) = score_all(&settings, &members, &silent())?;
            let outcome = compute(&settings, &members, pairs, &decisions, &silent());
            let publication = difference(served, &members, outcome);
            Ok(Verification::of(&publication, published))
        })
        .await
    }

    /// Deletes the lake and makes it again from the raw bytes, the profile revisions and the decisions, then publishes
    /// what differs. Ground state is not touched.
    ///
    /// # Errors
    /// A store failure, or raw bytes or a profile revision that a receipt names and that are gone.
    pub async fn rebuild(&self, progress: &Progress) -> Result<Verification, PipelineError> {
        let mut unit = self.store.begin().await?;
        let receipts = self.store.receipts().await?;
        let revisions = self.profile_revisions().await?;
        let (settings, tell, sources) = (Arc::clone(&self.settings), Arc::clone(progress), receipts.clone());
        off_thread(move || remake(&settings, &sources, &revisions, &tell)).await?;
        if let Ok(mut loaded) = self.loaded.lock() {
            *loaded = None;
        }
        let members = self.members().await?;
        let decisions = self.store.decisions().await?;
        let published = self.published().await?;
        let pairs = self.score(&members, progress).await?;
        let publication = self.plan_publication(&members, pairs, decisions, progress).await?;
        unit.publish(&publication).await?;
        unit.commit().await?;
        Ok(Verification::of(&publication, published))
    }

    /// Digest of what is served, hexadecimal; empty if there is none.
    async fn published(&self) -> Result<String, PipelineError> {
        Ok(self.store.digest().await?.map(|digest| digest.to_string()).unwrap_or_default())
    }

    async fn profile_revisions(&self) -> Result<Vec<Profile>, PipelineError> {
        let stored = self.store.profile_revisions().await?.into_iter();
        let parsed = stored.map(|profile| {
            let name = profile.name;
            parse(&profile.toml).map_err(|source| PipelineError::Profile { name, source })
        });
        parsed.collect()
    }
}

fn remake(
    settings: &Settings,
    receipts: &[Receipt],
    revisions: &[Profile],
    progress: &Progress,
) -> Result<(), PipelineError> {
    let lake = settings.layout.lake();
    if lake.exists() {
        fs::remove_dir_all(&lake).map_err(|source| PipelineError::File { doing: "clear", path: lake, source })?;
    }
    let mut by_blob: BTreeMap<_, Vec<&Receipt>> = BTreeMap::new();
    for receipt in receipts {
        by_blob.entry(receipt.blob).or_default().push(receipt);
    }
    let total = by_blob.len() as u64;
    for (done, (blob, receipts)) in (0..).zip(by_blob) {
        progress(Step { stage: Stage::Read, done, total });
        let Some(path) = receipts.first().map(|receipt| receipt.path.clone()) else { continue };
        let tables = stage(&settings.layout, &settings.raw.path_of(blob), blob, &path)?;
        let tables = tables.map_err(|source| PipelineError::Raw { path: path.clone(), source })?;
        for receipt in receipts {
            let leads_to = |profile: &&Profile| evidence_file(blob, receipt.table, profile) == receipt.evidence_file;
            let profile = revisions.iter().find(leads_to);
            let table = tables.iter().find(|table| table.table == receipt.table);
            let (Some(profile), Some(table)) = (profile, table) else {
                return Err(PipelineError::ProfileMissing { path });
            };
            map_table(&settings.layout, table, profile)?;
        }
    }
    progress(Step { stage: Stage::Read, done: total, total });
    Ok(())
}
