//! How often each value of a field occurs among different entities.

use std::collections::HashSet;

use crate::fields::{Aspect, Field};

/// What is thought beforehand counts as so many entities.
const KNOWN: f64 = 400.0;
/// The same for what hardly two entities share, whatever the table: a name in full, an address of mail, an identifier.
const WELL_KNOWN: f64 = 5_000.0;
/// No fewer of the pairs with equal values are strangers'.
const FEWEST_STRANGERS: f64 = 0.05;

/// For each value of a field the probability that an entity other than the one at hand has it too.
///
/// `entity` tells which records are known to be one entity; before anything is known it is guessed how many are. A value that
/// one entity alone has is not impossible for another: it is given the share that values of this field have on average, but
/// no more than one further entity and no less than a twentieth of one.
pub(crate) fn chances(field: &Field, entity: Option<&[u32]>) -> Vec<f64> {
    // A small table does not show how rare its values are among all people.
    let known = match (field.is_known(), is_ones_own(field)) {
        (false, _) => 0.0,
        (true, true) => WELL_KNOWN,
        (true, false) => KNOWN,
    };
    let before = known * field.levels()[0].2;
    let Some(entity) = entity else {
        let all = field.filled().max(1.0) + known;
        let others = strangers_among_equals(field);
        let of = |count: &u32| f64::from((*count).max(1)) * others;
        return field.counts.iter().map(|count| (of(count) + before) / all).collect();
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
    let rest = (others / sum.max(1.0)).clamp(FEWEST_STRANGERS, 1.0);
    let all = (entities.len() as f64).max(1.0);
    counts.iter().map(|count| (f64::from(count.saturating_sub(1)) + rest + before) / (all + known)).collect()
}

/// Whether hardly two entities share a value.
fn is_ones_own(field: &Field) -> bool {
    matches!(field.aspect, Aspect::Title | Aspect::Email | Aspect::Identifier)
}

/// Share of the pairs with equal values that are thought to be strangers': as many as are expected of so many records. Of
/// records with one address of mail hardly any are, of those with one given name nearly all.
fn strangers_among_equals(field: &Field) -> f64 {
    if !field.is_known() || !is_ones_own(field) {
        return 1.0;
    }
    let pairs = |count: f64| count * (count - 1.0) / 2.0;
    let expected = field.levels()[0].2 * pairs(field.filled());
    let equal: f64 = field.counts.iter().map(|count| pairs(f64::from(*count))).sum();
    (expected / equal.max(1.0)).clamp(FEWEST_STRANGERS, 1.0)
}
