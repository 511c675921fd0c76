//! Journeys in a real browser (Chromium, headless) against the real server on real data.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod browser;
mod journeys;
