//! What can contradict another record whatever a pair of others says.

use velocity_model::Evidence;

use crate::compare::{dates_are_compatible, givens_are_compatible};
use crate::features::{Features, PartialDate};

/// Birth dates and given names, of a record or of all records of a cluster.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signature {
    births: Vec<PartialDate>,
    /// First given name and the name it is short for.
    givens: Vec<(String, String)>,
}

/// Distinct values kept: beyond these a cluster is so mixed that contradiction says nothing.
const KEPT: usize = 16;

impl Signature {
    pub(crate) fn of(evidence: &Evidence) -> Self {
        let features = Features::of(evidence);
        let given = (features.name.first().to_owned(), features.name.given_root.clone());
        Self {
            births: features.birth.into_iter().collect(),
            givens: if given.0.is_empty() { Vec::new() } else { vec![given] },
        }
    }

    pub(crate) fn absorb(&mut self, other: &Self) {
        for birth in &other.births {
            if !self.births.contains(birth) && self.births.len() < KEPT {
                self.births.push(*birth);
            }
        }
        for given in &other.givens {
            if !self.givens.contains(given) && self.givens.len() < KEPT {
                self.givens.push(given.clone());
            }
        }
    }

    /// Whether no birth date, or no given name, of the one can be that of the other.
    pub(crate) fn contradicts(&self, other: &Self) -> bool {
        let births = self.births.iter().any(|a| other.births.iter().any(|b| dates_are_compatible(*a, *b)));
        let givens =
            self.givens.iter().any(|a| other.givens.iter().any(|b| givens_are_compatible(&a.0, &a.1, &b.0, &b.1)));
        let has_births = !self.births.is_empty() && !other.births.is_empty();
        let has_givens = !self.givens.is_empty() && !other.givens.is_empty();
        (has_births && !births) || (has_givens && !givens)
    }
}
