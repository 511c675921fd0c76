//! How many pairs are expected to match, or to be explained otherwise, by what is known so far.

use rayon::prelude::*;

use super::{Fitted, Sample, Shares, zeros};
use crate::fields::{Field, MISSING};

/// Expected pairs: in all and by level, for a match and for each explanation.
pub(super) struct Found {
    pub(super) sums: Vec<f64>,
    pub(super) levels: Vec<Shares>,
}

/// A match and its explanations are no more.
const MOST_CLASSES: usize = 8;
/// What somebody says of one pair counts as so many that were only guessed.
const LABEL: f64 = 5.0;

impl Found {
    /// Adds pairs that are known to match to what is known of levels. How many match in all they do not tell: somebody chose
    /// them.
    pub(super) fn add_labelled(&mut self, fields: &[Field], labelled: &Sample) {
        for levels in labelled.levels.chunks_exact(fields.len().max(1)) {
            for (counts, level) in self.levels[0].iter_mut().zip(levels).filter(|(_, level)| **level != MISSING) {
                counts[usize::from(*level)] += LABEL;
            }
        }
    }
}

pub(super) fn expect(fields: &[Field], fitted: &Fitted, candidates: &Sample) -> Found {
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
            let mut odds = [0.0_f64; MOST_CLASSES];
            for (class, odds) in odds[..classes].iter_mut().enumerate() {
                let mut log = priors[class];
                for (place, level) in levels.iter().enumerate().filter(|(_, level)| **level != MISSING) {
                    log += logs[class][place][usize::from(*level)];
                    if rare[class][place] && rarity[place] != 0.0 {
                        log += f64::from(rarity[place]) + chance[place];
                    }
                }
                *odds = if log < -40.0 { 0.0 } else { log.min(60.0).exp() };
            }
            let sum: f64 = 1.0 + odds[..classes].iter().sum::<f64>();
            for (class, odds) in odds[..classes].iter().enumerate() {
                let share = odds / sum * candidates.stands_for;
                if share < 1e-9 {
                    continue;
                }
                found.sums[class] += share;
                for (counts, level) in
                    found.levels[class].iter_mut().zip(levels).filter(|(_, level)| **level != MISSING)
                {
                    counts[usize::from(*level)] += share;
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
