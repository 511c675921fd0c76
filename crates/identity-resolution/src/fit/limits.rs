//! What shares of levels may come to, whatever a table seems to show: chance could otherwise find a class of pairs that share anything
//! but what makes them one.

use crate::fields::{Aspect, Field};

/// See [`named_alike`].
const MOST_UNLIKE: f64 = 2.5;
/// Records of one entity agree at a level usually if so many do, ...
pub(super) const USUAL: f64 = 0.05;
/// ... and it tells them from others of their sort if so many do.
pub(super) const TELLING: f64 = 0.2;
/// So many pairs that should agree in part have nothing in common.
const APART: f64 = 0.2;

/// What is known of a field also says how seldom records of one entity differ in it: not more than so many times as often as
/// thought, and not in every second pair. Otherwise chance could find a class of pairs that share anything but their names.
pub(super) fn agreeing(mut shares: Vec<f64>, prior: &[f64], times: f64) -> Vec<f64> {
    if let (Some(last), Some(thought)) = (shares.last().copied(), prior.last()) {
        let most = (thought * times).min(0.5);
        if last > most {
            let (scale, count) = ((1.0 - most) / (1.0 - last), shares.len());
            shares[..count - 1].iter_mut().for_each(|share| *share *= scale);
            shares[count - 1] = most;
        }
    }
    shares
}

/// What a thing is called is what it is known by: no more of its records are called as differently as a level says, or more so, than
/// [`MOST_UNLIKE`] times what is thought. Things of one sort, which are many, would otherwise be taken for one, named in many ways.
pub(super) fn named_alike(mut shares: Vec<f64>, prior: &[f64], aspect: Aspect) -> Vec<f64> {
    let (most_different, most_unlike) = if aspect == Aspect::Title { (1.0, MOST_UNLIKE) } else { (1.5, 1.5) };
    let mut thought = 0.0;
    for level in (1..shares.len()).rev() {
        thought += prior[level];
        let times = if level + 1 == shares.len() { most_different } else { most_unlike };
        let (unlike, most) = (shares[level..].iter().sum::<f64>(), (thought * times).min(1.0));
        if unlike > most {
            let (less, more) = (most / unlike, (1.0 - most) / (1.0 - unlike));
            let (alike, rest) = shares.split_at_mut(level);
            alike.iter_mut().for_each(|share| *share *= more);
            rest.iter_mut().for_each(|share| *share *= less);
        }
    }
    shares
}

/// What is thought of pairs that agree in part: the less a level says of a match, the more of them reach it, short of no agreement.
pub(super) fn in_part(field: &Field) -> Vec<f64> {
    let levels = field.levels();
    let last = levels.len().saturating_sub(1);
    let doubled = |level: usize| if level < last { f64::from(1_u32 << level.min(20)) } else { 0.0 };
    let sum: f64 = (0..levels.len()).map(doubled).sum();
    let share = |level: usize| if level < last { (1.0 - APART) * doubled(level) / sum.max(1.0) } else { APART };
    (0..levels.len()).map(share).collect()
}

/// Keeps the levels at which records of one entity usually agree to `most` of what these have, or to what they have by chance:
/// whoever has a relative's name has it as its owner does, seldom with a slip.
pub(super) fn rarely(mut shares: Vec<f64>, matched: &[f64], strangers: &[f64], (usual, most): (f64, f64)) -> Vec<f64> {
    let is_usual = |level: &usize| matched[*level] > usual && level + 1 < matched.len();
    let usual: Vec<usize> = (0..shares.len()).filter(is_usual).collect();
    let sum: f64 = usual.iter().map(|level| matched[*level]).sum();
    let mut over = 0.0;
    for level in usual {
        let kept = shares[level].min((most * matched[level] / sum).max(strangers[level]));
        over += shares[level] - kept;
        shares[level] = kept;
    }
    if let Some(last) = shares.last_mut() {
        *last += over;
    }
    shares
}

/// The nearest shares with which a better level never speaks less for a match than a worse one: neighbours that do are
/// pooled (isotonic regression; Barlow and Brunk, 1972).
pub(super) fn graded_by(shares: &[f64], strangers: &[f64]) -> Vec<f64> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::with_capacity(shares.len());
    for (share, stranger) in shares.iter().zip(strangers) {
        let mut pool = (*share, *stranger, 1);
        while let Some((share, stranger, count)) = pools.pop_if(|last| last.0 * pool.1 < pool.0 * last.1) {
            pool = (pool.0 + share, pool.1 + stranger, pool.2 + count);
        }
        pools.push(pool);
    }
    let ratios = pools.iter().flat_map(|(share, stranger, count)| std::iter::repeat_n(share / stranger, *count));
    ratios.zip(strangers).map(|(ratio, stranger)| ratio * stranger).collect()
}

#[cfg(test)]
mod tests;
