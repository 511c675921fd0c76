//! The order of day and month, decided for a whole column: a single row cannot say it, and two rows must not differ.

use std::collections::BTreeMap;

use velocity_model::{DateOrder, Profile, ValueType};

use super::field::{parts, taken};
use crate::columns::{Cells, Columns};
use crate::transform::{clean_line, order_proven_by, two_digit_year};

/// What the values of one column say about their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Proof {
    day_first: u64,
    month_first: u64,
    /// Least and greatest first and last part of dates whose year has two digits.
    ends: Option<[(i8, i8); 2]>,
}

impl Proof {
    /// Counts one value.
    pub(crate) fn add(&mut self, text: &str) {
        match order_proven_by(&clean_line(text)) {
            Some(DateOrder::Dmy) => self.day_first += 1,
            Some(DateOrder::Mdy) => self.month_first += 1,
            _ => {}
        }
    }

    /// Looks at which end the year stands of a date whose year has two digits, in a column of which such years are read.
    fn add_year(&mut self, text: &str) {
        let Some((first, last)) = two_digit_year(&clean_line(text)) else { return };
        let widened = |(least, most): (i8, i8), part: i8| (least.min(part), most.max(part));
        let [firsts, lasts] = self.ends.unwrap_or([(first, first), (last, last)]);
        self.ends = Some([widened(firsts, first), widened(lasts, last)]);
    }

    /// Whether the year may stand first: in what happens one after the other years change less than days do.
    fn year_may_be_first(self) -> bool {
        self.ends.is_some_and(|[firsts, lasts]| lasts.1 - lasts.0 > firsts.1 - firsts.0)
    }

    /// The order, if some value proves it and none contradicts.
    pub(crate) fn order(self) -> Option<DateOrder> {
        if self.year_may_be_first() {
            return None;
        }
        match (self.day_first, self.month_first) {
            (0, 0) => None,
            (_, 0) => Some(DateOrder::Dmy),
            (0, _) => Some(DateOrder::Mdy),
            _ => None,
        }
    }

    /// Whether some values prove one order and some the other.
    pub(crate) const fn contradicts(self) -> bool {
        self.day_first > 0 && self.month_first > 0
    }

    /// Number of values that prove the order found.
    pub(crate) const fn support(self) -> u64 {
        self.day_first + self.month_first
    }
}

/// The proof of each date column whose order the profile does not state.
pub(super) struct Orders(BTreeMap<usize, Proof>);

impl Orders {
    pub(super) fn proven(&self, column: usize) -> Option<DateOrder> {
        self.0.get(&column)?.order()
    }

    pub(super) fn proof(&self, column: usize) -> Option<Proof> {
        self.0.get(&column).copied()
    }

    /// The columns, in order.
    pub(super) fn columns(&self) -> impl Iterator<Item = (usize, Proof)> {
        self.0.iter().map(|(column, proof)| (*column, *proof))
    }
}

/// Reads every date column once.
pub(super) fn decide(profile: &Profile, columns: &Columns, cells: &Cells) -> Orders {
    let mut orders = BTreeMap::new();
    for map in profile.entities.iter().flat_map(|entity| &entity.fields) {
        let is_date = matches!(map.to.spec().value_type, ValueType::Date | ValueType::DateTime);
        let is_stated = map.date_order.or(profile.read.date_order).is_some();
        if !is_date || is_stated {
            continue;
        }
        let headers = map.from.iter().map(|from| (from, map.nth)).chain(map.or_from.iter().map(|from| (from, None)));
        for column in headers.flat_map(|(header, nth)| columns.named(header, nth)) {
            orders.entry(column).or_insert_with(|| {
                let mut proof = Proof::default();
                for cell in (0..cells.height()).filter_map(|row| cells.get(row, column)) {
                    for part in parts(cell, map.split.as_deref()) {
                        let text = taken(part, map.strip_prefix.as_deref(), map.extract);
                        proof.add(text);
                        if profile.read.century.is_some() {
                            proof.add_year(text);
                        }
                    }
                }
                proof
            });
        }
    }
    Orders(orders)
}
