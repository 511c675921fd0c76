//! What a list shows of a record.

use std::collections::BTreeMap;

use velocity_model::{CanonicalValue, EntityKind, Field};

/// Longest title, in characters; what is longer ends in an ellipsis.
const LONGEST: usize = 120;

/// One line, never empty.
pub(crate) fn title(kind: EntityKind, fields: &BTreeMap<Field, Vec<CanonicalValue>>) -> String {
    let shown = Shown { fields };
    let found = match kind {
        EntityKind::Person => shown.person().or_else(|| shown.first(&["nickname", "email", "phone"])),
        EntityKind::Organisation => shown.first(&["name", "domain", "website", "email", "phone"]),
        EntityKind::Interaction => shown.first(&["title"]).or_else(|| shown.channel()),
        EntityKind::Score => shown.first(&["name"]),
        EntityKind::Opportunity | EntityKind::Task | EntityKind::Note | EntityKind::Interest => {
            shown.first(&["title", "body", "reference"])
        }
    };
    let line = found.map(|text| shorten(&text)).unwrap_or_default();
    if line.is_empty() { untitled(kind).to_owned() } else { line }
}

const fn untitled(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person | EntityKind::Organisation => "(no name)",
        EntityKind::Opportunity => "Deal",
        EntityKind::Task => "Task",
        EntityKind::Note => "Note",
        EntityKind::Interaction => "Interaction",
        EntityKind::Interest => "Interest",
        EntityKind::Score => "Score",
    }
}

#[derive(Clone, Copy)]
struct Shown<'a> {
    fields: &'a BTreeMap<Field, Vec<CanonicalValue>>,
}

impl Shown<'_> {
    fn primary(&self, name: &'static str) -> Option<&CanonicalValue> {
        self.fields.get(&Field::known(name))?.first()
    }

    fn value(&self, name: &'static str) -> Option<&str> {
        self.primary(name).map(|value| value.value.as_str())
    }

    fn first(&self, names: &[&'static str]) -> Option<String> {
        names.iter().find_map(|name| self.value(name)).map(str::to_owned)
    }

    /// Given, middle and family name and suffix. The full name comes before them where a given or a family name is
    /// missing, and where a person confirmed it but neither of these.
    fn person(&self) -> Option<String> {
        let is_confirmed = |name| self.primary(name).is_some_and(|value| value.confirmed);
        let is_whole = self.value("given_name").is_some() && self.value("family_name").is_some();
        let full_is_meant = is_confirmed("full_name") && !is_confirmed("given_name") && !is_confirmed("family_name");
        let full = self.first(&["full_name"]);
        if full.is_some() && (full_is_meant || !is_whole) {
            return full;
        }
        // "Dr Okafor": a family name alone reads better with its title, a whole name is found better without.
        let prefix = if self.value("given_name").is_none() { self.value("name_prefix") } else { None };
        let names = ["given_name", "middle_name", "family_name", "name_suffix"];
        let has_core = ["given_name", "family_name"].into_iter().any(|name| self.value(name).is_some());
        let parts: Vec<&str> =
            prefix.into_iter().chain(names.into_iter().filter_map(|name| self.value(name))).collect();
        has_core.then(|| parts.join(" "))
    }

    /// "Phone call inbound" from `PHONE_CALL` and `INBOUND`.
    fn channel(&self) -> Option<String> {
        let channel = self.value("channel").map_or_else(|| "interaction".to_owned(), plain);
        let direction = self.value("direction").map(plain);
        if direction.is_none() && self.value("channel").is_none() {
            return None;
        }
        let words: Vec<String> = [Some(channel), direction].into_iter().flatten().collect();
        let line = words.join(" ");
        let mut letters = line.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect())
    }
}

/// A code in plain words.
fn plain(code: &str) -> String {
    code.replace(['_', '-'], " ").to_lowercase()
}

/// The first line that has text, with single blanks, cut at [`LONGEST`].
fn shorten(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests;
