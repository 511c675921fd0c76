//! What headers mean in profiles that are known: where the phrases leave a header open, others' experience decides.

use std::collections::{BTreeMap, BTreeSet};

use velocity_model::{EntityKind, Field, Profile};

use super::headers::phrase;

/// Per kind of record and phrase: the fields that profiles give to such a header, each with the sources that do so.
pub(super) struct Learnt(BTreeMap<(EntityKind, String), BTreeMap<Field, BTreeSet<String>>>);

impl Learnt {
    pub(super) fn of(profiles: &[Profile]) -> Self {
        let mut learnt = BTreeMap::<_, BTreeMap<Field, BTreeSet<String>>>::new();
        for profile in profiles {
            for entity in &profile.entities {
                for map in &entity.fields {
                    for header in map.from.iter().chain(&map.or_from) {
                        let header = phrase(&header.replace("{n}", " ").replace("{any}", " "));
                        let fields = learnt.entry((entity.kind, header)).or_default();
                        fields.entry(map.to.clone()).or_default().insert(profile.source.clone());
                    }
                }
            }
        }
        Self(learnt)
    }

    /// The field that most sources give to such a header in a record of the kind, and how many do; of equals the first in display
    /// order. `None` if nobody knows it, or if as many keep it as a custom field.
    pub(super) fn field(&self, kind: EntityKind, header: &str) -> Option<(Field, usize)> {
        let fields = self.0.get(&(kind, phrase(header)))?;
        let is_custom = |field: &Field| field.name().starts_with("x_");
        let custom = fields.iter().filter(|(field, _)| is_custom(field)).flat_map(|(_, sources)| sources);
        let custom = custom.collect::<BTreeSet<_>>().len();
        let named = fields.iter().filter(|(field, _)| !is_custom(field)).map(|(field, sources)| (field, sources.len()));
        let best = named.max_by_key(|(field, count)| (*count, std::cmp::Reverse(field.rank())))?;
        (best.1 > custom).then(|| (best.0.clone(), best.1))
    }

    /// Whether every source that knows such a header in a record of the kind keeps it as a custom field, and at least two do.
    pub(super) fn is_custom(&self, kind: EntityKind, header: &str) -> bool {
        let fields = self.0.get(&(kind, phrase(header)));
        let sources =
            |fields: &BTreeMap<Field, BTreeSet<String>>| fields.values().flatten().collect::<BTreeSet<_>>().len();
        fields.is_some_and(|fields| fields.keys().all(|field| field.name().starts_with("x_")) && sources(fields) >= 2)
    }
}
