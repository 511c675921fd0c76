//! Why a pair that weighs enough must still wait for a person.

use std::collections::{BTreeMap, BTreeSet};

use velocity_model::{Comparison, MilliBits, Plan, Risk};

use crate::compare::{NameKey, NameLevel, dates_are_compatible, level};
use crate::features::{Described, Features};

/// E-mail addresses and phone numbers that people with different names use.
#[derive(Clone, Debug, Default)]
pub(crate) struct SharedPoints {
    emails: BTreeSet<String>,
    phones: BTreeSet<String>,
}

/// Distinct names looked at for one address; more than these make it shared.
const NAMES: usize = 24;

impl SharedPoints {
    pub(crate) fn of(records: &[Described]) -> Self {
        let mut emails: BTreeMap<&str, BTreeSet<NameKey>> = BTreeMap::new();
        let mut phones: BTreeMap<&str, BTreeSet<NameKey>> = BTreeMap::new();
        for Described { features, .. } in records {
            let Some(name) = NameKey::of(&features.name) else { continue };
            for email in &features.emails {
                emails.entry(&email.key).or_default().insert(name.clone());
            }
            for phone in &features.phones {
                phones.entry(phone).or_default().insert(name.clone());
            }
        }
        let shared = |points: BTreeMap<&str, BTreeSet<NameKey>>| {
            points.into_iter().filter(|(_, names)| are_different(names)).map(|(point, _)| point.to_owned()).collect()
        };
        Self { emails: shared(emails), phones: shared(phones) }
    }

    fn has(&self, a: &Features, b: &Features) -> bool {
        let email = a.emails.iter().filter(|email| b.emails.iter().any(|other| other.key == email.key));
        let phone = a.phones.iter().filter(|phone| b.phones.contains(phone));
        email.into_iter().any(|email| self.emails.contains(&email.key))
            || phone.into_iter().any(|phone| self.phones.contains(phone))
    }
}

fn are_different(names: &BTreeSet<NameKey>) -> bool {
    let names: Vec<_> = names.iter().collect();
    let differ = |(place, a): (usize, &&NameKey)| names[place + 1..].iter().any(|b| !a.is_compatible(b));
    names.len() > NAMES || names.iter().enumerate().any(differ)
}

/// The risks of a pair, sorted.
pub(crate) fn risks(plan: &Plan, shared: &SharedPoints, a: &Features, b: &Features, weight: MilliBits) -> Vec<Risk> {
    let mut risks = Vec::new();
    let reached = |comparison| level(comparison, a, b);
    let name = reached(Comparison::PersonName);
    // An initial may be that of somebody else in the house.
    let is_named_alike = name.is_some_and(|name| name < NameLevel::Initial as usize);
    if let (Some(birth_a), Some(birth_b)) = (a.birth, b.birth)
        && !dates_are_compatible(birth_a, birth_b)
    {
        risks.push(Risk::BirthDatesDiffer);
    }
    if reached(Comparison::Identifier) == Some(1) {
        risks.push(Risk::IdentifiersDiffer);
    }
    // Two people of one name may share an office's mailbox too, but then nothing else than the mailbox speaks for them.
    if !is_named_alike && shared.has(a, b) && rests_on_contact(plan, a, b, weight) {
        risks.push(Risk::SharedContactPoint);
    }
    let differ = name.is_some_and(|name| name == NameLevel::FamilyOnly as usize);
    let suffixes_differ = reached(Comparison::NameSuffix) == Some(1);
    if differ || suffixes_differ {
        risks.push(Risk::LooksLikeRelative);
    }
    let is_initial = name == Some(NameLevel::Initial as usize);
    if is_initial && reached(Comparison::Email) != Some(0) && reached(Comparison::Identifier) != Some(0) {
        risks.push(Risk::InitialOnly);
    }
    risks.sort_unstable();
    risks
}

/// Whether the pair would not be merged without its shared e-mail or phone.
fn rests_on_contact(plan: &Plan, a: &Features, b: &Features, weight: MilliBits) -> bool {
    let contact = plan.fields.iter().filter(|field| matches!(field.comparison, Comparison::Email | Comparison::Phone));
    let gained: MilliBits = contact
        .filter_map(|field| field.levels.get(level(field.comparison, a, b)?))
        .map(|level| level.weight.max(0))
        .sum();
    weight - gained < plan.automatic
}
