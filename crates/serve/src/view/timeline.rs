//! Everything that happened with a record, newest first, under the day it happened.

use serde::Serialize;
use velocity_model::{EntityKind, RecordId};
use velocity_store::Related;

use super::href;
use crate::format;

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Entry {
    /// Canonical id of the item.
    pub(crate) id: RecordId,
    /// What it is, in a word: "Call", "Note", "Deal".
    pub(crate) channel: String,
    /// Time of day, if the source has one.
    pub(crate) time: String,
    /// First line.
    pub(crate) title: String,
    /// "incoming", "4 min 12 s", "Negotiation", "18,000 EUR".
    pub(crate) details: Vec<String>,
    /// The text.
    pub(crate) body: String,
    /// Names of its sources.
    pub(crate) sources: String,
    /// Where it comes from.
    pub(crate) why: String,
}

/// The entries of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Day {
    /// "Tuesday 31 March 2026"; "Ahead: Friday 10 April 2026"; "Without a date".
    pub(crate) heading: String,
    /// Newest first.
    pub(crate) entries: Vec<Entry>,
}

/// The timeline, cut to what is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Timeline {
    /// Newest first.
    pub(crate) days: Vec<Day>,
    /// Entries in all.
    pub(crate) total: usize,
    /// Entries that are not shown.
    pub(crate) older: usize,
}

/// The timeline of the records that point here; `shown` entries of it. What lies after `today` (a canonical day) is
/// said to be ahead.
pub(crate) fn timeline(related: &[Related], today: &str, shown: usize) -> Timeline {
    let mut items: Vec<(String, &Related)> =
        related.iter().filter(|item| happens(item.record.kind)).map(|item| (time_of(item), item)).collect();
    // The same item can point here in two roles.
    items.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.record.id.cmp(&b.1.record.id)));
    items.dedup_by_key(|(_, item)| item.record.id);
    let total = items.len();
    let mut days: Vec<Day> = Vec::new();
    for (at, item) in items.into_iter().take(shown) {
        let heading = match at.get(..10) {
            _ if at.is_empty() => "Without a date".to_owned(),
            Some(day) if day > today => format!("Ahead: {}", format::day_heading(&at)),
            _ => format::day_heading(&at),
        };
        let entry = entry(&at, item);
        match days.last_mut().filter(|day| day.heading == heading) {
            Some(day) => day.entries.push(entry),
            None => days.push(Day { heading, entries: vec![entry] }),
        }
    }
    Timeline { days, total, older: total.saturating_sub(shown) }
}

const fn happens(kind: EntityKind) -> bool {
    !matches!(kind, EntityKind::Person | EntityKind::Organisation | EntityKind::Score)
}

/// When an item happened: what publishing computed, else its own best date.
pub(crate) fn time_of(item: &Related) -> String {
    if !item.summary.last_activity.is_empty() {
        return item.summary.last_activity.clone();
    }
    let fields = ["at", "completed_at", "due_at", "updated_at", "close_date", "created_at"];
    fields.into_iter().find_map(|field| item.record.value(field)).unwrap_or_default().to_owned()
}

fn entry(at: &str, item: &Related) -> Entry {
    let record = &item.record;
    let clock = at.split_once('T').and_then(|(_, time)| time.get(..5)).unwrap_or_default();
    let details = ["direction", "duration_seconds", "stage", "status", "amount", "priority", "strength"];
    let detail = |name: &&str| {
        let (field, values) = record.fields.iter().find(|(field, _)| field.name() == *name)?;
        values.first().map(|value| direction(&format::value(field, &value.value)))
    };
    let body = record.value("body").unwrap_or_default();
    Entry {
        id: record.id,
        channel: channel(record.kind, record.value("channel").unwrap_or_default()),
        time: clock.to_owned(),
        title: record.title.clone(),
        details: details.iter().filter_map(detail).collect(),
        body: if body == record.title { String::new() } else { body.to_owned() },
        sources: item.summary.sources.join(", "),
        why: href::why(record.id),
    }
}

fn direction(text: &str) -> String {
    match text.to_ascii_lowercase().as_str() {
        "in" | "inbound" | "incoming" => "incoming".to_owned(),
        "out" | "outbound" | "outgoing" => "outgoing".to_owned(),
        _ => text.to_owned(),
    }
}

/// The word for an entry.
fn channel(kind: EntityKind, channel: &str) -> String {
    let word = match kind {
        EntityKind::Interaction if channel.is_empty() => "Contact",
        EntityKind::Interaction => channel,
        EntityKind::Note => "Note",
        EntityKind::Task => "Task",
        EntityKind::Interest => "Enquiry",
        EntityKind::Opportunity => "Deal",
        EntityKind::Score => "Score",
        EntityKind::Person | EntityKind::Organisation => "Record",
    };
    capitalised(word)
}

/// With a capital first letter.
pub(crate) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect::<String>().replace('_', " "),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
