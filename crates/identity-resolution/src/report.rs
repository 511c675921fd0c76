//! What a resolution came to, and by what: everything that a report shows.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use velocity_model::{MilliBits, Waterfall};

use crate::agglomerate::Edge;
use crate::dedupe::Resolution;
use crate::matcher::{bits, probability};
use crate::table::Table;
use crate::weights::PairWhy;

/// Everything that a report shows.
#[derive(Clone, Debug, Serialize)]
pub struct ResolutionReport {
    /// Records of the table.
    pub records: u64,
    /// Entities found.
    pub entities: u64,
    /// Pairs looked at.
    pub candidates: u64,
    /// The weight from which two records are one.
    pub cut: MilliBits,
    /// The weight from which the pairs taken are expected to be right in 995 of 1,000 cases; `None` if no pairs are.
    pub automatic: Option<MilliBits>,
    /// Pairs by weight in steps of a bit, rising: (from, pairs). The last takes in all that is heavier.
    pub histogram: Vec<(MilliBits, u64)>,
    /// What is expected of a cut at each weight, rising.
    pub curve: Vec<Expected>,
    /// Entities by number of records: (records, entities).
    pub sizes: Vec<(u64, u64)>,
    /// The largest entities.
    pub biggest: Vec<EntityLine>,
    /// Those that hold together least.
    pub weakest: Vec<EntityLine>,
    /// The passes of blocking, in order; none if every pair was looked at.
    pub passes: Vec<PassLine>,
    /// The fields compared, with what was learnt of each level.
    pub fields: Vec<FieldLine>,
    /// Other explanations of a pair and how many pairs each has, for one that matches.
    pub explanations: Vec<(String, f64)>,
    /// The pairs that say most about the cut, with their reasons.
    pub pairs: Vec<PairLine>,
    /// How likely pairs were thought to be, and how many of them are.
    pub reliability: Vec<Reliability>,
    /// Whether `reliability` is measured against a known truth, and not against the entities found.
    pub knows_truth: bool,
}

/// What is expected of a cut.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Expected {
    /// Where the cut is.
    pub weight: MilliBits,
    /// Share of the pairs taken that are right.
    pub precision: f64,
    /// Share of the right pairs that are taken, of those kept.
    pub recall: f64,
}

/// One entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntityLine {
    /// How many records it has.
    pub size: u64,
    /// Its loosest record's heaviest pair.
    pub weakest: MilliBits,
    /// Ids of its first records.
    pub records: Vec<String>,
}

/// One pass of blocking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PassLine {
    /// What must be shared.
    pub name: String,
    /// Pairs that it proposes, those of other passes included.
    pub pairs: u64,
    /// Whether it was used: a pass that proposes too much is dropped.
    pub is_used: bool,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldLine {
    /// Its name.
    pub name: String,
    /// Share of records that have a value.
    pub filled: f64,
    /// Distinct values.
    pub values: u64,
    /// Its levels, best first.
    pub levels: Vec<LevelLine>,
}

/// One level of a field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LevelLine {
    /// Its name.
    pub name: String,
    /// Share of matching pairs that reach it.
    pub matched: f64,
    /// Share of pairs of strangers that reach it.
    pub strangers: f64,
    /// What it weighs.
    pub weight: MilliBits,
}

/// One pair.
#[derive(Clone, Debug, Serialize)]
pub struct PairLine {
    /// Id of one record.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// Why it weighs what it weighs.
    pub waterfall: Waterfall,
    /// What the table says of both: header and two cells, where one is filled.
    pub cells: Vec<[String; 3]>,
}

/// Pairs that are thought to be about as likely.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reliability {
    /// How likely they were thought to be, on average.
    pub thought: f64,
    /// Share of them that are one.
    pub are: f64,
    /// How many there are.
    pub pairs: u64,
}

/// Lines of a list.
const LISTED: usize = 8;
/// Pairs shown above and below the cut, each.
const NEAR: usize = 4;
/// Share of right pairs at the second threshold.
const PRECISION: f64 = 0.995;

impl Resolution {
    /// Everything that a report shows. `table` is the one that was resolved; `truth` gives the entity of a record, where it is known.
    pub fn report(&self, table: &Table, truth: Option<&BTreeMap<String, String>>) -> ResolutionReport {
        let curve = curve(&self.edges);
        let first = self.first_ids();
        ResolutionReport {
            records: self.ids.len() as u64,
            entities: self.entities(),
            candidates: self.candidates,
            cut: self.cut,
            automatic: curve.iter().find(|point| point.precision >= PRECISION).map(|point| point.weight),
            histogram: histogram(&self.edges),
            curve,
            sizes: self.sizes(),
            biggest: self.lines(|size, _| (std::cmp::Reverse(size), 0)),
            weakest: self.lines(|_, weakest| (std::cmp::Reverse(0), weakest)),
            passes: self.matcher.candidates.lines(&self.matcher.fields),
            fields: self.matcher.weights.lines(&self.matcher.fields, self.matcher.places()),
            explanations: self.matcher.weights.explanations(),
            pairs: self.near_the_cut(table, &first),
            reliability: self.reliability(truth, &first),
            knows_truth: truth.is_some(),
        }
    }

    /// By place, the id of its first record.
    fn first_ids(&self) -> Vec<&str> {
        let mut first = vec![""; self.matcher.places()];
        for (id, place) in self.ids.iter().zip(&self.matcher.place_of).rev() {
            first[*place as usize] = id;
        }
        first
    }

