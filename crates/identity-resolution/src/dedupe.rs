//! From a table to its entities, with nothing configured.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use velocity_model::MilliBits;

use crate::agglomerate::{Edge, Linkage, agglomerate};
use crate::candidates::Candidates;
use crate::explanations::explanations;
use crate::fields::{Field, fields};
use crate::fit::{Sample, fit};
use crate::forest::Forest;
use crate::frequencies::chances;
use crate::repeats::collapse;
use crate::table::Table;
use crate::weights::{PairWhy, Rows, Weights};

/// What to do, where the defaults are not wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DedupeOptions {
    /// The probability from which two records are one, instead of the one at which the estimated F1 is best.
    pub threshold: Option<f64>,
}

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
pub type DedupeProgress<'a> = &'a (dyn Fn(Phase, u64, u64) + Sync);

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
    fields: Vec<Field>,
    weights: Weights,
    ids: Vec<String>,
    /// For each record the place of the one that stands for it: itself, or the first that is equal in everything.
    place_of: Vec<u32>,
    /// For each place the first place of its entity.
    groups: Vec<u32>,
    /// By place, the heaviest first.
    edges: Vec<Edge>,
    /// Pairs looked at.
    pub candidates: u64,
    /// The weight from which two records are one, in thousandths of a bit.
    pub cut: MilliBits,
}

/// No pair is taken that is not one entity's in one of three cases at least.
const LOWEST_CUT: MilliBits = -1_000;
/// Records that one task looks at.
const CHUNK: usize = 256;
/// Pairs to learn from.
const SAMPLE: usize = 200_000;
/// In tables of more records a value's entities are counted by its records.
const RECOUNTED: usize = 60_000;

