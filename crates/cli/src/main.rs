//! The `velocity` command: arguments in, one command run, an exit code out. The only place where implementations are
//! chosen, and the only one that reads the clock and draws randomness.

mod ambient;
mod args;
mod commands;
mod error;
mod output;
mod progress;
mod render;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser;

use crate::args::Args;
use crate::error::{CliError, Exit};
use crate::output::Output;

/// Strings and columns of millions of rows come and go in steps.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(usage) => {
            // Help and version are no errors; clap prints them to stdout and the rest to stderr.
            let _ = usage.print();
            return ExitCode::from(if usage.use_stderr() { Exit::Usage } else { Exit::Fine } as u8);
        }
    };
    let output = Output::new(args.global.format, args.global.quiet, args.global.no_progress);
    let ended = catch_unwind(AssertUnwindSafe(|| run(args, &output)));
    let exit = match ended {
        Ok(Ok(exit)) => exit,
        Ok(Err(error)) => {
            output.error(&error);
            error.exit()
        }
        Err(_) => {
            output.note("this is a bug in velocity; nothing was half-published. Run the same command again.");
            Exit::Bug
        }
    };
    ExitCode::from(exit as u8)
}

fn run(args: Args, output: &Output) -> Result<Exit, CliError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|source| CliError::Io { doing: "start the threads", what: String::new(), source })?;
    let ended = runtime.block_on(async {
        let serving = args.command.serves();
        let work = commands::run(args, output);
        if serving {
            return work.await; // A server shuts down by itself.
        }
        tokio::select! {
            ended = work => ended,
            // Every step is published whole or not at all, so that leaving now is safe.
            _ = tokio::signal::ctrl_c() => {
                output.note("interrupted; nothing is half-published. Run the same command again to go on where it was.");
                Ok(Exit::Interrupted)
            }
        }
    });
    // Work on other threads may take long to notice; it has nothing left to say.
    runtime.shutdown_background();
    ended
}
