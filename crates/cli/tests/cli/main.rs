//! The built command on real files.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod approval;
mod bad_input;
mod crash;
mod dedupe;
mod demo;
mod dry_run;
mod environment;
mod errors_file;
mod read;
mod velocity;
