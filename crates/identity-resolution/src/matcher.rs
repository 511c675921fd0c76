//! What is learnt of a table, and what its pairs weigh by that.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use velocity_model::MilliBits;

use crate::agglomerate::{Edge, Linkage, agglomerate};
use crate::attested::doubt;
use crate::candidates::Candidates;
use crate::explanations::explanations;
use crate::fields::{Field, Readings, fields};
use crate::fit::{Sample, fit};
use crate::forest::Forest;
use crate::frequencies::chances;
use crate::lists::{WITHIN_LISTS, within_lists};
use crate::plan::MatchPlan;
use crate::repeats::collapse;
use crate::table::Table;
use crate::weights::{PairWhy, Rows, Weights};

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Columns become fields, and fields blocks.
    Prepare,
    /// Weights are learnt.
    Learn,
    /// Candidates are weighed.
    Weigh,
    /// Pairs become entities.
    Group,
}

impl Phase {
    /// One word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Prepare => "preparing",
            Self::Learn => "learning",
            Self::Weigh => "weighing",
            Self::Group => "grouping",
        }
    }
}

/// Hears what is being done, how many steps of it are done, and how many there are; from any thread.
pub type MatchProgress<'a> = &'a (dyn Fn(Phase, u64, u64) + Sync);

/// The fields of a table with their weights. Records are named by places: equal rows have one, as [`collapse`] finds them.
#[derive(Debug)]
pub(crate) struct Matcher {
    pub(crate) fields: Vec<Field>,
    pub(crate) readings: Readings,
    /// For each record of the table the place of the one that stands for it.
    pub(crate) place_of: Vec<u32>,
    pub(crate) weights: Weights,
    pub(crate) candidates: Candidates,
    /// Pairs looked at.
    pub(crate) looked: u64,
    pub(crate) rows: Rows,
}

/// Pairs that weigh less are forgotten.
pub(crate) const KEPT: MilliBits = -4_000;
/// No pair is taken that is not one entity's in one of three cases at least.
const LOWEST_CUT: MilliBits = -1_000;
/// Records that one task looks at.
const CHUNK: usize = 256;
/// Pairs to learn from.
const SAMPLE: usize = 200_000;
/// In tables of more records a value's entities are counted by its records.
const RECOUNTED: usize = 60_000;

impl Matcher {
    /// Learns what the columns of a table weigh, and weighs its pairs: those of [`KEPT`] and more, the heaviest first.
    pub(crate) fn learn(table: &Table, known: &Known<'_>, progress: MatchProgress<'_>) -> (Self, Vec<Edge>) {
        progress(Phase::Prepare, 0, 1);
        let (mut fields, readings) = fields(table);
        let place_of = collapse(&mut fields, table.len());
        let records = place_of.iter().copied().max().map_or(0, |last| last as usize + 1);
        let candidates = Candidates::of(&fields, records);
        let rows = Rows::of_fields(&fields, records);
        let lessons = Lessons::of(&candidates, records, known, &place_of);
        progress(Phase::Learn, 0, 1);
        let first = (records <= RECOUNTED).then_some(WITHIN_LISTS);
        let weights = lessons.learn(&fields, None, first);
        let mut matcher = Self { fields, readings, place_of, weights, candidates, looked: lessons.looked, rows };
        let mut edges = matcher.weigh_all(progress);
        if records <= RECOUNTED {
            // How rare a value is, is a question about entities, which are better known now.
            let groups = matcher.group(&edges, best_cut(&edges));
            progress(Phase::Learn, 0, 1);
            let within_lists = within_lists(&matcher.fields, &edges, records);
            matcher.weights = lessons.learn(&matcher.fields, Some(&groups), within_lists);
            edges = matcher.weigh_all(progress);
        }
        matcher.candidates.forget_blocks();
        (matcher, edges)
    }

    /// What was learnt, to resolve other tables by.
    pub(crate) fn plan(&self) -> MatchPlan {
        MatchPlan::of(&self.fields, &explanations(&self.fields), self.weights.fitted(), self.places())
    }

