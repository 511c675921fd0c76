//! Names of organisations.

use strsim::jaro_winkler;

/// Equal; alike; one within the other; different. Both lists sorted.
pub(crate) fn names(a: &[String], b: &[String]) -> Option<usize> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    if a == b {
        return Some(0);
    }
    let (joined_a, joined_b) = (a.concat(), b.concat());
    if joined_a == joined_b || (joined_a.len().min(joined_b.len()) >= 6 && jaro_winkler(&joined_a, &joined_b) >= 0.94) {
        return Some(1);
    }
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let within = small.iter().all(|word| large.binary_search(word).is_ok());
    Some(if within && small.concat().len() >= 5 { 2 } else { 3 })
}
