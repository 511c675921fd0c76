//! The passes: what two records must share to be looked at.

use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;

use crate::features::{root_of_given, skeleton};
use crate::fields::{Aspect, Field, Values};

fn hash(value: &impl Hash) -> u64 {
    // `DefaultHasher::new` has fixed keys.
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish().max(1)
}

/// By value of a field, a coarser key for it; 0 for none.
type Keys = Vec<u64>;

/// A way to keys: the parts that must be shared, each a list of alternatives.
pub(super) struct Pass {
    parts: Vec<(usize, Keys)>,
    /// For a field of several words or addresses: the keys of each value; used alone.
    pub(super) several: Option<(usize, Vec<Vec<u64>>)>,
    /// Whether it does not matter which part is which.
    in_any_order: bool,
}

impl Pass {
    /// The key of a record; `None` if it lacks a part.
    pub(super) fn key(&self, fields: &[Field], record: u32) -> Option<u64> {
        let mut mixed = 0_u64;
        for (place, keys) in &self.parts {
            let key = keys[fields[*place].cells[record as usize] as usize];
            if key == 0 {
                return None;
            }
            // A sum does not depend on the order; the turn does.
            mixed = if self.in_any_order { mixed.wrapping_add(key) } else { mixed.rotate_left(23) ^ key };
            if !self.in_any_order {
                mixed = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            }
        }
        Some(mixed)
    }
}

/// The keys of all records for a field whose values have several.
pub(super) fn several(cells: &[u32], keys: &[Vec<u64>]) -> Vec<(u64, u32)> {
    let of_record = |(record, cell): (usize, &u32)| keys[*cell as usize].iter().map(move |key| (*key, record as u32));
    cells.iter().enumerate().flat_map(of_record).collect()
}

/// A key for each value of a field.
fn by_value(field: &Field, key: impl Fn(usize) -> String + Sync) -> Keys {
    let key = |value: usize| {
        let key = key(value);
        if value == 0 || key.is_empty() { 0 } else { hash(&key) }
    };
    (0..field.counts.len()).into_par_iter().map(key).collect()
}

fn exact(field: &Field) -> Keys {
    (0..field.counts.len() as u64).map(|value| if value == 0 { 0 } else { hash(&value) }).collect()
}

fn start(text: &str, letters: usize) -> String {
    text.chars().take(letters).collect()
}

/// A rougher key for each value, under which most slips do not matter.
fn rough(field: &Field) -> Keys {
    by_value(field, |value| match &field.values {
        Values::Given(names) => {
            names[value].words.first().map(|first| skeleton(root_of_given(first))).unwrap_or_default()
        }
        Values::Family(names) => skeleton(&names[value].whole),
        Values::Date(dates) => {
            if dates[value].year == 0 {
                String::new()
            } else {
                dates[value].year.to_string()
            }
        }
        Values::Street(streets) => {
            streets[value].words.iter().max_by_key(|word| word.len()).map(|word| start(word, 4)).unwrap_or_default()
        }
        Values::Word(words) | Values::Category(words) => skeleton(&words[value]),
        Values::Code(codes) | Values::Identifier(codes) => start(&codes[value], codes[value].len().div_ceil(2)),
        Values::Number(numbers) => format!("{:.0}", numbers[value]),
        Values::Text(texts) => texts[value]
            .words
            .iter()
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(word, _)| start(word, 5))
            .unwrap_or_default(),
        Values::Mail(mails) => mails[value].first().map(|mail| start(&mail.local, 5)).unwrap_or_default(),
        Values::Phone(phones) => phones[value].first().map(|phone| start(phone, 6)).unwrap_or_default(),
        Values::Middle(words) => words[value].first().map(|word| start(word, 1)).unwrap_or_default(),
    })
}

