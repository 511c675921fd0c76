//! Where links lead: to the entity that holds a record, or to the one entity that has an address.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use velocity_model::{
    CanonicalLink, CanonicalRecord, EntityKind, Evidence, Field, LinkRole, LinkTarget, Mention, Names, RecordId,
    ValueType, digest_parts,
};

use crate::survive::same_value;

/// An entity as a link names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    kind: EntityKind,
    id: RecordId,
    key: RecordId,
}

/// Records and addresses, each with the entity that holds it.
#[derive(Debug, Default)]
pub(crate) struct Places<'a> {
    records: HashMap<RecordId, Place>,
    /// By kind and address; `None` where several entities have the address, so that it does not tell who is meant.
    /// An e-mail address and a phone number are never the same text, so the field need not be in the key.
    addresses: HashMap<(EntityKind, Cow<'a, str>), Option<Place>>,
}

const EMAIL: Field = Field::known("email");
const PHONE: Field = Field::known("phone");

impl<'a> Places<'a> {
    /// Takes the addresses that the records show: what a person pinned is among them, what a person set aside is not.
    pub(crate) fn of(records: impl IntoIterator<Item = &'a CanonicalRecord>) -> Self {
        let mut places = Self::default();
        for record in records {
            let place = Place { kind: record.kind, id: record.id, key: record.key() };
            for member in &record.members {
                places.records.entry(*member).or_insert(place);
            }
            if record.kind.is_resolved() {
                places.take_addresses(record, place);
            }
        }
        places
    }

    fn take_addresses(&mut self, record: &'a CanonicalRecord, place: Place) {
        for address in addresses(record) {
            let held = self.addresses.entry((record.kind, address)).or_insert(Some(place));
            if *held != Some(place) {
                *held = None;
            }
        }
    }

    /// The links of a record, sorted, each once, and the number of things pointed at that are unknown or ambiguous. A
    /// link to oneself, which a merge can make, says nothing and is dropped.
    pub(crate) fn resolve(&self, record: &CanonicalRecord, members: &[&Evidence]) -> (Vec<CanonicalLink>, u32) {
        let mut links = BTreeSet::new();
        let mut lost = BTreeSet::new();
        for link in members.iter().flat_map(|member| &member.links) {
            match self.find(link.role, &link.target) {
                Some(place) if place.id == record.id => {}
                Some(place) => {
                    links.insert(CanonicalLink { role: link.role, target: place.id, target_key: place.key });
                }
                None => {
                    lost.insert((link.role, name(&link.target)));
                }
            }
        }
        (links.into_iter().collect(), u32::try_from(lost.len()).unwrap_or(u32::MAX))
    }

    fn find(&self, role: LinkRole, target: &LinkTarget) -> Option<Place> {
        let kind = role.target_kind();
        match target {
            LinkTarget::Record(id) => self.records.get(id).copied().filter(|place| place.kind == kind),
            LinkTarget::Mention(mention) => self.addresses.get(&(kind, address(mention))).copied().flatten(),
        }
    }
}

/// The e-mail addresses and phone numbers that a record shows.
fn addresses(record: &CanonicalRecord) -> impl Iterator<Item = Cow<'_, str>> {
    let of =
        |(field, value_type)| record.fields.get(&field).into_iter().flatten().map(move |value| (value_type, value));
    let values = [(EMAIL, ValueType::Email), (PHONE, ValueType::Phone)].into_iter().flat_map(of);
    values.map(|(value_type, value)| same_value(value_type, &value.value))
}

/// By what a record is found, and at what its members point.
pub fn names(record: &CanonicalRecord, members: &[&Evidence]) -> Names {
    let held = addresses(record).filter(|_| record.kind.is_resolved()).map(|address| hash(record.kind, &address));
    let pointed = members.iter().flat_map(|member| &member.links);
    let pointed = pointed.map(|link| hash(link.role.target_kind(), &name(&link.target)));
    Names { held: in_order(held), pointed: in_order(pointed) }
}

/// The names of the addresses and numbers that some evidence of a kind states.
pub fn address_names(kind: EntityKind, evidence: &Evidence) -> Vec<i64> {
    let values = |field: &'static str, value_type| {
        evidence.values(field).map(move |value| hash(kind, &same_value(value_type, value))).collect::<Vec<_>>()
    };
    [values("email", ValueType::Email), values("phone", ValueType::Phone)].concat()
}

/// The name at which those point who point at the evidence record itself.
pub fn record_name(kind: EntityKind, record: RecordId) -> i64 {
    hash(kind, &record.to_string())
}

fn hash(kind: EntityKind, name: &str) -> i64 {
    i64::from_le_bytes(digest_parts("velocity 2026 name", &[kind.as_str().as_bytes(), name.as_bytes()]))
}

fn in_order(hashes: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut hashes: Vec<i64> = hashes.collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// What a link points at, so that the same unknown thing counts once however many members point at it. No address looks
/// like the hexadecimal form of an id.
fn name(target: &LinkTarget) -> Cow<'_, str> {
    match target {
        LinkTarget::Record(id) => Cow::Owned(id.to_string()),
        LinkTarget::Mention(mention) => address(mention),
    }
}

fn address(mention: &Mention) -> Cow<'_, str> {
    same_value(mention.field.spec().value_type, &mention.value)
}

#[cfg(test)]
mod tests;
