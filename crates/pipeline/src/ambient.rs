//! Time and randomness, handed in by the binary so that tests can fix them.

/// The clock and the dice.
#[derive(Clone, Copy, Debug)]
pub struct Ambient {
    /// Microseconds since 1970-01-01T00:00:00Z.
    pub now: fn() -> i64,
    /// Sixteen random bytes.
    pub random: fn() -> [u8; 16],
}

impl Ambient {
    /// A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits.
    pub(crate) fn uuid(&self) -> [u8; 16] {
        let mut bytes = (self.random)();
        let millis = ((self.now)() / 1_000).to_be_bytes();
        bytes[..6].copy_from_slice(&millis[2..]);
        bytes[6] = 0x70 | (bytes[6] & 0x0f);
        bytes[8] = 0x80 | (bytes[8] & 0x3f);
        bytes
    }
}

#[cfg(test)]
mod tests;
