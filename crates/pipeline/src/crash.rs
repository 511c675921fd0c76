//! Named places at which a test may have the process killed, to prove that a killed import leaves nothing behind.

/// The crash points, in the order in which an import passes them.
pub const CRASH_POINTS: [&str; 7] =
    ["after-start", "after-receive", "after-stage", "after-map", "after-score", "before-commit", "after-commit"];

/// Kills the process with SIGKILL if the environment variable `VELOCITY_CRASH_AT` names this point. Built only with debug
/// assertions, so that no release binary can be told to die.
pub(crate) fn crash_point(name: &'static str) {
    debug_assert!(CRASH_POINTS.contains(&name), "`{name}` is not in the list of crash points");
    #[cfg(debug_assertions)]
    if std::env::var_os("VELOCITY_CRASH_AT").is_some_and(|wanted| wanted == name) {
        // A real signal from outside, so that no destructor and no exit handler runs.
        let _ = std::process::Command::new("kill").args(["-9", &std::process::id().to_string()]).status();
        loop {
            std::thread::park();
        }
    }
}
