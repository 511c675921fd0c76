//! Which pairs of a table are looked at: those that share a key in some pass. Keys that too many records share are made finer.

mod keys;
mod passes;
mod postings;

use rayon::prelude::*;

use crate::fields::Field;
use crate::report::PassLine;
use keys::KeyRing;
pub(crate) use passes::Pass;
use passes::passes;
pub(crate) use postings::Finder;
pub use postings::Postings;

/// A table of no more records is looked at whole.
const WHOLE: usize = 1_500;
/// No key is shared by more records.
const LARGEST: usize = 60;

/// Records of one link of a chain.
const LINK: usize = 8;
/// A pass that proposes more pairs for a record brings nothing that finer ones do not, ...
const YIELD: u64 = 4;
/// ... but so few are looked at in no time.
const QUICK: u64 = 500_000;

/// The blocks of all passes.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    records: usize,
    is_whole: bool,
    /// All ways that were tried, with the pairs that each proposes and whether it was used.
    tried: Vec<(Pass, u64, bool)>,
    /// Members of all blocks, one block behind the other, each rising; the last of each with [`LAST`].
    members: Vec<u32>,
    /// Where in `members` each record stands, but for where it is the last: one record behind the other.
    places: Vec<u32>,
    /// Where the places of each record begin; one more for the end.
    of_record: Vec<u32>,
    /// Pairs of all blocks.
    pairs: u64,
}

/// Marks the last member of a block.
const LAST: u32 = 1 << 31;

impl Candidates {
    pub(crate) fn of(fields: &[Field], records: usize) -> Self {
        if records <= WHOLE {
            return Self { records, is_whole: true, ..Self::default() };
        }
        let mut found = Self { records, ..Self::default() };
        let mut ring = KeyRing::default();
        for pass in passes(fields) {
            let mut entries = pass.entries(fields, &mut ring, records);
            entries.par_sort_unstable();
            let groups = || entries.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
            let sizes = || groups().map(|group| group.len().min(LARGEST));
            let proposed: u64 = sizes().map(|size| pairs(size as u64)).sum();
            let budget = (YIELD * records as u64).max(QUICK);
            // The rarest words of many do what all of them cannot.
            let largest =
                if proposed <= budget || !pass.is_of_things(fields) { LARGEST } else { largest(sizes(), budget) };
            let is_used = proposed <= budget || largest < LARGEST;
            found.tried.push((pass.clone(), proposed, is_used));
            if !is_used {
                continue;
            }
            let within = |group: &&[(u64, u32)]| group.len() <= largest || largest == LARGEST;
            for group in groups().filter(within) {
                let members: Vec<u32> = group.iter().map(|(_, record)| *record).collect();
                found.add(fields, members, 0);
            }
        }
        found.index();
        found
    }

    /// Adds a block, made finer by one field after the other while it is too large.
    fn add(&mut self, fields: &[Field], mut members: Vec<u32>, depth: usize) {
        members.dedup();
        if members.len() < 2 {
            return;
        }
        if members.len() <= LARGEST {
            self.push(members.into_iter());
            return;
        }
        let Some(place) = telling_first(fields).get(depth).copied() else {
            // Equal in everything: a chain joins them as well as all pairs would.
            for link in members.chunks(LINK).zip(members.chunks(LINK).skip(1)) {
                self.push(link.0.iter().chain(link.1.first()).copied());
            }
            self.push(members.chunks(LINK).last().unwrap_or_default().iter().copied());
            return;
        };
        let cells = &fields[place].cells;
        members.sort_unstable_by_key(|member| (cells[*member as usize], *member));
        let finer: Vec<Vec<u32>> = members
            .chunk_by(|a, b| cells[*a as usize] == cells[*b as usize])
            .filter(|group| group.len() > 1)
            .map(<[u32]>::to_vec)
            .collect();
        for group in finer {
            self.add(fields, group, depth + 1);
        }
    }

