//! E-mail addresses and phone numbers: the best pair of all.

use strsim::damerau_levenshtein;

use crate::features::Email;

/// Exact; a shared function's mailbox; a typing error; the same local part elsewhere; the same elsewhere, but only the name
/// over again; different.
pub(crate) fn emails(a: &[Email], b: &[Email]) -> Option<usize> {
    let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| email(a, b)).min()
}

fn email(a: &Email, b: &Email) -> usize {
    if a.key == b.key {
        return usize::from(a.is_role);
    }
    let is_long = a.local.len().min(b.local.len()) >= 6 && !a.is_role && !b.is_role;
    // Digits tell mailboxes of one name apart: `ana.example2` is nobody's slip for `ana.example`.
    let digits = |email: &'_ Email| email.local.chars().filter(char::is_ascii_digit).collect::<String>();
    if is_long && a.domain == b.domain && damerau_levenshtein(&a.local, &b.local) <= 1 && digits(a) == digits(b) {
        return 2;
    }
    match is_long && a.local == b.local {
        // Two people of one name choose one local part, each with their own provider.
        true if a.is_name && b.is_name => 4,
        true => 3,
        false => 5,
    }
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
