//! Weights from the data alone: expectation and maximisation (Dempster, Laird and Rubin, 1977) over candidate pairs, in which a
//! pair is a match, or one of the explanations, or two strangers (Winkler, "Using the EM Algorithm for Weight Computation in
//! the Fellegi-Sunter Model of Record Linkage", 1988; the explanations are ours).
//!
//! What strangers share by chance comes from random pairs and from the frequencies of the values, and not from the
//! candidates, which were chosen because they agree somewhere. What is thought beforehand of each level counts as a few
//! pairs, so that a small table leans on it and a large one forgets it.

use rayon::prelude::*;

use crate::explanations::{Explanation, RARE};
use crate::fields::{Field, MISSING};

/// Pairs of records with the level that each field reaches, and what an equal value's rarity adds to its log odds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sample {
    pub(crate) levels: Vec<u8>,
    pub(crate) rarity: Vec<f32>,
    /// How many pairs of the table one pair of the sample stands for.
    pub(crate) stands_for: f64,
}

impl Sample {
    pub(crate) fn of(fields: &[Field], chances: &[Vec<f64>], pairs: &[(u32, u32)], stands_for: f64) -> Self {
        let mut sample = Self { levels: Vec::new(), rarity: Vec::new(), stands_for };
        let described: Vec<(Vec<u8>, Vec<f32>)> =
            pairs.par_iter().map(|(a, b)| describe(fields, chances, *a as usize, *b as usize)).collect();
        for (levels, rarity) in described {
            sample.levels.extend(levels);
            sample.rarity.extend(rarity);
        }
        sample
    }
}

fn describe(fields: &[Field], chances: &[Vec<f64>], a: usize, b: usize) -> (Vec<u8>, Vec<f32>) {
    let levels = levels(fields, a, b);
    let rarity = fields.iter().zip(chances).zip(&levels).map(|((field, chances), level)| {
        let is_equal = *level == 0 && field.cells[a] == field.cells[b] && field.has_rarity();
        if is_equal { -(chances[field.cells[a] as usize].ln()) as f32 } else { 0.0 }
    });
    let rarity = rarity.collect();
    (levels, rarity)
}

/// The level of each field; given and family name the other way round count as a slip in the one and as equal in the other.
pub(crate) fn levels(fields: &[Field], a: usize, b: usize) -> Vec<u8> {
    let mut levels: Vec<u8> = fields.iter().map(|field| field.level(a, b)).collect();
    crate::swap::unswap(fields, a, b, &mut levels);
    levels
}

/// Shares of levels: by field, then by level.
pub(crate) type Shares = Vec<Vec<f64>>;

/// What was learnt.
#[derive(Clone, Debug)]
pub(crate) struct Fitted {
    /// Among pairs of one entity.
    pub(crate) matched: Shares,
    /// Among pairs of strangers.
    pub(crate) strangers: Shares,
    /// By explanation: among its pairs; for a field that it does not share, that of strangers.
    pub(crate) explained: Vec<Shares>,
    /// Share of all pairs of the table that match.
    pub(crate) match_share: f64,
    /// Share of all pairs of the table, by explanation.
    pub(crate) explained_share: Vec<f64>,
}

/// How many pairs the thoughts beforehand count for.
const PRIOR_PAIRS: f64 = 12.0;
/// No explanation has fewer pairs than this share of the matches: a table in which none is seen may still hold one.
const LEAST: f64 = 0.005;
const ROUNDS: usize = 20;

