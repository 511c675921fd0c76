//! What is stated twice is no slip of the pen.

use velocity_model::MilliBits;

use crate::fields::{Aspect, Field, MISSING};

/// Two birth dates of which each is stated twice speak so much against one person: some records are copies of each other.
const DATES: MilliBits = 6_000;
/// Two numbers of one authority outweigh whatever a pair can say for a match.
const IDENTIFIERS: MilliBits = 12_000;
/// Records of a group that are asked.
const LOOKED: usize = 64;
/// Levels that one value reaches beside another of the same entity: the same, or one sign off.
const A_SLIP: u8 = 1;

/// What contradicts alone is believed beyond so much ...
const FIRM: MilliBits = 4_000;
/// ... and so many times over.
const TIMES: MilliBits = 8;

/// What speaks against one entity where two groups of records state a birth date, an identifier or a generation, and nothing that
/// the one states of it fits what the other states. Where each states it at least twice alike, that is no slip in any
/// table. Where it is stated once, the table decides by what a contradiction weighs in it: in one whose matches hardly ever differ
/// it is none either, and records that lack the value must not outvote it; in one full of slips it adds nothing.
pub(crate) fn doubt(fields: &[Field], weights: &[Vec<MilliBits>], a: &[u32], b: &[u32]) -> MilliBits {
    let of_field = |(field, weights): (&Field, &Vec<MilliBits>)| {
        let attested = match field.aspect {
            Aspect::Birth => DATES,
            Aspect::Identifier => IDENTIFIERS,
            Aspect::Suffix => 0,
            Aspect::List => return (0, listed_twice(field, weights, a, b)),
            _ => return (0, 0),
        };
        let is_attested = attested > 0 && a.len() > 1 && b.len() > 1 && differ(field, a, b);
        (if is_attested { attested } else { 0 }, firm(field, weights, a, b))
    };
    let (attested, firm) = fields
        .iter()
        .zip(weights)
        .map(of_field)
        .fold((0, 0), |(most, sum), (attested, firm)| (most.max(attested), IDENTIFIERS.min(sum + firm)));
    attested.max(firm)
}

/// What the nearest of the values of two groups says against one entity, as far as it is firm.
fn firm(field: &Field, weights: &[MilliBits], a: &[u32], b: &[u32]) -> MilliBits {
    let pairs = a.iter().take(LOOKED).flat_map(|a| b.iter().take(LOOKED).map(move |b| (*a as usize, *b as usize)));
    let levels = pairs.map(|(a, b)| field.level(a, b)).filter(|level| *level != MISSING);
    let best = levels.map(|level| weights[usize::from(level)]).max();
    best.map_or(0, |best| (-best - FIRM).max(0) * TIMES)
}

/// What speaks against one entity where two groups hold records of one list, as far as the table's lists hardly name anybody
/// twice.
fn listed_twice(field: &Field, weights: &[MilliBits], a: &[u32], b: &[u32]) -> MilliBits {
    let list = |record: &u32| field.cells[*record as usize];
    let lists: Vec<u32> = a.iter().take(LOOKED).map(list).filter(|list| *list != 0).collect();
    let is_one_list = b.iter().take(LOOKED).any(|record| lists.contains(&list(record)));
    let against = weights.first().map_or(0, |same| (-same - FIRM).max(0) * TIMES);
    if is_one_list { against } else { 0 }
}

fn differ(field: &Field, a: &[u32], b: &[u32]) -> bool {
    let stated = |group: &[u32]| -> Vec<u32> {
        let mut values: Vec<u32> = group.iter().take(LOOKED).map(|record| field.cells[*record as usize]).collect();
        values.retain(|value| *value != 0);
        values.sort_unstable();
        values
    };
    let (a, b) = (stated(a), stated(b));
    let is_attested =
        |values: &[u32]| values.windows(2).any(|pair| pair[0] == pair[1] && field.values.equal(pair[0]) == 0);
    let fits = |a: u32, b: u32| a == b || field.values.compare(a.min(b), a.max(b)) <= A_SLIP;
    is_attested(&a) && is_attested(&b) && !a.iter().any(|a| b.iter().any(|b| fits(*a, *b)))
}

#[cfg(test)]
mod tests;
