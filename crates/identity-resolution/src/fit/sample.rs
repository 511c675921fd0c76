//! Pairs to learn from.

use rayon::prelude::*;

use crate::fields::Field;

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
        let shared = field.shared(*level, a, b).filter(|_| field.has_rarity());
        shared.map_or(0.0, |value| -(chances[value].ln()) as f32)
    });
    let rarity = rarity.collect();
    (levels, rarity)
}

/// The level of each field; given and family name the other way round count as a slip in the one and as equal in the other,
/// an address that repeats the name does not count, and nor does another town where the street is another one.
pub(crate) fn levels(fields: &[Field], a: usize, b: usize) -> Vec<u8> {
    let mut levels: Vec<u8> = fields.iter().map(|field| field.level(a, b)).collect();
    crate::swap::unswap(fields, a, b, &mut levels);
    crate::echo::unecho(fields, a, b, &mut levels);
    crate::moved::tell_once(fields, &mut levels);
    levels
}
