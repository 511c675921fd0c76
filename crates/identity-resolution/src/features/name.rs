//! A person's name as words.

use velocity_model::Evidence;

use super::fold;
use super::nicknames::root;

/// Folded words of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PersonName {
    /// Given and middle names, or initials.
    pub(crate) given: Vec<String>,
    /// Family name; the parts of a compound one apart.
    pub(crate) family: Vec<String>,
    /// Generation: `jr`, `sr`, `ii` …
    pub(crate) suffix: Option<String>,
    /// The first given name brought to the name it is short for.
    pub(crate) given_root: String,
}

const TITLES: [&str; 22] = [
    "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "lady", "lord", "m", "mme", "mlle", "monsieur", "madame", "herr",
    "frau", "sr", "sra", "don", "dona", "rev", "hon",
];

const SUFFIXES: [(&str, &str); 9] = [
    ("jr", "jr"),
    ("junior", "jr"),
    ("sr", "sr"),
    ("senior", "sr"),
    ("ii", "ii"),
    ("iii", "iii"),
    ("iv", "iv"),
    ("fils", "jr"),
    ("pere", "sr"),
];

/// Words inside a family name that are often left out.
const PARTICLES: [&str; 14] =
    ["de", "du", "des", "da", "di", "del", "della", "van", "von", "der", "den", "la", "le", "el"];

impl PersonName {
    pub(crate) fn of(evidence: &Evidence) -> Self {
        let words = |field: &str| split(evidence.value(field).unwrap_or_default());
        let mut given = words("given_name");
        given.extend(words("middle_name"));
        let mut family = words("family_name");
        let mut suffix = evidence.value("name_suffix").and_then(|text| generation(&fold(text)));
        if given.is_empty() && family.is_empty() {
            (given, family) = whole(evidence.value("full_name").unwrap_or_default());
        }
        while family.len() > 1 && family.last().is_some_and(|word| generation(word).is_some()) {
            suffix = suffix.or_else(|| family.last().and_then(|word| generation(word)));
            family.pop();
        }
        if given.len() > 1 && given.first().is_some_and(|word| TITLES.contains(&word.as_str())) {
            given.remove(0);
        }
        if family.len() > 1 {
            family.retain(|word| !PARTICLES.contains(&word.as_str()));
        }
        let given_root = given.first().map(|word| root(word).to_owned()).unwrap_or_default();
        Self { given, family, suffix, given_root }
    }

    /// Given, middle and family names and the generation, folded, from the cells of a table of which any may be empty.
    pub(crate) fn from_parts(given: &str, middle: &str, family: &str, full: &str, suffix: &str) -> [String; 4] {
        let (mut first, mut family) = (split(given), split(family));
        let mut middle = split(middle);
        let mut suffix = generation(&fold(suffix));
        if first.is_empty() && family.is_empty() {
            (first, family) = whole(full);
            if first.len() > 1 && middle.is_empty() {
                middle = first.split_off(1);
            }
        } else if middle.is_empty() {
            // What a full name says beyond the parts.
            let is_known = |word: &String| first.contains(word) || family.contains(word) || generation(word).is_some();
            middle = split(full).into_iter().filter(|word| !is_known(word)).collect();
        }
        while family.len() > 1 && family.last().is_some_and(|word| generation(word).is_some()) {
            suffix = suffix.or_else(|| family.last().and_then(|word| generation(word)));
            family.pop();
        }
        if first.len() > 1 && first.first().is_some_and(|word| TITLES.contains(&word.as_str())) {
            first.remove(0);
        }
        if family.len() > 1 {
            family.retain(|word| !PARTICLES.contains(&word.as_str()));
        }
        [first.join(" "), middle.join(" "), family.join(" "), suffix.unwrap_or_default()]
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.given.is_empty() && self.family.is_empty()
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

/// A whole name: `Family, Given` or given names first; a particle begins the family name.
fn whole(text: &str) -> (Vec<String>, Vec<String>) {
    if let Some((family, given)) = text.split_once(',') {
        return (split(given), split(family));
    }
    let mut words = split(text);
    if words.len() > 1 && words.first().is_some_and(|word| TITLES.contains(&word.as_str())) {
        words.remove(0);
    }
    let last_name = |word: &String| generation(word).is_none();
    let behind = words.iter().rposition(last_name).unwrap_or(0);
    let particle = words.iter().skip(1).position(|word| PARTICLES.contains(&word.as_str())).map(|found| found + 1);
    let start = particle.filter(|start| *start < behind).unwrap_or(behind);
    let family = words.split_off(start.min(words.len()));
    (words, family)
}

#[cfg(test)]
mod tests;
