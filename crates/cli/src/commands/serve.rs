//! `velocity serve`.

use std::io;
use std::sync::Arc;

use tokio::net::TcpListener;
use velocity_pipeline::Workspace;
use velocity_serve::{SignIn, router};

use super::{author, open};
use crate::ambient::secret;
use crate::args::{Global, Listen, Serve};
use crate::error::{CliError, Exit};
use crate::output::Output;

pub(super) async fn run(global: &Global, serve: &Serve, output: &Output) -> Result<Exit, CliError> {
    listen(open(global).await?, &serve.listen, output).await
}

/// Serves until Ctrl-C.
pub(super) async fn listen(workspace: Workspace, listen: &Listen, output: &Output) -> Result<Exit, CliError> {
    let listener = TcpListener::bind((listen.host, listen.port)).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => CliError::PortInUse { host: listen.host.to_string(), port: listen.port },
        _ => CliError::Io { doing: "listen on", what: format!("{}:{}", listen.host, listen.port), source },
    })?;
    let address = listener.local_addr();
    let address =
        address.map_err(|source| CliError::Io { doing: "listen on", what: listen.host.to_string(), source })?;
    let sign_in = SignIn::new(secret(), author());
    let url = format!("http://{address}{}", sign_in.path());
    output.result(&format!("Open {url}\nCtrl-C stops the server."), &serde_json::json!({ "url": url }))?;
    let stop = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    velocity_serve::serve(listener, router(Arc::new(workspace), sign_in), stop).await?;
    Ok(Exit::Fine)
}
