//! The level that two distinct values reach. Each function gives the place in the list of levels of its kind.

use super::streets::Word;
use super::text::Text;
use super::values::{Mail, Name, Values};
use crate::contradiction::is_slip;
use crate::features::PartialDate;
use crate::similarity::{distance, has_same_letters, is_typo, jaro_winkler, may_be_alike};

impl Values {
    /// The level of a value beside itself: an initial or the first of January agrees with itself without saying much.
    pub(crate) fn equal(&self, value: u32) -> u8 {
        let value = value as usize;
        match self {
            Self::Given(given) if given[value].whole.len() == 1 => 3,
            Self::Middle(words) if words[value].concat().len() == 1 => 1,
            Self::Date(dates) if !dates[value].is_whole() => 2,
            _ => 0,
        }
    }

    /// The level of two different values.
    pub(crate) fn compare(&self, a: u32, b: u32) -> u8 {
        let (a, b) = (a as usize, b as usize);
        match self {
            Self::Given(given) => self::given(&given[a], &given[b]),
            Self::Middle(words) => middle(&words[a], &words[b]),
            Self::Family(family) => self::family(&family[a], &family[b]),
            Self::Date(dates) => date(dates[a], dates[b]),
            Self::Mail(mails) => best(&mails[a], &mails[b], mail),
            Self::Phone(phones) => best(&phones[a], &phones[b], phone),
            Self::Street(streets) => streets.compare(a, b),
            Self::Word(words) => word(&words[a], &words[b]),
            Self::Code(codes) => code(&codes[a], &codes[b]),
            Self::Identifier(parts) => best(&parts[a], &parts[b], |a, b| identifier(a, b)),
            Self::Models(models) => self::models(&models[a], &models[b]),
            Self::Text(texts) => best(&texts[a], &texts[b], Text::compare),
            Self::Number(numbers) => number(numbers[a], numbers[b]),
            Self::Category(_) => 1,
        }
    }
}

/// The best level of any two of several values.
fn best<T>(a: &[T], b: &[T], level: impl Fn(&T, &T) -> u8) -> u8 {
    a.iter().flat_map(|a| b.iter().map(move |b| (a, b))).map(|(a, b)| level(a, b)).min().unwrap_or(u8::MAX)
}

fn is_initial(a: &str, b: &str) -> bool {
    (a.len() == 1 || b.len() == 1) && a.as_bytes().first() == b.as_bytes().first()
}

/// Names of no more letters.
const SHORT: usize = 4;

fn given(a: &Name, b: &Name) -> u8 {
    // Most names have nothing in common, which their letters tell without a look at the names themselves.
    let is_simple = |name: &Name| name.words.len() == 1 && name.whole.len() > 1;
    let is_within = a.letters & !b.letters == 0 || b.letters & !a.letters == 0;
    let have_forms = !a.forms.is_empty() && !b.forms.is_empty();
    if !may_be_alike(a.letters, b.letters) && !is_within && !have_forms && is_simple(a) && is_simple(b) {
        return 5;
    }
    let (Some(first_a), Some(first_b)) = (a.words.first(), b.words.first()) else { return 5 };
    let several = a.words.len() > 1 || b.words.len() > 1;
    if several && (a.whole == b.whole || a.words.iter().any(|word| word.len() > 2 && b.words.contains(word))) {
        return 1;
    }
    if a.forms.iter().any(|form| b.forms.contains(form)) {
        return 1;
    }
    if is_initial(first_a, first_b) {
        return 3;
    }
    if !may_be_alike(a.letters, b.letters) {
        return if is_short_form(first_a, first_b) { 4 } else { 5 };
    }
    let is_same_sound = a.first_sound == b.first_sound;
    if is_typo(first_a, first_b) || (several && is_typo(&a.whole, &b.whole)) {
        // One letter makes another name of a short one, and two names that are known are two.
        let is_short = first_a.len().max(first_b.len()) <= SHORT;
        return if have_forms || (is_short && !is_same_sound) { 4 } else { 2 };
    }
    let alike = jaro_winkler(first_a, first_b);
    let near = alike >= 930
        || (is_same_sound && alike >= 600)
        || is_short_form(first_a, first_b)
        || has_same_letters(&a.whole, &b.whole);
    if near { 4 } else { 5 }
}

/// `seb` for `sebastien`, `howie` for `howard`: a beginning of three letters or more that leaves off at least as much, or ends as
/// pet names do.
fn is_short_form(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let stem = short.strip_suffix("ie").or(short.strip_suffix('y'));
    let is_beginning = |stem: &str| stem.len() >= 3 && long.starts_with(stem);
    (is_beginning(short) && long.len() >= short.len() + 3) || stem.is_some_and(is_beginning)
}

fn middle(a: &[String], b: &[String]) -> u8 {
    if a.iter().any(|word| word.len() > 1 && b.iter().any(|other| word == other || is_typo(word, other))) {
        return 0;
    }
    if best(a, b, |a, b| u8::from(!is_initial(a, b))) == 0 { 1 } else { 2 }
}

