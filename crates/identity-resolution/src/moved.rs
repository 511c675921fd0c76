//! Who moves has another street, another town and another postcode: one fact, and no three contradictions.

use crate::fields::{Aspect, Field, MISSING};

/// Leaves out the places in which two records differ if all their streets differ too: these say it already.
pub(crate) fn tell_once(fields: &[Field], levels: &mut [u8]) {
    let differs = |place: usize, level: u8| usize::from(level) + 1 == fields[place].levels().len();
    let of_streets = (0..levels.len()).filter(|place| fields[*place].aspect == Aspect::Street);
    let mut streets = of_streets.map(|place| (place, levels[place])).filter(|(_, level)| *level != MISSING).peekable();
    if streets.peek().is_none() || !streets.all(|(place, level)| differs(place, level)) {
        return;
    }
    for (place, level) in levels.iter_mut().enumerate() {
        if fields[place].aspect == Aspect::Place && *level != MISSING && differs(place, *level) {
            *level = MISSING;
        }
    }
}

#[cfg(test)]
mod tests;
