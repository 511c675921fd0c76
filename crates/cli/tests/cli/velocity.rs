//! One `velocity` in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

pub struct Velocity {
    folder: TempDir,
}

/// What a command printed and how it ended.
pub struct Ended {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

impl Ended {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        Self { stdout: text(output.stdout), stderr: text(output.stderr), code: output.status.code() }
    }

    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.code, Some(0), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).expect("stdout is JSON")
    }
}

impl Velocity {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("inside the folder")).expect("made");
        std::fs::write(&path, bytes).expect("written");
        path
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_velocity"));
        command.current_dir(self.folder.path()).args(args).arg("--no-progress");
        command
            .env_remove("VELOCITY_CRASH_AT")
            .env_remove("VELOCITY_INTERRUPT_AT")
            .env_remove("VELOCITY_DATA_DIR")
            .env_remove("VELOCITY_TENANT");
        command
    }

    pub fn run(&self, args: &[&str]) -> Ended {
        Ended::of(self.command(args).output().expect("velocity starts"))
    }

    pub fn import_json(&self, path: &Path) -> serde_json::Value {
        let path = path.to_str().expect("UTF-8");
        self.run(&["import", path, "--yes", "--format", "json"]).ok().json()
    }
}

/// `report.files[*]` with this path.
#[track_caller]
pub fn file<'a>(report: &'a serde_json::Value, path: &str) -> &'a serde_json::Value {
    let files = report["files"].as_array().expect("a list of files");
    files.iter().find(|file| file["path"] == path).unwrap_or_else(|| panic!("no `{path}` in {report:#}"))
}
