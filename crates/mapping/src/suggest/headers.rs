//! What one header means.

use velocity_model::EntityKind;

use super::synonyms::{KINDS, LEADING, OTHERS, SECOND, TRAILING, meaning_of};
use crate::transform::plain;

/// A meaning, how sure it is in percent, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Guess {
    /// A field name, or a word with `=` (see [`super::synonyms`]).
    pub(super) meaning: &'static str,
    pub(super) confidence: u8,
    pub(super) reason: &'static str,
    /// The kind of record that the header names, if it names one.
    pub(super) of: Option<EntityKind>,
}

/// Sorts of values whose word in a longer header is telling: `Votre courriel pro`, `Mobile Phone 2`.
const TELLING: &[&str] = &["email", "phone", "postcode", "given_name", "family_name", "birth_date"];

/// The words of a header: `addressStreet`, `E-mail 1 - Value` and `PRIMARY_NAME_LAST` alike; numbers are kept.
pub(super) fn words(header: &str) -> Vec<String> {
    let header = local_name(header);
    let mut spaced = String::with_capacity(header.len() + 8);
    let mut last = ' ';
    let mut chars = header.chars().peekable();
    while let Some(c) = chars.next() {
        // The last capital of several begins the next word: `POAddressLine1`.
        let ends_capitals = c.is_uppercase() && last.is_uppercase() && chars.peek().is_some_and(|c| c.is_lowercase());
        let begins =
            c.is_uppercase() && last.is_lowercase() || ends_capitals || c.is_ascii_digit() != last.is_ascii_digit();
        if begins || !c.is_alphanumeric() {
            spaced.push(' ');
        }
        if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) {
            spaced.push(c);
        }
        last = c;
    }
    // `Straße` and `Strasse` are one word.
    let plain = plain(&spaced).replace('\u{df}', "ss");
    plain.split_whitespace().map(str::to_owned).collect()
}

/// Of a term of a vocabulary, as exports of linked data have them, its last part: `http://vocabulary.example/contact#phone_number`.
fn local_name(header: &str) -> &str {
    let address = header.strip_prefix("http://").or_else(|| header.strip_prefix("https://"));
    let Some(address) = address else { return header };
    address.rsplit(['#', '/']).find(|part| !part.is_empty()).unwrap_or(header)
}

/// The phrase by which a header is compared with others: its words without numbers.
pub(super) fn phrase(header: &str) -> String {
    let words = words(header);
    let named: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !word.bytes().all(|b| b.is_ascii_digit())).collect();
    named.join(" ")
}

/// The meaning of a header; `None` if it has none that is known.
pub(super) fn meaning(header: &str) -> Option<Guess> {
    let words = words(header);
    let unnumbered: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !word.bytes().all(|b| b.is_ascii_digit())).collect();
    let unnumbered = without_address(unnumbered);
    let numbered: Vec<&str> = words.iter().map(String::as_str).collect();
    let of = KINDS.iter().find(|(_, words)| unnumbered.first().is_some_and(|first| words.contains(first)));
    let of = of.map(|(kind, _)| *kind).filter(|_| unnumbered.len() > 1);
    let guess = |meaning, confidence, reason, of| Some(Guess { meaning, confidence, reason, of });
    let numbered_hit = exact(&numbered).map(|meaning| (meaning, 95));
    if let Some((meaning, confidence)) = numbered_hit.or_else(|| exact(&unnumbered).map(|meaning| (meaning, 92))) {
        return guess(meaning, confidence, "the header says so", None);
    }
    if unnumbered.first().is_some_and(|first| OTHERS.contains(first)) {
        return None;
    }
    if let (Some(of), Some(rest)) = (of, unnumbered.get(1..))
        && let Some(meaning) = exact(rest).or_else(|| without_qualifiers(rest))
    {
        return guess(meaning, 88, "the header says so, and of what", Some(of));
    }
    if let Some(meaning) = without_qualifiers(&unnumbered) {
        let is_second = unnumbered.iter().any(|word| SECOND.contains(word));
        return guess(
            meaning,
            if is_second { 80 } else { 85 },
            "the header says so, with a word about which one",
            None,
        );
    }
    if of.is_some() || unnumbered.iter().any(|word| OTHERS.contains(word)) {
        return None;
    }
    let telling = |meaning: &&'static str| TELLING.contains(meaning);
    let in_part = (0..unnumbered.len()).rev().find_map(|start| {
        let longest = unnumbered.len().min(start + 3);
        let slices = (start + 1..=longest).rev().filter_map(|end| unnumbered.get(start..end));
        // `First Response Time` names nobody.
        slices.filter(|slice| !matches!(slice, ["first" | "last"])).find_map(|slice| exact(slice).filter(telling))
    })?;
    guess(in_part, 70, "a word of the header says so", None)
}

/// `Address - City of Address` speaks of a city.
fn without_address(words: Vec<&str>) -> Vec<&str> {
    let [head @ .., "of", "address"] = words.as_slice() else { return words };
    head.iter().copied().filter(|word| *word != "address").collect()
}

fn exact(words: &[&str]) -> Option<&'static str> {
    meaning_of(&words.join(" "))
}

/// The meaning once qualifiers at both ends are gone, the fewest first.
fn without_qualifiers(words: &[&str]) -> Option<&'static str> {
    let leading = words.iter().take_while(|word| LEADING.contains(word)).count();
    let trailing = words.iter().rev().take_while(|word| TRAILING.contains(word)).count();
    let mut cuts: Vec<(usize, usize)> =
        (0..=leading).flat_map(|head| (0..=trailing).map(move |tail| (head, tail))).collect();
    cuts.sort_by_key(|(head, tail)| head + tail);
    cuts.into_iter().find_map(|(head, tail)| words.get(head..words.len().checked_sub(tail)?).and_then(exact))
}
