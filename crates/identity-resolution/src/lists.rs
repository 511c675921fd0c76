//! How much stands twice in one list. Of two lists that hold nothing twice, likeness within one is none.

use velocity_model::MilliBits;

use crate::agglomerate::Edge;
use crate::fields::{Aspect, Field, MISSING};

/// Whoever has several lists, has few things twice in one: so many of all matches, before a table shows how many.
pub(crate) const WITHIN_LISTS: f64 = 0.1;
/// That counts as so many matches.
const THOUGHT_MATCHES: f64 = 20.0;
/// So much heavier is a match that leaves others behind.
const AHEAD: MilliBits = 3_000;

/// The share of matches within one list; `None` if the table does not say where records come from. A record whose heaviest match
/// leaves all others behind has a voice: what stands a dozen times in one list would otherwise outvote a thousand that stand once
/// in each, and so would things of one sort.
pub(crate) fn within_lists(fields: &[Field], edges: &[Edge], records: usize) -> Option<f64> {
    let list = fields.iter().find(|field| field.aspect == Aspect::List)?;
    // By record the heaviest match, and what the next one weighs.
    let mut best: Vec<Option<(u32, MilliBits, MilliBits)>> = vec![None; records];
    for (a, b, weight) in edges {
        for (record, other) in [(*a, *b), (*b, *a)] {
            match &mut best[record as usize] {
                empty @ None => *empty = Some((other, *weight, MilliBits::MIN)),
                Some((.., second)) => *second = (*second).max(*weight),
            }
        }
    }
    let (mut within, mut all) = (WITHIN_LISTS * THOUGHT_MATCHES, THOUGHT_MATCHES);
    for (record, best) in best.iter().enumerate() {
        let Some((other, first, second)) = best.filter(|(_, weight, _)| *weight >= 0) else { continue };
        let level = list.level(record, other as usize);
        if first >= second.saturating_add(AHEAD) && level != MISSING {
            within += f64::from(u8::from(level == 0));
            all += 1.0;
        }
    }
    Some(within / all)
}
