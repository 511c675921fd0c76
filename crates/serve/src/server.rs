//! The router and how it is served.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use velocity_pipeline::Workspace;

use crate::error::Failure;
use crate::session::{Doors, Session};
use crate::view::shell::{Section, Shell};
use crate::{ServeError, SignIn, gate, pages};

/// What every request handler shares.
#[derive(Clone)]
pub struct Server {
    pub(crate) workspace: Arc<Workspace>,
}

impl Server {
    /// The frame around a page. Takes the message that waits for this session.
    pub(crate) async fn shell(&self, session: &Session, section: Section, title: &str) -> Result<Shell, Failure> {
        Ok(Shell {
            title: title.to_owned(),
            section,
            tenant: tenant_name(self.workspace.dir()),
            user: session.user.clone(),
            forms: session.forms.clone(),
            waiting: self.workspace.store().review_count().await?,
            flash: session.take_flash(),
        })
    }
}

/// A tenant's directory is named after it.
fn tenant_name(dir: &Path) -> String {
    dir.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Every page and the JSON API of one tenant, behind the sign-in link.
pub fn router(workspace: Arc<Workspace>, sign_in: SignIn) -> Router {
    let server = Server { workspace };
    gate::guard(pages::routes().with_state(server), &Arc::new(Doors::new(sign_in)))
}

/// Answers requests until `shutdown` completes, then finishes those that are under way.
///
/// # Errors
/// [`ServeError::Listen`] if the listener fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let served = axum::serve(listener, router).with_graceful_shutdown(shutdown).await;
    served.map_err(|source| ServeError::Listen { source })
}
