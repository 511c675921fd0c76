//! What can contradict another record whatever a pair of others says.

use velocity_model::Evidence;

use crate::contradiction::{NameKey, dates_are_compatible};
use crate::features::{PartialDate, PersonName};

/// Birth dates, names and generations (`jr`, `sr`), of a record or of all records of a cluster.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signature {
    births: Vec<PartialDate>,
    names: Vec<NameKey>,
    generations: Vec<String>,
}

/// Distinct values kept: beyond these a cluster is so mixed that contradiction says nothing.
const KEPT: usize = 16;

impl Signature {
    pub(crate) fn of(evidence: &Evidence) -> Self {
        let name = PersonName::of(evidence);
        Self {
            births: evidence.value("birth_date").and_then(PartialDate::of).into_iter().collect(),
            names: NameKey::of(&name).into_iter().collect(),
            generations: name.suffix.into_iter().collect(),
        }
    }

    pub(crate) fn absorb(&mut self, other: &Self) {
        absorb(&mut self.births, &other.births);
        absorb(&mut self.names, &other.names);
        absorb(&mut self.generations, &other.generations);
    }

    /// Whether no birth date, no name or no generation of the one can be that of the other.
    pub(crate) fn contradicts(&self, other: &Self) -> bool {
        self.births_differ(other) || self.names_differ(other)
    }

    pub(crate) fn births_differ(&self, other: &Self) -> bool {
        clash(&self.births, &other.births, |a, b| dates_are_compatible(*a, *b))
    }

    /// Whether names or generations (`jr`, `sr`) contradict.
    pub(crate) fn names_differ(&self, other: &Self) -> bool {
        clash(&self.names, &other.names, NameKey::is_compatible)
            || clash(&self.generations, &other.generations, |a, b| a == b)
    }

    /// Names, with their given name.
    pub(crate) fn names(&self) -> &[NameKey] {
        &self.names
    }
}

fn absorb<T: Clone + PartialEq>(own: &mut Vec<T>, other: &[T]) {
    for value in other {
        if !own.contains(value) && own.len() < KEPT {
            own.push(value.clone());
        }
    }
}

/// Both sides know something, and nothing of the one fits anything of the other.
fn clash<T>(a: &[T], b: &[T], fits: impl Fn(&T, &T) -> bool) -> bool {
    !a.is_empty() && !b.is_empty() && !a.iter().any(|a| b.iter().any(|b| fits(a, b)))
}
