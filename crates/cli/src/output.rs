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

    /// A result: `human` for people, `value` for programs.
    pub(crate) fn result(&self, human: &str, value: &impl Serialize) -> Result<(), CliError> {
        let text = match self.format {
            Format::Human => human.to_owned(),
            Format::Json => serde_json::to_string_pretty(value).unwrap_or_default(),
        };
        let mut stdout = io::stdout().lock();
        let written = writeln!(stdout, "{}", text.trim_end()).and_then(|()| stdout.flush());
        match written {
            // Whoever reads has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(source) => Err(CliError::Io { doing: "write to", what: "stdout".to_owned(), source }),
            Ok(()) => Ok(()),
        }
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
