//! How often each value of a field occurs among different entities.

use std::collections::HashSet;

use crate::fields::Field;

/// What is thought beforehand counts as so many entities.
const KNOWN: f64 = 400.0;

/// For each value of a field the probability that an entity other than the one at hand has it too.
///
/// `entity` tells which records are known to be one entity; before anything is known each record is its own. A value that one
/// entity alone has is not impossible for another: it is given the share that values of this field have on average, but
/// no more than one further entity and no less than a twentieth of one.
pub(crate) fn chances(field: &Field, entity: Option<&[u32]>) -> Vec<f64> {
    // A small table does not show how rare its values are among all people.
    let (known, before) = match field.is_known() {
        true => (KNOWN, KNOWN * field.levels()[0].2),
        false => (0.0, 0.0),
    };
    let Some(entity) = entity else {
        let all = field.filled().max(1.0) + known;
        return field.counts.iter().map(|count| (f64::from((*count).max(1)) + before) / all).collect();
    };
    let mut seen: HashSet<(u32, u32)> = HashSet::with_capacity(entity.len());
    let mut entities: HashSet<u32> = HashSet::new();
    let mut counts = vec![0_u32; field.counts.len()];
    for (cell, entity) in field.cells.iter().zip(entity) {
        if *cell != 0 && seen.insert((*cell, *entity)) {
            counts[*cell as usize] += 1;
            entities.insert(*entity);
        }
    }
    let sum: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let others: f64 = counts.iter().map(|count| f64::from(*count) * f64::from(count.saturating_sub(1))).sum();
    let rest = (others / sum.max(1.0)).clamp(0.05, 1.0);
    let all = (entities.len() as f64).max(1.0);
    counts.iter().map(|count| (f64::from(count.saturating_sub(1)) + rest + before) / (all + known)).collect()
}
