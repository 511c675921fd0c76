//! Survivorship: which of several values of a field stands, and why.
//!
//! The order is total: pin > not suppressed > source trust > recency > support > quality > value bytes > assertion id. A
//! value that a person typed is a pin, so that "human-entered" needs no step of its own.
//! Recency is what the source says of itself, never when a file arrived: the result must not depend on arrival.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

use velocity_model::{
    Assertion, AssertionId, CanonicalValue, Evidence, Field, Loser, Policy, RecordId, Rule, ValueType,
};

use crate::quality::quality;

/// One assertion with what its evidence says of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Statement<'a> {
    pub(crate) assertion: &'a Assertion,
    pub(crate) record: RecordId,
    trust: u32,
    updated_at: Option<&'a str>,
}

impl<'a> Statement<'a> {
    pub(crate) fn of(evidence: &'a Evidence, assertion: &'a Assertion, policy: &Policy) -> Self {
        let trust = policy.trust(&evidence.source, assertion.field.name(), evidence.trust);
        Self { assertion, record: evidence.record, trust, updated_at: evidence.updated_at() }
    }
}

/// A distinct value with everything that speaks for it.
#[derive(Debug)]
struct Candidate<'a> {
    value: &'a str,
    best: AssertionId,
    support: Vec<AssertionId>,
    trust: u32,
    updated_at: Option<&'a str>,
    records: usize,
    quality: (u32, u32),
}

impl<'a> Candidate<'a> {
    fn of(value_type: ValueType, mut statements: Vec<Statement<'a>>) -> Option<Self> {
        statements.sort_by_key(|s| (Reverse(s.trust), Reverse(s.updated_at), s.assertion.id));
        let best = *statements.first()?;
        // Of an address written in several ways the one of the best statement is shown.
        let value = best.assertion.value.as_str();
        let mut support: Vec<AssertionId> = statements.iter().map(|s| s.assertion.id).collect();
        support.sort_unstable();
        support.dedup();
        let records: BTreeSet<RecordId> = statements.iter().map(|s| s.record).collect();
        Some(Self {
            value,
            best: best.assertion.id,
            support,
            trust: best.trust,
            updated_at: statements.iter().filter(|s| s.trust == best.trust).filter_map(|s| s.updated_at).max(),
            records: records.len(),
            quality: quality(value_type, value),
        })
    }

    /// The better one comes first; with the step that told the two apart.
    fn compare(&self, other: &Self) -> (Ordering, Rule) {
        let steps = [
            (other.trust.cmp(&self.trust), Rule::SourceTrust),
            (other.updated_at.cmp(&self.updated_at), Rule::Recency),
            (other.records.cmp(&self.records), Rule::Support),
            (other.quality.cmp(&self.quality), Rule::Quality),
            (self.value.cmp(other.value), Rule::ValueOrder),
        ];
        let deciding = steps.into_iter().find(|(order, _)| order.is_ne());
        deciding.unwrap_or((self.best.cmp(&other.best), Rule::ValueOrder))
    }
}

/// The values of a field, best first.
fn candidates<'a>(field: &Field, statements: &[Statement<'a>]) -> Vec<Candidate<'a>> {
    let value_type = field.spec().value_type;
    let mut groups: BTreeMap<String, Vec<Statement<'a>>> = BTreeMap::new();
    for statement in statements {
        groups.entry(same_value(value_type, &statement.assertion.value)).or_default().push(*statement);
    }
    let mut found: Vec<_> = groups.into_values().filter_map(|group| Candidate::of(value_type, group)).collect();
    found.sort_by(|a, b| a.compare(b).0);
    found
}

/// Values with the same key are one value: mailboxes do not tell capitals apart in practice (RFC 5321 §2.4 asks senders
/// to treat the local part as if they did, and hosts not to).
pub(crate) fn same_value(value_type: ValueType, value: &str) -> String {
    if value_type == ValueType::Email { value.to_lowercase() } else { value.to_owned() }
}

/// The one value of a field that holds one: a pin, else the best statement.
pub(crate) fn choose(field: &Field, statements: &[Statement<'_>], pin: Option<&str>) -> Option<CanonicalValue> {
    let found = candidates(field, statements);
    if let Some(pinned) = pin {
        return Some(pinned_value(pinned, &found));
    }
    let (winner, rest) = found.split_first()?;
    let losers: Vec<Loser> = rest.iter().map(|loser| lost(loser, winner.compare(loser).1)).collect();
    Some(CanonicalValue {
        value: winner.value.to_owned(),
        winner: Some(winner.best),
        support: winner.support.clone(),
        rule: losers.first().map_or(Rule::OnlyValue, |runner_up| runner_up.why),
        losers,
        confirmed: false,
    })
}

/// All values of a field that holds many, primary first: a pin, then the best statement.
pub(crate) fn unite(field: &Field, statements: &[Statement<'_>], pin: Option<&str>) -> Vec<CanonicalValue> {
    let found = candidates(field, statements);
    let rule = if found.len() > 1 { Rule::Union } else { Rule::OnlyValue };
    let mut values: Vec<CanonicalValue> = pin.map(|pinned| pinned_value(pinned, &found)).into_iter().collect();
    for value in &mut values {
        value.losers.clear();
    }
    let others = found.iter().filter(|candidate| Some(candidate.value) != pin);
    values.extend(others.map(|candidate| CanonicalValue {
        value: candidate.value.to_owned(),
        winner: Some(candidate.best),
        support: candidate.support.clone(),
        rule,
        losers: Vec::new(),
        confirmed: false,
    }));
    values
}

fn pinned_value(pinned: &str, found: &[Candidate<'_>]) -> CanonicalValue {
    let stated = found.iter().find(|candidate| candidate.value == pinned);
    let others = found.iter().filter(|candidate| candidate.value != pinned);
    CanonicalValue {
        value: pinned.to_owned(),
        winner: stated.map(|candidate| candidate.best),
        support: stated.map(|candidate| candidate.support.clone()).unwrap_or_default(),
        rule: Rule::Pinned,
        losers: others.map(|loser| lost(loser, Rule::Pinned)).collect(),
        confirmed: true,
    }
}

fn lost(loser: &Candidate<'_>, why: Rule) -> Loser {
    Loser { value: loser.value.to_owned(), assertion: loser.best, why }
}
