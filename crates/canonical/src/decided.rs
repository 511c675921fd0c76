//! What decisions say of values: pins and suppressions.

use std::collections::{HashMap, HashSet};

use velocity_model::{Action, AssertionId, Decision, Field, RecordId};

/// Pins and suppressions in force.
#[derive(Debug, Default)]
pub(crate) struct Decided<'a> {
    pins: HashMap<RecordId, Vec<(usize, &'a Field, &'a str)>>,
    suppressed: HashSet<AssertionId>,
}

impl<'a> Decided<'a> {
    pub(crate) fn of(decisions: &[&'a Decision]) -> Self {
        let mut decided = Self::default();
        for (place, decision) in decisions.iter().enumerate() {
            match &decision.action {
                Action::Pin { record, field, value } => {
                    decided.pins.entry(*record).or_default().push((place, field, value));
                }
                Action::Suppress { assertion } => {
                    decided.suppressed.insert(*assertion);
                }
                _ => {}
            }
        }
        decided
    }

    /// The value pinned for a field of the entity with these members; of several the one decided last.
    pub(crate) fn pin(&self, members: &[RecordId], field: &Field) -> Option<&'a str> {
        let pins = members.iter().filter_map(|member| self.pins.get(member)).flatten();
        pins.filter(|(_, pinned, _)| *pinned == field).max_by_key(|(place, ..)| *place).map(|(_, _, value)| *value)
    }

    /// Every field pinned for the entity with these members.
    pub(crate) fn pinned_fields(&self, members: &[RecordId]) -> impl Iterator<Item = &'a Field> {
        members.iter().filter_map(|member| self.pins.get(member)).flatten().map(|(_, field, _)| *field)
    }

    pub(crate) fn is_suppressed(&self, assertion: AssertionId) -> bool {
        self.suppressed.contains(&assertion)
    }
}
