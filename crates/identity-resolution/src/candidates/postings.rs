//! Records by their keys, kept so that records that come later find those they may match.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::keys::{Grain, KeyRing, key};
use super::passes::Pass;
use super::{LARGEST, telling_first};
use crate::fields::Field;
use crate::matcher::mix;

/// How keys are made, frozen: which passes, and which of their keys so many records share that finer ones stand for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Finder {
    passes: Vec<Pass>,
    /// Places of the fields by which a key is made finer, one after the other.
    order: Vec<usize>,
    /// Keys that are made finer, rising.
    shared: Vec<u32>,
}

/// Keys and the places of the records that have them, by key and place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Postings {
    /// Keys of 32 bits: two that collide cost a few candidates.
    pub keys: Vec<u32>,
    /// Places, beside the keys.
    pub holders: Vec<u32>,
}

impl Postings {
    pub(crate) fn of(mut entries: Vec<(u32, u32)>) -> Self {
        entries.par_sort_unstable();
        entries.dedup();
        let (keys, holders) = entries.into_iter().unzip();
        Self { keys, holders }
    }

    /// Places of the records with a key.
    pub(crate) fn holders_of(&self, key: u32) -> &[u32] {
        let from = first_from(&self.keys, key);
        let count = self.keys[from..].iter().take_while(|own| **own == key).count();
        &self.holders[from..from + count]
    }

    /// The keys of some places.
    pub(crate) fn keys_of(&self, places: &BTreeSet<u32>) -> BTreeMap<u32, Vec<u32>> {
        let last = places.last().map_or(0, |last| *last as usize + 1);
        let mut is_wanted = vec![false; last];
        places.iter().for_each(|place| is_wanted[*place as usize] = true);
        let mut keys: BTreeMap<u32, Vec<u32>> = places.iter().map(|place| (*place, Vec::new())).collect();
        for (key, holder) in self.entries().filter(|(_, holder)| is_wanted.get(*holder as usize) == Some(&true)) {
            if let Some(own) = keys.get_mut(&holder) {
                own.push(key);
            }
        }
        keys
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = (u32, u32)> {
        self.keys.iter().copied().zip(self.holders.iter().copied())
    }
}

impl Finder {
    /// Learns from records which keys too many share, and gives the keys of all.
    pub(crate) fn learn(fields: &[Field], passes: Vec<Pass>, records: usize) -> (Self, Postings) {
        let mut found = Self { passes, order: telling_first(fields), shared: Vec::new() };
        let mut ring = KeyRing::default();
        let mut all = Vec::new();
        for (number, pass) in found.passes.iter().enumerate() {
            let tagged = pass.entries(fields, &mut ring, records).into_par_iter();
            let mut entries: Vec<(u32, u32)> = tagged.map(|(key, record)| (tag(number, key), record)).collect();
            for depth in 0..=found.order.len() {
                entries.par_sort_unstable();
                entries.dedup();
                let mut coarse = Vec::new();
                for group in entries.chunk_by(|a, b| a.0 == b.0) {
                    match found.order.get(depth) {
                        Some(place) if group.len() > LARGEST => {
                            found.shared.push(group[0].0);
                            ring.add(fields, *place, Grain::Exact);
                            let (own, cells) = (ring.of(*place, Grain::Exact), &fields[*place].cells);
                            let own = |record: u32| own[cells[record as usize] as usize];
                            coarse.extend(group.iter().map(|(key, record)| (finer(*key, own(*record)), *record)));
                        }
                        _ => all.extend_from_slice(group),
                    }
                }
                entries = coarse;
            }
        }
        found.shared.sort_unstable();
        found.shared.dedup();
        (found, Postings::of(all))
    }

    /// The keys of one record.
    pub(crate) fn keys(&self, fields: &[Field], record: usize) -> Vec<u32> {
        let mut found = Vec::new();
        for (number, pass) in self.passes.iter().enumerate() {
            for key in pass.keys(fields, record) {
                let mut key = tag(number, key);
                for place in &self.order {
                    if self.shared.binary_search(&key).is_err() {
                        break;
                    }
                    let field = &fields[*place];
                    key = finer(key, self::key(field, Grain::Exact, field.cells[record] as usize));
                }
                found.push(key);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The passes in which two records share a key, in words.
    pub(crate) fn shared(&self, fields: &[Field], a: usize, b: usize) -> Vec<String> {
        let shared = self.passes.iter().filter(|pass| pass.is_shared(fields, a, b));
        shared.map(|pass| pass.name(fields)).collect()
    }
}

/// Where in rising keys the first stands that is not less than `key`. Keys are hashes and so spread evenly: the search begins where it
/// should be and widens, instead of halving millions of keys that are nowhere near.
fn first_from(keys: &[u32], key: u32) -> usize {
    let guess = ((u64::from(key) * keys.len() as u64) >> 32) as usize;
    let mut step = 32;
    let (mut from, mut to) = (guess, guess);
    while from > 0 && keys[from - 1] >= key {
        from = from.saturating_sub(step);
        step *= 2;
    }
    step = 32;
    while to < keys.len() && keys[to] < key {
        to = (to + step).min(keys.len());
        step *= 2;
    }
    from + keys[from..to].partition_point(|own| *own < key)
}

fn tag(pass: usize, key: u64) -> u32 {
    (mix(key, pass as u64 + 1) >> 32) as u32
}

fn finer(coarse: u32, own: u64) -> u32 {
    (mix(own, u64::from(coarse) | 1 << 63) >> 32) as u32
}

#[cfg(test)]
mod tests;
