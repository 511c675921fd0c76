//! Record keys: the source's own, or one made of what is stated.

use rayon::prelude::*;
use velocity_model::{EntityKind, Field, digest_parts};

use super::entity::{EntityPlan, Stated};
use crate::transform::plain_name;

/// The key under which a source knows a record.
pub(super) struct Key(pub(super) String);

/// Separates the parts of a key that stands in several columns (the ASCII unit separator).
pub(super) const SEPARATOR: &str = "\u{1F}";

const NAME: Field = Field::known("name");

/// The key of each entity that each row states.
///
/// A record without a key is known by its content and by its number among the records of that content, so that the same row
/// twice is two records. The numbers follow what else the rows state and not their order: of two namesakes, one with a note
/// and one without, the note stays with the same one however the file is sorted.
pub(super) fn keys(plans: &[EntityPlan<'_>], rows: &[Vec<Option<Stated>>]) -> Vec<Vec<Option<Key>>> {
    let linked: Vec<Vec<usize>> = plans.iter().map(|plan| linked_plans(plan, plans)).collect();
    let mut keys: Vec<Vec<Option<Key>>> = Vec::with_capacity(rows.len());
    let mut by_content: Vec<(EntityKind, Digest, Digest, usize, usize)> = Vec::new();
    let contents = |stated: &Vec<Option<Stated>>| -> Vec<Option<Digest>> {
        stated.iter().map(|stated| stated.as_ref().map(Stated::content)).collect()
    };
    let contents: Vec<Vec<Option<Digest>>> = rows.par_iter().map(contents).collect();
    for (row, (stated, contents)) in rows.iter().zip(contents).enumerate() {
        let whole = join("velocity 2026 content of a row", contents.iter().map(|content| content.unwrap_or_default()));
        let mut of_row = Vec::with_capacity(plans.len());
        for (at, (stated, content)) in stated.iter().zip(&contents).enumerate() {
            let (Some(plan), Some(stated), Some(content)) = (plans.get(at), stated, content) else {
                of_row.push(None);
                continue;
            };
            of_row.push(match &stated.key {
                Some(parts) => Some(Key(parts.join(SEPARATOR))),
                None if plan.map.kind == EntityKind::Organisation => Some(organisation(stated, *content)),
                None => {
                    // An item is told apart by whom it belongs to as well: one text sent to two persons is two messages.
                    let others = linked.get(at).into_iter().flatten();
                    let others = others.filter_map(|other| contents.get(*other).copied().flatten());
                    let digest = join("velocity 2026 content key with links", std::iter::once(*content).chain(others));
                    by_content.push((plan.map.kind, digest, whole, row, at));
                    None
                }
            });
        }
        keys.push(of_row);
    }
    by_content.sort_unstable();
    let (mut previous, mut number) = (None, 0_u64);
    for (kind, digest, _, row, at) in by_content {
        number = if previous == Some((kind, digest)) { number + 1 } else { 1 };
        previous = Some((kind, digest));
        if let Some(key) = keys.get_mut(row).and_then(|row| row.get_mut(at)) {
            *key = Some(Key(format!("content:{}:{number}", hex::encode(digest))));
        }
    }
    keys
}

type Digest = [u8; 16];

fn join(context: &'static str, parts: impl Iterator<Item = Digest>) -> Digest {
    let parts: Vec<Digest> = parts.collect();
    digest_parts(context, &parts.iter().map(Digest::as_slice).collect::<Vec<_>>())
}

/// The entities of the same row that an entity points to.
fn linked_plans(plan: &EntityPlan<'_>, plans: &[EntityPlan<'_>]) -> Vec<usize> {
    let names = plan.map.links.iter().filter_map(|link| link.entity.as_ref());
    names.filter_map(|name| plans.iter().position(|other| other.map.id == *name)).collect()
}

/// A company without a key of its own is known by its name, however many rows name it.
fn organisation(stated: &Stated, content: [u8; 16]) -> Key {
    match stated.value(&NAME) {
        Some(name) => Key(format!("name:{}", plain_name(name))),
        None => Key(format!("content:{}", hex::encode(content))),
    }
}