    /// By record, the first place of its entity.
    fn group(&self, place: u32) -> u32 {
        self.groups[place as usize]
    }

    fn sizes(&self) -> Vec<(u64, u64)> {
        let mut of_group: HashMap<u32, u64> = HashMap::new();
        self.matcher.place_of.iter().for_each(|place| *of_group.entry(self.group(*place)).or_default() += 1);
        let mut sizes: BTreeMap<u64, u64> = BTreeMap::new();
        of_group.into_values().for_each(|size| *sizes.entry(size).or_default() += 1);
        sizes.into_iter().collect()
    }

    /// Entities of several places, in the order of a key of size and weakest tie.
    fn lines<K: Ord>(&self, key: impl Fn(u64, MilliBits) -> K) -> Vec<EntityLine> {
        let mut tie: Vec<Option<MilliBits>> = vec![None; self.matcher.places()];
        // The heaviest pair of a record comes first and stays.
        for (a, b, weight) in self.edges.iter().filter(|(a, b, _)| self.group(*a) == self.group(*b)) {
            tie[*a as usize].get_or_insert(*weight);
            tie[*b as usize].get_or_insert(*weight);
        }
        let mut groups: BTreeMap<u32, (u64, MilliBits, Vec<String>)> = BTreeMap::new();
        for (id, place) in self.ids.iter().zip(&self.matcher.place_of) {
            let (size, weakest, records) =
                groups.entry(self.group(*place)).or_insert_with(|| (0, MilliBits::MAX, Vec::new()));
            *size += 1;
            *weakest = (*weakest).min(tie[*place as usize].unwrap_or(MilliBits::MAX));
            if records.len() < LISTED {
                records.push(id.clone());
            }
        }
        let several = groups.into_iter().filter(|(_, (size, weakest, _))| *size > 1 && *weakest < MilliBits::MAX);
        let mut lines: Vec<(K, u32, EntityLine)> = several
            .map(|(group, (size, weakest, records))| (key(size, weakest), group, EntityLine { size, weakest, records }))
            .collect();
        lines.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        lines.into_iter().take(LISTED).map(|(.., line)| line).collect()
    }

    /// The last pairs above the cut and the first below it.
    fn near_the_cut(&self, table: &Table, first: &[&str]) -> Vec<PairLine> {
        let below = self.edges.partition_point(|(.., weight)| *weight >= self.cut);
        let shown = below.saturating_sub(NEAR)..(below + NEAR).min(self.edges.len());
        let line = |(a, b, _): &Edge| {
            let are_one = self.group(*a) == self.group(*b);
            let why = PairWhy { are_one, ..self.matcher.why(*a as usize, *b as usize) };
            let (a, b) = (first[*a as usize], first[*b as usize]);
            PairLine { a: a.to_owned(), b: b.to_owned(), waterfall: why.waterfall(), cells: table.side_by_side(a, b) }
        };
        self.edges[shown].iter().map(line).collect()
    }

    fn reliability(&self, truth: Option<&BTreeMap<String, String>>, first: &[&str]) -> Vec<Reliability> {
        const BINS: usize = 10;
        let mut bins = [(0.0, 0_u64, 0_u64); BINS];
        for (a, b, weight) in &self.edges {
            let are_one = match truth {
                None => self.group(*a) == self.group(*b),
                Some(truth) => match (truth.get(first[*a as usize]), truth.get(first[*b as usize])) {
                    (Some(a), Some(b)) => a == b,
                    _ => continue,
                },
            };
            let thought = probability(*weight);
            let (sum, one, all) = &mut bins[((thought * BINS as f64) as usize).min(BINS - 1)];
            *sum += thought;
            *one += u64::from(are_one);
            *all += 1;
        }
        let told = bins.into_iter().filter(|(.., all)| *all > 0);
        told.map(|(sum, one, all)| Reliability { thought: sum / all as f64, are: one as f64 / all as f64, pairs: all })
            .collect()
    }
}

/// Pairs heavier than this stand in one step.
const HEAVY: MilliBits = 30_000;

fn histogram(edges: &[Edge]) -> Vec<(MilliBits, u64)> {
    let mut steps: BTreeMap<MilliBits, u64> = BTreeMap::new();
    for (.., weight) in edges {
        *steps.entry((*weight).min(HEAVY).div_euclid(1_000) * 1_000).or_default() += 1;
    }
    steps.into_iter().collect()
}

/// What is expected of a cut at each half bit.
fn curve(edges: &[Edge]) -> Vec<Expected> {
    let all: f64 = edges.iter().map(|(.., weight)| probability(*weight)).sum();
    let (mut found, mut taken) = (0.0, 0.0);
    let mut points: Vec<Expected> = Vec::new();
    for edges in edges.chunk_by(|a, b| a.2.div_euclid(500) == b.2.div_euclid(500)) {
        found += edges.iter().map(|(.., weight)| probability(*weight)).sum::<f64>();
        taken += edges.len() as f64;
        let weight = edges[0].2.div_euclid(500) * 500;
        if weight <= bits(0.999_999) {
            points.push(Expected { weight, precision: found / taken, recall: found / all });
        }
    }
    points.reverse();
    points
}

#[cfg(test)]
mod tests;
