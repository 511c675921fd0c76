//! The matching kernel over a table: a fitted plan in whole numbers, and what a pair weighs by it.

use velocity_model::MilliBits;

use crate::explanations::Explanation;
use crate::fields::{Field, MISSING};
use crate::fit::{Fitted, levels};

/// Weights in thousandths of a bit.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    /// By field and level: for a match against strangers.
    matched: Vec<Vec<MilliBits>>,
    /// By explanation: its name, what a match starts from against it, and by field and level its own weight against strangers.
    against: Vec<(&'static str, MilliBits, Vec<Vec<MilliBits>>)>,
    /// What a match starts from against strangers.
    prior: MilliBits,
    /// By field and value: what the value's rarity adds where it is shared.
    rarity: Vec<Vec<MilliBits>>,
}

/// log2 in thousandths, rounded; within ±30 bits.
fn milli(ratio: f64) -> MilliBits {
    (ratio.log2() * 1000.0).round().clamp(-30_000.0, 30_000.0) as MilliBits
}

impl Weights {
    pub(crate) fn of(fields: &[Field], explanations: &[Explanation], fitted: &Fitted, chances: &[Vec<f64>]) -> Self {
        let against_strangers = |shares: &Vec<Vec<f64>>| -> Vec<Vec<MilliBits>> {
            let of_field = |(own, strangers): (&Vec<f64>, &Vec<f64>)| {
                own.iter().zip(strangers).map(|(own, stranger)| milli(own / stranger)).collect()
            };
            shares.iter().zip(&fitted.strangers).map(of_field).collect()
        };
        let against = explanations.iter().zip(&fitted.explained).zip(&fitted.explained_share);
        let against = against.map(|((explanation, shares), share)| {
            (explanation.name, milli(fitted.match_share / share), against_strangers(shares))
        });
        let rarity = fields.iter().enumerate().map(|(place, _)| {
            chances[place].iter().map(|chance| milli(fitted.strangers[place][0] / chance)).collect()
        });
        Self {
            matched: against_strangers(&fitted.matched),
            against: against.collect(),
            prior: milli(fitted.match_share),
            rarity: rarity.collect(),
        }
    }

    /// What two records weigh: log odds of a match against the explanation that speaks most against it.
    pub(crate) fn weigh(&self, fields: &[Field], a: usize, b: usize) -> MilliBits {
        let levels = levels(fields, a, b);
        let mut matched = 0;
        let mut rarity = [0; 40];
        for (place, level) in levels.iter().enumerate().filter(|(_, level)| **level != MISSING) {
            matched += self.matched[place][*level as usize];
            if *level == 0 && fields[place].cells[a] == fields[place].cells[b] {
                let rare = self.rarity[place][fields[place].cells[a] as usize];
                matched += rare;
                if let Some(slot) = rarity.get_mut(place) {
                    *slot = rare;
                }
            }
        }
        let mut weight = self.prior + matched;
        for (_, prior, explained) in &self.against {
            let mut other = 0;
            for (place, level) in levels.iter().enumerate().filter(|(_, level)| **level != MISSING) {
                let own = explained[place][*level as usize];
                other += own;
                // A field that is not shared has no weight, and no rarity either.
                if own != 0 {
                    other += rarity.get(place).copied().unwrap_or_default();
                }
            }
            weight = weight.min(prior + matched - other);
        }
        weight
    }
}
