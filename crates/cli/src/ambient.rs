//! The one real clock and the one source of randomness.

use velocity_pipeline::Ambient;

use crate::error::CliError;

/// The clock and the dice of this machine.
///
/// # Errors
/// The operating system has no randomness to give.
pub(crate) fn ambient() -> Result<Ambient, CliError> {
    // Asked once here, so that a machine without randomness is told so and later draws cannot be the first to fail.
    getrandom::fill(&mut [0; 16]).map_err(|_| CliError::NoRandomness)?;
    Ok(Ambient { now, random })
}

#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
fn now() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    let _ = getrandom::fill(&mut bytes);
    bytes
}

/// A secret for a sign-in link: 256 random bits as hexadecimal text.
pub(crate) fn secret() -> String {
    hex::encode([random(), random()].concat())
}

/// Seconds that `work` took, and what it gave.
#[expect(clippy::disallowed_methods, reason = "the one place where durations are measured, for people to read")]
pub(crate) async fn timed<T>(work: impl Future<Output = T>) -> (T, f64) {
    let start = std::time::Instant::now();
    let result = work.await;
    (result, start.elapsed().as_secs_f64())
}
