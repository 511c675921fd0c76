//! What strangers share by chance.

use super::{Sample, Shares, zeros};
use crate::fields::{Field, MISSING, Values};

/// What is thought beforehand of strangers counts as so many pairs: those of a table of some hundred records.
const STRANGE_PAIRS: f64 = 100_000.0;

/// No record matches more others than so many, on average, as far as levels short of equality are concerned.
const MATCHES: f64 = 3.0;
/// So few pairs show nothing.
const FEW: f64 = 50.0;

/// Pairs of the whole table that reach each level, matches included.
pub(super) struct Chance {
    counts: Shares,
    floor: f64,
    /// By field what is thought beforehand, in pairs.
    before: Shares,
    /// By field the least share of strangers at each level, as far as the table alone shows it.
    shown: Shares,
}

impl Chance {
    pub(super) fn of(fields: &[Field], random: &Sample, all_pairs: f64) -> Self {
        let mut counts = zeros(fields);
        let width = fields.len().max(1);
        for (levels, rarity) in random.levels.chunks_exact(width).zip(random.rarity.chunks_exact(width)) {
            let told = levels.iter().zip(rarity).enumerate().filter(|(_, (level, _))| **level != MISSING);
            for (place, (level, rarity)) in told {
                // Equal values, which have a rarity, are counted below.
                if *level != 0 || *rarity == 0.0 {
                    counts[place][*level as usize] += random.stands_for;
                }
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
            let sampled: f64 = counts.iter().sum();
            let scale = if sampled > 0.0 { (both - equal[0]).max(0.0) / sampled } else { 0.0 };
            counts.iter_mut().for_each(|count| *count *= scale);
            counts[0] += equal[0];
        }
        let before = |field: &Field| -> Vec<f64> {
            let weight = if field.is_known() { STRANGE_PAIRS } else { 0.0 };
            field.levels().iter().map(|(_, _, strangers)| strangers * weight).collect()
        };
        let before = fields.iter().map(before).collect();
        let shown = fields.iter().zip(&counts).map(|(field, counts)| shown(field, counts)).collect();
        Self { shown, counts, before, floor: (random.stands_for * 0.5).min(all_pairs * 1e-6).max(0.5) }
    }

    /// Shares of levels among pairs that do not match.
    pub(super) fn without(&self, matched: &Shares) -> Shares {
        let of_field = |place: usize| -> Vec<f64> {
            let (all, matched, before) = (&self.counts[place], &matched[place], &self.before[place]);
            let without = |(level, (all, matched)): (usize, (&f64, &f64))| {
                // Where matches are few among those who agree, what they seem to be may be chance: they are taken off by
                // halves only. Otherwise a class of pairs that share one word of their names would take in more of them with
                // each round, and nothing could tell it from a match.
                let share = if level == 0 { 1.0 } else { (matched / all.max(1.0)).min(1.0) };
                (all - matched * share).max(self.floor)
            };
            let rest = all.iter().zip(matched).enumerate().map(without);
            let rest: Vec<f64> = rest.zip(before).map(|(rest, before)| rest + before).collect();
            let sum: f64 = rest.iter().sum();
            let shares: Vec<f64> =
                rest.iter().zip(&self.shown[place]).map(|(rest, shown)| (rest / sum).max(*shown)).collect();
            let sum: f64 = shares.iter().sum();
            shares.iter().map(|share| share / sum).collect()
        };
        (0..self.counts.len()).map(of_field).collect()
    }
}

/// The least share of strangers at each level of a text: of the pairs that reach it those that matches cannot account for. How
/// often strangers share words depends on how many there are, so that what is thought in general may be far from a table of few: of
/// a hundred firms whose names are made of twenty words, every seventh pair shares one.
fn shown(field: &Field, counts: &[f64]) -> Vec<f64> {
    let all: f64 = counts.iter().sum::<f64>().max(1.0);
    let is_of_words = field.is_known() && matches!(field.values, Values::Text(_));
    let of_level = |(level, count): (usize, &f64)| {
        let matches = MATCHES * field.filled() * field.levels()[level].1;
        if level == 0 || !is_of_words { 0.0 } else { (count - matches - FEW).max(0.0) / all }
    };
    counts.iter().enumerate().map(of_level).collect()
}
