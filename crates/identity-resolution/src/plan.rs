//! A frozen plan: what was learnt of one table, to resolve others by.

use serde::{Deserialize, Serialize};

use crate::explanations::Explanation;
use crate::fields::Field;
use crate::fit::{Fitted, Shares};

/// What was learnt of a table, frozen: another table is resolved by it without learning anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatchPlan {
    /// Form of the plan; see [`MatchPlan::VERSION`].
    pub version: u32,
    /// Records that it was learnt from.
    pub records: u64,
    /// Share of all pairs of those records that match.
    pub match_share: f64,
    /// Other explanations of a pair, with their share of all pairs.
    pub explanations: Vec<(String, f64)>,
    /// What was learnt of each field.
    pub fields: Vec<PlanField>,
}

/// One field of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanField {
    /// Its name, by which it is found again.
    pub name: String,
    /// Its levels, best first: a field with other levels is another one.
    pub levels: Vec<String>,
    /// Shares of matching pairs that reach each level.
    pub matched: Vec<f64>,
    /// The same of strangers.
    pub strangers: Vec<f64>,
    /// The same by explanation.
    pub explained: Vec<Vec<f64>>,
}

impl MatchPlan {
    /// The form of plans that this program writes and reads.
    pub const VERSION: u32 = 2;

    pub(crate) fn of(fields: &[Field], explanations: &[Explanation], fitted: &Fitted, records: usize) -> Self {
        let field = |(place, field): (usize, &Field)| PlanField {
            name: field.name.clone(),
            levels: level_names(field),
            matched: fitted.matched[place].clone(),
            strangers: fitted.strangers[place].clone(),
            explained: fitted.explained.iter().map(|shares| shares[place].clone()).collect(),
        };
        let told = explanations.iter().zip(&fitted.explained_share);
        Self {
            version: Self::VERSION,
            records: records as u64,
            match_share: fitted.match_share,
            explanations: told.map(|(told, share)| (told.name.to_owned(), *share)).collect(),
            fields: fields.iter().enumerate().map(field).collect(),
        }
    }

    /// What the plan says of the fields of another table. A field that it does not know says nothing. A record has as many
    /// doubles as before, so that among more records a smaller share of all pairs match.
    pub(crate) fn fitted(&self, fields: &[Field], explanations: &[Explanation], records: usize) -> Fitted {
        let known: Vec<Option<&PlanField>> = fields.iter().map(|field| self.field(field)).collect();
        let silent = |field: &Field| vec![1.0 / field.levels().len() as f64; field.levels().len()];
        let shares = |of: &dyn Fn(&PlanField) -> Option<Vec<f64>>| -> Shares {
            let pairs = fields.iter().zip(&known);
            pairs.map(|(field, known)| known.and_then(of).unwrap_or_else(|| silent(field))).collect()
        };
        let scale = self.records as f64 / records.max(1) as f64;
        let place = |told: &Explanation| self.explanations.iter().position(|(name, _)| name == told.name);
        let explained = |told: &Explanation| {
            let place = place(told);
            shares(&|field| place.map_or(Some(&field.strangers), |place| field.explained.get(place)).cloned())
        };
        let share =
            |told: &Explanation| place(told).map_or(self.match_share * 0.01, |place| self.explanations[place].1);
        Fitted {
            matched: shares(&|field| Some(field.matched.clone())),
            strangers: shares(&|field| Some(field.strangers.clone())),
            explained: explanations.iter().map(explained).collect(),
            match_share: (self.match_share * scale).clamp(1e-15, 0.5),
            explained_share: explanations.iter().map(|told| (share(told) * scale).clamp(1e-15, 0.5)).collect(),
        }
    }

    fn field(&self, field: &Field) -> Option<&PlanField> {
        let levels = level_names(field);
        let fits = |shares: &Vec<f64>| shares.len() == levels.len() && shares.iter().all(|share| *share > 0.0);
        self.fields.iter().find(|own| {
            own.name == field.name
                && own.levels == levels
                && fits(&own.matched)
                && fits(&own.strangers)
                && own.explained.iter().all(fits)
        })
    }
}

fn level_names(field: &Field) -> Vec<String> {
    field.levels().iter().map(|(name, ..)| (*name).to_owned()).collect()
}
