//! The matching kernel: pairs in, weights out, over Arrow arrays. A single-threaded batch function without any state, so that
//! rayon calls it here and an engine can wrap it elsewhere.

use arrow::array::{Int32Array, UInt32Array};
use velocity_model::{MilliBits, Plan};

use crate::compare::level;
use crate::features::{Described, Features};

/// The weights of pairs of records, given as places in `records`. The two arrays are equally long; so is the result.
pub(crate) fn weights(plan: &Plan, records: &[Described], left: &UInt32Array, right: &UInt32Array) -> Int32Array {
    let pairs = left.values().iter().zip(right.values());
    let weigh = |(a, b): (&u32, &u32)| weight(plan, &records[*a as usize].features, &records[*b as usize].features);
    Int32Array::from_iter_values(pairs.map(weigh))
}

/// The weight of one pair: the prior and the weight of each level reached. A missing value weighs nothing.
pub(crate) fn weight(plan: &Plan, a: &Features, b: &Features) -> MilliBits {
    let field = |field: &velocity_model::FieldPlan| {
        let reached = level(field.comparison, a, b).and_then(|level| field.levels.get(level));
        reached.map_or(0, |level| level.weight)
    };
    plan.prior + plan.fields.iter().map(field).sum::<MilliBits>()
}
