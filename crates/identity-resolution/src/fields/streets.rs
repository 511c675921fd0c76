//! Streets, laid out so that comparing two of them reads two lines of memory: most pairs are of streets that nothing else is near.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use smallvec::SmallVec;

use crate::similarity::{distance, is_typo, jaro_winkler, letters, may_be_alike};

/// A word that knows its letters: most words differ in them, so that neither need be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) letters: u64,
    pub(crate) text: String,
}

impl Word {
    pub(crate) fn of(text: &str) -> Self {
        Self { letters: letters(text), text: text.to_owned() }
    }

    /// Equal but for a typing error.
    fn is_near(&self, other: &Self) -> bool {
        // Two errors change four letters at most.
        (self.letters ^ other.letters).count_ones() <= 4 && is_typo(&self.text, &other.text)
    }
}

/// A street, or an address in one line: places of its words.
#[derive(Clone, Debug)]
struct Street {
    /// Which letters the words have.
    letters: u64,
    /// Words with a digit.
    numbers: SmallVec<[u32; 4]>,
    /// The other words.
    words: SmallVec<[u32; 4]>,
}

/// The streets of a field; the first stands for none.
#[derive(Clone, Debug)]
pub(crate) struct Streets {
    streets: Vec<Street>,
    /// What they were made from, by street.
    texts: Vec<String>,
    /// The words of all of them, each once.
    words: Vec<Word>,
}

impl Streets {
    /// From folded words with single spaces.
    pub(crate) fn of(texts: Vec<String>) -> Self {
        let mut places: HashMap<&str, u32, FixedState> = HashMap::default();
        let mut words = Vec::new();
        let streets = texts.iter().map(|text| {
            let mut street = Street { letters: 0, numbers: SmallVec::new(), words: SmallVec::new() };
            for word in text.split(' ').filter(|word| !word.is_empty()) {
                let place = *places.entry(word).or_insert_with(|| {
                    words.push(Word::of(word));
                    words.len() as u32 - 1
                });
                if word.bytes().any(|byte| byte.is_ascii_digit()) {
                    street.numbers.push(place);
                } else {
                    street.letters |= words[place as usize].letters;
                    street.words.push(place);
                }
            }
            street
        });
        let streets = streets.collect();
        Self { streets, texts, words }
    }

    /// What a street was made from.
    pub(crate) fn text(&self, value: usize) -> &str {
        &self.texts[value]
    }

    /// The words of a street without those that have a digit.
    pub(crate) fn words(&self, value: usize) -> impl Iterator<Item = &str> {
        self.streets[value].words.iter().map(|word| self.words[*word as usize].text.as_str())
    }

    /// The level of two different streets.
    pub(super) fn compare(&self, a: usize, b: usize) -> u8 {
        let (a, b) = (&self.streets[a], &self.streets[b]);
        let similar = match (a.words.is_empty(), b.words.is_empty()) {
            (true, true) => true,
            (false, false) => {
                self.share_words(a, b)
                    || (may_be_alike(a.letters, b.letters) && jaro_winkler(&self.name(a), &self.name(b)) >= 900)
            }
            _ => false,
        };
        let missing = a.numbers.is_empty() || b.numbers.is_empty();
        // `837 2nd ave` and `840 2nd ave` share a number, but not that of the house.
        let (few, many) = if a.numbers.len() <= b.numbers.len() { (a, b) } else { (b, a) };
        let same_number = !missing && few.numbers.iter().all(|number| many.numbers.contains(number));
        match (similar, same_number, missing) {
            (true, true, _) => u8::from(a.numbers != b.numbers || a.words != b.words),
            (true, _, true) => 2,
            (true, ..) if self.have_near_numbers(a, b) => 2,
            (true, ..) => 3,
            (false, true, _) => 4,
            _ => 5,
        }
    }

    /// Whether the other has three in five of the words of the shorter list, typing errors allowed.
    fn share_words(&self, a: &Street, b: &Street) -> bool {
        let (small, large) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
        let word = |place: &u32| &self.words[*place as usize];
        let is_near = |one: &u32, other: &u32| one == other || word(one).is_near(word(other));
        let found = small.words.iter().filter(|one| large.words.iter().any(|other| is_near(one, other))).count();
        found * 5 >= small.words.len() * 3
    }

    fn have_near_numbers(&self, a: &Street, b: &Street) -> bool {
        let text = |place: &u32| self.words[*place as usize].text.as_str();
        let is_near = |a: &str, b: &str| a.len() > 2 && distance(a, b) == 1;
        a.numbers.iter().any(|a| b.numbers.iter().any(|b| is_near(text(a), text(b))))
    }

    /// The words as one.
    fn name(&self, street: &Street) -> String {
        street.words.iter().map(|word| self.words[*word as usize].text.as_str()).collect()
    }
}

#[cfg(test)]
mod tests;
