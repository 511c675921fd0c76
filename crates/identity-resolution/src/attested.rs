//! What is stated twice is no slip of the pen.

use velocity_model::MilliBits;

use crate::fields::{Aspect, Field};

/// Two birth dates of which each is stated twice speak so much against one person: some records are copies of each other.
const DATES: MilliBits = 6_000;
/// Two numbers of one authority outweigh whatever a pair can say for a match.
const IDENTIFIERS: MilliBits = 12_000;
/// Records of a group that are asked.
const LOOKED: usize = 64;
/// Levels that one value reaches beside another of the same entity: the same, or one sign off.
const A_SLIP: u8 = 1;

/// What speaks against one entity where two groups of records attest two: each states a birth date, or an identifier, at
/// least twice alike, and nothing that the one states of it fits what the other states.
pub(crate) fn doubt(fields: &[Field], a: &[u32], b: &[u32]) -> MilliBits {
    if a.len() < 2 || b.len() < 2 {
        return 0;
    }
    let of_field = |field: &Field| match field.aspect {
        Aspect::Birth if differ(field, a, b) => DATES,
        Aspect::Identifier if differ(field, a, b) => IDENTIFIERS,
        _ => 0,
    };
    fields.iter().map(of_field).max().unwrap_or(0)
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