/// Fits the shares. `candidates` hold nearly all matching pairs; `random` are pairs of any two records of a table of `records`.
pub(crate) fn fit(
    fields: &[Field],
    explanations: &[Explanation],
    candidates: &Sample,
    random: &Sample,
    records: usize,
) -> Fitted {
    let all_pairs = (records as f64 * (records as f64 - 1.0) / 2.0).max(1.0);
    let chance = Chance::of(fields, random, all_pairs);
    let strangers = chance.without(&zeros(fields));
    // Of a column that nobody knows nothing is thought beforehand: it says nothing until the data do.
    let prior: Shares = fields
        .iter()
        .zip(&strangers)
        .map(|(field, strangers)| match field.is_known() {
            true => field.levels().iter().map(|(_, matched, _)| *matched).collect(),
            false => strangers.clone(),
        })
        .collect();
    let start = (0.5 * records as f64 / all_pairs).min(0.2);
    let mut fitted = Fitted {
        matched: prior.clone(),
        strangers,
        explained: Vec::new(),
        match_share: start,
        explained_share: vec![start; explanations.len()],
    };
    let nothing = zeros(fields);
    let first = |explanation| explained(fields, explanation, &nothing, &prior, &fitted.strangers);
    fitted.explained = explanations.iter().map(first).collect();
    fitted.tie(fields, explanations);
    for _ in 0..ROUNDS {
        let found = expect(fields, &fitted, candidates);
        let known = |shares: &Shares| -> Shares {
            let smoothed = shares.iter().zip(&prior).zip(fields).map(|((shares, prior), field)| {
                normalised(shares, prior, if field.is_graded() { PRIOR_PAIRS } else { 1.0 })
            });
            let graded = smoothed.zip(fields).zip(&fitted.strangers).zip(&prior);
            let graded = graded.map(|(((shares, field), strangers), prior)| match field.is_graded() {
                true if field.is_known() => agreeing(graded_by(&shares, strangers), prior),
                true => graded_by(&shares, strangers),
                false => shares,
            });
            graded.collect()
        };
        fitted.matched = known(&found.levels[0]);
        let explained: Vec<Shares> = explanations
            .iter()
            .zip(&found.levels[1..])
            .map(|(explanation, counts)| explained(fields, explanation, counts, &prior, &fitted.strangers))
            .collect();
        // No fewer than a pair of each, so that nothing becomes impossible.
        let share = |sum: f64| (sum.max(1.0) / all_pairs).min(0.5);
        fitted.match_share = share(found.sums[0]);
        let least = fitted.match_share * LEAST;
        fitted.explained_share = found.sums[1..].iter().map(|sum| share(*sum).max(least)).collect();
        fitted.strangers = chance.without(&found.levels[0]);
        fitted.explained = explained;
        fitted.tie(fields, explanations);
    }
    fitted
}

/// The shares of levels among pairs of an explanation.
fn explained(
    fields: &[Field],
    explanation: &Explanation,
    counts: &Shares,
    prior: &Shares,
    strangers: &Shares,
) -> Shares {
    let of_field = |(place, field): (usize, &Field)| {
        if explanation.loosely.contains(&field.aspect) {
            return rarely(normalised(&counts[place], &strangers[place], PRIOR_PAIRS), &prior[place], &strangers[place]);
        }
        graded_by(&normalised(&counts[place], &prior[place], PRIOR_PAIRS), &strangers[place])
    };
    fields.iter().enumerate().map(of_field).collect()
}

/// What is known of a field also says how seldom records of one entity differ in it: not more than four times as often as
/// thought, and not in every second pair. Otherwise chance could find a class of pairs that share anything but their names.
fn agreeing(mut shares: Vec<f64>, prior: &[f64]) -> Vec<f64> {
    if let (Some(last), Some(thought)) = (shares.last().copied(), prior.last()) {
        let most = (thought * 4.0).min(0.5);
        if last > most {
            let (scale, count) = ((1.0 - most) / (1.0 - last), shares.len());
            shares[..count - 1].iter_mut().for_each(|share| *share *= scale);
            shares[count - 1] = most;
        }
    }
    shares
}

