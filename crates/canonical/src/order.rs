//! The survivorship order: which of two values stands, and by which step. Whole, it is: pin > not suppressed >
//! human-entered > source trust > recency > support > quality > value bytes > assertion id. The first two steps are
//! taken in `survive` and `coherent`; the rest is [`compare`]. Which sources are human-entered and how far each is
//! trusted is data ([`Policy`]).

use std::borrow::Cow;
use std::cmp::Ordering;

use velocity_model::{Assertion, AssertionId, Evidence, Policy, RecordId, Rule};

use crate::quality::Quality;

/// One assertion together with what its evidence lends it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stated<'a> {
    pub(crate) assertion: &'a Assertion,
    pub(crate) record: RecordId,
    pub(crate) is_human: bool,
    pub(crate) trust: u32,
    pub(crate) updated_at: Option<&'a str>,
}

impl<'a> Stated<'a> {
    /// `is_human` and `updated_at` are the evidence's; the caller works them out once for all of its assertions.
    pub(crate) fn new(
        evidence: &'a Evidence,
        assertion: &'a Assertion,
        policy: &Policy,
        is_human: bool,
        updated_at: Option<&'a str>,
    ) -> Self {
        let trust = policy.trust(&evidence.source, assertion.field.name(), evidence.trust);
        Self { assertion, record: evidence.record, is_human, trust, updated_at }
    }

    pub(crate) fn value(&self) -> &'a str {
        &self.assertion.value
    }
}

/// Everything by which a value is placed among others. Pins and suppressions stand before this order: a pinned value
/// is not compared, and a suppressed statement does not take part.
#[derive(Clone, Debug)]
pub(crate) struct Standing<'a> {
    /// Whether a person typed it in by hand.
    pub(crate) is_human: bool,
    /// Rank of the source for this field.
    pub(crate) trust: u32,
    /// When the source says that it changed the record; nothing counts as oldest. Never when a file arrived: the
    /// result must not depend on arrival.
    pub(crate) updated_at: Option<&'a str>,
    /// Number of records that state the value.
    pub(crate) support: usize,
    pub(crate) quality: Quality,
    pub(crate) value: Cow<'a, str>,
    pub(crate) assertion: AssertionId,
}

/// The better one is less, with the first step that told the two apart. Total: two standings are equal only if value
/// and assertion are the same.
pub(crate) fn compare(a: &Standing<'_>, b: &Standing<'_>) -> (Ordering, Rule) {
    let steps = [
        (b.is_human.cmp(&a.is_human), Rule::HumanEntered),
        (b.trust.cmp(&a.trust), Rule::SourceTrust),
        (b.updated_at.cmp(&a.updated_at), Rule::Recency),
        (b.support.cmp(&a.support), Rule::Support),
        (b.quality.cmp(&a.quality), Rule::Quality),
        (a.value.cmp(&b.value), Rule::ValueOrder),
    ];
    let deciding = steps.into_iter().find(|(order, _)| order.is_ne());
    deciding.unwrap_or((a.assertion.cmp(&b.assertion), Rule::ValueOrder))
}

#[cfg(test)]
mod tests;
