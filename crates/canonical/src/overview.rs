//! What can be said of a person or an organisation only by looking at everything that points to it.

use std::collections::BTreeMap;

use velocity_model::{CanonicalRecord, EntityKind, LinkRole, RecordId};

/// The overview of one person or organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// Canonical id of the employer, for a person.
    pub account: Option<RecordId>,
    /// Newest time of an item that points here.
    pub last_activity: Option<String>,
    /// Newest value of a score that points here.
    pub newest_score: Option<String>,
    /// Deals that are neither won nor lost.
    pub open_opportunities: u32,
    /// Persons who work here, for an organisation.
    pub people: u32,
}

/// The time by which an item stands in a timeline, in canonical text; `None` if it has none.
pub fn own_time(record: &CanonicalRecord) -> Option<&str> {
    let fields: &[&str] = match record.kind {
        EntityKind::Task => &["completed_at", "due_at", "created_at"],
        EntityKind::Opportunity => &["updated_at", "created_at", "close_date"],
        _ => &["at", "created_at"],
    };
    fields.iter().find_map(|field| record.value(field))
}

/// Words in a stage or status that end a deal, without regard to case: as HubSpot, Salesforce, Zoho, Pipedrive and their
/// German, French and Spanish versions write them.
const ENDED: [&str; 14] = [
    "won",
    "lost",
    "closed",
    "gewonnen",
    "verloren",
    "abgeschlossen",
    "gagn",
    "perdu",
    "ganad",
    "perdid",
    "abandoned",
    "cancelled",
    "canceled",
    "deleted",
];

fn is_open(deal: &CanonicalRecord) -> bool {
    let states = ["status", "stage"].iter().filter_map(|field| deal.value(field));
    !states.map(str::to_lowercase).any(|state| ENDED.iter().any(|word| state.contains(word)))
}

/// Overviews by canonical id, of those that have anything to tell.
pub fn overviews(records: &[CanonicalRecord]) -> BTreeMap<RecordId, Overview> {
    let mut found: BTreeMap<RecordId, Overview> = BTreeMap::new();
    let mut scored: BTreeMap<RecordId, &str> = BTreeMap::new();
    for record in records {
        for link in &record.links {
            let target = found.entry(link.target).or_default();
            match (record.kind, link.role) {
                (EntityKind::Person, LinkRole::Employer) => target.people += 1,
                (EntityKind::Opportunity, _) if is_open(record) => target.open_opportunities += 1,
                _ => {}
            }
            if let Some(time) =
                own_time(record).filter(|_| !record.kind.is_resolved() && record.kind != EntityKind::Task)
            {
                if record.kind == EntityKind::Score && scored.get(&link.target).is_none_or(|newest| *newest < time) {
                    scored.insert(link.target, time);
                    target.newest_score = record.value("value").map(str::to_owned);
                }
                let is_newer = target.last_activity.as_deref().is_none_or(|newest| newest < time);
                // A score is computed, not done: it is no activity.
                if is_newer && record.kind != EntityKind::Score {
                    target.last_activity = Some(time.to_owned());
                }
            }
        }
        if record.kind == EntityKind::Person
            && let Some(link) = record.links.iter().find(|link| link.role == LinkRole::Employer)
        {
            found.entry(record.id).or_default().account = Some(link.target);
        }
    }
    found
}
