//! Why a pair weighs what it weighs.

use velocity_model::{Comparison, Evidence, Plan, StepWeight, Waterfall};

use crate::blocking::shared_passes;
use crate::compare::level;
use crate::features::{Described, Features};
use crate::risk::{SharedPoints, risks};
use crate::score::outcome;

/// The waterfall of two records of one kind. Its weight is the one that [`crate::score`] gives the pair. A shared contact
/// point is a matter of the whole population: here it is judged by the two records alone.
pub fn explain(plan: &Plan, a: &Evidence, b: &Evidence) -> Waterfall {
    let (left, right) = (Features::of(a), Features::of(b));
    let prior = StepWeight {
        comparison: None,
        level: "start".to_owned(),
        weight: plan.prior,
        left: String::new(),
        right: String::new(),
    };
    let mut steps = vec![prior];
    for field in &plan.fields {
        let reached = level(field.comparison, &left, &right).and_then(|level| field.levels.get(level));
        let (level, weight) = reached.map_or(("missing".to_owned(), 0), |level| (level.name.clone(), level.weight));
        let comparison = Some(field.comparison);
        let (left, right) = (shown(field.comparison, a), shown(field.comparison, b));
        steps.push(StepWeight { comparison, level, weight, left, right });
    }
    let weight = steps.iter().map(|step| step.weight).sum();
    let two = [(a, &left), (b, &right)]
        .map(|(evidence, features)| Described { record: evidence.record, features: features.clone() });
    let risks = risks(plan, &SharedPoints::of(&two), &left, &right, weight);
    let odds = f64::from(weight) / 1000.0;
    Waterfall {
        steps,
        weight,
        probability_ppm: (1e6 / (1.0 + (-odds).exp2())).round() as u32,
        outcome: outcome(plan, weight, !risks.is_empty()),
        risks,
        shared_blocks: shared_passes(plan.kind, &left, &right),
    }
}

/// What a comparison looks at, as the source states it.
fn shown(comparison: Comparison, evidence: &Evidence) -> String {
    let fields: &[&str] = match comparison {
        Comparison::PersonName => &["given_name", "middle_name", "family_name"],
        Comparison::NameSuffix => &["name_suffix"],
        Comparison::Email => &["email"],
        Comparison::Phone => &["phone"],
        Comparison::BirthDate => &["birth_date"],
        Comparison::Gender => &["gender"],
        Comparison::Address => &["street", "postcode", "city"],
        Comparison::Employer => &["organisation_name"],
        Comparison::Occupation => &["occupation", "job_title"],
        Comparison::BirthPlace => &["birth_place"],
        Comparison::OrganisationName => &["name"],
        Comparison::Domain => &["domain"],
        Comparison::Identifier => &["identifier"],
    };
    let several = matches!(comparison, Comparison::Email | Comparison::Phone | Comparison::Domain);
    let values: Vec<&str> = fields.iter().flat_map(|field| evidence.values(field)).collect();
    let values = if values.is_empty() && comparison == Comparison::PersonName {
        evidence.values("full_name").collect()
    } else {
        values
    };
    values.join(if several { ", " } else { " " })
}