/// Keeps the levels at which records of one entity usually agree to [`RARE`] in all, or to what they have by chance.
fn rarely(mut shares: Vec<f64>, matched: &[f64], strangers: &[f64]) -> Vec<f64> {
    let is_usual = |level: &usize| matched[*level] > 0.05 && level + 1 < matched.len();
    let usual: Vec<usize> = (0..shares.len()).filter(is_usual).collect();
    let sum: f64 = usual.iter().map(|level| shares[*level]).sum();
    let chance: f64 = usual.iter().map(|level| strangers[*level]).sum();
    let most = RARE.max(chance);
    if sum > most {
        usual.iter().for_each(|level| shares[*level] *= most / sum);
        if let Some(last) = shares.last_mut() {
            *last += sum - most;
        }
    }
    shares
}

fn zeros(fields: &[Field]) -> Shares {
    fields.iter().map(|field| vec![0.0; field.levels().len()]).collect()
}

fn normalised(counts: &[f64], prior: &[f64], weight: f64) -> Vec<f64> {
    let sum: f64 = counts.iter().sum::<f64>() + weight;
    counts.iter().zip(prior).map(|(count, prior)| (count + prior * weight) / sum).collect()
}

/// The nearest shares with which a better level never speaks less for a match than a worse one: neighbours that do are
/// pooled (isotonic regression; Barlow and Brunk, 1972).
fn graded_by(shares: &[f64], strangers: &[f64]) -> Vec<f64> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::with_capacity(shares.len());
    for (share, stranger) in shares.iter().zip(strangers) {
        let mut pool = (*share, *stranger, 1);
        while let Some((share, stranger, count)) = pools.pop_if(|last| last.0 * pool.1 < pool.0 * last.1) {
            pool = (pool.0 + share, pool.1 + stranger, pool.2 + count);
        }
        pools.push(pool);
    }
    let ratios = pools.iter().flat_map(|(share, stranger, count)| std::iter::repeat_n(share / stranger, *count));
    ratios.zip(strangers).map(|(ratio, stranger)| ratio * stranger).collect()
}

impl Fitted {
    /// What an explanation does not share, it leaves to chance.
    fn tie(&mut self, fields: &[Field], explanations: &[Explanation]) {
        for (explained, explanation) in self.explained.iter_mut().zip(explanations) {
            for (place, field) in fields.iter().enumerate() {
                if !explanation.shares.contains(&field.aspect) && !explanation.loosely.contains(&field.aspect) {
                    explained[place].clone_from(&self.strangers[place]);
                }
            }
        }
    }
}

/// What is thought beforehand of strangers counts as so many pairs: those of a table of some hundred records.
const STRANGE_PAIRS: f64 = 100_000.0;

/// Pairs of the whole table that reach each level, matches included.
struct Chance {
    counts: Shares,
    floor: f64,
    /// By field what is thought beforehand, in pairs.
    before: Shares,
}

impl Chance {
    fn of(fields: &[Field], random: &Sample, all_pairs: f64) -> Self {
        let mut counts = zeros(fields);
        for levels in random.levels.chunks_exact(fields.len().max(1)) {
            for (place, level) in levels.iter().enumerate().filter(|(_, level)| **level != MISSING) {
                counts[place][*level as usize] += random.stands_for;
            }
        }
        for (field, counts) in fields.iter().zip(&mut counts) {
            let both = field.filled() * (field.filled() - 1.0) / 2.0;
            let mut equal = vec![0.0; counts.len()];
            for (value, count) in field.counts.iter().enumerate().skip(1) {
                let pairs = f64::from(*count) * (f64::from(*count) - 1.0) / 2.0;
                equal[field.values.equal(value as u32) as usize] += pairs;
            }
            // Equal values are counted, not sampled; the rest is what the sample says.
            counts[0] = equal[0];
            let sampled: f64 = counts[1..].iter().sum();
            let scale = if sampled > 0.0 { (both - equal[0]).max(0.0) / sampled } else { 0.0 };
            counts[1..].iter_mut().for_each(|count| *count *= scale);
        }
        let before = |field: &Field| -> Vec<f64> {
            let weight = if field.is_known() { STRANGE_PAIRS } else { 0.0 };
            field.levels().iter().map(|(_, _, strangers)| strangers * weight).collect()
        };
        let before = fields.iter().map(before).collect();
        Self { counts, before, floor: (random.stands_for * 0.5).min(all_pairs * 1e-6).max(0.5) }
    }

