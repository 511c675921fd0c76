//! Client 360: everything known of one person or organisation. The page and the JSON are this struct.

use std::collections::BTreeSet;

use askama::Template;
use serde::Serialize;
use velocity_model::{EntityKind, Question, RecordId};
use velocity_store::{EntityRow, OpenReview, Related, StoredEvidence};

use super::facts::{self, FactGroup, FactValue, Unresolved};
use super::href;
use super::origin::Origins;
use super::score::{self, ScoreSeries};
use super::shell::Shell;
use super::timeline::{self, Timeline};
use super::work::{self, Deal, InterestLine, PersonLine, TaskLine};
use crate::format;

/// What the store knows of a record.
#[derive(Clone, Debug)]
pub(crate) struct RecordRows {
    /// The record.
    pub(crate) entity: EntityRow,
    /// Its evidence.
    pub(crate) evidence: Vec<StoredEvidence>,
    /// What points at it.
    pub(crate) related: Vec<Related>,
    /// What points at its employer; empty for an organisation.
    pub(crate) colleagues: Vec<Related>,
    /// Merge questions that name it.
    pub(crate) reviews: Vec<OpenReview>,
    /// Open mapping questions.
    pub(crate) questions: Vec<Question>,
}

/// A name with its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Named {
    /// Name.
    pub(crate) title: String,
    /// Page.
    pub(crate) href: String,
}

/// How many source rows made the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Strip {
    /// "5 source rows from 3 sources".
    pub(crate) rows: String,
    /// The sources, by name.
    pub(crate) sources: Vec<String>,
    /// Why they are one record.
    pub(crate) why: String,
    /// "1 open review item"; empty without any.
    pub(crate) reviews: String,
    /// The first review item.
    pub(crate) review_href: String,
}

/// The aggregate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct RecordView {
    /// Canonical id.
    pub(crate) id: RecordId,
    /// Kind.
    pub(crate) kind: EntityKind,
    /// Its page.
    pub(crate) href: String,
    /// Name.
    pub(crate) title: String,
    /// Status.
    pub(crate) status: String,
    /// Job title.
    pub(crate) role: String,
    /// Employer.
    pub(crate) account: Option<Named>,
    /// Owner.
    pub(crate) owner: String,
    /// E-mails, primary first.
    pub(crate) emails: Vec<FactValue>,
    /// Phones, primary first.
    pub(crate) phones: Vec<FactValue>,
    /// Where it comes from.
    pub(crate) strip: Strip,
    /// Facts in groups.
    pub(crate) facts: Vec<FactGroup>,
    /// Values that wait for an answer.
    pub(crate) unresolved: Vec<Unresolved>,
    /// What happened.
    pub(crate) timeline: Timeline,
    /// Deals.
    pub(crate) deals: Vec<Deal>,
    /// Tasks.
    pub(crate) tasks: Vec<TaskLine>,
    /// Interests.
    pub(crate) interests: Vec<InterestLine>,
    /// Score series.
    pub(crate) scores: Vec<ScoreSeries>,
    /// People of an organisation; for a person those at the same account.
    pub(crate) people: Vec<PersonLine>,
    /// Links of its rows that lead nowhere known.
    pub(crate) unlinked: u32,
    /// What is said once on top: that an old link was followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) notice: Option<String>,
}

impl RecordView {
    /// The view. `now` (microseconds since 1970) decides what is overdue; `shown` is the length of the timeline.
    pub(crate) fn new(rows: &RecordRows, now: i64, shown: usize) -> Self {
        let EntityRow { record, summary, .. } = &rows.entity;
        let origins = Origins::new(&rows.evidence);
        let facts = facts::groups(record, &origins);
        let values = |field: &str| {
            let mut all = facts.iter().flat_map(|group| &group.facts);
            all.find(|fact| fact.field == field).map(|fact| fact.values.clone()).unwrap_or_default()
        };
        let today = format::canonical_day(now);
        let account = summary
            .account_id
            .map(|id| Named { title: summary.account.clone(), href: href::record(EntityKind::Organisation, id) });
        let is_person = record.kind == EntityKind::Person;
        let around = if is_person { &rows.colleagues } else { &rows.related };
        Self {
            id: record.id,
            kind: record.kind,
            href: href::record(record.kind, record.id),
            title: record.title.clone(),
            status: summary.status.clone(),
            role: record.value("job_title").unwrap_or_default().to_owned(),
            account: account.filter(|_| is_person),
            owner: summary.owner.clone(),
            emails: values("email"),
            phones: values("phone"),
            strip: strip(rows),
            unresolved: facts::unresolved(record, &origins, &rows.questions),
            timeline: timeline::timeline(&rows.related, &today, shown),
            deals: work::deals(&rows.related, &today),
            tasks: work::tasks(&rows.related, &today),
            interests: work::interests(&rows.related),
            scores: score::series(&rows.related),
            people: work::people(around, record.id),
            unlinked: record.unlinked,
            notice: None,
            facts,
        }
    }

    /// "Contact" or "Account".
    pub(crate) fn kind_word(&self) -> &'static str {
        if self.kind == EntityKind::Organisation { "Account" } else { "Contact" }
    }

    /// "1 link leads nowhere yet".
    pub(crate) fn unlinked_words(&self) -> String {
        match self.unlinked {
            1 => "1 link leads nowhere yet".to_owned(),
            number => format!("{} links lead nowhere yet", format::count(u64::from(number))),
        }
    }

    /// Heading of the list of people.
    pub(crate) fn people_heading(&self) -> String {
        match &self.account {
            Some(account) => format!("Others at {}", account.title),
            None => "People".to_owned(),
        }
    }
}

fn strip(rows: &RecordRows) -> Strip {
    let sources: BTreeSet<&str> = rows.evidence.iter().map(|stored| stored.evidence.source.as_str()).collect();
    let members = rows.entity.record.members.len() as u64;
    let from = format::plural(sources.len() as u64, "source", "sources");
    let open = rows.reviews.len() as u64;
    Strip {
        rows: format!("{} from {from}", format::plural(members, "source row", "source rows")),
        sources: sources.into_iter().map(str::to_owned).collect(),
        why: href::why(rows.entity.record.id),
        reviews: if open == 0 { String::new() } else { format::plural(open, "open review item", "open review items") },
        review_href: rows.reviews.first().map(|item| format!("/review/merges/{}", item.id)).unwrap_or_default(),
    }
}

/// The page.
#[derive(Template)]
#[template(path = "record.html")]
pub(crate) struct RecordPage<'a> {
    /// Frame.
    pub(crate) shell: &'a Shell,
    /// Content.
    pub(crate) view: &'a RecordView,
}

#[cfg(test)]
pub(crate) mod tests;
