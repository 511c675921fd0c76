//! Which characters of two values differ.

use serde::Serialize;

/// A stretch of text that is equal on both sides, or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Segment {
    /// The characters.
    pub(crate) text: String,
    /// Whether the other value lacks them here.
    pub(crate) differs: bool,
}

/// Longest values whose characters are compared one by one; what is longer is compared from both ends only, because
/// the table below grows with the product of the lengths.
const LONGEST: usize = 160;

/// The two values cut into equal and differing stretches (longest common subsequence of characters).
pub(crate) fn segments(left: &str, right: &str) -> (Vec<Segment>, Vec<Segment>) {
    let (a, b): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let most = a.len().min(b.len()) - start;
    let end = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(x, y)| x == y).count();
    let outside = |length: usize| -> Vec<bool> { (0..length).map(|at| at < start || at >= length - end).collect() };
    let (mut same_a, mut same_b) = (outside(a.len()), outside(b.len()));
    let (inner_a, inner_b) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    if inner_a.len() <= LONGEST && inner_b.len() <= LONGEST {
        for (i, j) in common(inner_a, inner_b) {
            same_a[start + i] = true;
            same_b[start + j] = true;
        }
    }
    // Two words that share a letter here and there are two words.
    let kept = same_a.iter().filter(|same| **same).count();
    if kept * 2 < a.len().max(b.len()) {
        same_a.fill(false);
        same_b.fill(false);
    }
    (gather(&a, &same_a), gather(&b, &same_b))
}

/// Pairs of indices of a longest common subsequence.
fn common(a: &[char], b: &[char]) -> Vec<(usize, usize)> {
    let mut lengths = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i][j] =
                if a[i] == b[j] { lengths[i + 1][j + 1] + 1 } else { lengths[i + 1][j].max(lengths[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            pairs.push((i, j));
            i += 1;
            j += 1;
        } else if lengths[i + 1][j] >= lengths[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn gather(text: &[char], same: &[bool]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for (letter, same) in text.iter().zip(same) {
        match segments.last_mut().filter(|segment| segment.differs != *same) {
            Some(segment) => segment.text.push(*letter),
            None => segments.push(Segment { text: letter.to_string(), differs: !*same }),
        }
    }
    segments
}

/// A value without anything to compare it with.
pub(crate) fn plain(text: &str) -> Vec<Segment> {
    vec![Segment { text: text.to_owned(), differs: false }]
}

#[cfg(test)]
mod tests;
