//! What was learnt of the records of one kind, frozen, with the records themselves in the form in which they are compared: new
//! records find those that they may match without a look at all of them, and are weighed as all were.
//!
//! A pair of two records that were learnt from stays as it was weighed then. A pair with a record that came later is looked at
//! if the two share a key that no more than [`CROWD`] records have, and weighed by what was learnt. So the pairs are a function of the
//! records learnt from and of those that came later, whatever the batches in which they came.

mod extend;
mod segment;

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use velocity_model::{EntityKind, Evidence, MilliBits, RecordId, Risk, ScoredPair, Waterfall};

use crate::candidates::Finder;
use crate::explanations::explanations;
use crate::fields::{Field, Readings, fields_as};
use crate::fit::Fitted;
use crate::population::columns::table;
use crate::population::{Judge, Population, named_steps};
use crate::risk::SharedPoints;
use crate::signature::Signature;
use crate::weights::Weights;
pub use extend::{Extension, WeighedLink};
pub use segment::{Segment, SegmentField, Texts};

/// A key that more records have finds nothing for records that come later.
pub(crate) const CROWD: usize = 240;

/// What was learnt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Learnt {
    kind: EntityKind,
    automatic: MilliBits,
    readings: Readings,
    fitted: Fitted,
    finder: Finder,
    /// By field: the chance of a value that none of the records has.
    unseen: Vec<f64>,
}

/// Records that were learnt from, and what was learnt of them.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchIndex {
    /// What was learnt.
    pub learnt: Learnt,
    /// The records; of those that say the same the first.
    pub base: Segment,
    /// The others of those that say the same: place of the first, record; by place and record.
    pub fellows: Vec<(u32, RecordId)>,
}

impl MatchIndex {
    /// Freezes what was learnt.
    pub fn of(population: &Population) -> Self {
        let Population { records, matcher, .. } = population;
        let fields = &matcher.fields;
        let (finder, postings) = Finder::learn(fields, matcher.candidates.used(fields), matcher.places());
        let mut first: Vec<Option<RecordId>> = vec![None; matcher.places()];
        let mut fellows = Vec::new();
        for (record, place) in records.iter().zip(&matcher.place_of) {
            match &mut first[*place as usize] {
                Some(_) => fellows.push((*place, *record)),
                empty => *empty = Some(*record),
            }
        }
        fellows.sort_unstable();
        let chances = matcher.weights.chances();
        let segment_fields = fields.iter().zip(chances).map(|(field, chances)| SegmentField::of(field, chances));
        // A place has a record, and places rise with the records that stand for them.
        let records = first.into_iter().flatten().collect();
        Self {
            learnt: Learnt {
                kind: population.judge().kind,
                automatic: population.judge().automatic,
                readings: matcher.readings.clone(),
                fitted: matcher.weights.fitted().clone(),
                finder,
                unseen: chances.iter().map(|chances| unseen(chances)).collect(),
            },
            base: Segment { records, fields: segment_fields.collect(), postings },
            fellows,
        }
    }

    /// Records that were learnt from.
    pub fn len(&self) -> usize {
        self.base.records.len() + self.fellows.len()
    }

    /// Records that were learnt from or came later.
    pub fn len_with(&self, later: &Segment) -> usize {
        let fellows: BTreeSet<RecordId> = self.fellows.iter().map(|(_, record)| *record).collect();
        let is_known = |record: &&RecordId| self.base.place(**record).is_some() || fellows.contains(record);
        self.len() + later.records.iter().filter(|record| !is_known(record)).count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn fields_of(&self, evidence: &[&Evidence]) -> Vec<Field> {
        fields_as(&table(self.learnt.kind, evidence), &self.learnt.readings)
    }

    fn weights(&self, fields: &[Field], chances: &[Vec<f64>]) -> Weights {
        Weights::of(fields, &explanations(fields), &self.learnt.fitted, chances)
    }

    fn judge(&self) -> Judge {
        Judge { kind: self.learnt.kind, automatic: self.learnt.automatic }
    }

    /// What becomes of weighed pairs. `evidence` has both records of each, and all that share an address or a number with one.
    pub fn scored(&self, links: &[WeighedLink], evidence: &[&Evidence]) -> Vec<ScoredPair> {
        let mut sorted = evidence.to_vec();
        sorted.sort_unstable_by_key(|evidence| evidence.record);
        sorted.dedup_by_key(|evidence| evidence.record);
        let signatures: Vec<Signature> = sorted.par_iter().map(|evidence| Signature::of(evidence)).collect();
        let shared = SharedPoints::of(&sorted, &signatures);
        let place = |record: RecordId| sorted.binary_search_by_key(&record, |evidence| evidence.record).ok();
        let score = |link: &WeighedLink| {
            let (a, b) = (place(link.lo)?, place(link.hi)?);
            let (a, b) = ((sorted[a], &signatures[a]), (sorted[b], &signatures[b]));
            Some(self.judge().score(&shared, a, b, link.weight, link.says_more_than_names))
        };
        let mut pairs: Vec<ScoredPair> = links.par_iter().filter_map(score).collect();
        pairs.sort_unstable_by_key(|pair| (pair.lo, pair.hi));
        pairs
    }

    /// Why two records weigh what they weigh, by what was learnt.
    pub fn explain(&self, a: &Evidence, b: &Evidence) -> Waterfall {
        let (lo, hi) = if a.record <= b.record { (a, b) } else { (b, a) };
        let fields = self.fields_of(&[lo, hi]);
        let weights = self.weights(&fields, &self.chances(&fields));
        let why = weights.why(&fields, 0, 1);
        let link = WeighedLink {
            lo: lo.record,
            hi: hi.record,
            weight: why.weight,
            says_more_than_names: weights.says_more_than_names(&fields, 0, 1),
        };
        let mut waterfall = named_steps(why.waterfall(), a, b);
        waterfall.shared_blocks = Some(self.learnt.finder.shared(&fields, 0, 1));
        for pair in self.scored(&[link], &[lo, hi]) {
            (waterfall.outcome, waterfall.risks) = (pair.outcome, pair.risks);
        }
        waterfall
    }

    /// By field and value, how likely another entity has the value too.
    fn chances(&self, fields: &[Field]) -> Vec<Vec<f64>> {
        let beside = fields.iter().zip(&self.base.fields).zip(&self.learnt.unseen);
        beside
            .map(|((field, base), unseen)| {
                field.texts().iter().map(|text| base.chance(text).unwrap_or(*unseen)).collect()
            })
            .collect()
    }
}

impl From<&ScoredPair> for WeighedLink {
    fn from(pair: &ScoredPair) -> Self {
        let says_more_than_names = !pair.risks.contains(&Risk::NameAlone);
        Self { lo: pair.lo, hi: pair.hi, weight: pair.weight, says_more_than_names }
    }
}

/// Addresses and numbers, in lower case, that people with different names use, as far as `evidence` tells.
pub fn shared_points(evidence: &[&Evidence]) -> BTreeSet<String> {
    let signatures: Vec<Signature> = evidence.par_iter().map(|evidence| Signature::of(evidence)).collect();
    SharedPoints::of(evidence, &signatures).into_set()
}

/// The chance of a value that none has is that of one that one has: the smallest.
fn unseen(chances: &[f64]) -> f64 {
    chances.iter().skip(1).copied().fold(f64::INFINITY, f64::min).min(1.0)
}

#[cfg(test)]
mod tests;
