//! What a record has open: deals, tasks, interests, and the people around it.

use serde::Serialize;
use velocity_model::{EntityKind, RecordId};
use velocity_store::Related;

use super::href;
use crate::format;

/// A deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Deal {
    /// Title.
    pub(crate) title: String,
    /// Stage as the source writes it.
    pub(crate) stage: String,
    /// Amount.
    pub(crate) amount: String,
    /// Planned close, with a word if it has passed: "31 Mar 2026, overdue".
    pub(crate) close: String,
    /// Whether it is neither won nor lost.
    pub(crate) open: bool,
    /// Where it comes from.
    pub(crate) why: String,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct TaskLine {
    /// Title.
    pub(crate) title: String,
    /// Due day, with a word if it has passed.
    pub(crate) due: String,
    /// Who does it.
    pub(crate) owner: String,
    /// Whether it is done.
    pub(crate) done: bool,
    /// Where it comes from.
    pub(crate) why: String,
}

/// Something that a person is interested in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct InterestLine {
    /// What.
    pub(crate) title: String,
    /// Reference, city, price, strength: what is known of it.
    pub(crate) details: Vec<String>,
    /// When it was stated.
    pub(crate) at: String,
    /// Where it comes from.
    pub(crate) why: String,
}

/// Another person at the same account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct PersonLine {
    /// Name.
    pub(crate) title: String,
    /// Page.
    pub(crate) href: String,
    /// Job title.
    pub(crate) role: String,
    /// E-mail.
    pub(crate) email: String,
}

/// Deals, open ones first, then by close date.
pub(crate) fn deals(related: &[Related], today: &str) -> Vec<Deal> {
    let mut deals: Vec<(bool, String, RecordId, Deal)> = of_kind(related, EntityKind::Opportunity)
        .map(|item| {
            let value = |field: &str| item.record.value(field).unwrap_or_default();
            let (stage, status, close) = (value("stage"), value("status"), value("close_date"));
            let open = !is_closed(stage) && !is_closed(status);
            let deal = Deal {
                title: item.record.title.clone(),
                stage: if stage.is_empty() { status.to_owned() } else { stage.to_owned() },
                amount: if value("amount").is_empty() { String::new() } else { format::money(value("amount")) },
                close: due(close, today, !open),
                open,
                why: href::why(item.record.id),
            };
            (!open, close.to_owned(), item.record.id, deal)
        })
        .collect();
    deals.sort_by(|a, b| (a.0, &a.1, a.2).cmp(&(b.0, &b.1, b.2)));
    deals.dedup_by_key(|(_, _, id, _)| *id);
    deals.into_iter().map(|(.., deal)| deal).collect()
}

/// Sources write stages as they like; what says won, lost or closed is closed.
fn is_closed(stage: &str) -> bool {
    let stage = stage.to_lowercase();
    ["won", "lost", "closed"].iter().any(|word| stage.contains(word))
}

/// Tasks, open ones first, then by due date.
pub(crate) fn tasks(related: &[Related], today: &str) -> Vec<TaskLine> {
    let mut tasks: Vec<(bool, String, RecordId, TaskLine)> = of_kind(related, EntityKind::Task)
        .map(|item| {
            let value = |field: &str| item.record.value(field).unwrap_or_default();
            let done = !value("completed_at").is_empty() || is_done(value("status"));
            let line = TaskLine {
                title: item.record.title.clone(),
                due: due(value("due_at").split('T').next().unwrap_or_default(), today, done),
                owner: value("owner").to_owned(),
                done,
                why: href::why(item.record.id),
            };
            (done, value("due_at").to_owned(), item.record.id, line)
        })
        .collect();
    tasks.sort_by(|a, b| (a.0, &a.1, a.2).cmp(&(b.0, &b.1, b.2)));
    tasks.dedup_by_key(|(_, _, id, _)| *id);
    tasks.into_iter().map(|(.., line)| line).collect()
}

fn is_done(status: &str) -> bool {
    ["done", "completed", "complete", "closed"].contains(&status.to_lowercase().as_str())
}

/// A day in words, with "overdue" if it has passed and still matters.
fn due(day: &str, today: &str, settled: bool) -> String {
    let text = format::date(day);
    if !settled && !day.is_empty() && !today.is_empty() && day < today { format!("{text}, overdue") } else { text }
}

/// Interests, newest first.
pub(crate) fn interests(related: &[Related]) -> Vec<InterestLine> {
    let mut items: Vec<&Related> = of_kind(related, EntityKind::Interest).collect();
    items.sort_by(|a, b| {
        let at = |item: &Related| item.record.value("at").unwrap_or_default().to_owned();
        at(b).cmp(&at(a)).then(a.record.id.cmp(&b.record.id))
    });
    items.dedup_by_key(|item| item.record.id);
    let line = |item: &Related| {
        let detail = |name: &&str| {
            let (field, values) = item.record.fields.iter().find(|(field, _)| field.name() == *name)?;
            values.first().map(|value| format::value(field, &value.value))
        };
        InterestLine {
            title: item.record.title.clone(),
            details: ["reference", "city", "amount", "strength"].iter().filter_map(detail).collect(),
            at: format::date(item.record.value("at").unwrap_or_default().split('T').next().unwrap_or_default()),
            why: href::why(item.record.id),
        }
    };
    items.into_iter().map(line).collect()
}

/// The people among `related`, without `except`, by name.
pub(crate) fn people(related: &[Related], except: RecordId) -> Vec<PersonLine> {
    let mut people: Vec<&Related> =
        of_kind(related, EntityKind::Person).filter(|item| item.record.id != except).collect();
    people.sort_by_key(|item| (item.record.title.clone(), item.record.id));
    people.dedup_by_key(|item| item.record.id);
    let line = |item: &Related| PersonLine {
        title: item.record.title.clone(),
        href: href::record(item.record.kind, item.record.id),
        role: item.record.value("job_title").unwrap_or_default().to_owned(),
        email: item.summary.email.clone(),
    };
    people.into_iter().map(line).collect()
}

fn of_kind(related: &[Related], kind: EntityKind) -> impl Iterator<Item = &Related> {
    related.iter().filter(move |item| item.record.kind == kind)
}

#[cfg(test)]
mod tests;
