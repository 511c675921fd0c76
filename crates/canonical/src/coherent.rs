//! Fields that are parts of one thing: a person's name, a postal address. Chosen field by field, the best given name of
//! one record and the best family name of another would make somebody who does not exist. So:
//!
//! 1. The whole of the best record is the base, by the survivorship order of the wholes (trust: the highest that any of
//!    its parts has; support: the number of records that state exactly the same parts). Before that order stand two
//!    steps: a whole that agrees with the pinned parts, and a whole that has a core (a name with a given, family or full
//!    name, not a mere "Dr"; an address with a street, city or postcode, not a mere country).
//! 2. Parts that the base lacks come from the other records, best first, but only from records that fit everything
//!    stated so far; what has been filled in counts for the next.
//! 3. A pinned part is as pinned, and changes nothing else.
//!
//! A part that only records which do not fit state is left empty: their evidence shows it. A value loses by the rule by
//! which its record's whole lost: against the record that gave the part, or, if it stands before that record and did not
//! fit, against the base.

mod address;
mod name;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use velocity_model::{AssertionId, CanonicalValue, EntityKind, Field, Loser, RecordId, Rule, ValueType};

use crate::decided::Pins;
use crate::order::{Standing, Stated, compare};
use crate::quality::{Quality, quality};
use crate::survive::{Candidate, Statements, candidates, set_aside, standing};

/// The value of each part of a group, in the order of its fields; `None` where nothing is stated.
type Parts<'p> = [Option<&'p str>];

/// A group of fields that are parts of one thing.
#[derive(Debug)]
struct Group {
    /// Names and types, as in the catalogue (looking a type up there takes longer than choosing a value).
    fields: &'static [(&'static str, ValueType)],
    has_core: fn(&Parts<'_>) -> bool,
    quality: fn(&Parts<'_>) -> Quality,
    /// Whether two wholes may be one, written differently or with other parts left out.
    fits: fn(&Parts<'_>, &Parts<'_>) -> bool,
    /// Whether the first, which a person pinned, speaks for the second: the two have something to compare, and it fits.
    speaks_for: fn(&Parts<'_>, &Parts<'_>) -> bool,
}

/// What one record states of a group.
#[derive(Debug)]
struct Whole<'a> {
    parts: Vec<Option<Stated<'a>>>,
    fits_pins: bool,
    has_core: bool,
    standing: Standing<'a>,
}

impl<'a> Whole<'a> {
    fn values(&self) -> Vec<Option<&'a str>> {
        values(&self.parts)
    }

    fn compare(&self, other: &Self) -> (Ordering, Rule) {
        match (other.fits_pins.cmp(&self.fits_pins), other.has_core.cmp(&self.has_core)) {
            (Ordering::Equal, Ordering::Equal) => compare(&self.standing, &other.standing),
            (Ordering::Equal, by_core) => (by_core, Rule::Quality),
            (by_pins, _) => (by_pins, Rule::Pinned),
        }
    }
}

/// All statements about one entity, by field.
pub(crate) type Stock<'a> = BTreeMap<&'a Field, Statements<'a>>;

/// Settles the fields that belong together and takes them out of the stock; the rest stands field by field.
pub(crate) fn settle(kind: EntityKind, stock: &mut Stock<'_>, pins: &Pins<'_>) -> BTreeMap<Field, Vec<CanonicalValue>> {
    let groups: &[&Group] = match kind {
        EntityKind::Person => &[&name::GROUP, &address::GROUP],
        EntityKind::Organisation => &[&address::GROUP],
        _ => &[],
    };
    groups.iter().flat_map(|group| settle_group(group, stock, pins)).collect()
}

fn settle_group(group: &Group, stock: &mut Stock<'_>, pins: &Pins<'_>) -> Vec<(Field, Vec<CanonicalValue>)> {
    let fields: Vec<Field> = group.fields.iter().map(|(name, _)| Field::known(name)).collect();
    let statements: Vec<Statements<'_>> = fields.iter().map(|field| stock.remove(field).unwrap_or_default()).collect();
    let pinned: Vec<Option<&str>> = fields.iter().map(|field| pins.get(field).copied()).collect();
    if pinned.iter().all(Option::is_none) && statements.iter().all(|stated| stated.counted.is_empty()) {
        return Vec::new();
    }
    let wholes = wholes(group, &statements, &pinned);
    let givers = givers(group, &wholes);
    let mut found = Vec::new();
    for (place, field) in fields.into_iter().enumerate() {
        let part = Part {
            value_type: group.fields[place].1,
            place,
            pin: pinned[place],
            giver: givers[place],
            wholes: &wholes,
        };
        if let Some(value) = part.settle(&statements[place]) {
            found.push((field, vec![value]));
        }
    }
    found
}

/// What each record states of the group, best first.
fn wholes<'a>(group: &Group, statements: &[Statements<'a>], pinned: &Parts<'_>) -> Vec<Whole<'a>> {
    let mut by_record: BTreeMap<RecordId, Vec<Option<Stated<'a>>>> = BTreeMap::new();
    for (place, statements) in statements.iter().enumerate() {
        let (_, value_type) = group.fields[place];
        let order =
            |a: &Stated<'_>, b: &Stated<'_>| compare(&standing(value_type, a, 1), &standing(value_type, b, 1)).0;
        for stated in &statements.counted {
            let parts = by_record.entry(stated.record).or_insert_with(|| vec![None; group.fields.len()]);
            if parts[place].is_none_or(|other| order(stated, &other).is_lt()) {
                parts[place] = Some(*stated);
            }
        }
    }
    let mut support: HashMap<Vec<Option<&str>>, usize> = HashMap::new();
    for parts in by_record.values() {
        *support.entry(values(parts)).or_default() += 1;
    }
    let whole = |parts: Vec<Option<Stated<'a>>>| {
        let stated = values(&parts);
        let support = support.get(&stated).copied().unwrap_or_default();
        Some(Whole {
            fits_pins: (group.speaks_for)(pinned, &stated),
            has_core: (group.has_core)(&stated),
            standing: whole_standing(group, &parts, support)?,
            parts,
        })
    };
    let mut wholes: Vec<Whole<'a>> = by_record.into_values().filter_map(whole).collect();
    wholes.sort_by(|a, b| a.compare(b).0);
    wholes
}

