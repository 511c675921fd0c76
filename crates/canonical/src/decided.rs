//! What decisions say of values: pins and suppressions.

use std::collections::{BTreeMap, HashMap, HashSet};

use velocity_model::{Action, AssertionId, Decision, Field, RecordId};

/// The pins of one entity: value by field.
pub(crate) type Pins<'a> = BTreeMap<&'a Field, &'a str>;

/// Pins and suppressions in force.
#[derive(Debug, Default)]
pub(crate) struct Decided<'a> {
    /// By the record that the pin names: place in the ledger, field, value.
    pins: HashMap<RecordId, Vec<(usize, &'a Field, &'a str)>>,
    suppressed: HashSet<AssertionId>,
}

impl<'a> Decided<'a> {
    /// Reads the decisions in force, in ledger order; those about records rather than values are passed over.
    pub(crate) fn of(decisions: &[&'a Decision]) -> Self {
        let mut decided = Self::default();
        for (place, decision) in decisions.iter().enumerate() {
            match &decision.action {
                Action::Pin { record, field, value } => {
                    decided.pins.entry(*record).or_default().push((place, field, value.trim()));
                }
                Action::Suppress { assertion } => {
                    decided.suppressed.insert(*assertion);
                }
                _ => {}
            }
        }
        decided
    }

    /// The pins of the entity with these members. A pin names a record and follows it into whatever entity holds it
    /// now, so a merge can bring two pins of one field together: the one decided last counts. A blank pin lifts the
    /// pins before it.
    pub(crate) fn pins(&self, members: impl Iterator<Item = RecordId>) -> Pins<'a> {
        if self.pins.is_empty() {
            return Pins::new();
        }
        let mut pins: Vec<_> = members.filter_map(|member| self.pins.get(&member)).flatten().collect();
        pins.sort_unstable_by_key(|(place, ..)| *place);
        // Of equal keys a map keeps the one that comes last.
        let mut found: Pins<'a> = pins.into_iter().map(|(_, field, value)| (*field, *value)).collect();
        found.retain(|_, value| !value.is_empty());
        found
    }

    pub(crate) fn is_suppressed(&self, assertion: AssertionId) -> bool {
        self.suppressed.contains(&assertion)
    }
}
