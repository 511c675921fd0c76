//! The matching kernel over a table: a fitted plan in whole numbers, and what a pair weighs by it.

use std::hint::black_box;

use serde::Serialize;
use velocity_model::{MilliBits, PairOutcome, StepWeight, Waterfall};

use crate::echo::{ECHO, is_echo};
use crate::explanations::Explanation;
use crate::fields::{Aspect, Field, MISSING, MOST};
use crate::fit::{Fitted, levels};
use crate::matcher::probability;
use crate::moved::tell_once;
use crate::report::{FieldLine, LevelLine};
use crate::swap::unswap;

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
    /// By field: the best that two different values can weigh.
    hope: Vec<MilliBits>,
    /// Places of the fields, names first, then those that can disappoint most.
    order: Vec<usize>,
    /// Places of given and family name.
    names: Option<(u8, u8)>,
    /// What the weights were made from.
    fitted: Fitted,
    chances: Vec<Vec<f64>>,
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
    /// The explanation that speaks most against it.
    pub explanation: &'static str,
    /// What it weighs against that.
    pub weight: MilliBits,
    /// The passes in which the two share a key, so that they were looked at; `None` if every pair of the table was.
    pub passes: Option<Vec<String>>,
    /// Whether they are one entity in the end.
    pub are_one: bool,
}

impl PairWhy {
    /// The steps as a sum, without the values.
    pub fn waterfall(&self) -> Waterfall {
        let start = StepWeight { field: None, level: "start".to_owned(), weight: self.prior, ..StepWeight::default() };
        let step = |step: &FieldWhy| StepWeight {
            field: Some(step.field.replace('_', " ")),
            level: step.level.unwrap_or("missing").to_owned(),
            weight: step.weight + step.rarity,
            ..StepWeight::default()
        };
        let against_strangers = self.against.first().map_or(self.weight, |(_, weight)| *weight);
        let explained = StepWeight {
            field: Some(StepWeight::EXPLANATION.to_owned()),
            level: format!("{} share as much", self.explanation),
            weight: self.weight - against_strangers,
            ..StepWeight::default()
        };
        let explained = Some(explained).filter(|step| step.weight != 0);
        Waterfall {
            steps: std::iter::once(start).chain(self.fields.iter().map(step)).chain(explained).collect(),
            weight: self.weight,
            probability_ppm: (probability(self.weight) * 1e6).round() as u32,
            explanation: self.explanation.to_owned(),
            outcome: if self.are_one { PairOutcome::Automatic } else { PairOutcome::Apart },
            risks: Vec::new(),
            shared_blocks: self.passes.clone(),
        }
    }
}

impl Weights {
    /// [`Weights::weigh`], step by step.
    pub(crate) fn why(&self, fields: &[Field], a: usize, b: usize) -> PairWhy {
        let levels = levels(fields, a, b);
        let of_field = |(place, field): (usize, &Field)| {
            let level = Some(levels[place]).filter(|level| *level != MISSING).map(usize::from);
            FieldWhy {
                field: field.name.clone(),
                level: level.map(|level| field.levels()[level].0),
                weight: level.map_or(0, |level| self.matched[place][level]),
                rarity: field.shared(levels[place], a, b).map_or(0, |value| self.rarity[place][value]),
            }
        };
        let steps: Vec<FieldWhy> = fields.iter().enumerate().map(of_field).collect();
        let matched: MilliBits = steps.iter().map(|step| step.weight + step.rarity).sum();
        let mut against = vec![("strangers", self.prior + matched)];
        for (name, prior, explained) in &self.against {
            let own = steps.iter().enumerate().filter(|(place, _)| levels[*place] != MISSING).map(|(place, step)| {
                let weight = explained[place][usize::from(levels[place])];
                // A field that is not shared has no weight, and no rarity either.
                weight + if weight == 0 { 0 } else { step.rarity }
            });
            against.push((name, prior + matched - own.sum::<MilliBits>()));
        }
        let least = against.iter().min_by_key(|(_, weight)| *weight).copied();
        let (explanation, weight) = least.unwrap_or(("strangers", self.prior));
        PairWhy { prior: self.prior, fields: steps, against, explanation, weight, passes: None, are_one: false }
    }

