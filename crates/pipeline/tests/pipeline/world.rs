//! A tenant in a temporary folder, with synthetic sources.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use tempfile::TempDir;
use velocity_model::RunReport;
use velocity_pipeline::{Ambient, ImportOptions, Workspace, silent};
use velocity_store::EntityRow;
use velocity_synth::{Options, write};

static CLOCK: AtomicI64 = AtomicI64::new(1_700_000_000_000_000);
static DICE: AtomicU64 = AtomicU64::new(1);

/// A clock that moves a second at each look, and dice that count.
pub fn ambient() -> Ambient {
    let now = || CLOCK.fetch_add(1_000_000, Ordering::Relaxed);
    let random = || (u128::from(DICE.fetch_add(1, Ordering::Relaxed)) * 0x9e37_79b9_7f4a_7c15).to_le_bytes();
    Ambient { now, random }
}

/// Sources about `people` people, written once into a folder of their own.
pub fn sources(people: u32) -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let dir = folder.path().join("sources");
    write(&dir, &folder.path().join("truth.csv"), &Options { seed: 7, people }).expect("sources are written");
    let entries = std::fs::read_dir(&dir).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    (folder, files)
}

pub struct World {
    pub folder: TempDir,
    pub workspace: Workspace,
}

impl World {
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let workspace = open(folder.path()).await;
        Self { folder, workspace }
    }

    pub async fn import(&self, files: &[PathBuf]) -> RunReport {
        let options = ImportOptions { author: "tester".to_owned(), ..ImportOptions::default() };
        self.workspace.import(files, &options, &silent()).await.expect("the import ends well")
    }

    pub async fn forecast(&self, files: &[PathBuf]) -> RunReport {
        let options = ImportOptions { author: "tester".to_owned(), ..ImportOptions::default() };
        self.workspace.forecast(files, &options, &silent()).await.expect("the forecast ends well")
    }

    pub async fn digest(&self) -> String {
        let found = self.workspace.verify().await.expect("verify runs");
        assert!(found.holds(), "{found:?}");
        found.computed
    }

    pub async fn entities(&self) -> Vec<EntityRow> {
        self.workspace.store().entities().await.expect("entities read")
    }
}

pub async fn open(folder: &Path) -> Workspace {
    Workspace::open(folder, "default", ambient()).await.expect("the workspace opens")
}
