//! Distinct values of a field, by kind, in the form in which they are compared.

use crate::features::PartialDate;

/// A given name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Given {
    /// All words as one.
    pub(crate) whole: String,
    pub(crate) words: Vec<String>,
}

/// An address of mail.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Mail {
    pub(crate) local: String,
    pub(crate) domain: String,
}

/// A street, or an address in one line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Street {
    pub(crate) numbers: Vec<String>,
    pub(crate) words: Vec<String>,
    pub(crate) whole: String,
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
    Given(Vec<Given>),
    Middle(Vec<Vec<String>>),
    Family(Vec<Given>),
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
