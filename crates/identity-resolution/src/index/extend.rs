//! Records that come later, beside those learnt from.

use std::collections::BTreeSet;

use rayon::prelude::*;
use velocity_model::{Evidence, MilliBits, RecordId};

use super::segment::{Row, Segment, SegmentField};
use super::{CROWD, MatchIndex};
use crate::candidates::Postings;
use crate::fields::Field;
use crate::population::REVIEW;
use crate::weights::Rows;

/// A pair with its weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeighedLink {
    /// The smaller record id.
    pub lo: RecordId,
    /// The larger record id.
    pub hi: RecordId,
    /// What it weighs.
    pub weight: MilliBits,
    /// Whether anything but names speaks for it.
    pub says_more_than_names: bool,
}

/// A record that came later, and those that share a key with it: of those learnt from, and of those that came later.
struct Near {
    of: u32,
    old: Vec<u32>,
    new: Vec<u32>,
}

/// What records that come later bring.
#[derive(Clone, Debug, PartialEq)]
pub struct Extension {
    /// Pairs that are heavy enough to be merged or to wait, by (lo, hi).
    pub links: Vec<WeighedLink>,
    /// Records whose earlier pairs no longer count, rising: all that they have now are among `links`.
    pub derived: Vec<RecordId>,
    /// All records that came later, in the form in which they are compared.
    pub later: Segment,
}

impl MatchIndex {
    /// Weighs `fresh` records, which are new or changed, each once, beside all others. `later` are those that came later before.
    pub fn extend(&self, later: &Segment, fresh: &[&Evidence]) -> Extension {
        let fresh = self.segment(fresh);
        let is_replaced = |record: &RecordId| fresh.place(*record).is_some();
        let fellows = self.fellows_of(&fresh, later);
        let now = merged(later, &fresh, &fellows, is_replaced);

        // A key that becomes too common, or is no longer, changes the pairs of those who have it.
        let finds = |key: u32, own: usize| self.base.postings.holders_of(key).len() + own <= CROWD;
        let touched: BTreeSet<u32> = fresh
            .postings
            .keys
            .iter()
            .copied()
            .chain(keys_of(later, is_replaced))
            .chain(fellows.postings.keys.iter().copied())
            .collect();
        let count = |segment: &Segment, key: u32| segment.postings.holders_of(key).len();
        let crossed =
            touched.iter().filter(|key| finds(**key, count(later, **key)) != finds(**key, count(&now, **key)));
        let mut derived: BTreeSet<u32> =
            crossed.flat_map(|key| now.postings.holders_of(*key).iter().copied()).collect();
        let came = fresh.records.iter().chain(&fellows.records);
        derived.extend(came.filter_map(|record| now.place(*record)).map(|place| place as u32));

        let links = self.weigh(&now, &derived, |key| finds(key, count(&now, key)));
        let derived = derived.iter().map(|place| now.records[*place as usize]).collect();
        Extension { links, derived, later: now }
    }

    /// Evidence as a segment, with its keys.
    fn segment(&self, evidence: &[&Evidence]) -> Segment {
        let mut sorted = evidence.to_vec();
        sorted.sort_unstable_by_key(|evidence| evidence.record);
        let fields = self.fields_of(&sorted);
        let chances = self.chances(&fields);
        let finder = &self.learnt.finder;
        let keys = (0..sorted.len())
            .into_par_iter()
            .flat_map_iter(|record| finder.keys(&fields, record).into_iter().map(move |key| (key, record as u32)));
        let postings = Postings::of(keys.collect());
        let fields = fields.iter().zip(&chances).map(|(field, chances)| SegmentField::of(field, chances)).collect();
        Segment { records: sorted.iter().map(|evidence| evidence.record).collect(), fields, postings }
    }

    /// Records that say what a record said that was learnt from and now says something else: nobody stands for them any more.
    fn fellows_of(&self, fresh: &Segment, later: &Segment) -> Segment {
        let mut rows: Vec<Row> = Vec::new();
        for place in fresh.records.iter().filter_map(|record| self.base.place(*record)) {
            let place = place as u32;
            let from = self.fellows.partition_point(|(own, _)| *own < place);
            let own = self.fellows[from..].iter().take_while(|(own, _)| *own == place);
            rows.extend(own.map(|(_, record)| (*record, 0, place)));
        }
        rows.retain(|(record, ..)| fresh.place(*record).is_none() && later.place(*record).is_none());
        rows.sort_unstable();
        let keys = self.base.postings.keys_of(&rows.iter().map(|(.., place)| *place).collect());
        let entries = (0..).zip(&rows).flat_map(|(row, (.., place))| keys[place].iter().map(move |key| (*key, row)));
        let postings = Postings::of(entries.collect());
        Segment { postings, ..Segment::of_rows(&[&self.base], rows) }
    }

