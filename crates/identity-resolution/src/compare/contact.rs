//! E-mail addresses and phone numbers: the best pair of all.

use strsim::damerau_levenshtein;

use crate::features::Email;

/// Exact; a shared function's mailbox; a typing error; the same local part elsewhere; different.
pub(crate) fn emails(a: &[Email], b: &[Email]) -> Option<usize> {
    let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| email(a, b)).min()
}

fn email(a: &Email, b: &Email) -> usize {
    if a.key == b.key {
        return usize::from(a.is_role);
    }
    let is_long = a.local.len().min(b.local.len()) >= 6 && !a.is_role && !b.is_role;
    if is_long && a.domain == b.domain && damerau_levenshtein(&a.local, &b.local) <= 1 {
        return 2;
    }
    if is_long && a.local == b.local {
        return 3;
    }
    4
}

/// Exact; one digit off or two swapped; different.
pub(crate) fn phones(a: &[String], b: &[String]) -> Option<usize> {
    let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| phone(a, b)).min()
}

fn phone(a: &str, b: &str) -> usize {
    if a == b {
        0
    } else if a.len() == b.len() && a.len() >= 9 && damerau_levenshtein(a, b) <= 1 {
        1
    } else {
        2
    }
}
