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
mod snapshot;

use prepare::{Prepared, PreparedTable, prepare};
use profiles::Profiles;
use snapshot::Missing;

/// How to import.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Read every file with this profile, instead of the one recognised by the headers.
    pub profile: Option<Profile>,
    /// Approve what would wait: the drafted profile of a file that no profile knows, and changed columns. What leaves a question
    /// open waits all the same.
    pub accept_drafts: bool,
    /// The files are full snapshots of their sources, whatever their profiles say: what they lack is withdrawn.
    pub snapshot: bool,
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

/// Which tables of a run are full snapshots, and whether it waits what is doubtful about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Snapshots {
    /// Those of which the options or the profile say so; what is doubtful waits.
    AsSaid,
    /// The same; somebody approved all that they withdraw.
    Approved,
    /// All or none, as when they were imported; what is withdrawn was approved then.
    AsBefore(bool),
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
    pub(crate) snapshots: Snapshots,
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
        self.run(
            Job { inputs, options, approval: None, snapshots: Snapshots::AsSaid, ending: Ending::Commit },
            progress,
        )
        .await
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
        self.run(
            Job { inputs, options, approval: None, snapshots: Snapshots::AsSaid, ending: Ending::RollBack },
            progress,
        )
        .await
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
        let Job { inputs, options, approval, snapshots, ending } = job;
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
        let mut prepared =
            off_thread(move || prepare(&settings, &inputs, profiles, &work, approval, snapshots, &tell)).await?;

        let missing = self.withdrawals(&mut prepared.tables, snapshots).await?;
        let stated = prepared.tables.iter().filter_map(|table| table.table.as_ref());
        let stated =
            stated.flat_map(|table| &table.mapped.evidence).map(|evidence| (evidence.record, evidence.version));
        let near = match missing.is_empty() {
            true => self.members_near(stated.collect()).await?,
            // Who leaves is seen from all, and what was learnt of many is learnt from those who stay.
            false => None,
        };
        let known = match &near {
            Some(near) => Arc::new(near.clone()),
            None => self.members().await?,
        };
        let waiting = prepared.tables.iter().filter_map(|table| table.waiting.as_deref()).cloned();
        let waiting: Vec<Waiting> = waiting.map(|waiting| Waiting { run: Some(run), ..waiting }).collect();
        let asked = |Prepared { report, table, .. }: &Prepared| {
            Some((report.blob?, table.as_ref()?.number, report.questions.clone()))
        };
        let asked: Vec<(BlobId, u32, Vec<Question>)> = prepared.tables.iter().filter_map(asked).collect();
        let (files, arrivals, members) = take_in(prepared.tables, &known, &missing, run, sequence);
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

    /// What the full snapshots among some tables withdraw, after those are held of which it is doubtful.
    async fn withdrawals(&self, tables: &mut [Prepared], as_what: Snapshots) -> Result<Missing, PipelineError> {
        if !tables.iter().filter_map(|table| table.table.as_ref()).any(|table| table.snapshot) {
            return Ok(Missing::new());
        }
        let known = self.members().await?;
        let mut missing = snapshot::missing(tables, &known);
        if as_what == Snapshots::AsSaid {
            snapshot::hold_doubtful(tables, &known, &mut missing);
        }
        snapshot::tell(tables, &missing);
        Ok(missing)
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
        for Arrival { receipt, .. } in arrivals {
            let mapped = read_mapped(&self.settings.layout, &receipt.evidence_file);
            let mapped = mapped.ok_or_else(|| PipelineError::EvidenceMissing { path: receipt.path.clone() })?;
            members.add(receipt.clone(), mapped);
        }
        if let Some(Arrival { receipt, .. }) = arrivals.first() {
            members.end_batch(receipt.sequence);
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
    missing: &Missing,
    run: RunId,
    sequence: u64,
) -> (Vec<FileReport>, Vec<Arrival>, Members) {
    let mut counter = Known::of(known);
    let mut members = known.clone();
    let before: HashSet<&str> = known.files.iter().map(|receipt| receipt.evidence_file.as_str()).collect();
    let is_news = |table: &PreparedTable| {
        let is_back = || table.mapped.evidence.iter().any(|stated| known.withdrawn.contains_key(&stated.record));
        !before.contains(table.mapped.evidence_file.as_str()) || is_back()
    };
    // What is there of a snapshot counts as a whole: its parts that were imported before say what is still there.
    let snapshots = tables.iter().filter_map(|table| table.table.as_ref()).filter(|table| table.snapshot);
    let mut whole: HashSet<String> =
        snapshots.filter(|table| is_news(table)).map(|table| table.profile.name.clone()).collect();
    whole.extend(missing.keys().cloned());
    let mut taken: HashSet<String> = HashSet::new();
    let (mut files, mut arrivals) = (Vec::new(), Vec::new());
    for Prepared { mut report, table, .. } in tables {
        if let (Some(mut table), Some(blob)) = (table, report.blob) {
            let mut set_aside = std::mem::take(&mut table.read_quarantine);
            set_aside.append(&mut table.mapped.mapping.quarantined);
            set_aside.sort_by_key(|row| row.row);
            report.rows = counter.count(&table.mapped, set_aside.len() as u64);
            report.kinds = table.mapped.kinds();
            let counts = if table.snapshot { whole.contains(&table.profile.name) } else { is_news(&table) };
            if counts && taken.insert(table.mapped.evidence_file.clone()) {
                let (path, sheet, evidence_file) =
                    (report.path.clone(), report.sheet.clone(), table.mapped.evidence_file.clone());
                let (profile, number, snapshot) = (table.profile.name, table.number, table.snapshot);
                let receipt =
                    Receipt { run, sequence, blob, table: number, path, sheet, profile, evidence_file, snapshot };
                members.add(receipt.clone(), table.mapped);
                arrivals.push(Arrival { receipt, headers: table.headers, quarantined: set_aside });
            } else {
                report.outcome = FileOutcome::AlreadyImported;
            }
        }
        files.push(report);
    }
    members.end_batch(sequence);
    (files, arrivals, members)
}

/// The settings' folders, made.
fn make_zones(settings: &Settings) -> Result<(), PipelineError> {
    let layout = &settings.layout;
    let zones: [&dyn Fn() -> PathBuf; 3] = [&|| layout.staged(), &|| layout.evidence(), &|| layout.pairs()];
    zones.iter().try_for_each(|zone| make_dir(Path::new(&zone())))
}