    /// How many places there are.
    pub(crate) fn places(&self) -> usize {
        self.candidates.records()
    }

    /// For each place the first one of its entity.
    pub(crate) fn group(&self, edges: &[Edge], cut: MilliBits) -> Vec<u32> {
        let mut forest = Forest::new(self.places(), &[]);
        let heavy = edges.iter().take_while(|(.., weight)| *weight >= cut);
        let doubt = |forest: &Forest<'_>, a, b| {
            Some(doubt(&self.fields, self.weights.matched(), forest.members(a), forest.members(b)))
        };
        agglomerate(&mut forest, heavy, &Linkage::of(self.places(), edges), cut, doubt);
        forest.first_of_each()
    }

    /// Why two places weigh what they weigh.
    pub(crate) fn why(&self, a: usize, b: usize) -> PairWhy {
        let passes = self.candidates.shared(&self.fields, a, b);
        PairWhy { passes, ..self.weights.why(&self.fields, a, b) }
    }

    fn weigh_all(&self, progress: MatchProgress<'_>) -> Vec<Edge> {
        let records = self.places();
        let (done, total) = (AtomicU64::new(0), records.div_ceil(CHUNK) as u64);
        let of_chunk = |chunk: usize| {
            let mut near = Vec::new();
            let mut edges = Vec::new();
            for record in chunk * CHUNK..((chunk + 1) * CHUNK).min(records) {
                self.candidates.of_record(record as u32, &mut near);
                self.rows.warm(&near);
                for other in &near {
                    let weight = self.weights.weigh(&self.fields, &self.rows, record, *other as usize, KEPT);
                    edges.extend(weight.map(|weight| (record as u32, *other, weight)));
                }
            }
            let now = done.fetch_add(1, Ordering::Relaxed) + 1;
            if now.is_multiple_of(64) || now == total {
                progress(Phase::Weigh, now, total);
            }
            edges
        };
        let mut edges: Vec<Edge> = (0..records.div_ceil(CHUNK)).into_par_iter().flat_map_iter(of_chunk).collect();
        progress(Phase::Group, 0, 1);
        edges.par_sort_unstable_by(|a, b| b.2.cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        edges
    }
}

/// What is known before a table is looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known<'a> {
    /// Weights learnt elsewhere: nothing is learnt then.
    pub(crate) plan: Option<&'a MatchPlan>,
    /// Pairs of records of the table, by their number, that match.
    pub(crate) matches: &'a [(u32, u32)],
}

/// The pairs that are learnt from.
struct Lessons<'a> {
    plan: Option<&'a MatchPlan>,
    /// Pairs that are known to match.
    labelled: Vec<(u32, u32)>,
    records: usize,
    /// Some of the candidates.
    near: Vec<(u32, u32)>,
    /// Pairs of any two.
    random: Vec<(u32, u32)>,
    /// How many candidates there are.
    looked: u64,
}

impl<'a> Lessons<'a> {
    fn of(candidates: &Candidates, records: usize, known: &Known<'a>, place_of: &[u32]) -> Self {
        let (near, looked) = sample(candidates, records);
        let places = known.matches.iter().map(|(a, b)| (place_of[*a as usize], place_of[*b as usize]));
        let labelled = places.filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b))).collect();
        Self { plan: known.plan, labelled, records, near, random: random_pairs(records), looked }
    }

    /// Weights, where `entity` tells which places are known to be one, and `within_lists` how many matches are within one list.
    fn learn(&self, fields: &[Field], entity: Option<&[u32]>, within_lists: Option<f64>) -> Weights {
        let told = explanations(fields);
        let all = self.records as f64 * (self.records as f64 - 1.0) / 2.0;
        let share = |pairs: f64, sample: &[(u32, u32)]| pairs / sample.len().max(1) as f64;
        let chances: Vec<Vec<f64>> = fields.iter().map(|field| chances(field, entity)).collect();
        let fitted = match self.plan {
            Some(plan) => plan.fitted(fields, &told, self.records),
            None => {
                let near = Sample::of(fields, &chances, &self.near, share(self.looked as f64, &self.near));
                let random = Sample::of(fields, &chances, &self.random, share(all, &self.random));
                let labelled = Sample::of(fields, &chances, &self.labelled, 1.0);
                fit(fields, &told, &near, &random, &labelled, self.records, within_lists)
            }
        };
        Weights::of(fields, &told, &fitted, &chances)
    }
}

