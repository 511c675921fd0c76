//! Pointers to other records.

use velocity_model::{Link, LinkTarget, Mention, Profile, record_id};

use super::entity::{EntityPlan, Stated};
use super::field::taken;
use super::key::Key;
use crate::transform::{BLANK, clean_line, transform};

/// The links of one entity of a row. `unread` is told the column and the code of each address that cannot be read: such a
/// cell gives no link.
pub(super) fn links(
    profile: &Profile,
    plan: &EntityPlan<'_>,
    stated: &Stated,
    keys: &[Option<Key>],
    plans: &[EntityPlan<'_>],
    mut unread: impl FnMut(usize, &str),
) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (map, parts) in plan.links.iter().map(|link| link.map).zip(&stated.links) {
        let role = map.role;
        if let Some(id) = &map.entity {
            let at = plans.iter().position(|other| other.map.id == *id);
            let Some(key) = at.and_then(|at| keys.get(at)?.as_ref()) else { continue };
            let target = LinkTarget::Record(record_id(&profile.source, role.target_kind(), &key.0));
            links.push(Link { role, target, raw: String::new(), column: None });
        }
        for (column, part) in parts {
            let text = taken(part, map.strip_prefix.as_deref(), map.extract);
            let target = match &map.mention_as {
                Some(field) => match transform(field, text, plan.context) {
                    Ok(resolved) => LinkTarget::Mention(Mention { field: field.clone(), value: resolved.value }),
                    Err(BLANK) => continue,
                    Err(code) => {
                        unread(*column, &format!("link.{code}"));
                        continue;
                    }
                },
                None => {
                    let source = map.source.as_deref().unwrap_or(&profile.source);
                    LinkTarget::Record(record_id(source, role.target_kind(), &clean_line(text)))
                }
            };
            links.push(Link { role, target, raw: part.clone(), column: u32::try_from(*column).ok() });
        }
    }
    links
}
