//! Answers to questions about the columns of files that are imported: the profile's next revision, and the files read again by it.

use std::collections::{BTreeMap, BTreeSet};

use velocity_ingest::Input;
use velocity_mapping::{Choices, choose, parse};
use velocity_model::{BlobId, Profile, RunReport};
use velocity_store::Receipt;

use crate::import::{Approval, Ending, ImportOptions, Job, Snapshots};
use crate::{PipelineError, Progress, Workspace};

impl Workspace {
    /// Answers what files of a profile leave open. The answer becomes a part of the profile, and the stored bytes of the files that
    /// asked, and of those of the profile that came after them, are read again, in a run for each run that brought some, in the
    /// same order: what came later stays the later, and what a snapshot lacked stays withdrawn.
    ///
    /// # Errors
    /// [`PipelineError::NotAsked`] if no file of the profile asks what is answered; [`PipelineError::Choices`] if the answer is none;
    /// and those of [`Workspace::import`].
    pub async fn answer(
        &self,
        profile: &str,
        choices: &Choices,
        author: &str,
        progress: &Progress,
    ) -> Result<Vec<RunReport>, PipelineError> {
        self.answered(profile, choices, author, Ending::Commit, progress).await
    }

    /// What [`Workspace::answer`] would come to; see [`Workspace::forecast`].
    ///
    /// # Errors
    /// As of [`Workspace::answer`]; and [`PipelineError::ManyRuns`] if files of several imports are read again: each of those runs
    /// stands on the one before, which a forecast does not keep.
    pub async fn forecast_answer(
        &self,
        profile: &str,
        choices: &Choices,
        author: &str,
        progress: &Progress,
    ) -> Result<Vec<RunReport>, PipelineError> {
        self.answered(profile, choices, author, Ending::RollBack, progress).await
    }

    async fn answered(
        &self,
        profile: &str,
        choices: &Choices,
        author: &str,
        ending: Ending,
        progress: &Progress,
    ) -> Result<Vec<RunReport>, PipelineError> {
        let asked = self.store.asked(profile).await?.into_iter().filter(|asked| choices.answer(&asked.question));
        let blobs: BTreeSet<BlobId> = asked.map(|asked| asked.blob).collect();
        if blobs.is_empty() {
            return Err(PipelineError::NotAsked { profile: profile.to_owned() });
        }
        let revised =
            choose(&self.accepted(profile).await?, choices).map_err(|source| PipelineError::Choices { source })?;
        let layouts = self.store.layouts().await?;
        let layout = layouts.into_iter().rev().find(|layout| layout.profile == profile);
        let layout = layout.ok_or_else(|| PipelineError::NotAsked { profile: profile.to_owned() })?;
        let options = ImportOptions { author: author.to_owned(), ..ImportOptions::default() };
        let mut reports = Vec::new();
        let own = self.store.receipts().await?.into_iter().filter(|receipt| receipt.profile == profile);
        let runs = self.inputs(own.collect(), &blobs);
        if ending == Ending::RollBack && runs.len() > 1 {
            return Err(PipelineError::ManyRuns { runs: runs.len() });
        }
        for (inputs, is_snapshot) in runs {
            let approval = Some(Approval { profile: revised.clone(), layout: layout.clone() });
            let snapshots = Snapshots::AsBefore(is_snapshot);
            let job = Job { inputs, options: &options, approval, snapshots, ending };
            reports.push(self.run(job, progress).await?);
        }
        Ok(reports)
    }

    /// The newest accepted revision of a profile.
    async fn accepted(&self, name: &str) -> Result<Profile, PipelineError> {
        let stored = self.store.profiles().await?.into_iter().find(|profile| profile.name == name);
        let stored = stored.ok_or_else(|| PipelineError::NotAsked { profile: name.to_owned() })?;
        parse(&stored.toml).map_err(|source| PipelineError::Profile { name: stored.name, source })
    }

    /// The stored files that asked and all later ones, by the run that brought them last, the earliest run first; whether those of a
    /// run were full snapshots.
    fn inputs(&self, receipts: Vec<Receipt>, asked: &BTreeSet<BlobId>) -> Vec<(Vec<Input>, bool)> {
        let last: BTreeMap<BlobId, Receipt> = receipts.into_iter().map(|receipt| (receipt.blob, receipt)).collect();
        let first = asked.iter().filter_map(|blob| last.get(blob)).map(|receipt| receipt.sequence).min();
        let mut runs: BTreeMap<u64, (Vec<Input>, bool)> = BTreeMap::new();
        for Receipt { blob, path, sequence, snapshot, .. } in last.into_values() {
            if Some(sequence) >= first {
                let (inputs, is_snapshot) = runs.entry(sequence).or_default();
                inputs.push(Input { path: self.settings.raw.path_of(blob), display: path });
                *is_snapshot |= snapshot;
            }
        }
        for (inputs, _) in runs.values_mut() {
            inputs.sort_by(|a, b| (&a.display, &a.path).cmp(&(&b.display, &b.path)));
        }
        runs.into_values().collect()
    }
}
