//! Everything that is printed goes through one value: results to stdout, the rest to stderr.

use std::error::Error;
use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use crate::args::Format;
use crate::error::CliError;

/// Where and how to print.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    format: Format,
    quiet: bool,
    progress: bool,
}

impl Output {
    pub(crate) fn new(format: Format, quiet: bool, no_progress: bool) -> Self {
        let progress = !quiet && !no_progress && io::stderr().is_terminal();
        Self { format, quiet, progress }
    }

    /// Whether progress bars are drawn.
    pub(crate) fn draws_progress(&self) -> bool {
        self.progress
    }

    /// The form that was asked for.
    pub(crate) fn format(&self) -> Format {
        self.format
    }

    /// Bytes of a result, as they are.
    pub(crate) fn bytes(&self, bytes: &[u8]) -> Result<(), CliError> {
        let mut stdout = io::stdout().lock();
        written(stdout.write_all(bytes).and_then(|()| stdout.flush()))
    }

    /// A result: `human` for people, `value` for programs.
    pub(crate) fn result(&self, human: &str, value: &impl Serialize) -> Result<(), CliError> {
        let text = match self.format {
            Format::Human | Format::Csv | Format::Parquet => human.to_owned(),
            Format::Json => serde_json::to_string_pretty(value).unwrap_or_default(),
        };
        let mut stdout = io::stdout().lock();
        written(writeln!(stdout, "{}", text.trim_end()).and_then(|()| stdout.flush()))
    }

    /// Something worth knowing that is no result.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            let _ = writeln!(io::stderr().lock(), "{text}");
        }
    }

    /// A failure with its causes and what to do next.
    pub(crate) fn error(&self, error: &CliError) {
        let mut stderr = io::stderr().lock();
        let _ = writeln!(stderr, "error: {error}");
        let mut cause = error.source();
        while let Some(because) = cause {
            let _ = writeln!(stderr, "  because {because}");
            cause = because.source();
        }
        if let Some(hint) = error.hint() {
            let _ = writeln!(stderr, "  next: {hint}");
        }
    }
}

fn written(done: io::Result<()>) -> Result<(), CliError> {
    match done {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(source) => Err(CliError::Io { doing: "write to", what: "stdout".to_owned(), source }),
        Ok(()) => Ok(()),
    }
}