/// Some of the candidates, chosen by what they are and not by where they stand, and how many there are.
fn sample(candidates: &Candidates, records: usize) -> (Vec<(u32, u32)>, u64) {
    let every = candidates.at_most().div_ceil(SAMPLE as u64).max(1);
    let of_chunk = |chunk: usize| {
        let (mut near, mut chosen, mut count) = (Vec::new(), Vec::new(), 0);
        for record in chunk * CHUNK..((chunk + 1) * CHUNK).min(records) {
            candidates.of_record(record as u32, &mut near);
            count += near.len() as u64;
            let pick = |other: &&u32| mix(record as u64, u64::from(**other)).is_multiple_of(every);
            chosen.extend(near.iter().filter(pick).map(|other| (record as u32, *other)));
        }
        (chosen, count)
    };
    let chunks: Vec<(Vec<(u32, u32)>, u64)> = (0..records.div_ceil(CHUNK)).into_par_iter().map(of_chunk).collect();
    let count = chunks.iter().map(|(_, count)| count).sum();
    (chunks.into_iter().flat_map(|(chosen, _)| chosen).collect(), count)
}

/// Pairs of any two records, always the same ones.
fn random_pairs(records: usize) -> Vec<(u32, u32)> {
    let all = records as u64 * (records as u64).saturating_sub(1) / 2;
    if all <= SAMPLE as u64 {
        return (0..records as u32).flat_map(|a| (a + 1..records as u32).map(move |b| (a, b))).collect();
    }
    let records = records as u64;
    let pair = |number: u64| {
        let (a, b) = (mix(number, 1) % records, mix(number, 2) % records);
        (a != b).then_some((a.min(b) as u32, a.max(b) as u32))
    };
    (0..SAMPLE as u64).filter_map(pair).collect()
}

/// SplitMix64's finaliser over two numbers.
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    let mut mixed = a.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ b.wrapping_add(0x632b_e59b_d9b4_e019);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// How likely a pair of that weight is one entity.
pub fn probability(weight: MilliBits) -> f64 {
    1.0 / (1.0 + (-f64::from(weight) / 1000.0).exp2())
}

/// The weight of a probability between 0 and 1.
pub(crate) fn bits(share: f64) -> MilliBits {
    ((share / (1.0 - share)).log2() * 1000.0) as MilliBits
}

/// The weight from which pairs are taken so that the expected F1 of pairs is best: that of a probability of half of that F1
/// (Lipton, Elkan and Naryanaswamy, "Optimal Thresholding of Classifiers to Maximize F1 Measure", 2014).
pub(crate) fn best_cut(edges: &[Edge]) -> MilliBits {
    let mut by_weight: HashMap<MilliBits, u64> = HashMap::new();
    edges.iter().for_each(|(_, _, weight)| *by_weight.entry(*weight).or_default() += 1);
    let mut counts: Vec<(MilliBits, u64)> = by_weight.into_iter().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let all: f64 = counts.iter().map(|(weight, count)| probability(*weight) * *count as f64).sum();
    let (mut found, mut taken, mut best) = (0.0, 0.0, 0.0_f64);
    for (weight, count) in counts {
        found += probability(weight) * count as f64;
        taken += count as f64;
        best = best.max(2.0 * found / (all + taken));
    }
    bits(best / 2.0).max(LOWEST_CUT)
}
