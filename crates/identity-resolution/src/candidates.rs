//! Which pairs of a table are looked at: those that share a key in some pass. Keys that too many records share are made finer.

use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;

use crate::features::{root_of_given, skeleton};
use crate::fields::{Aspect, Field, Values};

/// A table of no more records is looked at whole.
const WHOLE: usize = 1_500;
/// No key is shared by more records.
const LARGEST: usize = 60;

/// Records of one link of a chain.
const LINK: usize = 8;
/// A pass that proposes more pairs for a record brings nothing that finer ones do not.
const YIELD: u64 = 4;

/// The blocks of all passes.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    records: usize,
    is_whole: bool,
    /// Members of all blocks, one block behind the other, each rising.
    members: Vec<u32>,
    /// Where each block begins; one more for the end.
    starts: Vec<u32>,
    /// Blocks of all records, one record behind the other.
    blocks: Vec<u32>,
    /// Where the blocks of each record begin; one more for the end.
    of_record: Vec<u32>,
}

fn hash(value: &impl Hash) -> u64 {
    // `DefaultHasher::new` has fixed keys.
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish().max(1)
}

/// By value of a field, a coarser key for it; 0 for none.
type Keys = Vec<u64>;

impl Candidates {
    pub(crate) fn of(fields: &[Field], records: usize) -> Self {
        if records <= WHOLE {
            return Self { records, is_whole: true, ..Self::default() };
        }
        let passes = passes(fields);
        let mut found = Self { records, starts: vec![0], ..Self::default() };
        for pass in &passes {
            let mut entries: Vec<(u64, u32)> = match &pass.several {
                Some((place, keys)) => several(&fields[*place].cells, keys),
                None => (0..records as u32)
                    .into_par_iter()
                    .filter_map(|record| Some((pass.key(fields, record)?, record)))
                    .collect(),
            };
            entries.par_sort_unstable();
            let groups = || entries.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
            let pairs: u64 = groups().map(|group| pairs(group.len().min(LARGEST) as u64)).sum();
            if pairs > YIELD * records as u64 {
                continue;
            }
            for group in groups() {
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
            self.members.extend(&members);
            self.starts.push(self.members.len() as u32);
            return;
        }
        // The most telling fields that are left, by the number of their values.
        let mut order: Vec<usize> = (0..fields.len()).collect();
        order.sort_by_key(|place| std::cmp::Reverse(fields[*place].counts.len()));
        let Some(place) = order.get(depth) else {
            // Equal in everything: a chain joins them as well as all pairs would.
            for link in members.chunks(LINK).zip(members.chunks(LINK).skip(1)) {
                self.members.extend(link.0.iter().chain(link.1.first()));
                self.starts.push(self.members.len() as u32);
            }
            let rest = members.chunks(LINK).last().unwrap_or_default();
            self.members.extend(rest);
            self.starts.push(self.members.len() as u32);
            return;
        };
        let cells = &fields[*place].cells;
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

    fn index(&mut self) {
        let mut counts = vec![0_u32; self.records + 1];
        self.members.iter().for_each(|member| counts[*member as usize + 1] += 1);
        for record in 0..self.records {
            counts[record + 1] += counts[record];
        }
        let mut next = counts.clone();
        let mut blocks = vec![0; self.members.len()];
        for (block, bounds) in self.starts.windows(2).enumerate() {
            for member in &self.members[bounds[0] as usize..bounds[1] as usize] {
                let slot = &mut next[*member as usize];
                blocks[*slot as usize] = block as u32;
                *slot += 1;
            }
        }
        (self.of_record, self.blocks) = (counts, blocks);
    }

    pub(crate) fn records(&self) -> usize {
        self.records
    }

    /// No more pairs than so many are proposed.
    pub(crate) fn at_most(&self) -> u64 {
        if self.is_whole {
            return pairs(self.records as u64);
        }
        self.starts.windows(2).map(|bounds| pairs(u64::from(bounds[1] - bounds[0]))).sum()
    }

    /// The records beyond `record` that share a block with it, rising, each once.
    pub(crate) fn of_record(&self, record: u32, into: &mut Vec<u32>) {
        into.clear();
        if self.is_whole {
            into.extend(record + 1..self.records as u32);
            return;
        }
        let own = self.of_record[record as usize] as usize..self.of_record[record as usize + 1] as usize;
        for block in &self.blocks[own] {
            let (from, to) = (self.starts[*block as usize] as usize, self.starts[*block as usize + 1] as usize);
            let members = &self.members[from..to];
            let behind = members.partition_point(|member| *member <= record);
            into.extend(&members[behind..]);
        }
        into.sort_unstable();
        into.dedup();
    }
}

/// A way to keys: the parts that must be shared, each a list of alternatives.
struct Pass {
    parts: Vec<(usize, Keys)>,
    /// For a field of several words or addresses: the keys of each value; used alone.
    several: Option<(usize, Vec<Vec<u64>>)>,
    /// Whether it does not matter which part is which.
    in_any_order: bool,
}

impl Pass {
    /// The key of a record; `None` if it lacks a part.
    fn key(&self, fields: &[Field], record: u32) -> Option<u64> {
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
fn several(cells: &[u32], keys: &[Vec<u64>]) -> Vec<(u64, u32)> {
    let of_record = |(record, cell): (usize, &u32)| keys[*cell as usize].iter().map(move |key| (*key, record as u32));
    cells.iter().enumerate().flat_map(of_record).collect()
}

fn pairs(count: u64) -> u64 {
    count * count.saturating_sub(1) / 2
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

fn passes(fields: &[Field]) -> Vec<Pass> {
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
