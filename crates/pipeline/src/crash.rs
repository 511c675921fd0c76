//! Named places at which a test may have the process killed, to prove that a killed import leaves nothing behind.

/// The crash points, in the order in which an import passes them.
pub const CRASH_POINTS: [&str; 7] =
    ["after-start", "after-receive", "after-stage", "after-map", "after-score", "before-commit", "after-commit"];

/// Kills the process with SIGKILL if the environment variable `VELOCITY_CRASH_AT` names this point; sends it the SIGINT of a
/// Ctrl-C, and goes on, if `VELOCITY_INTERRUPT_AT` does. Built only with debug assertions, so that no release binary can be
/// told to die.
pub(crate) fn crash_point(name: &'static str) {
    debug_assert!(CRASH_POINTS.contains(&name), "`{name}` is not in the list of crash points");
    #[cfg(debug_assertions)]
    {
        let is_named = |variable: &str| std::env::var_os(variable).is_some_and(|wanted| wanted == name);
        if is_named("VELOCITY_CRASH_AT") {
            signal("-KILL");
            loop {
                std::thread::park();
            }
        }
        if is_named("VELOCITY_INTERRUPT_AT") {
            signal("-INT");
        }
    }
}

/// A real signal from outside, so that no destructor and no exit handler is passed by.
#[cfg(debug_assertions)]
fn signal(which: &str) {
    let _ = std::process::Command::new("kill").args([which, &std::process::id().to_string()]).status();
}
