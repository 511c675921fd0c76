//! Comparisons of two records on one aspect: the level reached, best first, or nothing where a side is missing.

mod contact;
mod date;
mod name;
mod organisation;
mod place;

use velocity_model::Comparison;

use crate::features::Features;

pub(crate) use date::{are_compatible as dates_are_compatible, is_one_slip};
pub(crate) use name::{NameKey, NameLevel};

/// The place of the level reached in the plan's list of levels for this comparison; `None` if a side is missing.
pub(crate) fn level(comparison: Comparison, a: &Features, b: &Features) -> Option<usize> {
    match comparison {
        Comparison::PersonName => name::compare(&a.name, &b.name).map(|level| level as usize),
        Comparison::NameSuffix => match (&a.name.suffix, &b.name.suffix) {
            (Some(a), Some(b)) => Some(usize::from(a != b)),
            _ => None,
        },
        Comparison::Email => contact::emails(&a.emails, &b.emails),
        Comparison::Phone => contact::phones(&a.phones, &b.phones),
        Comparison::BirthDate => date::compare(a.birth?, b.birth?),
        Comparison::Gender => Some(usize::from(a.gender? != b.gender?)),
        Comparison::Address => place::compare(a, b),
        Comparison::Employer => similar(&a.employer, &b.employer),
        Comparison::Occupation => equal(&a.occupation, &b.occupation),
        Comparison::BirthPlace => equal(&a.birth_place, &b.birth_place),
        Comparison::OrganisationName => organisation::names(&a.organisation, &b.organisation),
        Comparison::Domain => overlap(&a.domains, &b.domains),
        Comparison::Identifier => overlap(&a.identifiers, &b.identifiers),
    }
}

/// Equal or not.
fn equal(a: &str, b: &str) -> Option<usize> {
    (!a.is_empty() && !b.is_empty()).then_some(usize::from(a != b))
}

/// Equal, alike or not.
fn similar(a: &str, b: &str) -> Option<usize> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    Some(if a == b {
        0
    } else if strsim::jaro_winkler(a, b) >= 0.92 {
        1
    } else {
        2
    })
}

/// A value shared or not; both lists sorted.
fn overlap(a: &[String], b: &[String]) -> Option<usize> {
    (!a.is_empty() && !b.is_empty()).then(|| usize::from(!a.iter().any(|value| b.binary_search(value).is_ok())))
}

#[cfg(test)]
mod tests;
