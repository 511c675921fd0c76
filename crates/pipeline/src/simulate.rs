//! What decisions are worth: the review queue worked through with a known truth as the reviewer, without deciding anything.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use velocity_identity_resolution::metrics::{Metrics, pairwise};
use velocity_model::{Action, Decision, DecisionId, EntityKind, RecordId};

use crate::members::Members;
use crate::pairs::{Pairs, score_all};
use crate::publish::priority;
use crate::resolve::resolve;
use crate::workspace::off_thread;
use crate::{PipelineError, Workspace, silent};

/// In which order questions are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// As the queue shows them.
    Queue,
    /// In an order that says nothing, always the same.
    Shuffled,
}

/// How well people are resolved after some decisions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Yield {
    /// Decisions made.
    pub decisions: u64,
    /// Agreement with the truth, over pairs of records.
    pub agreement: Metrics,
    /// Questions that are still open.
    pub open: u64,
}

/// Decisions after which the queue is formed again.
const BATCH: usize = 25;

impl Workspace {
    /// How agreement with `truth` grows as questions about people are answered by it: after none, and after each of `steps`.
    /// `truth` gives the entity of a record by its source's key; pairs that it does not know are passed over.
    ///
    /// # Errors
    /// A store failure, or evidence that is missing from the lake.
    pub async fn review_yield(
        &self,
        truth: BTreeMap<String, String>,
        order: Order,
        steps: Vec<u64>,
    ) -> Result<Vec<Yield>, PipelineError> {
        let members = self.members().await?;
        let mut decisions = self.store.decisions().await?;
        let settings = std::sync::Arc::clone(&self.settings);
        off_thread(move || {
            let (pairs, _) = score_all(&settings, &members, &silent())?;
            let mut found = vec![state(&members, &pairs, &decisions, &truth, 0)];
            let mut made = 0;
            for step in steps {
                while made < step {
                    let most = BATCH.min(usize::try_from(step - made).unwrap_or(BATCH));
                    let answers = answers(&members, &pairs, &decisions, &truth, order, most);
                    if answers.is_empty() {
                        break;
                    }
                    made += answers.len() as u64;
                    decisions.extend(answers);
                }
                found.push(state(&members, &pairs, &decisions, &truth, made));
            }
            Ok(found)
        })
        .await
    }
}

/// Decisions on the first questions of the queue.
fn answers(
    members: &Members,
    pairs: &Pairs,
    decisions: &[Decision],
    truth: &BTreeMap<String, String>,
    order: Order,
    most: usize,
) -> Vec<Decision> {
    let entity = |record: &RecordId| truth.get(&members.by_record.get(record)?.evidence.key);
    let resolved = resolve(members, pairs, decisions);
    let entity_of = resolved.entity_of();
    let sizes: HashMap<RecordId, usize> =
        resolved.clusters.iter().map(|cluster| (cluster.anchor, cluster.members.len())).collect();
    let size = |record: &RecordId| entity_of.get(record).and_then(|entity| sizes.get(entity)).copied().unwrap_or(1);
    let reviews = &resolved.reviews;
    let mut open: Vec<_> =
        reviews.iter().filter(|(kind, review)| *kind == EntityKind::Person && !review.held).collect();
    open.sort_by_key(|(_, review)| {
        let pair = &review.pair;
        // Record ids are digests: the last bytes of one are as good as dice.
        let place = match order {
            Order::Queue => priority(pair, size(&pair.lo), size(&pair.hi)),
            Order::Shuffled => i64::from(u32::from_le_bytes(pair.lo.as_bytes()[12..16].try_into().unwrap_or_default())),
        };
        (place, pair.lo, pair.hi)
    });
    let known = open.iter().filter_map(|(_, review)| {
        let (a, b) = (review.pair.lo, review.pair.hi);
        let are_one = entity(&a)? == entity(&b)?;
        Some(if are_one { Action::Same { a, b } } else { Action::Different { a, b } })
    });
    let decision = |(number, action): (usize, Action)| {
        let mut id = [0; 16];
        id[8..].copy_from_slice(&((decisions.len() + number) as u64).to_be_bytes());
        let id = DecisionId::from_bytes(id);
        Decision { id, at: 0, author: String::new(), reason: String::new(), group: id, action }
    };
    known.take(most).enumerate().map(decision).collect()
}

fn state(
    members: &Members,
    pairs: &Pairs,
    decisions: &[Decision],
    truth: &BTreeMap<String, String>,
    made: u64,
) -> Yield {
    let resolved = resolve(members, pairs, decisions);
    let entity_of = resolved.entity_of();
    let mut predicted = BTreeMap::new();
    for member in members.of(EntityKind::Person) {
        if let Some(entity) = entity_of.get(&member.evidence.record) {
            predicted.insert(member.evidence.key.clone(), *entity);
        }
    }
    let open = resolved.reviews.iter().filter(|(kind, review)| *kind == EntityKind::Person && !review.held).count();
    Yield { decisions: made, agreement: pairwise(truth, &predicted), open: open as u64 }
}
