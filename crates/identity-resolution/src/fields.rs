//! What is compared: fields made from columns, each with its distinct values prepared once.

mod build;
mod columns;
mod compare;
mod kind;
mod readings;
mod streets;
mod text;
mod values;

pub(crate) use build::{fields, fields_as};
pub(crate) use kind::Lexicon;
pub(crate) use readings::Readings;
pub(crate) use values::{Levels, Mail, Name, Values};

/// What a field says about a record. Which aspects people share who are not one person decides what speaks for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Aspect {
    Given,
    Middle,
    Family,
    Suffix,
    Birth,
    Gender,
    Email,
    Phone,
    Street,
    Place,
    Employer,
    Identifier,
    /// The name of what is no person.
    Title,
    /// Numbers within such a name: of a model, an edition, a year.
    Model,
    /// Which list the record stands in.
    List,
    /// Where the record comes from otherwise.
    Source,
    /// What nobody knows, and hardly two records share.
    Own,
    /// What nobody knows.
    Other,
}

/// One thing that is compared.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) aspect: Aspect,
    /// For each record the place of its value; 0 where it has none.
    pub(crate) cells: Vec<u32>,
    /// Records that have each value.
    pub(crate) counts: Vec<u32>,
    /// Distinct values; the first stands for none.
    pub(crate) values: Values,
}

/// No more fields are compared.
pub(crate) const MOST: usize = 32;

/// The level of records of which one has no value.
pub(crate) const MISSING: u8 = u8::MAX;

impl Field {
    /// The level that two records reach, best first; [`MISSING`] if one has no value.
    pub(crate) fn level(&self, a: usize, b: usize) -> u8 {
        let (a, b) = (self.cells[a], self.cells[b]);
        match (a, b) {
            (0, _) | (_, 0) => MISSING,
            _ if a == b => self.values.equal(a),
            _ => self.values.compare(a.min(b), a.max(b)),
        }
    }

    /// The value that two records share, if the level they reach is that of equal values.
    pub(crate) fn shared(&self, level: u8, a: usize, b: usize) -> Option<usize> {
        (level == 0 && self.cells[a] == self.cells[b]).then_some(self.cells[a] as usize)
    }

    /// Its levels, best first.
    pub(crate) fn levels(&self) -> Levels {
        match self.aspect {
            // Hardly anybody changes these, whatever else they change.
            Aspect::Gender => values::LASTING,
            Aspect::Suffix => values::GENERATION,
            _ => self.values.levels(),
        }
    }

    /// Whether sharing a rare value says more than sharing a common one.
    pub(crate) fn has_rarity(&self) -> bool {
        !self.is_origin()
    }

    /// Whether it says where a record comes from, and nothing of what it is about.
    pub(crate) fn is_origin(&self) -> bool {
        matches!(self.aspect, Aspect::List | Aspect::Source)
    }

    /// Whether a better level never speaks less for a match. Of two lists without duplicates the opposite is true of the name of
    /// the list.
    pub(crate) fn is_graded(&self) -> bool {
        !self.is_origin()
    }

    /// Whether something is known of such a field before its table is looked at.
    pub(crate) fn is_known(&self) -> bool {
        !matches!(self.aspect, Aspect::Other | Aspect::Own | Aspect::List | Aspect::Source)
    }

    /// Texts from which its values can be made again, by value.
    pub(crate) fn texts(&self) -> Vec<String> {
        (0..self.counts.len()).map(|value| self.values.text(value)).collect()
    }

    /// Records with a value.
    pub(crate) fn filled(&self) -> f64 {
        self.counts.iter().skip(1).map(|count| f64::from(*count)).sum()
    }
}
