//! The matching kernel over a table: a fitted plan in whole numbers, and what a pair weighs by it.

use serde::Serialize;
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

/// What one field says of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldWhy {
    /// The field.
    pub field: String,
    /// The level reached; `None` if one record has no value.
    pub level: Option<&'static str>,
    /// What the level weighs, in thousandths of a bit.
    pub weight: MilliBits,
    /// What the rarity of the shared value adds.
    pub rarity: MilliBits,
}

/// Why two records are one or two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PairWhy {
    /// What a match starts from, against strangers.
    pub prior: MilliBits,
    /// By field.
    pub fields: Vec<FieldWhy>,
    /// What a match weighs against each explanation, strangers first.
    pub against: Vec<(&'static str, MilliBits)>,
    /// The least of these.
    pub weight: MilliBits,
    /// Whether they are one entity in the end.
    pub are_one: bool,
}

impl Weights {
    /// [`Weights::weigh`], step by step.
    pub(crate) fn why(&self, fields: &[Field], a: usize, b: usize) -> PairWhy {
        let levels = levels(fields, a, b);
        let of_field = |(place, field): (usize, &Field)| {
            let level = Some(levels[place]).filter(|level| *level != MISSING).map(usize::from);
            let is_equal = level == Some(0) && field.cells[a] == field.cells[b];
            FieldWhy {
                field: field.name.clone(),
                level: level.map(|level| field.levels()[level].0),
                weight: level.map_or(0, |level| self.matched[place][level]),
                rarity: if is_equal { self.rarity[place][field.cells[a] as usize] } else { 0 },
            }
        };
        let steps: Vec<FieldWhy> = fields.iter().enumerate().map(of_field).collect();
        let matched: MilliBits = steps.iter().map(|step| step.weight + step.rarity).sum();
        let mut against = vec![("strangers", self.prior + matched)];
        for (name, prior, explained) in &self.against {
            let own = steps.iter().enumerate().filter(|(place, _)| levels[*place] != MISSING).map(|(place, step)| {
                let weight = explained[place][levels[place] as usize];
                weight + if weight == 0 { 0 } else { step.rarity }
            });
            against.push((name, prior + matched - own.sum::<MilliBits>()));
        }
        let weight = against.iter().map(|(_, weight)| *weight).min().unwrap_or_default();
        PairWhy { prior: self.prior, fields: steps, against, weight, are_one: false }
    }

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
        let rarity = fields.iter().enumerate().map(|(place, field)| {
            let rarity = |chance: &f64| if field.has_rarity() { milli(fitted.strangers[place][0] / chance) } else { 0 };
            chances[place].iter().map(rarity).collect()
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