fn family(a: &Name, b: &Name) -> u8 {
    let several = a.words.len() > 1 || b.words.len() > 1;
    if !several && a.whole.len() > 1 && b.whole.len() > 1 && !may_be_alike(a.letters, b.letters) {
        return 4;
    }
    if several && a.whole == b.whole {
        return 0;
    }
    if several && a.words.iter().any(|word| word.len() > 2 && b.words.contains(word)) {
        return 1;
    }
    if !may_be_alike(a.letters, b.letters) {
        return if is_initial(&a.whole, &b.whole) { 3 } else { 4 };
    }
    // Two letters off, as Anderson and Andreason are, it is another name as often as a slip.
    if is_typo(&a.whole, &b.whole) && distance(&a.whole, &b.whole) <= 1 {
        return 2;
    }
    let alike = jaro_winkler(&a.whole, &b.whole);
    let near = alike >= 860
        || (alike >= 600 && a.sound == b.sound)
        || is_initial(&a.whole, &b.whole)
        || has_same_letters(&a.whole, &b.whole);
    if near { 3 } else { 4 }
}

fn date(a: PartialDate, b: PartialDate) -> u8 {
    let years = if a.year == 0 || b.year == 0 { None } else { Some(a.year.abs_diff(b.year)) };
    if a.is_whole() && b.is_whole() {
        return match () {
            () if is_slip(a, b) => 1,
            () if a.year == b.year && (a.month == b.month || a.day == b.day) => 3,
            () if off(a.digits(), b.digits()) <= 2 => 4,
            () if days(a).abs_diff(days(b)) <= 45 => 5,
            () if a.year == b.year => 6,
            () if years.is_some_and(|years| years <= 2) => 7,
            () => 8,
        };
    }
    let agree = |a: u8, b: u8| a == 0 || b == 0 || a == b;
    match years {
        Some(0) | None if agree(a.month, b.month) && agree(a.day, b.day) => 2,
        Some(0) => 6,
        Some(1..=2) => 7,
        _ => 8,
    }
}

/// Digits that differ.
fn off(a: [u8; 8], b: [u8; 8]) -> usize {
    a.iter().zip(b).filter(|(a, b)| **a != *b).count()
}

/// Days since the year 0, roughly: for how near two dates are.
fn days(date: PartialDate) -> u32 {
    u32::from(date.year) * 365 + u32::from(date.month) * 30 + u32::from(date.day)
}

fn mail(a: &Mail, b: &Mail) -> u8 {
    if a.letters == b.letters && a.local == b.local {
        return match () {
            () if a.domain == b.domain => 0,
            () if a.local.len() >= 4 && distance(&a.domain, &b.domain) <= 2 => 1,
            () => 2,
        };
    }
    let shorter = a.local.len().min(b.local.len());
    if shorter < 4 || !may_be_alike(a.letters, b.letters) {
        return 5;
    }
    let off = distance(&a.local, &b.local);
    if off <= 2 && a.digits == b.digits && off + distance(&a.domain, &b.domain) <= 2 {
        return 1;
    }
    if a.digits == b.digits && jaro_winkler(&a.local, &b.local) >= 880 { 3 } else { 5 }
}

fn phone(a: &Word, b: &Word) -> u8 {
    match () {
        // One digit changes two at most.
        () if (a.letters ^ b.letters).count_ones() > 2 => 2,
        () if a.text == b.text => 0,
        () if a.text.len() >= 7 && distance(&a.text, &b.text) <= 1 => 1,
        () => 2,
    }
}

fn word(a: &str, b: &str) -> u8 {
    if is_typo(a, b) {
        return 1;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let within = short.len() >= 4 && long.split(' ').any(|part| part == short);
    if within || (short.len() >= 4 && (long.starts_with(short) || jaro_winkler(a, b) >= 900)) { 2 } else { 3 }
}

/// Numbers that one authority gives begin alike, whoever has them.
fn identifier(a: &str, b: &str) -> u8 {
    match () {
        () if a == b => 0,
        () if a.len().min(b.len()) >= 3 && distance(a, b) <= 1 => 1,
        () => 2,
    }
}

fn code(a: &str, b: &str) -> u8 {
    let shorter = a.len().min(b.len());
    if shorter >= 3 && distance(a, b) <= 1 {
        return 1;
    }
    let common = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    if common >= 2 && common * 2 >= shorter { 2 } else { 3 }
}

/// Numbers within names: the most telling of both is one, or any.
fn models(a: &[String], b: &[String]) -> u8 {
    match () {
        () if a.first() == b.first() => 0,
        () if a.iter().any(|code| b.contains(code)) => 1,
        () => 2,
    }
}

fn number(a: f64, b: f64) -> u8 {
    let off = (a - b).abs() / a.abs().max(b.abs()).max(1e-9);
    match () {
        () if off == 0.0 => 0,
        () if off <= 0.02 => 1,
        () if off <= 0.15 => 2,
        () => 3,
    }
}

#[cfg(test)]
mod tests;
