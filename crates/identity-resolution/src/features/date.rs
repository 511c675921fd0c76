//! Dates of which parts may be missing.

/// A date as far as it is known; a missing part is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PartialDate {
    pub(crate) year: u16,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

impl PartialDate {
    /// From canonical text: `2026-03-31`, `2026-03`, `2026`, `--03-31`. The first of January is what systems and clerks write
    /// where only the year is known: it is taken as the year, so that it does not count as a birth date shared.
    pub(crate) fn of(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("--") {
            let (month, day) = rest.split_once('-')?;
            return Some(Self { year: 0, month: month.parse().ok()?, day: day.parse().ok()? });
        }
        let mut parts = text.get(..text.len().min(10))?.split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next().map_or(Some(0), |part| part.parse().ok())?;
        let day = parts.next().map_or(Some(0), |part| part.parse().ok())?;
        let is_placeholder = (month, day) == (1, 1);
        Some(if is_placeholder { Self { year, month: 0, day: 0 } } else { Self { year, month, day } })
    }

    pub(crate) fn is_whole(self) -> bool {
        self.year != 0 && self.month != 0 && self.day != 0
    }

    /// Eight digits.
    pub(crate) fn digits(self) -> [u8; 8] {
        let Self { year, month, day } = self;
        let mut digits = [0; 8];
        for (place, power) in [1000, 100, 10, 1].into_iter().enumerate() {
            digits[place] = u8::try_from(year / power % 10).unwrap_or(0);
        }
        [digits[4], digits[5], digits[6], digits[7]] = [month / 10, month % 10, day / 10, day % 10];
        digits
    }
}
