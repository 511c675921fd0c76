//! One tenant: its store, its lake and its policy.

use std::path::Path;
use std::sync::{Arc, Mutex};

use velocity_ingest::RawStore;
use velocity_model::Policy;
use velocity_store::{SqliteStore, Store};

use crate::explain::Learnt;
use crate::layout::Layout;
use crate::members::Members;
use crate::touch::PairGraph;
use crate::{Ambient, PipelineError};

/// What the CPU-bound steps need to know of a tenant.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) layout: Layout,
    pub(crate) raw: RawStore,
    pub(crate) policy: Policy,
    /// Records of a kind from which on what was learnt of it stays.
    pub(crate) settled: u64,
}

/// Of so many records what was learnt stays: more hardly teach anything else.
const SETTLED: u64 = 60_000;

/// One tenant, open for work.
pub struct Workspace {
    pub(crate) settings: Arc<Settings>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) ambient: Ambient,
    /// The evidence last loaded, so that a decision need not read the lake again.
    pub(crate) loaded: Mutex<Option<Arc<Members>>>,
    /// The pairs last read, so that the next decision need not read the lake.
    pub(crate) graphs: Mutex<Vec<Arc<PairGraph>>>,
    /// What was learnt of the evidence last explained.
    pub(crate) learnt: tokio::sync::Mutex<Learnt>,
    tenant: String,
}

impl Workspace {
    /// Opens, and makes if it is not there, the tenant `tenant` below `data_dir`.
    ///
    /// # Errors
    /// A tenant name that cannot be a folder's, or a store or directory that cannot be used.
    pub async fn open(data_dir: &Path, tenant: &str, ambient: Ambient) -> Result<Self, PipelineError> {
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if tenant.is_empty() || tenant.len() > 64 || !tenant.chars().all(is_name) {
            return Err(PipelineError::TenantName(tenant.to_owned()));
        }
        let layout = Layout::new(data_dir.join("tenants").join(tenant));
        let store = Arc::new(SqliteStore::open(layout.root()).await?);
        let raw = RawStore::open(&layout.raw())?;
        let policy = Policy::default();
        let settings = Arc::new(Settings { layout, raw, policy, settled: SETTLED });
        let (loaded, graphs, learnt) = (Mutex::new(None), Mutex::default(), tokio::sync::Mutex::default());
        Ok(Self { settings, store, ambient, loaded, graphs, learnt, tenant: tenant.to_owned() })
    }

    /// Lets what was learnt of a kind stay from `records` on, instead of the usual 60,000. All who write to a tenant must agree.
    #[must_use]
    pub fn settled_from(mut self, records: u64) -> Self {
        let Settings { layout, raw, policy, .. } = &*self.settings;
        let (layout, raw, policy) = (layout.clone(), raw.clone(), policy.clone());
        self.settings = Arc::new(Settings { layout, raw, policy, settled: records });
        self
    }

    /// The tenant's store, for reading.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// Ends the work. What was held in memory is left to the end of the process: some millions of small strings take seconds to give
    /// back one by one.
    pub async fn close(self) {
        self.store.close().await;
        std::mem::forget(self);
    }

    /// The tenant's directory.
    pub fn dir(&self) -> &Path {
        self.settings.layout.root()
    }

    /// The tenant's name.
    pub fn tenant(&self) -> &str {
        &self.tenant
    }

    /// The clock and the dice.
    pub fn ambient(&self) -> Ambient {
        self.ambient
    }
}

/// Runs CPU-bound work away from the threads that serve requests.
pub(crate) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PipelineError> + Send + 'static,
) -> Result<T, PipelineError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(PipelineError::Died))
}

impl std::fmt::Debug for Workspace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workspace")
            .field("settings", &self.settings)
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}