    /// The pairs of some of the records that came later, beside all others.
    fn weigh(&self, now: &Segment, derived: &BTreeSet<u32>, finds: impl Fn(u32) -> bool + Sync) -> Vec<WeighedLink> {
        let near = self.near(now, derived, finds);
        let (mut old, mut new): (Vec<u32>, Vec<u32>) = (Vec::new(), derived.iter().copied().collect());
        for near in &near {
            old.extend(&near.old);
            new.extend(&near.new);
        }
        for places in [&mut old, &mut new] {
            places.par_sort_unstable();
            places.dedup();
        }
        let scene = Segment::gather(&[(&self.base, &old), (now, &new)]);
        let fields = self.prepared(&scene);
        let chances: Vec<Vec<f64>> = scene.fields.iter().map(|field| field.chances.clone()).collect();
        let weights = self.weights(&fields, &chances);
        let rows = Rows::of_fields(&fields, scene.records.len());
        let (of_base, of_now) = (scene.places_of(&self.base, &old), scene.places_of(now, &new));
        let weigh = |lo: usize, hi: usize| {
            let weight = weights.weigh(&fields, &rows, lo, hi, REVIEW)?;
            let says_more_than_names = weights.says_more_than_names(&fields, lo, hi);
            Some(WeighedLink { lo: scene.records[lo], hi: scene.records[hi], weight, says_more_than_names })
        };
        let weigh_near = |near: &Near| {
            let own = of_now[near.of as usize];
            let old = near.old.iter().map(|place| of_base[*place as usize]);
            let others: Vec<u32> = old.chain(near.new.iter().map(|place| of_now[*place as usize])).collect();
            rows.warm(&others);
            let weighed = others.into_iter().map(|other| weigh(own.min(other) as usize, own.max(other) as usize));
            weighed.flatten().collect::<Vec<_>>()
        };
        let mut links: Vec<WeighedLink> = near.par_iter().flat_map_iter(weigh_near).collect();
        links.par_sort_unstable_by_key(|link| (link.lo, link.hi));
        links
    }

    /// For each of the derived records those that share a key with it.
    fn near(&self, now: &Segment, derived: &BTreeSet<u32>, finds: impl Fn(u32) -> bool + Sync) -> Vec<Near> {
        let marked = |count: usize, places: &mut dyn Iterator<Item = usize>| {
            let mut marks = vec![false; count];
            places.for_each(|place| marks[place] = true);
            marks
        };
        let is_derived = marked(now.records.len(), &mut derived.iter().map(|place| *place as usize));
        let replaced = now.records.iter().filter_map(|record| self.base.place(*record));
        let is_replaced = marked(self.base.records.len(), &mut { replaced });
        let keys = now.postings.keys_of(derived);
        let near = keys.into_par_iter().map(|(of, keys)| {
            let (mut old, mut new) = (Vec::new(), Vec::new());
            for key in keys.into_iter().filter(|key| finds(*key)) {
                old.extend(self.base.postings.holders_of(key).iter().filter(|place| !is_replaced[**place as usize]));
                // Of two that are both derived the first finds the second.
                let is_other = |other: &&u32| **other > of || (**other < of && !is_derived[**other as usize]);
                new.extend(now.postings.holders_of(key).iter().filter(is_other));
            }
            for places in [&mut old, &mut new] {
                places.sort_unstable();
                places.dedup();
            }
            Near { of, old, new }
        });
        near.collect()
    }

    /// The fields of a segment, ready to be compared.
    fn prepared(&self, segment: &Segment) -> Vec<Field> {
        let likes = self.fields_of(&[]);
        let fields = likes.into_par_iter().zip(&segment.fields).enumerate();
        fields.map(|(place, (like, field))| field.prepared(like, &self.learnt.readings.lexicon(place))).collect()
    }
}

/// The keys of some records of a segment.
fn keys_of(segment: &Segment, is_meant: impl Fn(&RecordId) -> bool) -> Vec<u32> {
    let entries = segment.postings.entries();
    entries.filter(|(_, holder)| is_meant(&segment.records[*holder as usize])).map(|(key, _)| key).collect()
}

/// The records that came later, those replaced left out, with those that come now.
fn merged(later: &Segment, fresh: &Segment, fellows: &Segment, is_replaced: impl Fn(&RecordId) -> bool) -> Segment {
    let kept: Vec<u32> =
        (0..later.records.len() as u32).filter(|place| !is_replaced(&later.records[*place as usize])).collect();
    let all = |segment: &Segment| (0..segment.records.len() as u32).collect::<Vec<u32>>();
    let (of_fresh, of_fellows) = (all(fresh), all(fellows));
    let parts = [(later, &kept[..]), (fresh, &of_fresh[..]), (fellows, &of_fellows[..])];
    let parts: Vec<(&Segment, &[u32])> = parts.into_iter().filter(|(segment, _)| !segment.fields.is_empty()).collect();
    let mut now = Segment::gather(&parts);
    let mut entries = Vec::new();
    for (segment, places) in parts {
        let mut moved: Vec<Option<u32>> = vec![None; segment.records.len()];
        for place in places {
            moved[*place as usize] = now.place(segment.records[*place as usize]).map(|place| place as u32);
        }
        entries.extend(segment.postings.entries().filter_map(|(key, holder)| Some((key, moved[holder as usize]?))));
    }
    now.postings = Postings::of(entries);
    now
}
