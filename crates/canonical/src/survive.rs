//! Which of the values stated for one field a record shows, and why.
//!
//! Two values are one if their canonical bytes are equal; "Müller" and "MULLER" are two values of which one wins. Only
//! e-mail addresses are compared without regard to case: RFC 5321 §2.4 lets a host tell capitals apart in the local
//! part and asks it not to, and none in use does.

use std::borrow::Cow;
use std::collections::BTreeSet;

use velocity_model::{AssertionId, CanonicalValue, FieldSpec, Loser, RecordId, Rule, ValueType};

use crate::order::{Standing, Stated, compare};
use crate::quality::quality;

/// What is stated for one field of one entity.
#[derive(Debug, Default)]
pub(crate) struct Statements<'a> {
    /// What counts.
    pub(crate) counted: Vec<Stated<'a>>,
    /// What a person set aside.
    pub(crate) suppressed: Vec<Stated<'a>>,
}

/// A distinct value with all that speaks for it.
#[derive(Debug)]
pub(crate) struct Candidate<'a> {
    pub(crate) standing: Standing<'a>,
    pub(crate) stated: Vec<Stated<'a>>,
}

impl Candidate<'_> {
    pub(crate) fn value(&self) -> &str {
        &self.standing.value
    }

    /// The assertions that state it, sorted.
    pub(crate) fn support(&self) -> Vec<AssertionId> {
        let ids: BTreeSet<AssertionId> = self.stated.iter().map(|stated| stated.assertion.id).collect();
        ids.into_iter().collect()
    }
}

/// The form in which values are compared for equality.
pub(crate) fn same_value(value_type: ValueType, value: &str) -> Cow<'_, str> {
    if value_type == ValueType::Email && value.chars().any(char::is_uppercase) {
        return Cow::Owned(value.to_lowercase());
    }
    Cow::Borrowed(value)
}

/// The distinct values of a field, best first.
pub(crate) fn candidates<'a>(value_type: ValueType, stated: &[Stated<'a>]) -> Vec<Candidate<'a>> {
    let mut keyed: Vec<(Cow<'a, str>, Stated<'a>)> =
        stated.iter().map(|stated| (same_value(value_type, stated.value()), *stated)).collect();
    keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    let groups = keyed.chunk_by(|(a, _), (b, _)| a == b);
    let mut found: Vec<Candidate<'a>> = groups.filter_map(|group| candidate(value_type, group)).collect();
    found.sort_by(|a, b| compare(&a.standing, &b.standing).0);
    found
}

fn candidate<'a>(value_type: ValueType, group: &[(Cow<'a, str>, Stated<'a>)]) -> Option<Candidate<'a>> {
    let records: BTreeSet<RecordId> = group.iter().map(|(_, stated)| stated.record).collect();
    let standings = group.iter().map(|(_, stated)| standing(value_type, stated, records.len()));
    // Of an address written in several ways the spelling of the best statement is shown.
    let standing = standings.min_by(|a, b| compare(a, b).0)?;
    Some(Candidate { standing, stated: group.iter().map(|(_, stated)| *stated).collect() })
}

/// The standing of one statement that `support` records make.
pub(crate) fn standing<'a>(value_type: ValueType, stated: &Stated<'a>, support: usize) -> Standing<'a> {
    Standing {
        is_human: stated.is_human,
        trust: stated.trust,
        updated_at: stated.updated_at,
        support,
        quality: quality(value_type, stated.value()),
        value: Cow::Borrowed(stated.value()),
        assertion: stated.assertion.id,
    }
}

/// The values of a field: one, or of a multi-valued field all, primary first. Empty if nothing counts.
pub(crate) fn survive(spec: &FieldSpec, statements: &Statements<'_>, pin: Option<&str>) -> Vec<CanonicalValue> {
    let found = candidates(spec.value_type, &statements.counted);
    let is_pinned = |candidate: &Candidate<'_>| pin.is_some_and(|pin| is_same(spec.value_type, pin, candidate.value()));
    let place = found.iter().position(is_pinned);
    let Some(value) = pin.or_else(|| found.first().map(Candidate::value)) else { return Vec::new() };
    let winner = if pin.is_some() { place } else { Some(0) }.and_then(|place| found.get(place));
    let others = || found.iter().filter(|other| winner.is_none_or(|winner| !std::ptr::eq(*other, winner)));

    let mut losers: Vec<Loser> = Vec::new();
    if !spec.multi {
        losers.extend(others().map(|other| lost(other, pin, winner)));
    }
    losers.extend(set_aside(spec.value_type, statements, pin));
    let rule = match (pin, spec.multi) {
        (Some(_), _) => Rule::Pinned,
        (None, true) if found.len() > 1 => Rule::Union,
        (None, true) => Rule::OnlyValue,
        (None, false) => losers.first().map_or(Rule::OnlyValue, |runner_up| runner_up.why),
    };
    let mut values = vec![CanonicalValue {
        value: value.to_owned(),
        winner: winner.map(|winner| winner.standing.assertion),
        support: winner.map(Candidate::support).unwrap_or_default(),
        rule,
        losers,
        confirmed: pin.is_some(),
    }];
    if spec.multi {
        values.extend(others().map(|other| CanonicalValue {
            value: other.value().to_owned(),
            winner: Some(other.standing.assertion),
            support: other.support(),
            rule: Rule::Union,
            losers: Vec::new(),
            confirmed: false,
        }));
    }
    values
}

fn lost(loser: &Candidate<'_>, pin: Option<&str>, winner: Option<&Candidate<'_>>) -> Loser {
    let why = match (pin, winner) {
        (None, Some(winner)) => compare(&winner.standing, &loser.standing).1,
        _ => Rule::Pinned,
    };
    Loser { value: loser.value().to_owned(), assertion: loser.standing.assertion, why }
}

/// The values that only suppressed statements make, each once, in byte order.
pub(crate) fn set_aside(value_type: ValueType, statements: &Statements<'_>, pin: Option<&str>) -> Vec<Loser> {
    let mut suppressed: Vec<&Stated<'_>> = statements.suppressed.iter().collect();
    suppressed.retain(|aside| {
        let mut standing = statements.counted.iter().map(Stated::value).chain(pin);
        !standing.any(|value| is_same(value_type, value, aside.value()))
    });
    suppressed.sort_by_key(|aside| (same_value(value_type, aside.value()), aside.value(), aside.assertion.id));
    suppressed.dedup_by(|a, b| is_same(value_type, a.value(), b.value()));
    let loser = |aside: &Stated<'_>| Loser {
        value: aside.value().to_owned(),
        assertion: aside.assertion.id,
        why: Rule::Suppressed,
    };
    suppressed.into_iter().map(loser).collect()
}

fn is_same(value_type: ValueType, a: &str, b: &str) -> bool {
    same_value(value_type, a) == same_value(value_type, b)
}

#[cfg(test)]
mod tests;