/// The passes of a table.
pub(super) fn passes(fields: &[Field]) -> Vec<Pass> {
    let mut passes = Vec::new();
    let together = |passes: &mut Vec<Pass>, parts: Vec<(usize, Keys)>| {
        passes.push(Pass { parts, several: None, in_any_order: false });
    };
    let places = |aspect: Aspect| (0..fields.len()).filter(move |place| fields[*place].aspect == aspect);
    let first = |aspect: Aspect| places(aspect).next();
    let own = |place: usize| (place, exact(&fields[place]));
    let roughly = |place: usize| (place, rough(&fields[place]));
    let (given, family, birth) = (first(Aspect::Given), first(Aspect::Family), first(Aspect::Birth));
    if let (Some(given), Some(family)) = (given, family) {
        let initial = |place: usize| {
            (
                place,
                by_value(&fields[place], |value| match &fields[place].values {
                    Values::Given(names) | Values::Family(names) => start(&names[value].whole, 1),
                    _ => String::new(),
                }),
            )
        };
        together(&mut passes, vec![roughly(given), roughly(family)]);
        if let Some(birth) = birth {
            together(&mut passes, vec![own(birth), initial(given)]);
            together(&mut passes, vec![own(birth), initial(family)]);
            together(&mut passes, vec![own(birth), roughly(family)]);
            together(&mut passes, vec![roughly(birth), roughly(family), initial(given)]);
            together(&mut passes, vec![roughly(birth), roughly(given), initial(family)]);
        }
        for place in places(Aspect::Place)
            .chain(places(Aspect::Street))
            .chain(places(Aspect::Other))
            .chain(places(Aspect::Employer))
        {
            if fields[place].counts.len() > 40 {
                together(&mut passes, vec![own(place), roughly(given)]);
                together(&mut passes, vec![own(place), roughly(family)]);
                if let Some(birth) = birth {
                    together(&mut passes, vec![own(place), own(birth)]);
                }
            }
        }
        passes.push(crosswise(fields, given, family));
    }
    // Two fields of a place, or a street and a place, where names say nothing.
    let whereabouts: Vec<usize> = places(Aspect::Place).filter(|place| fields[*place].counts.len() > 40).collect();
    for (number, place) in whereabouts.iter().enumerate() {
        for other in &whereabouts[number + 1..] {
            together(&mut passes, vec![own(*place), own(*other)]);
        }
        for street in places(Aspect::Street) {
            together(&mut passes, vec![own(*place), roughly(street)]);
        }
    }
    let solo = [Aspect::Identifier, Aspect::Street, Aspect::Title, Aspect::Other, Aspect::Birth];
    for place in solo.into_iter().flat_map(places) {
        let field = &fields[place];
        let pairs: f64 = field.counts.iter().map(|count| f64::from(*count).powi(2) / 2.0).sum();
        if pairs < field.filled() * 40.0 {
            passes.push(Pass { parts: vec![own(place)], several: None, in_any_order: false });
        }
    }
    for (place, field) in fields.iter().enumerate() {
        let keys: Vec<Vec<u64>> = match &field.values {
            Values::Mail(mails) => mails
                .iter()
                .map(|mails| mails.iter().filter(|mail| mail.local.len() > 3).map(|mail| hash(&mail.local)).collect())
                .collect(),
            Values::Phone(phones) => phones.iter().map(|phones| phones.iter().map(hash).collect()).collect(),
            // The three most telling words.
            Values::Text(texts) => texts
                .iter()
                .map(|text| {
                    let mut words: Vec<_> = text.words.iter().collect();
                    words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                    words.iter().take(4).map(|(word, _)| hash(&start(word, 6))).collect()
                })
                .collect(),
            _ => continue,
        };
        passes.push(Pass { parts: Vec::new(), several: Some((place, keys)), in_any_order: false });
    }
    passes
}

/// The sound of given and family name, in either order.
fn crosswise(fields: &[Field], given: usize, family: usize) -> Pass {
    let name = |place: usize| {
        let sound = |value: usize| match &fields[place].values {
            Values::Given(names) | Values::Family(names) => skeleton(&names[value].whole),
            _ => String::new(),
        };
        (place, by_value(&fields[place], sound))
    };
    Pass { parts: vec![name(given), name(family)], several: None, in_any_order: true }
}
