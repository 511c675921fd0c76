//! Which pairs are looked at: those that share a key in some pass. No pair is emitted twice, and no key makes more than a
//! bounded number of pairs.

mod keys;

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use velocity_model::EntityKind;

pub(crate) use keys::{Pass, passes};

use crate::features::{Described, Features};

/// A key within a pass, hashed: two keys that collide cost a few candidates and change no outcome.
type Key = u64;

/// Records that share a key, as places in the list of records, rising.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pass: usize,
    key: Key,
    members: Vec<u32>,
    /// The block is too common for all pairs: only neighbours in `members` are paired.
    neighbours_only: bool,
}

/// The blocks of all passes and, for each pass and record, its keys: a pair is emitted by the first pass, and there by
/// the smallest key, that its two records share.
#[derive(Debug)]
pub(crate) struct Blocks {
    blocks: Vec<Block>,
    keys: Vec<Vec<Vec<Key>>>,
}

fn hash(value: &impl Hash) -> Key {
    // `DefaultHasher::new` has fixed keys.
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Blocks {
    /// Forms the blocks of records that are sorted by id.
    pub(crate) fn of(kind: EntityKind, records: &[Described], limit: usize) -> Self {
        let mut blocks = Vec::new();
        let mut keys = Vec::new();
        for (number, pass) in passes(kind).iter().enumerate() {
            let mut own: Vec<Vec<Key>> = records.iter().map(|record| hashed(pass, &record.features)).collect();
            for block in group(number, &own) {
                split(block, records, limit, &mut own, &mut blocks);
            }
            own.iter_mut().for_each(|keys| keys.sort_unstable());
            keys.push(own);
        }
        Self { blocks, keys }
    }

    pub(crate) fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The pairs of a block that no earlier pass or key emits.
    pub(crate) fn pairs(&self, block: &Block, mut emit: impl FnMut(u32, u32)) {
        for (place, a) in block.members.iter().enumerate() {
            let end = if block.neighbours_only { (place + 2).min(block.members.len()) } else { block.members.len() };
            for b in &block.members[place + 1..end] {
                if self.is_first(block, *a, *b) {
                    emit((*a).min(*b), (*a).max(*b));
                }
            }
        }
    }

    fn is_first(&self, block: &Block, a: u32, b: u32) -> bool {
        let shared = |pass: usize| {
            let (a, b) = (&self.keys[pass][a as usize], &self.keys[pass][b as usize]);
            a.iter().find(|key| b.binary_search(key).is_ok()).copied()
        };
        (0..block.pass).all(|pass| shared(pass).is_none()) && shared(block.pass) == Some(block.key)
    }
}

fn hashed(pass: &Pass, features: &Features) -> Vec<Key> {
    let keys: BTreeSet<String> = (pass.keys)(features).into_iter().filter(|key| !key.is_empty()).collect();
    keys.iter().map(hash).collect()
}

/// The groups of two or more records that share a key, by key.
fn group(pass: usize, keys: &[Vec<Key>]) -> Vec<Block> {
    let mut entries: Vec<(Key, u32)> = Vec::new();
    for (record, keys) in (0..).zip(keys) {
        entries.extend(keys.iter().map(|key| (*key, record)));
    }
    entries.sort_unstable();
    let groups = entries.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    let block = |group: &[(Key, u32)]| {
        let members = group.iter().map(|(_, record)| *record).collect();
        Block { pass, key: group[0].0, members, neighbours_only: false }
    };
    groups.map(block).collect()
}

/// Ways to tell the members of a block that is too common apart, each on top of the one before.
const REFINEMENTS: [fn(&Features) -> String; 3] = [
    |features| {
        let name = &features.name;
        format!("{}|{}|{}", name.given_root, name.family_key(), features.organisation.join(" "))
    },
    |features| format!("{:?}|{}|{}", features.birth, features.postcode, features.city),
    |features| format!("{:?}|{:?}|{}", features.emails.first(), features.phones.first(), features.street),
];

/// Splits a block that is too common by further features. Records that agree in all of them are as good as equal: they are
/// chained instead of paired each with each, so that a million equal rows make a million pairs.
fn split(block: Block, records: &[Described], limit: usize, keys: &mut [Vec<Key>], into: &mut Vec<Block>) {
    let mut large = vec![block];
    for refine in REFINEMENTS {
        let (fitting, rest): (Vec<_>, Vec<_>) = large.into_iter().partition(|block| block.members.len() <= limit);
        into.extend(fitting);
        large = rest.into_iter().flat_map(|block| divide(&block, records, refine, keys)).collect();
    }
    for mut block in large {
        block.neighbours_only = block.members.len() > limit;
        into.push(block);
    }
}

/// Replaces the block's key by finer ones, in the blocks and in the records' lists of keys.
fn divide(block: &Block, records: &[Described], refine: fn(&Features) -> String, keys: &mut [Vec<Key>]) -> Vec<Block> {
    let mut entries: Vec<(Key, u32)> = Vec::with_capacity(block.members.len());
    for member in &block.members {
        let finer = hash(&(block.key, refine(&records[*member as usize].features)));
        if let Some(own) = keys[*member as usize].iter_mut().find(|key| **key == block.key) {
            *own = finer;
        }
        entries.push((finer, *member));
    }
    entries.sort_unstable();
    let groups = entries.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    let part = |group: &[(Key, u32)]| {
        let members = group.iter().map(|(_, record)| *record).collect();
        Block { pass: block.pass, key: group[0].0, members, neighbours_only: false }
    };
    groups.map(part).collect()
}

/// The names of the passes in which two records share a key, for an explanation.
pub(crate) fn shared_passes(kind: EntityKind, a: &Features, b: &Features) -> Vec<String> {
    let shares = |pass: &&Pass| {
        let (a, b) = (hashed(pass, a), hashed(pass, b));
        a.iter().any(|key| b.contains(key))
    };
    passes(kind).iter().filter(shares).map(|pass| pass.name.to_owned()).collect()
}

#[cfg(test)]
mod tests;
