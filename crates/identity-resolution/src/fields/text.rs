//! Texts of several words, compared by the words that they share, the rare ones first.

use smallvec::{SmallVec, smallvec};

use crate::similarity::{is_typo, jaro_winkler};

/// A text of several words, with how telling each word is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Text {
    pub(crate) whole: String,
    /// The words in the order of their letters, each with how telling it is.
    words: Vec<(String, f32)>,
    /// Places in `words`, the most telling first; equal words by their letters.
    by_weight: Vec<u16>,
    /// Without blanks, as far as it is compared.
    joined: String,
    /// What all words weigh.
    weight: f32,
}

/// Words of one text that are looked for among those of another with slips: in a long one the most telling alone.
const LOOKED_FOR: usize = 16;
/// Words of a text that are compared.
const MOST_WORDS: usize = 256;
/// Signs by which whole texts are compared.
const COMPARED: usize = 64;

impl Text {
    /// From its words in any order, of which the most telling count.
    pub(crate) fn of(whole: &str, mut words: Vec<(String, f32)>) -> Self {
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.truncate(MOST_WORDS);
        words.sort_by(|a, b| a.0.cmp(&b.0));
        let mut by_weight: Vec<u16> = (0..words.len() as u16).collect();
        // Equal weights keep the order of the letters.
        by_weight.sort_by(|a, b| words[usize::from(*b)].1.total_cmp(&words[usize::from(*a)].1));
        let joined = whole.chars().filter(|c| *c != ' ').take(COMPARED).collect();
        let weight = words.iter().map(|(_, weight)| weight).sum();
        Self { whole: whole.to_owned(), words, by_weight, joined, weight }
    }

    /// The words, the most telling first.
    pub(crate) fn telling(&self) -> impl Iterator<Item = &str> {
        self.by_weight.iter().map(|place| self.words[usize::from(*place)].0.as_str())
    }

    fn word(&self, place: u16) -> (&str, f32) {
        let (word, weight) = &self.words[usize::from(place)];
        (word, *weight)
    }

    /// What the words of this text weigh that the other has too: equal, or with slips.
    fn shared(&self, other: &Self) -> f32 {
        let mut missing: SmallVec<[bool; 32]> = smallvec![false; self.words.len()];
        let (mut sum, mut there) = (0.0, 0);
        for (missing, (word, weight)) in missing.iter_mut().zip(&self.words) {
            while other.words.get(there).is_some_and(|(other, _)| other < word) {
                there += 1;
            }
            *missing = other.words.get(there).is_none_or(|(other, _)| other != word);
            if !*missing {
                // A word that stands twice is found twice only if it stands twice in the other as well.
                (sum, there) = (sum + weight, there + 1);
            }
        }
        let looked_for = self.by_weight.iter().filter(|place| missing[usize::from(**place)]).take(LOOKED_FOR);
        sum + looked_for.map(|place| nearest(self.word(*place), other)).sum::<f32>()
    }

    /// The level of two different texts.
    pub(crate) fn compare(&self, other: &Self) -> u8 {
        if self.whole == other.whole {
            return 0;
        }
        let size = |text: &Self| text.words.len();
        let is_small = (size(self), &self.whole) <= (size(other), &other.whole);
        let (small, large) = if is_small { (self, other) } else { (other, self) };
        let shared = small.shared(large);
        let score = (shared / small.weight.max(0.01) + shared / large.weight.max(0.01)) / 2.0;
        // Words that are written apart in one and together in the other.
        let score = if score < 0.88 { score.max(small.alike(large)) } else { score };
        match () {
            () if score >= 0.88 => 1,
            () if score >= 0.70 => 2,
            () if score >= 0.60 => 3,
            () if score >= 0.50 => 4,
            () if score >= 0.37 => 5,
            () if score >= 0.25 => 6,
            () => 7,
        }
    }

    fn alike(&self, other: &Self) -> f32 {
        let (shorter, longer) = (self.joined.len().min(other.joined.len()), self.joined.len().max(other.joined.len()));
        if !digits(&self.joined).eq(digits(&other.joined)) {
            return 0.0;
        }
        // A text of less than four fifths of the other's length cannot be so much alike.
        if shorter * 5 < longer * 4 {
            return 0.0;
        }
        let alike = jaro_winkler(&self.joined, &other.joined) as f32 / 1000.0;
        if alike >= 0.93 { alike - 0.03 } else { 0.0 }
    }
}

/// What a word counts that stands in another text with a slip, as a beginning or as an initial.
fn nearest((word, weight): (&str, f32), other: &Text) -> f32 {
    let near = |other: &str| match () {
        // It was found already, by the same word standing twice.
        () if word == other => 0.0,
        () if !is_a_number(word) && !is_a_number(other) && is_typo(word, other) => 0.9,
        () if is_beginning(word, other) || is_beginning(other, word) => 0.8,
        () if is_initial(word, other) => 0.4,
        () => 0.0,
    };
    let others = other.by_weight.iter().take(LOOKED_FOR * 2).map(|place| other.word(*place));
    others.map(|(other, own)| near(other) * weight.min(own)).fold(0.0, f32::max)
}

/// Whether a word begins as another does that is a word of its own; a number that goes on is another one.
fn is_beginning(short: &str, long: &str) -> bool {
    let rest = long.strip_prefix(short).filter(|_| short.len() >= 3);
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn digits(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(u8::is_ascii_digit)
}

/// A number, or what holds one: of models and editions one digit makes another.
fn is_a_number(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_initial(a: &str, b: &str) -> bool {
    (a.len() == 1 || b.len() == 1) && a.as_bytes().first() == b.as_bytes().first()
}

#[cfg(test)]
mod tests;
