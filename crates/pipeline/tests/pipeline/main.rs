//! The pipeline on real files and a real database.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod answers;
mod approval;
mod decisions;
mod forecast;
mod messages;
mod orders;
mod profiles;
mod rebuild;
mod snapshots;
mod touch;
mod world;
