//! The keys of values, from exact to rough.

use std::collections::HashMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::features::{root_of_given, skeleton};
use crate::fields::{Field, Values};
use crate::matcher::mix;

/// A key, hashed: two keys that collide cost a few candidates and change no outcome. 0 stands for none.
pub(super) type Key = u64;

/// How exactly two values must agree to share a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Grain {
    /// Equal.
    Exact,
    /// Alike, so that most slips do not matter.
    Rough,
    /// The same sound.
    Sound,
    /// The same first letter.
    Initial,
    /// Any one of several words, addresses or numbers is shared.
    AnyOf,
}

/// FNV-1a, mixed: keys are stored, so that they may not change with the compiler as those of the standard library do.
fn hash(text: &str) -> Key {
    let sum = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |sum: u64, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    mix(sum, 0).max(1)
}

fn hash_text(text: &str) -> Key {
    if text.is_empty() { 0 } else { hash(text) }
}

fn start(text: &str, letters: usize) -> String {
    text.chars().take(letters).collect()
}

/// The key of a value of a field, by its place.
pub(super) fn key(field: &Field, grain: Grain, value: usize) -> Key {
    match (value, grain) {
        (0, _) => 0,
        (_, Grain::Exact) => hash(&field.values.text(value)),
        (_, Grain::Rough) => hash_text(&rough(&field.values, value)),
        (_, Grain::Sound) => name(&field.values, value).map_or(0, |name| hash_text(&skeleton(name))),
        (_, Grain::Initial) => name(&field.values, value).map_or(0, |name| hash_text(&start(name, 1))),
        (_, Grain::AnyOf) => 0,
    }
}

/// The keys of all records for a field whose values have several.
pub(super) fn several(field: &Field) -> Vec<(Key, u32)> {
    let keys: Vec<Vec<Key>> = (0..field.counts.len()).into_par_iter().map(|value| keys_of(field, value)).collect();
    let of_record = |(record, cell): (usize, &u32)| keys[*cell as usize].iter().map(move |key| (*key, record as u32));
    field.cells.iter().enumerate().flat_map(of_record).collect()
}

/// Whether the values of a field have several keys each.
pub(super) fn has_several(field: &Field) -> bool {
    matches!(
        field.values,
        Values::Mail(_) | Values::Phone(_) | Values::Identifier(_) | Values::Models(_) | Values::Text(_)
    )
}

/// Words of a text by which it is found.
const WORDS: usize = 4;

/// The keys of one value that has several.
pub(super) fn keys_of(field: &Field, value: usize) -> Vec<Key> {
    match &field.values {
        Values::Mail(mails) => {
            mails[value].iter().filter(|mail| mail.local.len() > 3).map(|mail| hash(&mail.local)).collect()
        }
        Values::Phone(phones) => phones[value].iter().map(|phone| hash(&phone.text)).collect(),
        Values::Identifier(parts) | Values::Models(parts) => parts[value].iter().map(|part| hash(part)).collect(),
        Values::Text(texts) => {
            let keys = texts[value].iter();
            let keys = keys.flat_map(|text| text.telling().take(WORDS).map(|word| hash(&start(word, 6))));
            let mut keys: Vec<Key> = keys.collect();
            keys.sort_unstable();
            keys.dedup();
            keys
        }
        _ => Vec::new(),
    }
}

fn name(values: &Values, value: usize) -> Option<&str> {
    match values {
        Values::Given(names) | Values::Family(names) => Some(&names[value].whole),
        _ => None,
    }
}

fn rough(values: &Values, value: usize) -> String {
    match values {
        Values::Given(names) => {
            names[value].words.first().map(|first| skeleton(root_of_given(first))).unwrap_or_default()
        }
        Values::Family(names) => skeleton(&names[value].whole),
        Values::Date(dates) if dates[value].year == 0 => String::new(),
        Values::Date(dates) => dates[value].year.to_string(),
        Values::Street(streets) => {
            let longest = streets.words(value).max_by_key(|word| word.len());
            longest.map(|word| start(word, 4)).unwrap_or_default()
        }
        Values::Word(words) | Values::Category(words) => skeleton(&words[value]),
        Values::Code(codes) => start(&codes[value], codes[value].len().div_ceil(2)),
        Values::Number(numbers) => format!("{:.0}", numbers[value]),
        Values::Text(texts) => {
            texts[value].first().and_then(|text| text.telling().next()).map(|word| start(word, 5)).unwrap_or_default()
        }
        Values::Mail(mails) => mails[value].first().map(|mail| start(&mail.local, 5)).unwrap_or_default(),
        Values::Phone(phones) => phones[value].first().map(|phone| start(&phone.text, 6)).unwrap_or_default(),
        Values::Identifier(parts) | Values::Models(parts) => {
            parts[value].first().map(|part| start(part, 6)).unwrap_or_default()
        }
        Values::Middle(words) => words[value].first().map(|word| start(word, 1)).unwrap_or_default(),
    }
}

/// The keys of all values of the fields, each made once.
#[derive(Debug, Default)]
pub(super) struct KeyRing(HashMap<(usize, Grain), Vec<Key>>);

impl KeyRing {
    /// Makes the keys of a field's values, if they are not there yet.
    pub(super) fn add(&mut self, fields: &[Field], place: usize, grain: Grain) {
        let field = &fields[place];
        let make = || (0..field.counts.len()).into_par_iter().map(|value| key(field, grain, value)).collect();
        self.0.entry((place, grain)).or_insert_with(make);
    }

    /// Keys by value; none if they were not made.
    pub(super) fn of(&self, place: usize, grain: Grain) -> &[Key] {
        self.0.get(&(place, grain)).map(Vec::as_slice).unwrap_or_default()
    }
}