/// Resolves a table.
pub fn dedupe(table: &Table, options: &DedupeOptions, progress: DedupeProgress<'_>) -> Resolution {
    progress(Phase::Prepare, 0, 1);
    let mut fields = fields(table);
    let place_of = collapse(&mut fields, table.len());
    let records = place_of.iter().copied().max().map_or(0, |last| last as usize + 1);
    let told = explanations(&fields);
    let candidates = Candidates::of(&fields, records);
    let (learning, looked) = sample(&candidates, records);
    let random = random_pairs(records);
    let all = records as f64 * (records as f64 - 1.0) / 2.0;
    let learn = |entity: Option<&[u32]>| {
        progress(Phase::Learn, 0, 1);
        let chances: Vec<Vec<f64>> = fields.iter().map(|field| chances(field, entity)).collect();
        let learnt = Sample::of(&fields, &chances, &learning, looked as f64 / learning.len().max(1) as f64);
        let strangers = Sample::of(&fields, &chances, &random, all / random.len().max(1) as f64);
        let fitted = fit(&fields, &told, &learnt, &strangers, records);
        Weights::of(&fields, &told, &fitted, &chances)
    };
    let rows = Rows::of_fields(&fields, records);
    let group = |weights: &Weights| {
        let mut edges = weigh_all(&fields, weights, &rows, &candidates, progress);
        progress(Phase::Group, 0, 1);
        let cut = options.threshold.map_or_else(|| best_cut(&edges), bits);
        edges.par_sort_unstable_by(|a, b| b.2.cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        let mut forest = Forest::new(records, &[]);
        let heavy = edges.iter().take_while(|(.., weight)| *weight >= cut);
        agglomerate(&mut forest, heavy, &Linkage::of(records, &edges), cut);
        (forest.first_of_each(), cut, edges)
    };
    let mut weights = learn(None);
    let (mut groups, mut cut, mut edges) = group(&weights);
    if records <= RECOUNTED {
        // How rare a value is, is a question about entities, which are better known now.
        weights = learn(Some(&groups));
        (groups, cut, edges) = group(&weights);
    }
    progress(Phase::Group, 1, 1);
    Resolution { fields, weights, ids: table.ids().to_vec(), place_of, groups, edges, candidates: looked, cut }
}

impl Resolution {
    /// Pairs that weigh less are forgotten.
    pub const KEPT: MilliBits = -4_000;

    /// The pairs weighed, the heaviest first. Of rows that are equal in everything only the first has pairs.
    pub fn pairs(&self) -> impl Iterator<Item = WeighedPair<'_>> {
        let mut first_of: Vec<Option<&str>> = vec![None; self.groups.len()];
        for (id, place) in self.ids.iter().zip(&self.place_of) {
            first_of[*place as usize].get_or_insert(id.as_str());
        }
        self.edges.iter().filter_map(move |(a, b, weight)| {
            let probability = 1.0 / (1.0 + (-f64::from(*weight) / 1000.0).exp2());
            Some(WeighedPair { a: first_of[*a as usize]?, b: first_of[*b as usize]?, weight: *weight, probability })
        })
    }

    /// Ids of records and of the first record of their entity, by record.
    pub fn clusters(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut first_of: Vec<Option<&str>> = vec![None; self.groups.len()];
        self.ids.iter().zip(&self.place_of).map(move |(id, place)| {
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
        let place = |id: &str| record(id).map(|record| self.place_of[record] as usize);
        let (a, b) = (place(a)?, place(b)?);
        let mut why = self.weights.why(&self.fields, a, b);
        why.are_one = self.groups[a] == self.groups[b];
        Some(why)
    }
}

fn weigh_all(
    fields: &[Field],
    weights: &Weights,
    rows: &Rows,
    candidates: &Candidates,
    progress: DedupeProgress<'_>,
) -> Vec<Edge> {
    let records = candidates.records();
    let (done, total) = (AtomicU64::new(0), records.div_ceil(CHUNK) as u64);
    let of_chunk = |chunk: usize| {
        let mut near = Vec::new();
        let mut edges = Vec::new();
        for record in chunk * CHUNK..((chunk + 1) * CHUNK).min(records) {
            candidates.of_record(record as u32, &mut near);
            for other in &near {
                if let Some(weight) = weights.weigh(fields, rows, record, *other as usize, Resolution::KEPT) {
                    edges.push((record as u32, *other, weight));
                }
            }
        }
        let now = done.fetch_add(1, Ordering::Relaxed) + 1;
        if now.is_multiple_of(64) || now == total {
            progress(Phase::Weigh, now, total);
        }
        edges
    };
    (0..records.div_ceil(CHUNK)).into_par_iter().flat_map_iter(of_chunk).collect()
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
fn mix(a: u64, b: u64) -> u64 {
    let mut mixed = a.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ b.wrapping_add(0x632b_e59b_d9b4_e019);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The weight from which pairs are taken so that the expected F1 of pairs is best: that of a probability of half of that F1
/// (Lipton, Elkan and Naryanaswamy, "Optimal Thresholding of Classifiers to Maximize F1 Measure", 2014).
fn best_cut(edges: &[Edge]) -> MilliBits {
    let mut by_weight: HashMap<MilliBits, u64> = HashMap::new();
    edges.iter().for_each(|(_, _, weight)| *by_weight.entry(*weight).or_default() += 1);
    let mut counts: Vec<(MilliBits, u64)> = by_weight.into_iter().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let probability = |weight: MilliBits| 1.0 / (1.0 + (-f64::from(weight) / 1000.0).exp2());
    let all: f64 = counts.iter().map(|(weight, count)| probability(*weight) * *count as f64).sum();
    let (mut found, mut taken, mut best) = (0.0, 0.0, 0.0_f64);
    for (weight, count) in counts {
        found += probability(weight) * count as f64;
        taken += count as f64;
        best = best.max(2.0 * found / (all + taken));
    }
    bits(best / 2.0).max(LOWEST_CUT)
}

/// The weight of a probability between 0 and 1.
fn bits(share: f64) -> MilliBits {
    ((share / (1.0 - share)).log2() * 1000.0) as MilliBits
}

#[cfg(test)]
mod tests;
