//! All records of one kind: what their pairs weigh, which of them are merged without asking, and why.

pub(crate) mod columns;

use rayon::prelude::*;
use velocity_model::{EntityKind, Evidence, MilliBits, PairOutcome, RecordId, Risk, ScoredPair, Waterfall};

use crate::agglomerate::Edge;
use crate::matcher::{Known, MatchProgress, Matcher, bits, probability};
use crate::risk::{SharedPoints, Side, risks};
use crate::signature::Signature;
use columns::{reads, table};

/// What is learnt of the records of one kind.
#[derive(Debug)]
pub struct Population {
    /// Rising.
    pub(crate) records: Vec<RecordId>,
    pub(crate) matcher: Matcher,
    shared: SharedPoints,
    judge: Judge,
}

/// What decides whether a pair is merged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judge {
    pub(crate) kind: EntityKind,
    /// From this weight a pair is merged without asking, if no risk says otherwise.
    pub(crate) automatic: MilliBits,
}

/// Share of the pairs merged without asking that are to be right.
const PRECISION: f64 = 0.995;
/// A pair as likely as this is merged whatever the others are: of a handful of pairs the share says little.
const SURE: f64 = 0.99;
/// No pair is merged without asking that is not one entity's in nine of ten cases.
const LIKELY: f64 = 0.9;
/// Pairs that weigh less are apart: not one in three of them is one entity's.
pub(crate) const REVIEW: MilliBits = -1_000;

impl Population {
    /// Learns from `evidence`, each record once, in any order, and scores its pairs: those that are merged and those that
    /// wait, sorted by (lo, hi). The result is a function of the evidence alone.
    pub fn learn(kind: EntityKind, evidence: &[&Evidence], progress: MatchProgress<'_>) -> (Self, Vec<ScoredPair>) {
        let mut evidence = evidence.to_vec();
        evidence.sort_unstable_by_key(|evidence| evidence.record);
        let (matcher, edges) = Matcher::learn(&table(kind, &evidence), &Known::default(), progress);
        let signatures: Vec<Signature> = evidence.par_iter().map(|evidence| Signature::of(evidence)).collect();
        let population = Self {
            records: evidence.iter().map(|evidence| evidence.record).collect(),
            shared: SharedPoints::of(&evidence, &signatures),
            judge: Judge { kind, automatic: automatic(&edges) },
            matcher,
        };
        let score = |(a, b, weight): (u32, u32, MilliBits)| {
            let side = |record: u32| (evidence[record as usize], &signatures[record as usize]);
            population.score(side(a), side(b), weight)
        };
        let mut pairs: Vec<ScoredPair> = population.of_records(&edges).into_par_iter().map(score).collect();
        pairs.par_sort_unstable_by_key(|pair| (pair.lo, pair.hi));
        (population, pairs)
    }

    /// Pairs of records with weights from [`REVIEW`]. Of records that say the same each is paired with the first.
    fn of_records(&self, edges: &[Edge]) -> Vec<Edge> {
        let mut first_of: Vec<Option<u32>> = vec![None; self.matcher.places()];
        let mut pairs = Vec::new();
        for (record, place) in self.matcher.place_of.iter().enumerate() {
            let first = *first_of[*place as usize].get_or_insert(record as u32);
            if first != record as u32 {
                pairs.push((first, record as u32, self.matcher.why(*place as usize, *place as usize).weight));
            }
        }
        let of_places = edges.iter().take_while(|(.., weight)| *weight >= REVIEW);
        pairs.extend(
            of_places.filter_map(|(a, b, weight)| Some((first_of[*a as usize]?, first_of[*b as usize]?, *weight))),
        );
        pairs
    }

    fn score(&self, a: Side<'_>, b: Side<'_>, weight: MilliBits) -> ScoredPair {
        self.judge.score(&self.shared, a, b, weight, self.says_more_than_names(a.0, b.0))
    }

    pub(crate) fn judge(&self) -> Judge {
        self.judge
    }

    fn place(&self, record: RecordId) -> Option<usize> {
        self.records.binary_search(&record).ok().map(|found| self.matcher.place_of[found] as usize)
    }

    fn says_more_than_names(&self, a: &Evidence, b: &Evidence) -> bool {
        let places = self.place(a.record).zip(self.place(b.record));
        places.is_some_and(|(a, b)| self.matcher.weights.says_more_than_names(&self.matcher.fields, a, b))
    }

    /// Why two records weigh what they weigh; `None` if they are not among those that were learnt from.
    pub fn explain(&self, a: &Evidence, b: &Evidence) -> Option<Waterfall> {
        let why = self.matcher.why(self.place(a.record)?, self.place(b.record)?);
        let waterfall = named_steps(why.waterfall(), a, b);
        let signatures = [Signature::of(a), Signature::of(b)];
        let pair = self.score((a, &signatures[0]), (b, &signatures[1]), why.weight);
        Some(Waterfall { outcome: pair.outcome, risks: pair.risks, ..waterfall })
    }
}

impl Judge {
    /// What becomes of a pair by itself.
    pub(crate) fn score(
        &self,
        shared: &SharedPoints,
        a: Side<'_>,
        b: Side<'_>,
        weight: MilliBits,
        says_more_than_names: bool,
    ) -> ScoredPair {
        let mut risks = risks(shared, a, b);
        if self.kind == EntityKind::Person && weight >= self.automatic && !says_more_than_names {
            risks.push(Risk::NameAlone);
            risks.sort_unstable();
        }
        let outcome = match weight {
            weight if weight < REVIEW => PairOutcome::Apart,
            weight if weight < self.automatic || !risks.is_empty() => PairOutcome::Review,
            _ => PairOutcome::Automatic,
        };
        let (lo, hi) = (a.0.record.min(b.0.record), a.0.record.max(b.0.record));
        ScoredPair { lo, hi, weight, outcome, risks }
    }
}

/// A waterfall with what the two records state for each step.
pub(crate) fn named_steps(mut waterfall: Waterfall, a: &Evidence, b: &Evidence) -> Waterfall {
    for step in &mut waterfall.steps {
        step.reads = step.field.as_deref().map(reads).unwrap_or_default();
        (step.left, step.right) = (shown(a, &step.reads), shown(b, &step.reads));
    }
    waterfall
}

/// What a record states for some fields.
fn shown(evidence: &Evidence, fields: &[String]) -> String {
    let found = fields.iter().map(|field| evidence.values(field).collect::<Vec<_>>());
    found.into_iter().find(|values| !values.is_empty()).unwrap_or_default().join(", ")
}

/// The weight from which pairs are merged: of all of them together [`PRECISION`] are expected to be right, and each by
/// itself is likely.
fn automatic(edges: &[Edge]) -> MilliBits {
    let (mut right, mut taken, mut least) = (0.0, 0.0, bits(SURE));
    for edges in edges.chunk_by(|a, b| a.2 == b.2) {
        let weight = edges[0].2;
        right += probability(weight) * edges.len() as f64;
        taken += edges.len() as f64;
        if right >= PRECISION * taken {
            least = least.min(weight);
        }
    }
    least.max(bits(LIKELY))
}

#[cfg(test)]
mod tests;