    /// Whether anything but a person's name speaks for two records, by a bit at least.
    pub(crate) fn says_more_than_names(&self, fields: &[Field], a: usize, b: usize) -> bool {
        let is_name = |field: &Field| {
            matches!(field.aspect, Aspect::Given | Aspect::Middle | Aspect::Family | Aspect::Suffix | Aspect::Gender)
        };
        let levels = levels(fields, a, b);
        fields.iter().zip(&levels).enumerate().any(|(place, (field, level))| {
            let weight = self.matched[place].get(usize::from(*level)).copied().unwrap_or_default();
            let rarity = field.shared(*level, a, b).map_or(0, |value| self.rarity[place][value]);
            !is_name(field) && weight + rarity >= 1_000
        })
    }

    /// What was learnt of each field of a table with so many records.
    pub(crate) fn lines(&self, fields: &[Field], records: usize) -> Vec<FieldLine> {
        let line = |(place, field): (usize, &Field)| FieldLine {
            name: field.name.replace('_', " "),
            filled: field.filled() / records.max(1) as f64,
            values: field.counts.iter().skip(1).filter(|count| **count > 0).count() as u64,
            levels: (0..field.levels().len())
                .map(|level| LevelLine {
                    name: field.levels()[level].0.to_owned(),
                    matched: self.fitted.matched[place][level],
                    strangers: self.fitted.strangers[place][level],
                    weight: self.matched[place][level],
                })
                .collect(),
        };
        fields.iter().enumerate().map(line).collect()
    }

    /// By field and value, how likely another entity has the value too.
    pub(crate) fn chances(&self) -> &[Vec<f64>] {
        &self.chances
    }

    /// By field and level, what it weighs for a match against strangers.
    pub(crate) fn matched(&self) -> &[Vec<MilliBits>] {
        &self.matched
    }

    pub(crate) fn fitted(&self) -> &Fitted {
        &self.fitted
    }

    /// The explanations with how many pairs each has for one that matches.
    pub(crate) fn explanations(&self) -> Vec<(String, f64)> {
        let shares = self.against.iter().zip(&self.fitted.explained_share);
        shares.map(|((name, ..), share)| ((*name).to_owned(), share / self.fitted.match_share)).collect()
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
        let matched = against_strangers(&fitted.matched);
        // A place may turn out not to count.
        let hope = |(levels, field): (&Vec<MilliBits>, &Field)| {
            let best = levels[1..].iter().copied().max().unwrap_or_default();
            if field.aspect == Aspect::Place { best.max(0) } else { best }
        };
        let hope: Vec<MilliBits> = matched.iter().zip(fields).map(hope).collect();
        let of_aspect = |aspect: Aspect| fields.iter().position(|field| field.aspect == aspect);
        let (given, family) = (of_aspect(Aspect::Given), of_aspect(Aspect::Family));
        let last = |place: usize| matched[place].last().copied().unwrap_or_default();
        let mut order: Vec<usize> = (0..fields.len()).collect();
        order.sort_by_key(|place| (Some(*place) != given, Some(*place) != family, last(*place) - hope[*place]));
        Self {
            against: against.collect(),
            prior: milli(fitted.match_share),
            rarity: rarity.collect(),
            names: given.zip(family).map(|(given, family)| (given as u8, family as u8)),
            matched,
            hope,
            order,
            fitted: fitted.clone(),
            chances: chances.to_vec(),
        }
    }