    /// Shares of levels among pairs that do not match.
    fn without(&self, matched: &Shares) -> Shares {
        let of_field = |((all, matched), before): ((&Vec<f64>, &Vec<f64>), &Vec<f64>)| -> Vec<f64> {
            let rest = all.iter().zip(matched).map(|(all, matched)| (all - matched).max(self.floor));
            let rest: Vec<f64> = rest.zip(before).map(|(rest, before)| rest + before).collect();
            let sum: f64 = rest.iter().sum();
            rest.iter().map(|rest| rest / sum).collect()
        };
        self.counts.iter().zip(matched).zip(&self.before).map(of_field).collect()
    }
}

/// Expected pairs: in all and by level, for a match and for each explanation.
struct Found {
    sums: Vec<f64>,
    levels: Vec<Shares>,
}

fn expect(fields: &[Field], fitted: &Fitted, candidates: &Sample) -> Found {
    let classes = 1 + fitted.explained.len();
    let width = fields.len().max(1);
    let logs: Vec<Vec<Vec<f64>>> = std::iter::once(&fitted.matched)
        .chain(&fitted.explained)
        .map(|shares| {
            let of_field = |(own, strangers): (&Vec<f64>, &Vec<f64>)| -> Vec<f64> {
                own.iter().zip(strangers).map(|(own, stranger)| (own / stranger).ln()).collect()
            };
            shares.iter().zip(&fitted.strangers).map(of_field).collect()
        })
        .collect();
    let mut priors = vec![fitted.match_share.ln()];
    priors.extend(fitted.explained_share.iter().map(|share| share.ln()));
    let chance: Vec<f64> = fitted.strangers.iter().map(|levels| levels[0].ln()).collect();
    let rare: Vec<Vec<bool>> = std::iter::once(&fitted.matched)
        .chain(&fitted.explained)
        .map(|shares| shares.iter().zip(&fitted.strangers).map(|(own, stranger)| own != stranger).collect())
        .collect();
    // Chunks of a fixed size, added up in order: the number of threads reaches no sum.
    let of_chunk = |(levels, rarity): (&[u8], &[f32])| {
        let mut found = Found { sums: vec![0.0; classes], levels: vec![zeros(fields); classes] };
        for (levels, rarity) in levels.chunks_exact(width).zip(rarity.chunks_exact(width)) {
            let mut odds = [0.0_f64; 8];
            for class in 0..classes {
                let mut log = priors[class];
                for place in 0..width {
                    if levels[place] != MISSING {
                        log += logs[class][place][levels[place] as usize];
                        if rare[class][place] && rarity[place] != 0.0 {
                            log += f64::from(rarity[place]) + chance[place];
                        }
                    }
                }
                odds[class] = if log < -40.0 { 0.0 } else { log.min(60.0).exp() };
            }
            let sum: f64 = 1.0 + odds[..classes].iter().sum::<f64>();
            for class in 0..classes {
                let share = odds[class] / sum * candidates.stands_for;
                if share < 1e-9 {
                    continue;
                }
                found.sums[class] += share;
                for place in 0..width {
                    if levels[place] != MISSING {
                        found.levels[class][place][levels[place] as usize] += share;
                    }
                }
            }
        }
        found
    };
    let chunks: Vec<Found> = candidates
        .levels
        .par_chunks(width * 4096)
        .zip(candidates.rarity.par_chunks(width * 4096))
        .map(of_chunk)
        .collect();
    let mut all = Found { sums: vec![0.0; classes], levels: vec![zeros(fields); classes] };
    for found in chunks {
        for class in 0..classes {
            all.sums[class] += found.sums[class];
            for (all, found) in all.levels[class].iter_mut().zip(&found.levels[class]) {
                all.iter_mut().zip(found).for_each(|(all, found)| *all += found);
            }
        }
    }
    all
}
