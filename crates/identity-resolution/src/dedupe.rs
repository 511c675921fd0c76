//! From a table to its entities, with nothing configured.

use std::collections::{BTreeMap, BTreeSet};

use velocity_model::MilliBits;

use crate::agglomerate::Edge;
use crate::matcher::{KEPT, Known, MatchProgress, Matcher, Phase, best_cut, bits, probability};
use crate::plan::MatchPlan;
use crate::table::Table;
use crate::weights::PairWhy;

/// What to do, where the defaults are not wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DedupeOptions {
    /// The probability from which two records are one, instead of the one at which the estimated F1 is best.
    pub threshold: Option<f64>,
    /// Weights learnt elsewhere: nothing is learnt from the table then.
    pub plan: Option<MatchPlan>,
    /// What people say of pairs of the table. Those that match teach the weights; of records that are not there, and of pairs
    /// labelled both ways, nothing is learnt.
    pub labels: Vec<Label>,
}

/// What somebody says of two records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The id of one.
    pub a: String,
    /// The id of the other.
    pub b: String,
    /// Whether they are one.
    pub are_one: bool,
}

/// Places of the records of a table that are labelled as one, each pair once.
fn matches(table: &Table, labels: &[Label]) -> Vec<(u32, u32)> {
    let place = |id: &String| table.ids().binary_search(id).ok().map(|place| place as u32);
    let mut said: BTreeMap<(u32, u32), BTreeSet<bool>> = BTreeMap::new();
    for label in labels {
        if let (Some(a), Some(b)) = (place(&label.a), place(&label.b)) {
            said.entry((a.min(b), a.max(b))).or_default().insert(label.are_one);
        }
    }
    said.into_iter().filter(|(_, said)| said.iter().eq([&true])).map(|(pair, _)| pair).collect()
}

/// A pair that weighs at least [`Resolution::KEPT`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeighedPair<'a> {
    /// The id of one record.
    pub a: &'a str,
    /// The id of the other, which is larger.
    pub b: &'a str,
    /// What they weigh, in thousandths of a bit.
    pub weight: MilliBits,
    /// How likely they are one.
    pub probability: f64,
}

/// The entities of a table, with all that led to them.
#[derive(Debug)]
pub struct Resolution {
    pub(crate) matcher: Matcher,
    pub(crate) ids: Vec<String>,
    /// For each place the first place of its entity.
    pub(crate) groups: Vec<u32>,
    /// By place, the heaviest first.
    pub(crate) edges: Vec<Edge>,
    /// Pairs looked at.
    pub candidates: u64,
    /// The weight from which two records are one, in thousandths of a bit.
    pub cut: MilliBits,
}

/// Resolves a table.
pub fn dedupe(table: &Table, options: &DedupeOptions, progress: MatchProgress<'_>) -> Resolution {
    let matches = matches(table, &options.labels);
    let known = Known { plan: options.plan.as_ref(), matches: &matches };
    let (matcher, edges) = Matcher::learn(table, &known, progress);
    let cut = options.threshold.map_or_else(|| best_cut(&edges), bits);
    let groups = matcher.group(&edges, cut);
    progress(Phase::Group, 1, 1);
    Resolution { ids: table.ids().to_vec(), groups, edges, candidates: matcher.looked, cut, matcher }
}

impl Resolution {
    /// Pairs that weigh less are forgotten.
    pub const KEPT: MilliBits = KEPT;

    /// What was learnt, frozen, to resolve other tables by.
    pub fn plan(&self) -> MatchPlan {
        self.matcher.plan()
    }

    /// The pairs weighed, the heaviest first. Of rows that are equal in everything only the first has pairs.
    pub fn pairs(&self) -> impl Iterator<Item = WeighedPair<'_>> {
        let mut first_of: Vec<Option<&str>> = vec![None; self.groups.len()];
        for (id, place) in self.ids.iter().zip(&self.matcher.place_of) {
            first_of[*place as usize].get_or_insert(id.as_str());
        }
        self.edges.iter().filter_map(move |(a, b, weight)| {
            Some(WeighedPair {
                a: first_of[*a as usize]?,
                b: first_of[*b as usize]?,
                weight: *weight,
                probability: probability(*weight),
            })
        })
    }

    /// Ids of records and of the first record of their entity, by record.
    pub fn clusters(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut first_of: Vec<Option<&str>> = vec![None; self.groups.len()];
        self.ids.iter().zip(&self.matcher.place_of).map(move |(id, place)| {
            let group = self.groups[*place as usize] as usize;
            (id.as_str(), *first_of[group].get_or_insert(id.as_str()))
        })
    }

    /// Entities found.
    pub fn entities(&self) -> u64 {
        self.groups.iter().enumerate().filter(|(record, first)| *record == **first as usize).count() as u64
    }

    /// Why two records are one or two; `None` if there is no record of such an id.
    pub fn why(&self, a: &str, b: &str) -> Option<PairWhy> {
        let record = |id: &str| self.ids.binary_search_by(|own| own.as_str().cmp(id)).ok();
        let place = |id: &str| record(id).map(|record| self.matcher.place_of[record] as usize);
        let (a, b) = (place(a)?, place(b)?);
        Some(PairWhy { are_one: self.groups[a] == self.groups[b], ..self.matcher.why(a, b) })
    }
}

#[cfg(test)]
mod tests;
