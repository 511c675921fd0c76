//! What cannot be one person's: names and birth dates that differ by more than slips.

use crate::features::{PartialDate, PersonName, are_forms_of_one};
use crate::similarity::{distance, jaro_winkler};

/// What of a name can contradict another: first given name, all of them, and the family name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NameKey {
    given: String,
    whole: String,
    family: String,
}

impl NameKey {
    /// Whether one of the two given names is only the other's initial.
    pub(crate) fn is_initial(&self, other: &Self) -> bool {
        self.given != other.given && is_initial(&self.given, &other.given)
    }

    /// Whether the family names agree too, or one is a part of the other.
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        let (a, b) = (&self.family, &other.family);
        let is_part = |long: &str, short: &str| short.len() > 2 && long.contains(short);
        let is_swapped = self.given != other.given && *a == other.given;
        self.is_compatible(other) && (is_typo(a, b) || a == b || is_part(a, b) || is_part(b, a) || is_swapped)
    }

    /// `None` without a given name: a family name alone contradicts nobody, because it may change.
    pub(crate) fn of(name: &PersonName) -> Option<Self> {
        let given = name.first().to_owned();
        (!given.is_empty()).then(|| Self { given, whole: name.given_core(), family: name.family_key() })
    }

    /// Whether the two can be one person's: given names that are equal, forms of one name, an initial or a typing error; or
    /// given and family name the other way round.
    pub(crate) fn is_compatible(&self, other: &Self) -> bool {
        let (a, b) = (&self.given, &other.given);
        let is_swapped = |own: &Self, family: &str| {
            [&own.given, &own.whole].into_iter().any(|given| given == family || is_typo(given, family))
        };
        a == b
            || are_forms_of_one(a, b)
            || is_initial(a, b)
            || is_typo(a, b)
            || (is_swapped(self, &other.family) && is_swapped(other, &self.family))
    }
}

/// One typing error (a letter more, less, other, or two swapped: Damerau 1964) in a short name, more in a long one.
/// Short names differ by one letter as often by meaning as by accident, so that two letters need four to agree.
fn is_typo(a: &str, b: &str) -> bool {
    let shorter = a.len().min(b.len());
    shorter >= 4 && (distance(a, b) <= 1 || (shorter >= 6 && jaro_winkler(a, b) >= 920))
}

fn is_initial(a: &str, b: &str) -> bool {
    (a.len() == 1 || b.len() == 1) && a.as_bytes().first() == b.as_bytes().first()
}

/// Whether two dates can be one person's birth date, however they were written.
pub(crate) fn dates_are_compatible(a: PartialDate, b: PartialDate) -> bool {
    if a.is_whole() && b.is_whole() {
        return a == b || is_slip(a, b);
    }
    let agree = |a: u16, b: u16| a == 0 || b == 0 || a == b;
    agree(a.year, b.year) && agree(u16::from(a.month), u16::from(b.month)) && agree(u16::from(a.day), u16::from(b.day))
}

/// Day and month the other way round, one digit off, or two neighbours swapped.
pub(crate) fn is_slip(a: PartialDate, b: PartialDate) -> bool {
    let is_turned = a.year == b.year && a.month == b.day && a.day == b.month;
    let (a, b) = (a.digits(), b.digits());
    let off: Vec<usize> = (0..8).filter(|place| a[*place] != b[*place]).collect();
    is_turned
        || match off.as_slice() {
            [_] => true,
            [first, second] => *second == first + 1 && a[*first] == b[*second] && a[*second] == b[*first],
            _ => false,
        }
}

#[cfg(test)]
mod tests;
