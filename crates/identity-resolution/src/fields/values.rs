//! Distinct values of a field, by kind, in the form in which they are compared.

use crate::features::{PartialDate, forms_of};
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
}

impl Name {
    /// From folded words with single spaces.
    pub(crate) fn of(text: &str) -> Self {
        let words: Vec<String> = text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let forms = words.first().map(|first| forms_of(first)).unwrap_or_default();
        let whole = words.concat();
        Self { letters: letters(&whole), whole, words, forms }
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

/// A street, or an address in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Street {
    /// Words with a digit.
    pub(crate) numbers: Vec<String>,
    /// The other words.
    pub(crate) words: Vec<String>,
    /// `words` as one.
    pub(crate) name: String,
    pub(crate) letters: u64,
    pub(crate) whole: String,
}

impl Street {
    /// From folded words with single spaces.
    pub(crate) fn of(whole: &str) -> Self {
        let words = whole.split(' ').filter(|word| !word.is_empty()).map(str::to_owned);
        let (numbers, words): (Vec<_>, Vec<_>) = words.partition(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
        let name = words.concat();
        Self { numbers, words, letters: letters(&name), name, whole: whole.to_owned() }
    }
}

/// A text of several words, with how telling each word is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Text {
    pub(crate) whole: String,
    pub(crate) words: Vec<(String, f32)>,
}

/// The values of one field; the first entry of each list stands for a missing value.
#[derive(Clone, Debug)]
pub(crate) enum Values {
    Given(Vec<Name>),
    Middle(Vec<Vec<String>>),
    Family(Vec<Name>),
    Date(Vec<PartialDate>),
    Mail(Vec<Vec<Mail>>),
    Phone(Vec<Vec<String>>),
    Street(Vec<Street>),
    /// A word or a short name: a town.
    Word(Vec<String>),
    /// A code or an identifier, in which each sign counts.
    Code(Vec<String>),
    Text(Vec<Text>),
    Number(Vec<f64>),
    /// One of few.
    Category(Vec<String>),
}

/// Name and share, best first.
type Levels = &'static [(&'static str, f64)];

const GIVEN: Levels = &[
    ("same given name", 0.78),
    ("forms of one given name", 0.06),
    ("typing error in the given name", 0.07),
    ("initial of the given name", 0.03),
    ("similar given name", 0.02),
    ("different given name", 0.04),
];
const MIDDLE: Levels =
    &[("same middle name", 0.55), ("initial of the middle name", 0.30), ("different middle name", 0.15)];
const FAMILY: Levels = &[
    ("same family name", 0.84),
    ("part of a compound family name", 0.02),
    ("typing error in the family name", 0.08),
    ("similar family name", 0.02),
    ("different family name", 0.04),
];
const DATE: Levels = &[
    ("same date", 0.80),
    ("date with a slip", 0.08),
    ("date as far as known", 0.03),
    ("same year and month, or same year and day", 0.02),
    ("two digits off", 0.015),
    ("a few weeks off", 0.01),
    ("same year", 0.01),
    ("years near each other", 0.01),
    ("different date", 0.025),
];
const MAIL: Levels = &[
    ("same e-mail", 0.70),
    ("typing error in the e-mail", 0.08),
    ("same local part", 0.07),
    ("similar local part", 0.05),
    ("different e-mail", 0.10),
];
const PHONE: Levels = &[("same phone", 0.75), ("one digit off", 0.05), ("different phone", 0.20)];
const STREET: Levels = &[
    ("same street", 0.60),
    ("similar street, same number", 0.18),
    ("similar street, a number missing", 0.05),
    ("similar street, other number", 0.03),
    ("same number, other street", 0.02),
    ("different street", 0.12),
];
const WORD: Levels = &[("same", 0.80), ("typing error", 0.08), ("similar", 0.04), ("different", 0.08)];
const CODE: Levels = &[("same", 0.84), ("one sign off", 0.06), ("same beginning", 0.04), ("different", 0.06)];
const TEXT: Levels = &[
    ("same text", 0.45),
    ("nearly the same words", 0.22),
    ("mostly the same words", 0.14),
    ("many shared words", 0.08),
    ("some shared words", 0.05),
    ("different words", 0.06),
];
const NUMBER: Levels = &[("same number", 0.70), ("nearly the same", 0.10), ("near", 0.08), ("different number", 0.12)];
const CATEGORY: Levels = &[("same", 0.85), ("different", 0.15)];

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
            Self::Text(_) => TEXT,
            Self::Number(_) => NUMBER,
            Self::Category(_) => CATEGORY,
        }
    }
}
