//! Chromium and its driver, for the browser journeys: found, or installed where that is possible, or named.

use std::process::Command;

const PROGRAMS: [&str; 2] = ["chromium", "chromedriver"];

/// Makes sure that both are there.
pub(crate) fn find_or_install() -> Result<(), String> {
    if missing().is_empty() {
        return Ok(());
    }
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    if is_root && Command::new("apt-get").arg("--version").output().is_ok() {
        println!("installing chromium and chromium-driver by apt-get");
        let update: &[&str] = &["update", "-qq"];
        let install: &[&str] = &["install", "-y", "-qq", "--no-install-recommends", "chromium", "chromium-driver"];
        for args in [update, install] {
            let done = Command::new("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive").status();
            if !done.is_ok_and(|status| status.success()) {
                return Err(format!("`apt-get {}` failed", args.join(" ")));
            }
        }
    }
    let missing = missing();
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{} not found. Install Chromium and its driver (Debian: apt-get install chromium chromium-driver), \
         or run `cargo xtask test --without-browser`",
        missing.join(" and ")
    ))
}

fn missing() -> Vec<&'static str> {
    let is_missing =
        |program: &&str| !Command::new(program).arg("--version").output().is_ok_and(|o| o.status.success());
    PROGRAMS.into_iter().filter(is_missing).collect()
}
