//! One tenant: its store, its lake, its plans and policy.

use std::path::Path;
use std::sync::{Arc, Mutex};

use velocity_ingest::RawStore;
use velocity_model::{EntityKind, Plan, Policy, RecordId, Waterfall};
use velocity_store::{SqliteStore, Store};

use crate::layout::Layout;
use crate::members::Members;
use crate::{Ambient, PipelineError};

/// What the CPU-bound steps need to know of a tenant.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) layout: Layout,
    pub(crate) raw: RawStore,
    pub(crate) plans: Vec<Plan>,
    pub(crate) policy: Policy,
}

/// One tenant, open for work.
pub struct Workspace {
    pub(crate) settings: Arc<Settings>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) ambient: Ambient,
    /// The evidence last loaded, so that a decision need not read the lake again.
    pub(crate) loaded: Mutex<Option<Arc<Members>>>,
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
        let plans = [EntityKind::Person, EntityKind::Organisation];
        let plans = plans.into_iter().filter_map(velocity_identity_resolution::default_plan).collect();
        let policy = Policy::default();
        let settings = Arc::new(Settings { layout, raw, plans, policy });
        Ok(Self { settings, store, ambient, loaded: Mutex::new(None), tenant: tenant.to_owned() })
    }

    /// The tenant's store, for reading.
    pub fn store(&self) -> &dyn Store {
        &*self.store
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

    /// Why two evidence records weigh what they weigh; `None` if one of them is unknown, if they are of different kinds,
    /// or of a kind that is not resolved.
    ///
    /// # Errors
    /// A store failure.
    pub async fn explain(&self, a: RecordId, b: RecordId) -> Result<Option<Waterfall>, PipelineError> {
        let found = self.store.evidence(&[a, b]).await?;
        let [left, right] = found.as_slice() else { return Ok(None) };
        let plan = self.settings.plans.iter().find(|plan| plan.kind == left.evidence.kind);
        Ok(plan
            .filter(|plan| plan.kind == right.evidence.kind)
            .map(|plan| velocity_identity_resolution::explain(plan, &left.evidence, &right.evidence)))
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