    /// What two records weigh: log odds of a match against the explanation that speaks most against it; `None` if strangers
    /// alone bring it below `least`.
    pub(crate) fn weigh(
        &self,
        fields: &[Field],
        rows: &Rows,
        a: usize,
        b: usize,
        least: MilliBits,
    ) -> Option<MilliBits> {
        let (row_a, row_b) = (rows.of(a), rows.of(b));
        let mut levels = [MISSING; MOST];
        let mut rarity = [0; MOST];
        let mut open = [0_u8; MOST];
        let mut still = 0;
        // What the pair would weigh if all that is still to be compared turned out as well as it can.
        let mut bound = self.prior;
        for place in &self.order {
            match (row_a[*place], row_b[*place]) {
                (0, _) | (_, 0) => {}
                (own, other) if own == other => {
                    let level = fields[*place].values.equal(own);
                    levels[*place] = level;
                    bound += self.matched[*place][usize::from(level)];
                    if level == 0 {
                        rarity[*place] = self.rarity[*place][own as usize];
                        bound += rarity[*place];
                    }
                }
                _ => {
                    bound += self.hope[*place];
                    open[still] = *place as u8;
                    still += 1;
                }
            }
        }
        if bound < least {
            return None;
        }
        for (number, place) in open[..still].iter().enumerate() {
            let place = usize::from(*place);
            let (own, other) = (row_a[place], row_b[place]);
            levels[place] = fields[place].values.compare(own.min(other), own.max(other));
            if fields[place].aspect == Aspect::Email
                && self.names.is_some_and(|(given, family)| {
                    is_echo(fields, (usize::from(given), usize::from(family), place), a, b, &levels)
                })
            {
                levels[place] = ECHO;
            }
            bound += self.matched[place][usize::from(levels[place])] - self.hope[place];
            // The names come first, and are looked at crosswise before anything is concluded from them.
            if number == 1 && self.names.is_some_and(|(given, family)| open[0] == given && open[1] == family) {
                let before = self.of_levels(&levels, &open[..2]);
                unswap(fields, a, b, &mut levels);
                bound += self.of_levels(&levels, &open[..2]) - before;
            }
            let undecided = number == 0 && self.names.is_some_and(|(given, _)| open[0] == given);
            if bound < least && !undecided {
                return None;
            }
        }
        let before = levels;
        tell_once(fields, &mut levels[..fields.len()]);
        for place in (0..fields.len()).filter(|place| before[*place] != levels[*place]) {
            bound -= self.matched[place][usize::from(before[place])];
        }
        let mut weight = bound;
        for (_, prior, explained) in &self.against {
            let mut against = prior + bound - self.prior;
            for place in &self.order {
                if levels[*place] != MISSING {
                    let own = explained[*place][usize::from(levels[*place])];
                    // A field that is not shared has no weight, and no rarity either.
                    against -= own + if own == 0 { 0 } else { rarity[*place] };
                }
            }
            weight = weight.min(against);
        }
        (weight >= least).then_some(weight)
    }

    fn of_levels(&self, levels: &[u8], places: &[u8]) -> MilliBits {
        let weight = |place: &u8| self.matched[usize::from(*place)][usize::from(levels[usize::from(*place)])];
        places.iter().map(weight).sum()
    }
}

/// The places of all values, record by record.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    width: usize,
    cells: Vec<u32>,
}

impl Rows {
    pub(crate) fn of_fields(fields: &[Field], records: usize) -> Self {
        let cells = (0..records).flat_map(|record| fields.iter().map(move |field| field.cells[record])).collect();
        Self { width: fields.len(), cells }
    }

    /// Reads some records before they are weighed: what waits for memory one after the other there waits together here.
    pub(crate) fn warm(&self, records: &[u32]) {
        let ends = |record: &u32| {
            let row = self.of(*record as usize);
            row.first().copied().unwrap_or_default() ^ row.last().copied().unwrap_or_default()
        };
        black_box(records.iter().fold(0, |sum, record| sum ^ ends(record)));
    }

    fn of(&self, record: usize) -> &[u32] {
        &self.cells[record * self.width..(record + 1) * self.width]
    }
}
