//! Where a tenant's files stand: `store.sqlite`, `raw/` (ground state), `lake/` (derived).

use std::path::{Path, PathBuf};

/// The folders of one tenant.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    root: PathBuf,
}

impl Layout {
    pub(crate) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Content-addressed source bytes.
    pub(crate) fn raw(&self) -> PathBuf {
        self.root.join("raw")
    }

    /// Everything derived.
    pub(crate) fn lake(&self) -> PathBuf {
        self.root.join("lake")
    }

    pub(crate) fn staged(&self) -> PathBuf {
        self.lake().join("staged")
    }

    pub(crate) fn evidence(&self) -> PathBuf {
        self.lake().join("evidence")
    }

    pub(crate) fn pairs(&self) -> PathBuf {
        self.lake().join("pairs")
    }

    /// What was learnt of a kind, and its records as they are compared.
    pub(crate) fn index(&self, name: &str) -> PathBuf {
        self.lake().join("index").join(name)
    }

    pub(crate) fn canonical(&self) -> PathBuf {
        self.lake().join("canonical")
    }

    /// Held for the length of an import: one import a tenant.
    pub(crate) fn import_lock(&self) -> PathBuf {
        self.root.join("import.lock")
    }
}
