//! Names of persons, as a whole: the parts are not independent evidence.

use strsim::{damerau_levenshtein, jaro_winkler};

use crate::features::{PersonName, are_forms_of_one};

/// What two names have in common, best first; the order is that of the plan's levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameLevel {
    /// First given name and family name are equal.
    Exact,
    /// Given and family name are equal the other way round.
    Swapped,
    /// The family name is equal, the given names are forms of one name.
    Nickname,
    /// Both parts are equal but for typing errors.
    Typo,
    /// One part of a compound family name is shared, and the given name.
    PartOfFamily,
    /// The family name is equal, one given name is the other's initial.
    Initial,
    /// Only the given name is shared: a family name may change.
    GivenOnly,
    /// Only the family name is shared: a relative, or chance.
    FamilyOnly,
    /// Neither.
    Differ,
}

/// Compares two names; `None` if one is missing or if nothing of them can be compared.
pub(crate) fn compare(a: &PersonName, b: &PersonName) -> Option<NameLevel> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let (family_a, family_b) = (a.family_key(), b.family_key());
    let (first_a, first_b) = (a.first(), b.first());
    if first_a.is_empty() || first_b.is_empty() || family_a.is_empty() || family_b.is_empty() {
        return one_sided(a, b);
    }
    let family_equal = family_a == family_b;
    if family_equal && first_a == first_b {
        return Some(NameLevel::Exact);
    }
    let is_given = |family: &str, name: &PersonName| family == name.first() || family == name.given_core();
    if is_given(&family_b, a) && is_given(&family_a, b) {
        return Some(NameLevel::Swapped);
    }
    let nickname = are_forms_of_one(first_a, first_b);
    if family_equal && (nickname || a.given.contains(&b.given[0]) || b.given.contains(&a.given[0])) {
        return Some(NameLevel::Nickname);
    }
    let initial = is_initial(first_a, first_b);
    if family_equal && initial {
        return Some(NameLevel::Initial);
    }
    let family_close = family_equal || is_typo(&family_a, &family_b);
    let given_close = first_a == first_b || nickname || is_typo(first_a, first_b);
    if family_close && given_close {
        return Some(NameLevel::Typo);
    }
    let given_same = first_a == first_b || nickname;
    if given_same && a.family.iter().any(|part| part.len() > 2 && b.family.contains(part)) {
        return Some(NameLevel::PartOfFamily);
    }
    if given_same {
        return Some(NameLevel::GivenOnly);
    }
    Some(if family_close { NameLevel::FamilyOnly } else { NameLevel::Differ })
}

/// One side knows only one part: it can agree weakly or not at all.
fn one_sided(a: &PersonName, b: &PersonName) -> Option<NameLevel> {
    let words = |name: &PersonName| name.given.iter().chain(&name.family).cloned().collect::<Vec<_>>();
    let (a, b) = (words(a), words(b));
    let shared = a.iter().any(|word| word.len() > 1 && b.contains(word));
    Some(if shared { NameLevel::Initial } else { NameLevel::Differ })
}

fn is_initial(a: &str, b: &str) -> bool {
    (a.len() == 1 || b.len() == 1) && a.as_bytes().first() == b.as_bytes().first()
}

/// One typing error (a letter more, less, other, or two swapped: Damerau 1964) in a short name, more in a long one.
/// Short names differ by one letter as often by meaning as by accident, so that two letters need four to agree.
fn is_typo(a: &str, b: &str) -> bool {
    let shorter = a.len().min(b.len());
    shorter >= 4 && (damerau_levenshtein(a, b) <= 1 || (shorter >= 6 && jaro_winkler(a, b) >= 0.92))
}

/// What of a name can contradict another: first given name, all of them, and the family name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NameKey {
    given: String,
    whole: String,
    family: String,
}

impl NameKey {
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
