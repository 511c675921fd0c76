//! Rows that stand in a table more than once, word for word.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use crate::fields::{Aspect, Field};

/// Keeps the first of records that are equal in all fields and say who they are; gives for each record the place of the one
/// that is kept for it. A name and a town alone may well be those of two; with an address of mail, a number, an identifier
/// or a birth date they are one row twice.
pub(crate) fn collapse(fields: &mut [Field], records: usize) -> Vec<u32> {
    let is_telling =
        |field: &&Field| matches!(field.aspect, Aspect::Email | Aspect::Phone | Aspect::Identifier | Aspect::Birth);
    let telling: Vec<usize> = (0..fields.len()).filter(|place| is_telling(&&fields[*place])).collect();
    let row = |record: usize| fields.iter().map(move |field| field.cells[record]);
    let mix = |sum: u64, cell: u32| (sum.rotate_left(5) ^ u64::from(cell)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let digests: Vec<u64> = (0..records).into_par_iter().map(|record| row(record).fold(0, mix)).collect();
    // By digest the first record that has it; of two rows that only share a digest each is kept.
    let mut first: HashMap<u64, u32, FixedState> = HashMap::with_capacity_and_hasher(records, FixedState::default());
    let mut kept: Vec<u32> = Vec::new();
    let mut of_record = Vec::with_capacity(records);
    for (record, digest) in digests.iter().enumerate() {
        let says_who = telling.iter().any(|place| fields[*place].cells[record] != 0);
        let next = kept.len() as u32;
        let place = match first.get(digest) {
            Some(place) if says_who && row(kept[*place as usize] as usize).eq(row(record)) => *place,
            _ => next,
        };
        if says_who {
            first.entry(*digest).or_insert(place);
        }
        if place == next {
            kept.push(record as u32);
        }
        of_record.push(place);
    }
    if kept.len() < records {
        for field in fields {
            field.cells = kept.iter().map(|record| field.cells[*record as usize]).collect();
            field.counts.iter_mut().for_each(|count| *count = 0);
            for cell in field.cells.iter().filter(|cell| **cell != 0) {
                field.counts[*cell as usize] += 1;
            }
        }
    }
    of_record
}
