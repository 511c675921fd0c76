//! An import, from paths to a published run.

use std::collections::HashSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use velocity_ingest::{Input, discover};
use velocity_mapping::{parse, shipped};
use velocity_model::{
    BlobId, Decision, FileOutcome, FileReport, Profile, QuarantinedRow, Question, RowCounts, RunId, RunReport,
    RunState, Waiting,
};
use velocity_store::{Layout, Publication, Receipt, StoredProfile};

use crate::crash::crash_point;
use crate::files::{make_dir, read_mapped};
use crate::increment::Increment;
use crate::members::Members;
use crate::outcome::Known;
use crate::pairs::{Pairs, sweep};
use crate::workspace::{Settings, off_thread};
use crate::{PipelineError, Progress, Workspace};

mod effect;
mod hold;
mod prepare;
mod profiles;

use prepare::{Prepared, prepare};
use profiles::Profiles;

/// How to import.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Read every file with this profile, instead of the one recognised by the headers.
    pub profile: Option<Profile>,
    /// Approve what would wait: the drafted profile of a file that no profile knows, and changed columns. What leaves a question
    /// open waits all the same.
    pub accept_drafts: bool,
    /// Who imports: the author of accepted profiles.
    pub author: String,
}

/// What becomes of a run in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It is published.
    Commit,
    /// It is taken back.
    RollBack,
}

/// What a person approved.
#[derive(Clone, Debug)]
pub(crate) struct Approval {
    /// The profile, to be accepted with the run.
    pub(crate) profile: Profile,
    /// The columns for which it was approved.
    pub(crate) layout: Layout,
}

/// One run to be made.
pub(crate) struct Job<'a> {
    pub(crate) inputs: Vec<Input>,
    pub(crate) options: &'a ImportOptions,
    pub(crate) approval: Option<Approval>,
    pub(crate) ending: Ending,
}

/// One table that takes part in the run, ready to be recorded.
#[derive(Debug)]
struct Arrival {
    receipt: Receipt,
    headers: Vec<String>,
    quarantined: Vec<QuarantinedRow>,
}

/// How much an import looks at.
enum Plan {
    /// What it touches.
    Touched(Increment),
    /// All members, those that arrive among them, with their pairs.
    All(Arc<Members>, Pairs),
}

impl Workspace {
    /// Imports files and folders: receives, reads and maps what no earlier run did, resolves everything, and publishes in
    /// one transaction. Killed at any moment, it leaves nothing visible, and the same call goes on where it was.
    ///
    /// # Errors
    /// A path that is not there, a data directory that cannot be used, another import at work. What is wrong with the
    /// *content* of a file is in its [`FileReport`], and the rest is imported.
    pub async fn import(
        &self,
        paths: &[PathBuf],
        options: &ImportOptions,
        progress: &Progress,
    ) -> Result<RunReport, PipelineError> {
        let inputs = self.found(paths)?;
        self.run(Job { inputs, options, approval: None, ending: Ending::Commit }, progress).await
    }

    /// Does all that [`Workspace::import`] does, and takes it back instead of publishing it. The report is the one that the import
    /// would come to, but for its state, its id and the time: nothing of the run is visible. What was read stays in the lake, so
    /// that the import that follows need not read it again.
    ///
    /// # Errors
    /// As of [`Workspace::import`].
    pub async fn forecast(
        &self,
        paths: &[PathBuf],
        options: &ImportOptions,
        progress: &Progress,
    ) -> Result<RunReport, PipelineError> {
        let inputs = self.found(paths)?;
        self.run(Job { inputs, options, approval: None, ending: Ending::RollBack }, progress).await
    }

    /// The files to import. In a folder that holds this data directory, what stands in that is none of them.
    fn found(&self, paths: &[PathBuf]) -> Result<Vec<Input>, PipelineError> {
        let own = self.dir().parent().and_then(|tenants| tenants.canonicalize().ok());
        let is_own =
            |path: &Path| own.as_ref().is_some_and(|own| path.canonicalize().is_ok_and(|path| path.starts_with(own)));
        let mut inputs = discover(paths)?;
        inputs.retain(|input| !is_own(&input.path) || paths.contains(&input.path));
        Ok(inputs)
    }

