//! Weights from the data alone: expectation and maximisation (Dempster, Laird and Rubin, 1977) over candidate pairs, in which a
//! pair is a match, or one of the explanations, or two strangers (Winkler, "Using the EM Algorithm for Weight Computation in
//! the Fellegi-Sunter Model of Record Linkage", 1988; the explanations are ours).
//!
//! What strangers share by chance comes from random pairs and from the frequencies of the values, and not from the
//! candidates, which were chosen because they agree somewhere. What is thought beforehand of each level counts as a few
//! pairs, so that a small table leans on it and a large one forgets it.

mod chance;
mod expect;
mod limits;
mod sample;

use crate::echo::ECHO;
use crate::explanations::{Explanation, RARE};
use crate::fields::{Aspect, Field};
use chance::Chance;
use expect::expect;
use limits::{TELLING, USUAL, agreeing, graded_by, in_part, named_alike, rarely};
pub(crate) use sample::{Sample, levels};
use serde::{Deserialize, Serialize};

/// Shares of levels: by field, then by level.
pub(crate) type Shares = Vec<Vec<f64>>;

/// What was learnt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
const PRIOR_PAIRS: f64 = 30.0;
/// The same of levels at which a match is thought to be rarer than strangers are. A small table that holds relatives would
/// otherwise take them for matches, and their given names for errors.
const DOUBTED_PAIRS: f64 = 100.0;
/// So many times more often than thought records of one entity may differ in a field, in a table of any size.
const MOST_DIFFERENT: f64 = 4.0;
/// The more matches a table has, the more it may differ from what is thought: with many so much beyond it, ...
const GROWTH: f64 = 5.0;
/// ... and with so many half of that.
const MANY_MATCHES: f64 = 1_000.0;
/// Pairs of an explanation differ in what they share no more than so many times as often as those of one entity are thought to.
const MOST_EXPLAINED: f64 = 4.0;
/// No more than so many relatives share an address of mail.
const SHARED_MAIL: f64 = 0.2;
/// No explanation has fewer pairs than this share of the matches: a table in which none is seen may still hold one.
const LEAST: f64 = 0.005;
const ROUNDS: usize = 20;

/// Fits the shares. `candidates` hold nearly all matching pairs; `random` are pairs of any two records of a table of `records`;
/// `labelled` are pairs that somebody says match; `within_lists` is the share of matches within one list, where it is known.
pub(crate) fn fit(
    fields: &[Field],
    explanations: &[Explanation],
    candidates: &Sample,
    random: &Sample,
    labelled: &Sample,
    records: usize,
    within_lists: Option<f64>,
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
        let mut found = expect(fields, &fitted, candidates);
        found.add_labelled(fields, labelled);
        let matches = found.sums[0];
        let most = (1.0 + GROWTH * matches / (matches + MANY_MATCHES)).min(MOST_DIFFERENT);
        let matched = |(place, field): (usize, &Field)| {
            let (counts, prior, strangers) = (&found.levels[0][place], &prior[place], &fitted.strangers[place]);
            match (field.is_graded(), field.is_known()) {
                (true, true) if matches!(field.aspect, Aspect::Title | Aspect::Model) => {
                    named_alike(graded_by(&believed(field, counts), strangers), prior, field.aspect)
                }
                (true, true) => agreeing(graded_by(&believed(field, counts), strangers), prior, most),
                (true, false) => graded_by(&normalised(counts, prior, PRIOR_PAIRS), strangers),
                (false, _) => match within_lists.filter(|_| field.aspect == Aspect::List) {
                    Some(share) => vec![share, 1.0 - share],
                    None => normalised(counts, prior, 1.0),
                },
            }
        };
        fitted.matched = fields.iter().enumerate().map(matched).collect();
        let explained: Vec<Shares> = explanations
            .iter()
            .zip(&found.levels[1..])
            .map(|(explanation, counts)| explained(fields, explanation, counts, &prior, &fitted.strangers))
            .collect();
        // No fewer than a pair of each, so that nothing becomes impossible.
        let share = |sum: f64| (sum.max(1.0) / all_pairs).min(0.5);
        fitted.match_share = share(matches);
        let least = fitted.match_share * LEAST;
        // What is thought beforehand counts for no more than so many pairs.
        let before = |explanation: &Explanation| (matches * explanation.thought).min(PRIOR_PAIRS);
        let sums = found.sums[1..].iter().zip(explanations);
        fitted.explained_share = sums.map(|(sum, told)| share(*sum + before(told)).max(least)).collect();
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
            let mut before = strangers[place].clone();
            if field.aspect == Aspect::Email {
                // Who has the name has the address made of it.
                before[usize::from(ECHO)] = prior[place][usize::from(ECHO)];
            }
            let most = if field.aspect == Aspect::Email { SHARED_MAIL } else { RARE };
            let shares = normalised(&counts[place], &before, PRIOR_PAIRS);
            return rarely(shares, &prior[place], &strangers[place], (USUAL, most));
        }
        if explanation.partly.contains(&field.aspect) {
            let shares = normalised(&counts[place], &in_part(field), PRIOR_PAIRS);
            return rarely(shares, &prior[place], &strangers[place], (TELLING, RARE));
        }
        let shares = graded_by(&normalised(&counts[place], &prior[place], PRIOR_PAIRS), &strangers[place]);
        if field.is_known() { agreeing(shares, &prior[place], MOST_EXPLAINED) } else { shares }
    };
    fields.iter().enumerate().map(of_field).collect()
}

/// The shares of levels among matches, where a field is known: what is thought beforehand weighs more at levels that speak
/// against a match, and each level has its own share of what is left by these.
fn believed(field: &Field, counts: &[f64]) -> Vec<f64> {
    let levels = field.levels();
    let sum: f64 = counts.iter().sum();
    let share = |level: usize, weight: f64| (counts[level] + levels[level].1 * weight) / (sum + weight);
    let is_doubt = |level: usize| levels[level].1 < levels[level].2 || level + 1 == levels.len();
    let total = |of_doubts: bool, weight: f64| -> f64 {
        (0..levels.len()).filter(|level| is_doubt(*level) == of_doubts).map(|level| share(level, weight)).sum()
    };
    let scale = (1.0 - total(true, DOUBTED_PAIRS)) / total(false, PRIOR_PAIRS);
    let believed = |level| match is_doubt(level) {
        true => share(level, DOUBTED_PAIRS),
        false => share(level, PRIOR_PAIRS) * scale,
    };
    (0..levels.len()).map(believed).collect()
}

fn zeros(fields: &[Field]) -> Shares {
    fields.iter().map(|field| vec![0.0; field.levels().len()]).collect()
}

fn normalised(counts: &[f64], prior: &[f64], weight: f64) -> Vec<f64> {
    let sum: f64 = counts.iter().sum::<f64>() + weight;
    counts.iter().zip(prior).map(|(count, prior)| (count + prior * weight) / sum).collect()
}

impl Fitted {
    /// What an explanation does not share, it leaves to chance.
    fn tie(&mut self, fields: &[Field], explanations: &[Explanation]) {
        for (explained, explanation) in self.explained.iter_mut().zip(explanations) {
            for (place, field) in fields.iter().enumerate() {
                if !explanation.tells(field) {
                    explained[place].clone_from(&self.strangers[place]);
                }
            }
        }
    }
}
