//! What the values of a column are.

use std::collections::HashSet;

use velocity_model::Field;

use crate::columns::Cells;
use crate::transform::{Context, clean_line, read_date, transform};

/// Counts over a whole column.
#[derive(Clone, Debug, Default)]
pub(super) struct ColumnProfile {
    pub(super) rows: usize,
    pub(super) filled: usize,
    pub(super) distinct: usize,
    /// Values without a blank and with a digit: what keys look like.
    opaque: usize,
    emails: usize,
    urls: usize,
    dates: usize,
    integers: usize,
    phones: usize,
    /// Phone numbers that say their country.
    international: usize,
    /// `Mr`, `Dr`, …
    pub(super) salutations: usize,
    /// Names with a legal form behind them.
    pub(super) legal_forms: usize,
}

const SALUTATIONS: &[&str] = &[
    "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "m", "mme", "mlle", "herr", "frau", "sr", "sra", "sig", "mx", "rev",
];
const LEGAL_FORMS: &[&str] = &[
    "ltd",
    "limited",
    "inc",
    "llc",
    "llp",
    "plc",
    "corp",
    "corporation",
    "co",
    "company",
    "gmbh",
    "ag",
    "kg",
    "sa",
    "sarl",
    "sas",
    "sasu",
    "srl",
    "spa",
    "bv",
    "nv",
    "oy",
    "ab",
    "as",
    "aps",
    "pvt",
    "pty",
    "sl",
    "lda",
    "ltda",
    "group",
    "bank",
];

impl ColumnProfile {
    pub(super) fn of(cells: &Cells, column: usize) -> Self {
        let mut profile = Self { rows: cells.height(), ..Self::default() };
        let mut seen = HashSet::new();
        let context = Context::default();
        let reads = |field: Field, text: &str| transform(&field, text, &context).is_ok();
        for cell in (0..cells.height()).filter_map(|row| cells.get(row, column)) {
            let text = clean_line(cell);
            if text.is_empty() {
                continue;
            }
            profile.filled += 1;
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            profile.opaque += usize::from(digits > 0 && !text.contains(' '));
            profile.emails += usize::from(text.contains('@') && reads(Field::known("email"), &text));
            profile.urls += usize::from(text.contains('.') && reads(Field::known("website"), &text));
            let is_date = digits >= 4 && text.len() <= 40 && !matches!(read_date(&text), Err("date.invalid"));
            profile.dates += usize::from(is_date);
            profile.integers += usize::from(digits == text.len());
            let is_phone = (6..=18).contains(&digits) && !text.contains(char::is_alphabetic) && text.len() <= 30;
            profile.phones += usize::from(is_phone && !(is_date && text.contains(['-', '/'])));
            profile.international += usize::from(is_phone && text.starts_with('+'));
            let last = text.rsplit(' ').next().unwrap_or_default().to_lowercase();
            let last = last.trim_matches(['.', ',']);
            profile.salutations += usize::from(SALUTATIONS.contains(&last) && !text.contains(' '));
            profile.legal_forms += usize::from(LEGAL_FORMS.contains(&last) && text.contains(' '));
            seen.insert(text);
        }
        profile.distinct = seen.len();
        profile
    }

    /// Share of rows with a value, in percent, rounded down.
    pub(super) fn fill_percent(&self) -> u8 {
        percent(self.filled, self.rows)
    }

    /// Whether every row has a value of its own.
    pub(super) const fn is_unique(&self) -> bool {
        self.rows > 0 && self.filled == self.rows && self.distinct == self.rows
    }

    /// Share of values that look like keys, in percent.
    pub(super) fn opaque_percent(&self) -> u8 {
        percent(self.opaque, self.filled)
    }

    /// Share of values that read as the field, in percent, with the word for them; `None` for types that any text fits.
    pub(super) fn fits(&self, field: &Field) -> Option<(u8, &'static str)> {
        if self.filled == 0 {
            return None;
        }
        use velocity_model::ValueType::{Date, DateTime, Email, Integer, Phone, Url};
        let (count, word) = match field.spec().value_type {
            Email => (self.emails, "e-mail addresses"),
            Phone => (self.phones, "phone numbers"),
            Date | DateTime => (self.dates, "dates"),
            Url => (self.urls, "web addresses"),
            Integer => (self.integers, "integers"),
            _ => return None,
        };
        Some((percent(count, self.filled), word))
    }

    /// The field that the values alone suggest, if they leave no doubt about their sort.
    pub(super) fn field_by_values(&self) -> Option<(Field, u8, &'static str)> {
        if self.filled == 0 {
            return None;
        }
        if percent(self.emails, self.filled) >= 80 {
            return Some((Field::known("email"), 75, "the values are e-mail addresses"));
        }
        if percent(self.international, self.filled) >= 80 {
            return Some((Field::known("phone"), 70, "the values are phone numbers with a country code"));
        }
        (percent(self.urls, self.filled) >= 80).then_some((Field::known("website"), 60, "the values are web addresses"))
    }
}

/// A share in percent, rounded down, so that 100 means all.
pub(super) fn percent(part: usize, whole: usize) -> u8 {
    u8::try_from((part * 100).checked_div(whole).unwrap_or(0)).unwrap_or(100)
}