    fn push(&mut self, members: impl Iterator<Item = u32>) {
        let before = self.members.len();
        self.members.extend(members);
        self.pairs += pairs((self.members.len() - before) as u64);
        if let Some(last) = self.members[before..].last_mut() {
            *last |= LAST;
        }
    }

    fn index(&mut self) {
        let first = |member: &&u32| **member & LAST == 0;
        let mut counts = vec![0_u32; self.records + 1];
        self.members.iter().filter(first).for_each(|member| counts[*member as usize + 1] += 1);
        for record in 0..self.records {
            counts[record + 1] += counts[record];
        }
        let mut next = counts.clone();
        let mut places = vec![0; counts[self.records] as usize];
        for (place, member) in self.members.iter().enumerate().filter(|(_, member)| first(member)) {
            let slot = &mut next[*member as usize];
            places[*slot as usize] = place as u32;
            *slot += 1;
        }
        (self.of_record, self.places) = (counts, places);
    }

    /// The passes that were tried.
    pub(crate) fn lines(&self, fields: &[Field]) -> Vec<PassLine> {
        let line = |(pass, pairs, is_used): &(Pass, u64, bool)| PassLine {
            name: pass.name(fields),
            pairs: *pairs,
            is_used: *is_used,
        };
        self.tried.iter().map(line).collect()
    }

    /// Keeps the passes alone, for explanations.
    pub(crate) fn forget_blocks(&mut self) {
        (self.members, self.places, self.of_record) = Default::default();
    }

    /// The passes that were used; all there are, if the table was looked at whole.
    pub(crate) fn used(&self, fields: &[Field]) -> Vec<Pass> {
        if self.is_whole {
            return passes(fields);
        }
        self.tried.iter().filter(|(.., is_used)| *is_used).map(|(pass, ..)| pass.clone()).collect()
    }

    pub(crate) fn records(&self) -> usize {
        self.records
    }

    /// The passes in which two records share a key, in words; `None` if every pair is looked at.
    pub(crate) fn shared(&self, fields: &[Field], a: usize, b: usize) -> Option<Vec<String>> {
        let used = self.tried.iter().filter(|(.., is_used)| *is_used).map(|(pass, ..)| pass);
        let shared = used.filter(|pass| pass.is_shared(fields, a, b));
        (!self.is_whole).then(|| shared.map(|pass| pass.name(fields)).collect())
    }

    /// No more pairs than so many are proposed.
    pub(crate) fn at_most(&self) -> u64 {
        if self.is_whole { pairs(self.records as u64) } else { self.pairs }
    }

    /// The records beyond `record` that share a block with it, rising, each once.
    pub(crate) fn of_record(&self, record: u32, into: &mut Vec<u32>) {
        into.clear();
        if self.is_whole {
            into.extend(record + 1..self.records as u32);
            return;
        }
        let own = self.of_record[record as usize] as usize..self.of_record[record as usize + 1] as usize;
        for place in &self.places[own] {
            for member in &self.members[*place as usize + 1..] {
                into.push(member & !LAST);
                if member & LAST != 0 {
                    break;
                }
            }
        }
        into.sort_unstable();
        into.dedup();
    }
}

/// The size up to which blocks together propose no more pairs than `budget`.
fn largest(sizes: impl Iterator<Item = usize>, budget: u64) -> usize {
    let mut of_size = [0_u64; LARGEST + 1];
    sizes.for_each(|size| of_size[size] += pairs(size as u64));
    let mut sum = 0;
    let fits = |pairs: &&u64| {
        sum += **pairs;
        sum <= budget
    };
    of_size.iter().take_while(fits).count().saturating_sub(1)
}

/// Places of the fields, those with the most values first.
fn telling_first(fields: &[Field]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..fields.len()).collect();
    order.sort_by_key(|place| std::cmp::Reverse(fields[*place].counts.len()));
    order
}

fn pairs(count: u64) -> u64 {
    count * count.saturating_sub(1) / 2
}
