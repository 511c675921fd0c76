//! How a source gets to see a person: with the slips of whoever typed it in.

use crate::graph::{Person, plain};
use crate::random::Random;

/// A person as one source writes them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) email: String,
    /// E.164; empty if unknown.
    pub(crate) phone: String,
}

/// A person seen by a source: mostly right, sometimes with another of their addresses, a short form, a slip.
pub(crate) fn see(person: &Person, random: &mut Random) -> Seen {
    let mut given = if random.chance(15) { person.short.to_owned() } else { person.given.to_owned() };
    let former = person.former_family.as_ref().filter(|_| random.chance(45));
    let mut family = former.unwrap_or(&person.family).clone();
    match random.below(100) {
        0..6 => (given, family) = (ascii(&given), ascii(&family)),
        6..9 => (given, family) = (given.to_uppercase(), family.to_uppercase()),
        9..11 => std::mem::swap(&mut given, &mut family),
        11..14 => family = slip(&family, random),
        14..16 => given = slip(&given, random),
        16..18 => given = format!("{}.", given.chars().next().unwrap_or('X')),
        _ => {}
    }
    let email = match random.below(100) {
        0..80 => person.emails.first(),
        80..90 => person.emails.last(),
        _ => None,
    };
    let phone = match random.below(100) {
        0..72 => person.phones.first(),
        72..82 => person.phones.last(),
        _ => None,
    };
    // Whoever keeps a contact has some way to reach them.
    let phone = if email.is_none() { phone.or(person.phones.first()) } else { phone };
    Seen { given, family, email: email.cloned().unwrap_or_default(), phone: phone.cloned().unwrap_or_default() }
}

fn ascii(text: &str) -> String {
    let folded = plain(text);
    let mut letters = folded.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

/// One typing slip: two neighbours swapped, a letter lost or doubled.
fn slip(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 5 {
        return word.to_owned();
    }
    let at = random.between(1, letters.len() - 2);
    match random.below(3) {
        0 => letters.swap(at, at + 1),
        1 => {
            letters.remove(at);
        }
        _ => letters.insert(at, letters[at]),
    }
    letters.into_iter().collect()
}

/// A phone number as people write it: `+33 6 39 98 12 34`, `0639981234`, `06.39.98.12.34`.
pub(crate) fn written_phone(e164: &str, national: bool, random: &mut Random) -> String {
    let Some(french) = e164.strip_prefix("+33").filter(|rest| rest.len() == 9) else {
        return match e164.strip_prefix("+44") {
            Some(rest) if random.chance(60) => format!("+44 {} {}", &rest[..4], &rest[4..]),
            _ => e164.to_owned(),
        };
    };
    let digits = format!("0{french}");
    let pairs: Vec<&str> = (0..5).map(|pair| &digits[pair * 2..pair * 2 + 2]).collect();
    match (national, random.below(3)) {
        (true, 0) => pairs.join("."),
        (true, 1) => digits,
        (true, _) => pairs.join(" "),
        (false, 0) => e164.to_owned(),
        (false, 1) => format!("00{}", &e164[1..]),
        (false, _) => format!("+33 {} {}", &french[..1], pairs[1..].join(" ")),
    }
}