    pub(crate) async fn run(&self, job: Job<'_>, progress: &Progress) -> Result<RunReport, PipelineError> {
        let Job { inputs, options, approval, ending } = job;
        let _lock = self.lock_imports()?;
        let run = RunId::from_bytes(self.ambient.uuid());
        let mut unit = self.store.begin().await?;
        let sequence = unit.start_run(run, (self.ambient.now)()).await?;
        match ending {
            Ending::Commit => unit.commit().await?,
            Ending::RollBack => drop(unit),
        }
        crash_point("after-start");

        let profiles = self.known_profiles().await?;
        let (settings, work, tell) = (Arc::clone(&self.settings), options.clone(), Arc::clone(progress));
        let prepared = off_thread(move || prepare(&settings, &inputs, profiles, &work, approval, &tell)).await?;

        let stated = prepared.tables.iter().filter_map(|table| table.table.as_ref());
        let stated =
            stated.flat_map(|table| &table.mapped.evidence).map(|evidence| (evidence.record, evidence.version));
        let near = self.members_near(stated.collect()).await?;
        let known = match &near {
            Some(near) => Arc::new(near.clone()),
            None => self.members().await?,
        };
        let waiting: Vec<Waiting> =
            prepared.tables.iter().filter_map(|table| table.waiting.as_deref()).cloned().collect();
        let asked = |Prepared { report, table, .. }: &Prepared| {
            Some((report.blob?, table.as_ref()?.number, report.questions.clone()))
        };
        let asked: Vec<(BlobId, u32, Vec<Question>)> = prepared.tables.iter().filter_map(asked).collect();
        let (files, arrivals, members) = take_in(prepared.tables, &known, run, sequence);
        let increment = match &near {
            Some(near) => self.increment(near, &members, progress).await?,
            None => None,
        };
        // Scored before the writer's lock is taken, so that a long import does not keep decisions waiting.
        let plan = match (increment, near) {
            (Some(increment), _) => Plan::Touched(increment),
            (None, near) => {
                let members = Arc::new(if near.is_some() { self.members_with(&arrivals).await? } else { members });
                let pairs = self.score(&members, progress).await?;
                Plan::All(members, pairs)
            }
        };
        crash_point("after-score");

        let mut unit = self.store.begin().await?;
        if ending == Ending::RollBack {
            // What is recorded below belongs to a run, and this one was never kept.
            unit.start_run(run, (self.ambient.now)()).await?;
        }
        let decisions = self.store.decisions().await?;
        let ledger = decisions.clone();
        let (publication, members) = match plan {
            Plan::Touched(increment) => (self.plan_increment(increment, &arrivals, ledger, progress).await?, None),
            Plan::All(members, pairs) => {
                (self.plan_publication(&members, pairs, ledger, progress).await?, Some(members))
            }
        };
        let effect = self.effect(&publication, &decisions).await?;

        let mut rows = RowCounts::default();
        files.iter().for_each(|file| rows.add(file.rows));
        debug_assert!(rows.adds_up(), "every row read has exactly one outcome");
        for profile in prepared.accepted {
            let at = (self.ambient.now)();
            let author = profile.author.unwrap_or_else(|| options.author.clone());
            unit.accept_profile(&StoredProfile { name: profile.name, toml: profile.toml, author, at }).await?;
        }
        for waiting in &waiting {
            unit.put_waiting(run, waiting).await?;
        }
        for (blob, table, questions) in &asked {
            unit.put_questions(*blob, *table, questions).await?;
        }
        for Arrival { receipt, headers, quarantined } in &arrivals {
            unit.add_receipt(receipt, headers).await?;
            unit.add_quarantine(run, &receipt.path, receipt.blob, receipt.table, headers, quarantined).await?;
        }
        let total = publication.upsert.len() as u64;
        progress(crate::Step { stage: crate::Stage::Publish, done: 0, total });
        unit.publish(&publication).await?;
        let totals = unit.totals().await?;
        let report = RunReport {
            run,
            sequence,
            state: match ending {
                Ending::Commit => RunState::Published,
                Ending::RollBack => RunState::Forecast,
            },
            rows,
            effect,
            records: totals.records,
            merges: totals.merges,
            waiting: totals.waiting,
            unlinked: totals.unlinked,
            digest: publication.digest.to_string(),
            files,
        };
        unit.finish_run(&report, (self.ambient.now)()).await?;
        crash_point("before-commit");
        if ending == Ending::RollBack {
            drop(unit);
            return Ok(report);
        }
        unit.commit().await?;
        crash_point("after-commit");
        progress(crate::Step { stage: crate::Stage::Publish, done: total, total });
        if let Some(members) = &members {
            self.hold(members);
        }
        self.sweep().await?;
        Ok(report)
    }

