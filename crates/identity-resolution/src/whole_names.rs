//! Two names in one piece each, with nothing else known: word by word, in whatever order they stand.

use serde::Serialize;
use velocity_model::MilliBits;

use crate::features::{are_forms_of_one, fold, is_particle, is_title, legal_words, skeleton};
use crate::similarity::{distance, is_typo, jaro_winkler};

/// Whose name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// Further given names may be left out.
    Person,
    /// Legal forms do not count, every other word does.
    Organisation,
}

/// One word of each name, or of one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordWhy {
    /// Words of the first name; empty where the second has one more.
    pub left: String,
    /// Words of the second.
    pub right: String,
    /// What they have in common.
    pub level: &'static str,
    /// What that weighs, in thousandths of a bit.
    pub weight: MilliBits,
}

/// Why two names are one's or two's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamesWhy {
    /// Word by word.
    pub words: Vec<WordWhy>,
    /// Log odds that the two name one, in thousandths of a bit.
    pub weight: MilliBits,
}

/// What two names weigh whose words are all the same.
const ALL_THE_SAME: MilliBits = 8_000;
/// Each name has a word that the other lacks: however many others they share, these tell them apart.
const CONFLICT: MilliBits = -14_000;

/// Compares two names: what is not the same in both is taken off what equal names weigh.
pub fn whole_names(kind: NameKind, a: &str, b: &str) -> NamesWhy {
    let (mut left, mut right) = (words(kind, a), words(kind, b));
    let mut found = Vec::new();
    align(&mut left, &mut right, &mut found);
    join(&mut left, &mut right, &mut found);
    let telling = found.iter().filter(|word| !is_particle(&word.left)).count();
    for words in [&mut left, &mut right] {
        if kind == NameKind::Person && telling > 0 {
            words.retain(|word| !is_particle(word));
        }
    }
    for place in 0..left.len().max(right.len()) {
        let word = |words: &[String]| words.get(place).cloned().unwrap_or_default();
        let (a, b) = (word(&left), word(&right));
        let (level, weight) = match (a.is_empty() || b.is_empty(), kind) {
            (false, _) => ("different words", CONFLICT),
            (true, NameKind::Person) if telling > 1 => ("a further name", -3_500),
            (true, NameKind::Person) => ("a further name, and only one word shared", -10_000),
            (true, NameKind::Organisation) => ("a further word", -9_000),
        };
        found.push(WordWhy { left: a, right: b, level, weight });
    }
    let weight = ALL_THE_SAME + found.iter().map(|word| word.weight).sum::<MilliBits>();
    NamesWhy { words: found, weight }
}

fn words(kind: NameKind, name: &str) -> Vec<String> {
    let plain = |word: &str| number(&unleet(word)).to_owned();
    match kind {
        NameKind::Organisation => legal_words(name).iter().map(|word| plain(word)).collect(),
        NameKind::Person => {
            let words: Vec<String> = fold(name).split(' ').map(str::to_owned).collect();
            let told: Vec<String> = words.iter().filter(|word| !is_title(word)).map(|word| plain(word)).collect();
            if told.is_empty() { words } else { told }
        }
    }
}

/// Digits that stand for letters: `1g0r`.
fn unleet(word: &str) -> String {
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    if letters == word.len() || letters * 2 < word.len() || word.ends_with("st") || word.ends_with("th") {
        return word.to_owned();
    }
    let letter = |c: char| match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '9' => 'g',
        _ => c,
    };
    word.chars().map(letter).collect()
}

/// Numbers in words as digits.
fn number(word: &str) -> &str {
    const NUMBERS: [(&str, &str); 15] = [
        ("first", "1st"),
        ("second", "2nd"),
        ("third", "3rd"),
        ("fourth", "4th"),
        ("fifth", "5th"),
        ("one", "1"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
    ];
    NUMBERS.iter().find(|(long, _)| *long == word).map_or(word, |(_, short)| short)
}

/// Takes the words that have something in common off both lists, the nearest first.
fn align(left: &mut Vec<String>, right: &mut Vec<String>, found: &mut Vec<WordWhy>) {
    loop {
        let pairs = (0..left.len()).flat_map(|a| (0..right.len()).map(move |b| (a, b)));
        let scored = pairs.filter_map(|(a, b)| likeness(&left[a], &right[b]).map(|like| (like, a, b)));
        // The first of the nearest, so that words in order stay together.
        let Some(((level, weight), a, b)) = scored.reduce(|best, next| if next.0.1 > best.0.1 { next } else { best })
        else {
            return;
        };
        found.push(WordWhy { left: left.remove(a), right: right.remove(b), level, weight });
    }
}

/// What two words have in common, and what it takes off.
fn likeness(a: &str, b: &str) -> Option<(&'static str, MilliBits)> {
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    let is_number = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let off = if longer - shorter <= 2 { distance(a, b) } else { usize::MAX };
    let same_start = a.as_bytes().first() == b.as_bytes().first();
    match () {
        () if a == b => Some(("same word", 0)),
        () if is_number(a) || is_number(b) || is_particle(a) || is_particle(b) => None,
        () if are_forms_of_one(a, b) => Some(("forms of one name", -1_500)),
        () if shorter >= 4 && off == 1 && same_start => Some(("one letter off", -2_500)),
        () if shorter >= 4 && skeleton(a) == skeleton(b) && jaro_winkler(a, b) >= 800 => Some(("same sound", -3_000)),
        () if shorter >= 4 && off == 1 => Some(("another first letter", -3_500)),
        () if shorter >= 6 && off == 2 && same_start => Some(("two letters off", -5_000)),
        () if shorter == 1 && same_start => Some(("initial", -2_500)),
        () if shorter >= 2 && off == 1 => Some(("one letter of few off", -5_500)),
        () => None,
    }
}

/// A word that the other name writes as two, or as a compound.
fn join(left: &mut Vec<String>, right: &mut Vec<String>, found: &mut Vec<WordWhy>) {
    if left.is_empty() || right.is_empty() || left.len() == right.len() {
        return;
    }
    let (a, b) = (left.concat(), right.concat());
    if a == b || (a.len().min(b.len()) >= 6 && is_typo(&a, &b)) {
        let weight = if a == b { -1_000 } else { -3_500 };
        found.push(WordWhy { left: left.join(" "), right: right.join(" "), level: "written together", weight });
        left.clear();
        right.clear();
    }
}

#[cfg(test)]
mod tests;
