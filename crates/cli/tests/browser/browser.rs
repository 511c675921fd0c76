//! A served demo, a driver and a browser, all ended with the test.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use tempfile::TempDir;
use velocity_store::{Records, SqliteStore};

/// A process that ends with its owner.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A demo that is being served.
pub struct Served {
    _process: Running,
    folder: TempDir,
    /// The link that signs in.
    pub url: String,
}

/// Waits for a line that holds `mark` and gives what stands behind it.
fn read_after(child: &mut Child, mark: &str) -> String {
    let stdout = child.stdout.take().expect("stdout is piped");
    let mut lines = BufReader::new(stdout).lines();
    let line = lines.find_map(|line| line.ok().filter(|line| line.contains(mark)));
    // Read on in the background, so that the child never blocks on a full pipe.
    std::thread::spawn(move || lines.for_each(drop));
    let line = line.unwrap_or_else(|| panic!("the process ended before it said `{mark}`"));
    line.split_once(mark).map(|(_, rest)| rest.trim().trim_end_matches('.').to_owned()).expect("found above")
}

pub fn serve_demo() -> Served {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_velocity"));
    command.args(["demo", "--people", "200", "--port", "0", "--no-progress"]).current_dir(folder.path());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("velocity starts");
    let url = read_after(&mut child, "Open ");
    Served { _process: Running(child), folder, url }
}

impl Served {
    /// Imports a file beside the server, as somebody at the command line would.
    pub fn import(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).expect("written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_velocity"));
        command.args(["import", name, "--data-dir", "velocity-demo/data", "--quiet"]).current_dir(self.folder.path());
        assert!(command.stdout(Stdio::null()).status().expect("velocity starts").success());
    }

    /// Every canonical record as it is stored, byte for byte.
    pub async fn records(&self) -> Vec<String> {
        let dir = self.folder.path().join("velocity-demo/data/tenants/default");
        let store = SqliteStore::open(&dir).await.expect("the store opens beside the server");
        let rows = store.entities().await.expect("records read");
        rows.iter().map(|row| serde_json::to_string(&(&row.record, &row.summary)).expect("plain data")).collect()
    }
}

/// A browser window with its driver.
pub struct Browser {
    pub client: Client,
    _driver: Running,
    _profile: TempDir,
}

impl Browser {
    pub async fn open(width: u32, height: u32) -> Self {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut driver = command.spawn().expect("chromedriver is installed; `cargo xtask test` says how");
        let port = read_after(&mut driver, "was started successfully on port ");
        let profile = tempfile::tempdir().expect("a temporary folder");
        let arguments = [
            "--headless".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            format!("--window-size={width},{height}"),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        let wanted = serde_json::json!({ "goog:chromeOptions": { "args": arguments } });
        let wanted = wanted.as_object().cloned().expect("an object");
        let address = format!("http://127.0.0.1:{port}");
        let client = ClientBuilder::new(HttpConnector::new()).capabilities(wanted).connect(&address).await;
        Self { client: client.expect("a browser window"), _driver: Running(driver), _profile: profile }
    }

    /// Keeps a picture for a person to look at, if `VELOCITY_SCREENSHOTS` names a folder.
    pub async fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("VELOCITY_SCREENSHOTS") else { return };
        let png = self.client.screenshot().await.expect("a screenshot");
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        std::fs::write(Path::new(&folder).join(format!("{name}.png")), png).expect("the picture is kept");
    }
}
