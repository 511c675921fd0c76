//! Decisions as constraints between places.

use velocity_model::{Action, Decision, DecisionId, RecordId};

use super::DecisionConflict;
use crate::forest::Forest;

/// What a person said of two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Same,
    Different,
    Unsure,
}

/// One statement about two records, with the decision that makes it.
#[derive(Clone, Copy, Debug)]
struct Statement {
    a: u32,
    b: u32,
    verdict: Verdict,
    decision: DecisionId,
}

/// All statements, in ledger order. A record said to differ from itself stands alone.
#[derive(Debug, Default)]
pub(crate) struct Constraints {
    statements: Vec<Statement>,
}

impl Constraints {
    pub(crate) fn of(decisions: &[&Decision], place: impl Fn(&RecordId) -> Option<u32>) -> Self {
        let mut statements: Vec<Statement> = Vec::new();
        for decision in decisions {
            let mut state = |a: &RecordId, b: &RecordId, verdict| {
                if let (Some(a), Some(b)) = (place(a), place(b)) {
                    statements.push(Statement { a, b, verdict, decision: decision.id });
                }
            };
            match &decision.action {
                Action::Same { a, b } => state(a, b, Verdict::Same),
                Action::Different { a, b } => state(a, b, Verdict::Different),
                Action::Unsure { a, b } => state(a, b, Verdict::Unsure),
                Action::Partition { groups } => {
                    for (number, group) in groups.iter().enumerate() {
                        for pair in group.windows(2) {
                            state(&pair[0], &pair[1], Verdict::Same);
                        }
                        for other in groups.iter().skip(number + 1).flatten() {
                            group.iter().for_each(|record| state(record, other, Verdict::Different));
                        }
                    }
                }
                Action::Isolate { record } => state(record, record, Verdict::Different),
                Action::Pin { .. } | Action::Suppress { .. } | Action::Withdraw { .. } => {}
            }
        }
        Self { statements }
    }

    /// The last word on each pair of records, in ledger order.
    fn last_words(&self) -> Vec<Statement> {
        let mut said = std::collections::BTreeSet::new();
        let newest_first = self.statements.iter().rev();
        let mut last: Vec<Statement> = newest_first
            .filter(|statement| said.insert((statement.a.min(statement.b), statement.a.max(statement.b))))
            .copied()
            .collect();
        last.reverse();
        last
    }

    /// Joins and separates by decision; a decision that contradicts a later one is not kept and listed.
    pub(crate) fn apply(&self, forest: &mut Forest<'_>) -> Vec<DecisionConflict> {
        let mut conflicts = Vec::new();
        for Statement { a, b, verdict, decision } in self.last_words().into_iter().rev() {
            let (root_a, root_b) = (forest.root(a), forest.root(b));
            match verdict {
                Verdict::Same if root_a == root_b => {}
                Verdict::Same if forest.are_apart(root_a, root_b) => conflicts.push(DecisionConflict { decision }),
                Verdict::Same => forest.join(root_a, root_b),
                Verdict::Different if a == b => forest.isolate(root_a),
                Verdict::Different if root_a == root_b => conflicts.push(DecisionConflict { decision }),
                Verdict::Different => forest.keep_apart(root_a, root_b),
                Verdict::Unsure => {}
            }
        }
        conflicts.reverse();
        conflicts.dedup();
        conflicts
    }

    /// The pairs that a person could not decide.
    pub(crate) fn unsure(&self) -> impl Iterator<Item = (u32, u32)> {
        let unsure = self.last_words().into_iter().filter(|statement| statement.verdict == Verdict::Unsure);
        unsure.map(|statement| (statement.a, statement.b))
    }
}
