//! Human decisions: ground state, append-only. They name records, never clusters or canonical ids.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{AssertionId, DecisionId, Field, RecordId};

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// The two records are one entity.
    Same {
        /// One record.
        a: RecordId,
        /// The other.
        b: RecordId,
    },
    /// The two records are two entities; blocks automatic merging.
    Different {
        /// One record.
        a: RecordId,
        /// The other.
        b: RecordId,
    },
    /// Nobody can say yet; the pair is held out of the queue.
    Unsure {
        /// One record.
        a: RecordId,
        /// The other.
        b: RecordId,
    },
    /// The records belong together within each group and apart across groups.
    Partition {
        /// The groups.
        groups: Vec<Vec<RecordId>>,
    },
    /// The record stands alone.
    Isolate {
        /// The record.
        record: RecordId,
    },
    /// The field of the entity that holds `record` has this value.
    Pin {
        /// A record of the entity.
        record: RecordId,
        /// The field.
        field: Field,
        /// The value in canonical form.
        value: String,
    },
    /// The assertion does not count.
    Suppress {
        /// The assertion.
        assertion: AssertionId,
    },
    /// An earlier decision no longer counts.
    Withdraw {
        /// The earlier decision.
        decision: DecisionId,
    },
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its id (UUIDv7).
    pub id: DecisionId,
    /// Microseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// Who decided.
    pub author: String,
    /// Why, in the author's words; may be empty.
    pub reason: String,
    /// Decisions made together share a group and are undone together.
    pub group: DecisionId,
    /// What was decided.
    #[serde(flatten)]
    pub action: Action,
}

/// Withdrawn decisions, each with the decision that withdrew it.
pub type Withdrawn = BTreeMap<DecisionId, DecisionId>;

/// The decisions that count, in ledger order, and those that were withdrawn. A withdrawal can be withdrawn in turn.
pub fn active(decisions: &[Decision]) -> (Vec<&Decision>, Withdrawn) {
    let mut withdrawn = Withdrawn::new();
    // From the end: whether a withdrawal counts is known once everything after it has been seen.
    for decision in decisions.iter().rev() {
        if let Action::Withdraw { decision: target } = decision.action
            && !withdrawn.contains_key(&decision.id)
        {
            withdrawn.entry(target).or_insert(decision.id);
        }
    }
    let counts = |decision: &&Decision| {
        !withdrawn.contains_key(&decision.id) && !matches!(decision.action, Action::Withdraw { .. })
    };
    (decisions.iter().filter(counts).collect(), withdrawn)
}

#[cfg(test)]
mod tests;