    /// What an increment changes; everything, if too little is stored by now to know what hangs together.
    async fn plan_increment(
        &self,
        increment: Increment,
        arrivals: &[Arrival],
        decisions: Vec<Decision>,
        progress: &Progress,
    ) -> Result<Publication, PipelineError> {
        let Increment { touch, graphs, superseded, writing } = increment;
        let pairs = graphs.iter().map(|graph| (graph.kind, graph.place.clone())).collect();
        let planned = self.plan_touched(touch, graphs, &decisions).await?;
        for writing in writing {
            writing.await.unwrap_or(Err(PipelineError::Died))?;
        }
        match planned {
            Some(planned) => Ok(Publication { pairs, superseded, ..planned }),
            None => {
                let members = Arc::new(self.members_with(arrivals).await?);
                let pairs = self.score(&members, progress).await?;
                self.plan_publication(&members, pairs, decisions, progress).await
            }
        }
    }

    /// All members, with those that arrive.
    async fn members_with(&self, arrivals: &[Arrival]) -> Result<Members, PipelineError> {
        let mut members = (*self.members().await?).clone();
        for Receipt { sequence, evidence_file, path, .. } in arrivals.iter().map(|arrival| &arrival.receipt) {
            let mapped = read_mapped(&self.settings.layout, evidence_file);
            let mapped = mapped.ok_or_else(|| PipelineError::EvidenceMissing { path: path.clone() })?;
            members.add(*sequence, evidence_file, mapped.evidence);
        }
        Ok(members)
    }

    /// Deletes pairs and indexes that are no longer used.
    async fn sweep(&self) -> Result<(), PipelineError> {
        let (layout, places) = (self.settings.layout.clone(), self.store.pairs().await?);
        off_thread(move || {
            sweep(&layout, &places);
            Ok(())
        })
        .await
    }

    /// One import a tenant. The lock goes with the process, however it ends.
    fn lock_imports(&self) -> Result<File, PipelineError> {
        let path = self.settings.layout.import_lock();
        let fail = |source| PipelineError::File { doing: "lock", path: path.clone(), source };
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(fail)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(PipelineError::ImportRunning { path: self.dir().to_owned() }),
            Err(TryLockError::Error(source)) => Err(fail(source)),
        }
    }

    /// Accepted profiles, then shipped ones: what a person accepted comes before what we ship under the same name.
    async fn known_profiles(&self) -> Result<Profiles, PipelineError> {
        let mut profiles = Vec::new();
        for stored in self.store.profiles().await? {
            let name = stored.name;
            profiles.push(parse(&stored.toml).map_err(|source| PipelineError::Profile { name, source })?);
        }
        for profile in shipped() {
            if !profiles.iter().any(|known| known.name == profile.name) {
                profiles.push(profile.clone());
            }
        }
        Ok(Profiles { known: profiles, layouts: self.store.layouts().await? })
    }
}

/// Counts the rows of each table, in order, and takes their records in.
fn take_in(
    tables: Vec<Prepared>,
    known: &Members,
    run: RunId,
    sequence: u64,
) -> (Vec<FileReport>, Vec<Arrival>, Members) {
    let mut counter = Known::of(known);
    let mut members = known.clone();
    let mut there: HashSet<String> = known.files.iter().map(|(_, file)| file.clone()).collect();
    let (mut files, mut arrivals) = (Vec::new(), Vec::new());
    for Prepared { mut report, table, .. } in tables {
        if let (Some(mut table), Some(blob)) = (table, report.blob) {
            let mut set_aside = table.read_quarantine;
            set_aside.append(&mut table.mapped.mapping.quarantined);
            set_aside.sort_by_key(|row| row.row);
            report.rows = counter.count(&table.mapped, set_aside.len() as u64);
            report.kinds = table.mapped.kinds();
            let evidence_file = table.mapped.evidence_file.clone();
            if there.insert(evidence_file.clone()) {
                members.add(sequence, &evidence_file, table.mapped.evidence);
                let (path, sheet) = (report.path.clone(), report.sheet.clone());
                let (profile, number) = (table.profile, table.number);
                let receipt = Receipt { run, sequence, blob, table: number, path, sheet, profile, evidence_file };
                arrivals.push(Arrival { receipt, headers: table.headers, quarantined: set_aside });
            } else {
                report.outcome = FileOutcome::AlreadyImported;
            }
        }
        files.push(report);
    }
    (files, arrivals, members)
}

/// The settings' folders, made.
fn make_zones(settings: &Settings) -> Result<(), PipelineError> {
    let layout = &settings.layout;
    let zones: [&dyn Fn() -> PathBuf; 3] = [&|| layout.staged(), &|| layout.evidence(), &|| layout.pairs()];
    zones.iter().try_for_each(|zone| make_dir(Path::new(&zone())))
}
