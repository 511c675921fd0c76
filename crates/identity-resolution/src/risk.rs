//! Why a pair that weighs enough must still wait for a person.

use std::collections::{BTreeMap, BTreeSet};

use velocity_model::{Evidence, Risk};

use crate::contradiction::NameKey;
use crate::features::is_of_a_function;
use crate::signature::Signature;

/// E-mail addresses and phone numbers that people with different names use, or may: `info@`.
#[derive(Clone, Debug, Default)]
pub(crate) struct SharedPoints(BTreeSet<String>);

/// Distinct names looked at for one address; more than these make it shared.
const NAMES: usize = 24;

/// Addresses and numbers of a record, in one form each.
fn points(evidence: &Evidence) -> impl Iterator<Item = String> {
    evidence.values("email").chain(evidence.values("phone")).map(str::to_lowercase)
}

impl SharedPoints {
    /// `signatures` stand beside `evidence`.
    pub(crate) fn of(evidence: &[&Evidence], signatures: &[Signature]) -> Self {
        let mut names: BTreeMap<String, BTreeSet<&NameKey>> = BTreeMap::new();
        for (evidence, signature) in evidence.iter().zip(signatures) {
            for (point, name) in
                points(evidence).flat_map(|point| signature.names().iter().map(move |n| (point.clone(), n)))
            {
                names.entry(point).or_default().insert(name);
            }
        }
        Self(names.into_iter().filter(|(_, names)| are_different(names)).map(|(point, _)| point).collect())
    }

    /// All of them, in lower case.
    pub(crate) fn into_set(self) -> BTreeSet<String> {
        self.0
    }

    fn has_both(&self, a: &Evidence, b: &Evidence) -> bool {
        let others: BTreeSet<String> = points(b).collect();
        points(a).any(|point| others.contains(&point) && (is_of_a_function(&point) || self.0.contains(&point)))
    }
}

fn are_different(names: &BTreeSet<&NameKey>) -> bool {
    let names: Vec<_> = names.iter().collect();
    let differ = |(place, a): (usize, &&&NameKey)| names[place + 1..].iter().any(|b| !a.is_compatible(b));
    names.len() > NAMES || names.iter().enumerate().any(differ)
}

/// A record with what can contradict another's.
pub(crate) type Side<'a> = (&'a Evidence, &'a Signature);

/// The risks of a pair, sorted.
pub(crate) fn risks(shared: &SharedPoints, (a, own): Side<'_>, (b, other): Side<'_>) -> Vec<Risk> {
    let mut risks = Vec::new();
    if own.births_differ(other) {
        risks.push(Risk::BirthDatesDiffer);
    }
    if differ(a, b, "identifier") {
        risks.push(Risk::IdentifiersDiffer);
    }
    let is_initial = own.names().iter().zip(other.names()).any(|(a, b)| a.is_initial(b));
    let mut names = own.names().iter().zip(other.names());
    let is_named_alike = names.any(|(a, b)| a.is_alike(b)) && !is_initial;
    // Who shares an office's mailbox, or a household's, need not be one, unless something else is one person's own.
    if !is_named_alike && shared.has_both(a, b) && !agree(a, b, "birth_date") && !agree(a, b, "identifier") {
        risks.push(Risk::SharedContactPoint);
    }
    if own.names_differ(other) {
        risks.push(Risk::LooksLikeRelative);
    }
    // An initial may be that of somebody else in the house.
    if is_initial && !agree(a, b, "email") && !agree(a, b, "identifier") {
        risks.push(Risk::InitialOnly);
    }
    risks.sort_unstable();
    risks
}

/// Whether the two share a value of a field, but for capitals.
fn agree(a: &Evidence, b: &Evidence, field: &str) -> bool {
    a.values(field).any(|value| b.values(field).any(|other| value.to_lowercase() == other.to_lowercase()))
}

/// Whether both have a value of a field and share none.
fn differ(a: &Evidence, b: &Evidence, field: &str) -> bool {
    a.value(field).is_some() && b.value(field).is_some() && !agree(a, b, field)
}
