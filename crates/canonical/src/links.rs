//! Where links lead: to the entity that holds a record, or to the one entity that has an address.

use std::collections::{BTreeSet, HashMap};

use velocity_model::{CanonicalLink, EntityKind, Evidence, LinkTarget, RecordId};

use crate::project::Entity;
use crate::survive::same_value;

/// An entity as a link names it: canonical id and smallest member.
type Place = (RecordId, RecordId);

/// Records and addresses by the entity that holds them.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    records: HashMap<RecordId, Place>,
    /// By kind, field and value; more than one place means that the address does not tell who is meant.
    points: HashMap<(EntityKind, String, String), BTreeSet<Place>>,
}

impl Addresses {
    pub(crate) fn of(entities: &[Entity<'_>]) -> Self {
        let mut addresses = Self::default();
        for entity in entities {
            let Some(key) = entity.members.iter().map(|member| member.record).min() else { continue };
            for member in &entity.members {
                addresses.records.insert(member.record, (entity.id, key));
                if member.kind.is_resolved() {
                    addresses.take(member, (entity.id, key));
                }
            }
        }
        addresses
    }

    fn take(&mut self, member: &Evidence, place: Place) {
        for assertion in member.assertions.iter().filter(|assertion| assertion.is_resolved()) {
            let field = assertion.field.name();
            if field == "email" || field == "phone" {
                let value = same_value(assertion.field.spec().value_type, &assertion.value);
                self.points.entry((member.kind, field.to_owned(), value)).or_default().insert(place);
            }
        }
    }

    /// The links of an entity, sorted, each once, and how many lead nowhere or to more than one. A link to oneself (a
    /// merge can make one) says nothing and is dropped.
    pub(crate) fn resolve(&self, own: RecordId, evidence: &[&Evidence]) -> (Vec<CanonicalLink>, u32) {
        let mut links = BTreeSet::new();
        let mut unlinked = 0;
        for link in evidence.iter().flat_map(|member| &member.links) {
            let place = match &link.target {
                LinkTarget::Record(record) => self.records.get(record).copied(),
                LinkTarget::Mention(mention) => {
                    let value = same_value(mention.field.spec().value_type, &mention.value);
                    let key = (link.role.target_kind(), mention.field.name().to_owned(), value);
                    self.points.get(&key).filter(|places| places.len() == 1).and_then(|places| places.first().copied())
                }
            };
            match place {
                None => unlinked += 1,
                Some((target, _)) if target == own => {}
                Some((target, target_key)) => {
                    links.insert(CanonicalLink { role: link.role, target, target_key });
                }
            }
        }
        (links.into_iter().collect(), unlinked)
    }
}
