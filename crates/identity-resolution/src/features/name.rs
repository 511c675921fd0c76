//! A person's name as words.

use velocity_model::Evidence;

use super::{fold, is_ideograph};

/// Folded words of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PersonName {
    /// Given names, or initials; of a whole name the first one.
    pub(crate) given: Vec<String>,
    /// Further given names.
    pub(crate) middle: Vec<String>,
    /// Family name; the parts of a compound one apart.
    pub(crate) family: Vec<String>,
    /// Generation: `jr`, `sr`, `ii` …
    pub(crate) suffix: Option<String>,
}

const TITLES: [&str; 22] = [
    "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "lady", "lord", "m", "mme", "mlle", "monsieur", "madame", "herr",
    "frau", "sr", "sra", "don", "dona", "rev", "hon",
];

const SUFFIXES: [(&str, &str); 10] = [
    ("jr", "jr"),
    ("junior", "jr"),
    ("sr", "sr"),
    ("senior", "sr"),
    ("i", "i"),
    ("ii", "ii"),
    ("iii", "iii"),
    ("iv", "iv"),
    ("fils", "jr"),
    ("pere", "sr"),
];

/// Words inside a family name that are often left out.
const PARTICLES: [&str; 18] = [
    "de", "du", "des", "da", "di", "del", "della", "van", "von", "der", "den", "la", "le", "el", "al", "bin", "ibn",
    "bint",
];

/// Whether a folded word is a title before a name.
pub(crate) fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

/// Whether a folded word inside a name is often left out.
pub(crate) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

impl PersonName {
    pub(crate) fn of(evidence: &Evidence) -> Self {
        const PARTS: [&str; 5] = ["given_name", "middle_name", "family_name", "full_name", "name_suffix"];
        let [given, middle, family, full, suffix] = PARTS.map(|field| evidence.value(field).unwrap_or_default());
        Self::from_parts(given, middle, family, full, suffix)
    }

    /// From texts of which any may be empty.
    pub(crate) fn from_parts(given: &str, middle: &str, family: &str, full: &str, suffix: &str) -> Self {
        let (mut given, mut family) = (split(given), split(family));
        let mut middle = split(middle);
        let mut suffix = generation(&fold(suffix));
        if given.is_empty() && family.is_empty() {
            (given, family) = whole(full);
            if given.len() > 1 && middle.is_empty() {
                middle = given.split_off(1);
            }
        } else if middle.is_empty() {
            // What a full name says beyond the parts.
            let is_known = |word: &String| given.contains(word) || family.contains(word) || generation(word).is_some();
            middle = split(full).into_iter().filter(|word| !is_known(word)).collect();
        }
        while family.len() > 1 && family.last().is_some_and(|word| generation(word).is_some()) {
            suffix = suffix.or_else(|| family.last().and_then(|word| generation(word)));
            family.pop();
        }
        while given.len() > 1 && given.last().is_some_and(|word| generation(word).is_some()) {
            suffix = suffix.or_else(|| given.last().and_then(|word| generation(word)));
            given.pop();
        }
        if given.len() > 1 && given.first().is_some_and(|word| TITLES.contains(&word.as_str())) {
            given.remove(0);
        }
        if family.len() > 1 {
            family.retain(|word| !PARTICLES.contains(&word.as_str()));
        }
        Self { given, middle, family, suffix }
    }

    /// The first given name.
    pub(crate) fn first(&self) -> &str {
        self.given.first().map_or("", String::as_str)
    }

    /// The given names as one word, without particles: `le gall`, if the parts were swapped.
    pub(crate) fn given_core(&self) -> String {
        let is_core = |word: &&String| self.given.len() == 1 || !PARTICLES.contains(&word.as_str());
        self.given.iter().filter(is_core).map(String::as_str).collect()
    }

    /// The family name as one word.
    pub(crate) fn family_key(&self) -> String {
        self.family.concat()
    }
}

fn split(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn generation(word: &str) -> Option<String> {
    SUFFIXES.iter().find(|(written, _)| *written == word).map(|(_, meant)| (*meant).to_owned())
}

/// A whole name: `Family, Given` or given names first, or the other way round where it is written in ideographs; a particle
/// begins the family name.
fn whole(text: &str) -> (Vec<String>, Vec<String>) {
    if let Some((family, given)) = text.split_once(',') {
        return (split(given), split(family));
    }
    let mut words = split(text);
    if words.len() > 1 && text.chars().all(|c| is_ideograph(c) || c.is_whitespace()) {
        let given = words.split_off(1);
        return (given, words);
    }
    if words.len() > 1 && words.first().is_some_and(|word| TITLES.contains(&word.as_str())) {
        words.remove(0);
    }
    // `Anna I` is an initial, and no first of her name.
    let is_initial = |word: &String| words.len() == 2 && word == "i";
    let last_name = |word: &String| generation(word).is_none() || is_initial(word);
    let behind = words.iter().rposition(last_name).unwrap_or(0);
    let particle = words.iter().skip(1).position(|word| PARTICLES.contains(&word.as_str())).map(|found| found + 1);
    let start = particle.filter(|start| *start < behind).unwrap_or(behind);
    let family = words.split_off(start.min(words.len()));
    (words, family)
}

#[cfg(test)]
mod tests;
