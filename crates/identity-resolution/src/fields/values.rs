//! Distinct values of a field, by kind, in the form in which they are compared.

use smallvec::SmallVec;

use super::streets::{Streets, Word};
use super::text::Text;
use crate::features::{PartialDate, forms_of, skeleton};
use crate::similarity::letters;

/// Given names, or a family name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// All words as one.
    pub(crate) whole: String,
    pub(crate) words: Vec<String>,
    /// Which letters `whole` has.
    pub(crate) letters: u64,
    /// Names of which the first word is a form.
    pub(crate) forms: Vec<u16>,
    /// How `whole` sounds.
    pub(crate) sound: String,
    /// How the first word sounds.
    pub(crate) first_sound: String,
}

impl Name {
    /// From folded words with single spaces.
    pub(crate) fn of(text: &str) -> Self {
        let words: Vec<String> = text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let forms = words.first().map(|first| forms_of(first)).unwrap_or_default();
        let whole = words.concat();
        let first_sound = words.first().map(|first| skeleton(first)).unwrap_or_default();
        Self { letters: letters(&whole), sound: skeleton(&whole), first_sound, whole, words, forms }
    }
}

/// An address of mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mail {
    pub(crate) local: String,
    pub(crate) domain: String,
    /// The digits of the local part: they tell mailboxes of one name apart.
    pub(crate) digits: String,
    pub(crate) letters: u64,
}

impl Mail {
    /// From a folded local part and a domain.
    pub(crate) fn of(local: String, domain: &str) -> Self {
        let digits = local.chars().filter(char::is_ascii_digit).collect();
        Self { letters: letters(&local), domain: domain.to_owned(), digits, local }
    }
}

/// What a record may have several of, and mostly has one.
pub(crate) type Several<T> = SmallVec<[T; 1]>;

/// The values of one field; the first entry of each list stands for a missing value.
#[derive(Clone, Debug)]
pub(crate) enum Values {
    Given(Vec<Name>),
    Middle(Vec<Vec<String>>),
    Family(Vec<Name>),
    Date(Vec<PartialDate>),
    Mail(Vec<Several<Mail>>),
    Phone(Vec<Several<Word>>),
    Street(Streets),
    /// A word or a short name: a town.
    Word(Vec<String>),
    /// A code in which each sign counts.
    Code(Vec<String>),
    /// Identifiers that somebody issued, or domains.
    Identifier(Vec<Vec<String>>),
    /// Numbers within a name, the most telling first.
    Models(Vec<Vec<String>>),
    /// Texts; a record may have several.
    Text(Vec<Vec<Text>>),
    Number(Vec<f64>),
    /// One of few.
    Category(Vec<String>),
}

/// Name of a level, best first, and how often pairs of one entity and pairs of two strangers are thought to reach it before
/// anything is learnt.
pub(crate) type Levels = &'static [(&'static str, f64, f64)];

const GIVEN: Levels = &[
    ("same given name", 0.78, 0.005),
    ("forms of one given name", 0.06, 0.003),
    ("typing error in the given name", 0.07, 0.004),
    ("initial of the given name", 0.03, 0.004),
    ("similar given name", 0.03, 0.02),
    ("different given name", 0.03, 0.964),
];
const MIDDLE: Levels = &[
    ("same middle name", 0.55, 0.02),
    ("initial of the middle name", 0.30, 0.06),
    ("different middle name", 0.15, 0.92),
];
const FAMILY: Levels = &[
    ("same family name", 0.84, 0.0015),
    ("part of a compound family name", 0.02, 0.0003),
    ("typing error in the family name", 0.08, 0.001),
    ("similar family name", 0.02, 0.004),
    ("different family name", 0.04, 0.9932),
];
const DATE: Levels = &[
    ("same date", 0.80, 0.00005),
    ("date with a slip", 0.08, 0.0007),
    ("date as far as known", 0.03, 0.004),
    ("same year and month, or same year and day", 0.02, 0.002),
    ("two digits off", 0.015, 0.015),
    ("a few weeks off", 0.01, 0.003),
    ("same year", 0.01, 0.012),
    ("years near each other", 0.01, 0.05),
    ("different date", 0.025, 0.91325),
];
const MAIL: Levels = &[
    ("same e-mail", 0.70, 0.000001),
    ("typing error in the e-mail", 0.08, 0.000001),
    ("same local part", 0.06, 0.00005),
    ("similar local part", 0.03, 0.0008),
    ("address made of the name", 0.05, 0.0002),
    ("different e-mail", 0.08, 0.998948),
];
const PHONE: Levels =
    &[("same phone", 0.75, 0.00001), ("one digit off", 0.05, 0.00001), ("different phone", 0.20, 0.99998)];
const STREET: Levels = &[
    ("same street", 0.60, 0.00005),
    ("similar street, same number", 0.18, 0.00005),
    ("similar street, a number missing", 0.05, 0.0001),
    ("similar street, other number", 0.03, 0.001),
    ("same number, other street", 0.02, 0.005),
    ("different street", 0.12, 0.9938),
];
const WORD: Levels =
    &[("same", 0.80, 0.03), ("typing error", 0.08, 0.002), ("similar", 0.04, 0.01), ("different", 0.08, 0.958)];
const CODE: Levels =
    &[("same", 0.84, 0.002), ("one sign off", 0.06, 0.002), ("same beginning", 0.04, 0.02), ("different", 0.06, 0.976)];
/// What an authority gave to one alone: a number of a passport, of a tax payer.
const IDENTIFIER: Levels = &[("same", 0.90, 0.000001), ("one sign off", 0.03, 0.00001), ("different", 0.07, 0.999989)];
const TEXT: Levels = &[
    ("same text", 0.45, 0.00001),
    ("nearly the same words", 0.22, 0.00002),
    ("mostly the same words", 0.14, 0.0001),
    ("many shared words", 0.05, 0.0003),
    ("half of the words", 0.03, 0.0007),
    ("several shared words", 0.03, 0.003),
    ("some shared words", 0.02, 0.007),
    ("different words", 0.06, 0.98887),
];
const NUMBER: Levels = &[
    ("same number", 0.70, 0.01),
    ("nearly the same", 0.10, 0.003),
    ("near", 0.08, 0.03),
    ("different number", 0.12, 0.957),
];
/// One of few that stays as it is: a gender, a generation.
pub(super) const LASTING: Levels = &[("same", 0.97, 0.5), ("different", 0.03, 0.5)];
/// Nobody is both the father and the son.
pub(super) const GENERATION: Levels = &[("same", 0.9995, 0.5), ("different", 0.0005, 0.5)];
/// Of two names of one thing one may lack the number of its model, but hardly states another one.
const MODELS: Levels =
    &[("same number", 0.60, 0.0001), ("a shared number", 0.15, 0.0005), ("other numbers", 0.25, 0.9994)];
const CATEGORY: Levels = &[("same", 0.85, 0.5), ("different", 0.15, 0.5)];

impl Values {
    pub(crate) fn levels(&self) -> Levels {
        match self {
            Self::Given(_) => GIVEN,
            Self::Middle(_) => MIDDLE,
            Self::Family(_) => FAMILY,
            Self::Date(_) => DATE,
            Self::Mail(_) => MAIL,
            Self::Phone(_) => PHONE,
            Self::Street(_) => STREET,
            Self::Word(_) => WORD,
            Self::Code(_) => CODE,
            Self::Identifier(_) => IDENTIFIER,
            Self::Models(_) => MODELS,
            Self::Text(_) => TEXT,
            Self::Number(_) => NUMBER,
            Self::Category(_) => CATEGORY,
        }
    }
}
