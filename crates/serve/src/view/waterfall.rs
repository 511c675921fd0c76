//! The weight of a pair, step by step, with a bar for each step.

use serde::Serialize;
use velocity_model::{MilliBits, StepWeight, Waterfall};

use crate::format;

/// Width of a bar's box in its own units.
pub(crate) const WIDTH: i64 = 1000;

/// Label of the first step, which compares nothing.
const START: &str = "to begin with";
/// Label of the last one, of what is explained otherwise.
const HOWEVER: &str = "however";

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Bar {
    /// What was compared: "e-mail".
    pub(crate) label: String,
    /// The level reached, in words.
    pub(crate) level: String,
    /// `for`, `against` or `none`.
    pub(crate) side: Side,
    /// "+ strong", "− weak", "not stated".
    pub(crate) strength: String,
    /// "+9.2" bits.
    pub(crate) weight: String,
    /// Left edge of the bar.
    pub(crate) x: i64,
    /// Width of the bar; at least 4, so that it can be seen.
    pub(crate) width: i64,
    /// What the first record states.
    pub(crate) left: String,
    /// What the second states.
    pub(crate) right: String,
}

/// Which way a step pulls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Side {
    /// Towards the same.
    For,
    /// Towards apart.
    Against,
    /// Neither.
    None,
}

impl Side {
    /// The class of its bar.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
            Self::None => "none",
        }
    }
}

/// The steps and their sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct WaterfallView {
    /// The start, then one step a comparison.
    pub(crate) bars: Vec<Bar>,
    /// Where the sum is zero: even odds.
    pub(crate) zero: i64,
    /// "+12.4" bits.
    pub(crate) total: String,
    /// "likely 0.93".
    pub(crate) certainty: String,
    /// Why it waits although it weighs enough.
    pub(crate) risks: Vec<&'static str>,
    /// The blocking passes that made it a candidate, in words.
    pub(crate) candidates: String,
    /// What the pair was weighed against, in words.
    pub(crate) explanation: String,
}

impl Bar {
    /// "+ same e-mail", "− different phone", "+ name: initial".
    pub(crate) fn mark(&self) -> String {
        let sign = if self.side == Side::For { "+" } else { "\u{2212}" };
        let says_what = ["same ", "similar ", "different "].iter().any(|start| self.level.starts_with(start));
        if says_what { format!("{sign} {}", self.level) } else { format!("{sign} {}: {}", self.label, self.level) }
    }
}

impl WaterfallView {
    /// The steps that say something, without the start, which compares nothing.
    pub(crate) fn told(&self) -> impl Iterator<Item = &Bar> {
        self.bars.iter().filter(|bar| bar.side != Side::None && bar.label != HOWEVER)
    }

    /// The view of a waterfall: each bar begins where the one before it ended.
    pub(crate) fn new(waterfall: &Waterfall) -> Self {
        let ends: Vec<i64> = waterfall
            .steps
            .iter()
            .scan(0_i64, |sum, step| {
                *sum += i64::from(step.weight);
                Some(*sum)
            })
            .collect();
        let lowest = ends.iter().copied().min().unwrap_or(0).min(0);
        let highest = ends.iter().copied().max().unwrap_or(0).max(0);
        let span = (highest - lowest).max(1);
        let place = |weight: i64| (weight - lowest) * WIDTH / span;
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let steps = waterfall.steps.iter().zip(starts.zip(&ends));
        let bars = steps.map(|(step, (start, end))| bar(step, place(start), place(*end))).collect();
        let candidates = match waterfall.shared_blocks.as_deref() {
            None => "Compared because every pair of so few records is.".to_owned(),
            Some([]) => "They share no blocking key, so they were never compared by themselves.".to_owned(),
            Some(blocks) => format!("Compared because they share: {}.", blocks.join("; ")),
        };
        Self {
            bars,
            zero: place(0),
            total: format::bits(waterfall.weight),
            certainty: certainty(waterfall.probability_ppm),
            risks: waterfall.risks.iter().map(|risk| risk.sentence()).collect(),
            candidates,
            explanation: format!("If they are two, they are most likely {}.", waterfall.explanation),
        }
    }
}

fn bar(step: &StepWeight, from: i64, to: i64) -> Bar {
    let width = (to - from).abs().max(4);
    let side = match step.weight {
        0 => Side::None,
        _ if step.field.is_none() => Side::None,
        1.. => Side::For,
        _ => Side::Against,
    };
    Bar {
        label: match step.field.as_deref() {
            None => START.to_owned(),
            Some(StepWeight::EXPLANATION) => HOWEVER.to_owned(),
            Some(field) => field.to_owned(),
        },
        level: if step.field.is_some() { step.level.clone() } else { "odds of any pair".to_owned() },
        side,
        strength: strength(step),
        weight: format::bits(step.weight),
        x: from.min(to).min(WIDTH - width).max(0),
        width,
        left: step.left.clone(),
        right: step.right.clone(),
    }
}

fn strength(step: &StepWeight) -> String {
    if !step.compares() {
        return String::new();
    }
    if step.weight == 0 {
        return if step.level == "missing" { "not stated".to_owned() } else { "no weight".to_owned() };
    }
    let sign = if step.weight > 0 { '+' } else { '\u{2212}' };
    let word = match step.weight.unsigned_abs() {
        6_000.. => "strong",
        2_000.. => "medium",
        _ => "weak",
    };
    format!("{sign} {word}")
}

/// A probability as band and number: "likely 0.93"; never rounded up to 1.
pub(crate) fn certainty(ppm: u32) -> String {
    format!("{} {}", band(ppm), probability(ppm))
}

fn probability(ppm: u32) -> String {
    match ppm {
        999_000.. => "0.999".to_owned(),
        990_000.. => format!("0.{:03}", ppm / 1_000),
        _ => format!("0.{:02}", ppm / 10_000),
    }
}

/// The word for a probability in millionths.
pub(crate) const fn band(ppm: u32) -> &'static str {
    match ppm {
        990_000.. => "sure",
        800_000.. => "likely",
        500_000.. => "unsure",
        _ => "unlikely",
    }
}

/// The probability of a weight, in millionths: 1 / (1 + 2^-weight), for people.
pub(crate) fn ppm(weight: MilliBits) -> u32 {
    let odds = (-f64::from(weight) / 1_000.0).exp2();
    (1_000_000.0 / (1.0 + odds)).round() as u32
}

#[cfg(test)]
mod tests;