fn values<'a>(parts: &[Option<Stated<'a>>]) -> Vec<Option<&'a str>> {
    parts.iter().map(|part| part.map(|stated| stated.value())).collect()
}

fn whole_standing<'a>(group: &Group, parts: &[Option<Stated<'a>>], support: usize) -> Option<Standing<'a>> {
    let first = parts.iter().flatten().next()?;
    let stated = values(parts);
    // A character that no value holds, so that different wholes never join to one text.
    let joined: Vec<&str> = stated.iter().map(|part| part.unwrap_or_default()).collect();
    Some(Standing {
        is_human: first.is_human,
        trust: parts.iter().flatten().map(|part| part.trust).max().unwrap_or_default(),
        updated_at: first.updated_at,
        support,
        quality: (group.quality)(&stated),
        value: Cow::Owned(joined.join("\u{1f}")),
        assertion: first.assertion.id,
    })
}

/// For each part the place of the whole that gives it: the base, or the best whole that fits all that was taken before.
fn givers(group: &Group, wholes: &[Whole<'_>]) -> Vec<Option<usize>> {
    let mut givers = vec![None; group.fields.len()];
    let mut taken: Vec<Option<&str>> = vec![None; group.fields.len()];
    for (place, whole) in wholes.iter().enumerate() {
        let stated = whole.values();
        let has_more = stated.iter().zip(&taken).any(|(part, taken)| part.is_some() && taken.is_none());
        if place == 0 || has_more && (group.fits)(&taken, &stated) {
            for ((giver, taken), part) in givers.iter_mut().zip(&mut taken).zip(stated) {
                if taken.is_none() && part.is_some() {
                    (*giver, *taken) = (Some(place), part);
                }
            }
        }
    }
    givers
}

/// One part of a group, about to be settled.
struct Part<'w, 'a> {
    value_type: ValueType,
    place: usize,
    pin: Option<&'w str>,
    giver: Option<usize>,
    wholes: &'w [Whole<'a>],
}

impl<'a> Part<'_, 'a> {
    fn settle(&self, statements: &Statements<'a>) -> Option<CanonicalValue> {
        let found = candidates(self.value_type, &statements.counted);
        let given = self.giver.and_then(|giver| self.wholes.get(giver)?.parts.get(self.place).copied().flatten());
        let value = self.pin.or(given.map(|stated| stated.value()))?;
        let stands = found.iter().find(|candidate| candidate.value() == value);

        let mut losers: Vec<(usize, Loser)> = found
            .iter()
            .filter(|candidate| candidate.value() != value)
            .filter_map(|candidate| self.loser(candidate))
            .collect();
        losers.sort();
        let losers: Vec<Loser> = losers
            .into_iter()
            .map(|(_, loser)| loser)
            .chain(set_aside(self.value_type, statements, self.pin))
            .collect();
        let rule = match self.pin {
            Some(_) => Rule::Pinned,
            None => losers.first().map_or(Rule::OnlyValue, |runner_up| runner_up.why),
        };
        let given = given.filter(|stated| stated.value() == value).map(|stated| stated.assertion.id);
        Some(CanonicalValue {
            value: value.to_owned(),
            winner: given.or(stands.map(|candidate| candidate.standing.assertion)),
            support: stands.map(Candidate::support).unwrap_or_default(),
            rule,
            losers,
            confirmed: self.pin.is_some(),
        })
    }

    /// A value that is not shown, with the place of the best whole that states it.
    fn loser(&self, candidate: &Candidate<'a>) -> Option<(usize, Loser)> {
        let records: Vec<(RecordId, AssertionId)> =
            candidate.stated.iter().map(|stated| (stated.record, stated.assertion.id)).collect();
        let (place, assertion) = self.wholes.iter().enumerate().find_map(|(place, whole)| {
            let record = whole.parts.iter().flatten().next()?.record;
            let of_record = records.iter().filter(|(other, _)| *other == record).map(|(_, id)| *id);
            Some((place, of_record.min()?))
        })?;
        let why = match self.giver {
            _ if self.pin.is_some() => Rule::Pinned,
            Some(giver) if giver < place => self.lost(giver, place),
            Some(giver) if giver > place => self.lost(0, place),
            _ => self.lost_at_home(candidate),
        };
        Some((place, Loser { value: candidate.value().to_owned(), assertion, why }))
    }

    fn lost(&self, winner: usize, loser: usize) -> Rule {
        match (self.wholes.get(winner), self.wholes.get(loser)) {
            (Some(winner), Some(loser)) => winner.compare(loser).1,
            _ => Rule::ValueOrder,
        }
    }

    /// The record that gave the part states two values for it.
    fn lost_at_home(&self, candidate: &Candidate<'a>) -> Rule {
        let given = self.giver.and_then(|giver| self.wholes.get(giver)?.parts.get(self.place).copied().flatten());
        let is_better =
            |given: Stated<'_>| quality(self.value_type, given.value()) != quality(self.value_type, candidate.value());
        if given.is_some_and(is_better) { Rule::Quality } else { Rule::ValueOrder }
    }
}

#[cfg(test)]
mod tests;
