//! What separates decimals, decided for a whole column: `1.234` by itself may be a thousand or one and a bit.

use std::collections::BTreeMap;

use velocity_model::{DecimalSign, Profile, TableFormat, ValueType};

use super::field::{parts, taken};
use crate::columns::{Cells, Columns};
use crate::transform::{Separation, clean_line, separation};

/// What the values of one column say about their decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Proof {
    point: u64,
    comma: u64,
    /// Values with one point, and with one comma, before three digits.
    open: [u64; 2],
}

impl Proof {
    fn add(&mut self, text: &str) {
        match separation(&clean_line(text)) {
            Some(Separation::Proves(DecimalSign::Point)) => self.point += 1,
            Some(Separation::Proves(DecimalSign::Comma)) => self.comma += 1,
            Some(Separation::Open('.')) => self.open[0] += 1,
            Some(Separation::Open(_)) => self.open[1] += 1,
            None => {}
        }
    }

    /// The sign, if some value proves it and none contradicts.
    pub(super) const fn sign(self) -> Option<DecimalSign> {
        match (self.point, self.comma) {
            (0, 0) => None,
            (_, 0) => Some(DecimalSign::Point),
            (0, _) => Some(DecimalSign::Comma),
            _ => None,
        }
    }

    /// Number of values that prove the sign found.
    pub(super) const fn support(self) -> u64 {
        self.point + self.comma
    }

    /// Whether values are read by it that do not say it themselves.
    pub(super) const fn is_needed(self) -> bool {
        self.open[0] + self.open[1] > 0
    }
}

/// The proof of each column of numbers of which the profile does not state it.
pub(super) struct Decimals {
    columns: BTreeMap<usize, Proof>,
    /// Numbers that programs wrote for programs have a point, unless some have a comma.
    is_typed: bool,
}

impl Decimals {
    pub(super) fn proven(&self, column: usize) -> Option<DecimalSign> {
        let proof = self.columns.get(&column)?;
        let typed = (self.is_typed && proof.comma + proof.open[1] == 0).then_some(DecimalSign::Point);
        proof.sign().or(typed)
    }

    /// The columns in which it was proven and matters, in order.
    pub(super) fn columns(&self) -> impl Iterator<Item = (usize, DecimalSign, u64)> {
        let needed = self.columns.iter().filter(|(_, proof)| proof.is_needed());
        needed.filter_map(|(column, proof)| Some((*column, proof.sign()?, proof.support())))
    }
}

/// Reads every column of numbers once.
pub(super) fn decide(profile: &Profile, format: TableFormat, columns: &Columns, cells: &Cells) -> Decimals {
    let mut found = BTreeMap::new();
    for map in profile.entities.iter().flat_map(|entity| &entity.fields) {
        let is_number = matches!(map.to.spec().value_type, ValueType::Integer | ValueType::Decimal | ValueType::Money);
        if !is_number || map.decimal.is_some() {
            continue;
        }
        let headers = map.from.iter().map(|from| (from, map.nth)).chain(map.or_from.iter().map(|from| (from, None)));
        for column in headers.flat_map(|(header, nth)| columns.named(header, nth)) {
            found.entry(column).or_insert_with(|| {
                let mut proof = Proof::default();
                for cell in (0..cells.height()).filter_map(|row| cells.get(row, column)) {
                    let texts = parts(cell, map.split.as_deref());
                    texts.for_each(|part| proof.add(taken(part, map.strip_prefix.as_deref(), map.extract)));
                }
                proof
            });
        }
    }
    use TableFormat::{Arrow, Json, JsonLines, Parquet};
    Decimals { columns: found, is_typed: matches!(format, Json | JsonLines | Parquet | Arrow) }
}
