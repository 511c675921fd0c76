//! What can be said of a person or an organisation only by looking at everything that points to it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use velocity_model::{CanonicalLink, CanonicalRecord, EntityKind, LinkRole, RecordId};

use crate::deal::is_open;
use crate::fold::words;

/// The overview of one person or organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// Canonical id of the employer, for a person. Of several the one whose name the person's company field shows, else
    /// the one with the smallest key.
    pub account: Option<RecordId>,
    /// Newest time of an interaction, note, task, interest or deal that points here, in canonical text. Scores are
    /// computed rather than done, and dates to come (due, expected close) are no activity.
    pub last_activity: Option<String>,
    /// Value of the newest score that points here, by its own time.
    pub newest_score: Option<String>,
    /// Deals that point here and have neither been won nor lost.
    pub open_opportunities: u32,
    /// Persons whose employer this is, for an organisation.
    pub people: u32,
}

/// The time by which an item stands in a timeline, in canonical text; `None` if it states none, and for persons and
/// organisations. When something happened comes before when it was entered; a date to come is the last resort.
pub fn own_time(record: &CanonicalRecord) -> Option<&str> {
    let to_come: &[&str] = match record.kind {
        EntityKind::Task => &["due_at"],
        EntityKind::Opportunity => &["close_date"],
        _ => &[],
    };
    past_time(record).or_else(|| to_come.iter().find_map(|field| record.value(field)))
}

/// When something happened to an item.
fn past_time(record: &CanonicalRecord) -> Option<&str> {
    let fields: &[&str] = match record.kind {
        EntityKind::Person | EntityKind::Organisation => &[],
        EntityKind::Opportunity => &["updated_at", "created_at"],
        EntityKind::Task => &["completed_at", "created_at", "updated_at"],
        EntityKind::Note | EntityKind::Interaction | EntityKind::Interest | EntityKind::Score => {
            &["at", "created_at", "updated_at"]
        }
    };
    fields.iter().find_map(|field| record.value(field))
}

/// The newest score seen so far: time, key (which tells two of one time apart), value.
type Newest<'a> = (Option<&'a str>, RecordId, &'a str);

/// Overviews by canonical id, of those persons and organisations of which there is anything to tell. Only links that
/// lead directly to a record count, so that the numbers agree with what its page lists. An overview is right if `records`
/// hold the record, all that point at it, and its employers; all of a tenant make all of them right.
pub fn overviews<'a>(records: impl IntoIterator<Item = &'a CanonicalRecord>) -> BTreeMap<RecordId, Overview> {
    let records: Vec<&CanonicalRecord> = records.into_iter().collect();
    let by_id: HashMap<RecordId, &CanonicalRecord> = records.iter().map(|record| (record.id, *record)).collect();
    let mut found: BTreeMap<RecordId, Overview> = BTreeMap::new();
    let mut scores: BTreeMap<RecordId, Newest<'_>> = BTreeMap::new();
    for record in records.into_iter().filter(|record| !record.links.is_empty()) {
        let links = record.links.iter().filter(|link| link.role.target_kind().is_resolved());
        let targets: BTreeSet<RecordId> = links.map(|link| link.target).collect();
        match record.kind {
            EntityKind::Person => {
                for link in record.links.iter().filter(|link| link.role == LinkRole::Employer) {
                    found.entry(link.target).or_default().people += 1;
                }
                if let Some(account) = account(record, &by_id) {
                    found.entry(record.id).or_default().account = Some(account);
                }
            }
            EntityKind::Organisation => {}
            EntityKind::Score => {
                let Some(value) = record.value("value") else { continue };
                let this = (past_time(record), record.key(), value);
                for target in targets {
                    let newest = scores.entry(target).or_insert(this);
                    *newest = this.max(*newest);
                }
            }
            _ => count_item(record, &targets, &mut found),
        }
    }
    for (target, (_, _, value)) in scores {
        found.entry(target).or_default().newest_score = Some(value.to_owned());
    }
    found
}

fn count_item(item: &CanonicalRecord, targets: &BTreeSet<RecordId>, found: &mut BTreeMap<RecordId, Overview>) {
    let time = past_time(item);
    let is_open_deal = item.kind == EntityKind::Opportunity && is_open(item);
    for target in targets {
        let overview = found.entry(*target).or_default();
        overview.open_opportunities += u32::from(is_open_deal);
        if overview.last_activity.as_deref() < time {
            overview.last_activity = time.map(str::to_owned);
        }
    }
}

fn account(person: &CanonicalRecord, by_id: &HashMap<RecordId, &CanonicalRecord>) -> Option<RecordId> {
    let employers: Vec<&CanonicalLink> = person.links.iter().filter(|link| link.role == LinkRole::Employer).collect();
    if let [only] = employers.as_slice() {
        return Some(only.target);
    }
    let company = person.value("organisation_name").map(words);
    let is_shown = |link: &CanonicalLink| {
        let name = by_id.get(&link.target).and_then(|record| record.value("name")).map(words);
        company.is_some() && company == name
    };
    let best = employers.into_iter().min_by_key(|link| (!is_shown(link), link.target_key))?;
    Some(best.target)
}

#[cfg(test)]
mod tests;
