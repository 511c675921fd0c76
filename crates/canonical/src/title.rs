//! What a list shows of a record.

use std::collections::BTreeMap;

use velocity_model::{CanonicalValue, EntityKind, Field};

/// Never empty.
pub(crate) fn title(kind: EntityKind, fields: &BTreeMap<Field, Vec<CanonicalValue>>) -> String {
    let value = |name: &'static str| fields.get(&Field::known(name))?.first().map(|value| value.value.as_str());
    let words = |names: &[&'static str]| {
        let parts: Vec<&str> = names.iter().filter_map(|name| value(name)).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    let first = |names: &[&'static str]| names.iter().find_map(|name| value(name)).map(str::to_owned);
    let found = match kind {
        EntityKind::Person => words(&["given_name", "middle_name", "family_name", "name_suffix"])
            .or_else(|| first(&["full_name", "nickname", "email", "phone"])),
        EntityKind::Organisation => first(&["name", "domain", "email", "phone"]),
        EntityKind::Interaction => first(&["title"]).or_else(|| words(&["direction", "channel"])),
        EntityKind::Score => first(&["name"]),
        EntityKind::Note => first(&["title", "body"]),
        EntityKind::Opportunity | EntityKind::Task | EntityKind::Interest => first(&["title", "reference", "body"]),
    };
    found.map(|title| shorten(&title)).unwrap_or_else(|| format!("({kind} without a name)"))
}

/// Longest title, in characters.
const LONGEST: usize = 120;

fn shorten(title: &str) -> String {
    let line = title.lines().next().unwrap_or_default();
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    line.chars().take(LONGEST - 1).chain(['…']).collect()
}
