//! The passes: what two records must share to be looked at.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::keys::{Grain, Key, KeyRing, has_several, key, keys_of, several};
use crate::fields::{Aspect, Field, Values};

/// A way to keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pass {
    /// The fields that must agree, each as exactly as it says.
    parts: Vec<(usize, Grain)>,
    /// Whether it does not matter which part is which.
    in_any_order: bool,
}

/// A field with fewer values says too little to look up by.
const FEWEST: usize = 40;

impl Pass {
    fn together(parts: &[(usize, Grain)]) -> Self {
        Self { parts: parts.to_vec(), in_any_order: false }
    }

    /// What must be shared, in words.
    pub(crate) fn name(&self, fields: &[Field]) -> String {
        let part = |(place, grain): &(usize, Grain)| {
            let name = fields[*place].name.replace('_', " ");
            match grain {
                Grain::Exact => name,
                Grain::Rough => format!("{name} roughly"),
                Grain::Sound => format!("sound of the {name}"),
                Grain::Initial => format!("first letter of the {name}"),
                Grain::AnyOf => format!("part of the {name}"),
            }
        };
        let parts: Vec<String> = self.parts.iter().map(part).collect();
        let order = if self.in_any_order { ", in either order" } else { "" };
        format!("{}{order}", parts.join(" and "))
    }

    /// Whether it looks for single words of what things that are no people are called, or of what is said of them.
    pub(super) fn is_of_things(&self, fields: &[Field]) -> bool {
        let has = |aspect: Aspect| fields.iter().any(|field| field.aspect == aspect);
        let is_of_words = |place: usize| matches!(fields[place].values, Values::Text(_) | Values::Models(_));
        !(has(Aspect::Given) && has(Aspect::Family))
            && matches!(self.parts[..], [(place, Grain::AnyOf)] if is_of_words(place))
    }

    /// Keys and their records.
    pub(super) fn entries(&self, fields: &[Field], ring: &mut KeyRing, records: usize) -> Vec<(Key, u32)> {
        if let [(place, Grain::AnyOf)] = self.parts[..] {
            return several(&fields[place]);
        }
        self.parts.iter().for_each(|(place, grain)| ring.add(fields, *place, *grain));
        let parts: Vec<(&[Key], &[u32])> =
            self.parts.iter().map(|(place, grain)| (ring.of(*place, *grain), &fields[*place].cells[..])).collect();
        let key = |record: usize| self.mixed(parts.iter().map(|(keys, cells)| keys[cells[record] as usize]));
        (0..records).into_par_iter().filter_map(|record| Some((key(record)?, record as u32))).collect()
    }

    /// The keys of a record, without preparation.
    pub(super) fn keys(&self, fields: &[Field], record: usize) -> Vec<Key> {
        let cell = |place: usize| fields[place].cells[record] as usize;
        match self.parts[..] {
            [(place, Grain::AnyOf)] => keys_of(&fields[place], cell(place)),
            _ => {
                let keys = self.parts.iter().map(|(place, grain)| key(&fields[*place], *grain, cell(*place)));
                self.mixed(keys).into_iter().collect()
            }
        }
    }

    /// Whether two records share a key.
    pub(crate) fn is_shared(&self, fields: &[Field], a: usize, b: usize) -> bool {
        let others = self.keys(fields, b);
        self.keys(fields, a).iter().any(|key| others.contains(key))
    }

    /// One key from those of the parts; `None` if one is missing.
    fn mixed(&self, keys: impl Iterator<Item = Key>) -> Option<Key> {
        let mut mixed: Key = 0;
        for key in keys {
            if key == 0 {
                return None;
            }
            // A sum does not depend on the order; the turn does.
            mixed = match self.in_any_order {
                true => mixed.wrapping_add(key),
                false => (mixed.rotate_left(23) ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15),
            };
        }
        Some(mixed)
    }
}

/// The passes of a table.
pub(super) fn passes(fields: &[Field]) -> Vec<Pass> {
    use Grain::{AnyOf, Exact, Initial, Rough, Sound};
    let mut passes = Vec::new();
    let places = |aspect: Aspect| (0..fields.len()).filter(move |place| fields[*place].aspect == aspect);
    let telling = |aspect: Aspect| places(aspect).filter(|place| fields[*place].counts.len() > FEWEST);
    let first = |aspect: Aspect| places(aspect).next();
    if let (Some(given), Some(family)) = (first(Aspect::Given), first(Aspect::Family)) {
        let birth = first(Aspect::Birth);
        passes.push(Pass::together(&[(given, Rough), (family, Rough)]));
        if let Some(birth) = birth {
            passes.push(Pass::together(&[(birth, Exact), (given, Initial)]));
            passes.push(Pass::together(&[(birth, Exact), (family, Initial)]));
            passes.push(Pass::together(&[(birth, Exact), (family, Rough)]));
            passes.push(Pass::together(&[(birth, Rough), (family, Rough), (given, Initial)]));
            passes.push(Pass::together(&[(birth, Rough), (given, Rough), (family, Initial)]));
        }
        for place in
            [Aspect::Place, Aspect::Street, Aspect::Other, Aspect::Own, Aspect::Employer].into_iter().flat_map(telling)
        {
            passes.push(Pass::together(&[(place, Exact), (given, Rough)]));
            passes.push(Pass::together(&[(place, Exact), (family, Rough)]));
            passes.extend(birth.map(|birth| Pass::together(&[(place, Exact), (birth, Exact)])));
        }
        passes.push(Pass { parts: vec![(given, Sound), (family, Sound)], in_any_order: true });
    }
    // Two fields of a place, or a street and a place, where names say nothing.
    let whereabouts: Vec<usize> = telling(Aspect::Place).collect();
    for (number, place) in whereabouts.iter().enumerate() {
        let others = whereabouts[number + 1..].iter().map(|other| (*other, Exact));
        let streets = places(Aspect::Street).map(|street| (street, Rough));
        passes.extend(others.chain(streets).map(|other| Pass::together(&[(*place, Exact), other])));
    }
    for place in [Aspect::Street, Aspect::Title, Aspect::Other, Aspect::Own, Aspect::Birth].into_iter().flat_map(places)
    {
        let field = &fields[place];
        let pairs: f64 = field.counts.iter().map(|count| f64::from(*count).powi(2) / 2.0).sum();
        if pairs < field.filled() * 40.0 {
            passes.push(Pass::together(&[(place, Exact)]));
        }
    }
    let several = (0..fields.len()).filter(|place| has_several(&fields[*place]));
    passes.extend(several.map(|place| Pass::together(&[(place, AnyOf)])));
    passes
}
