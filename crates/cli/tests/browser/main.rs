//! Journeys in a real browser (Chromium, headless) against the real server on real data.

mod browser;
mod journeys;
