//! What is known of a record, field by field.

use serde::Serialize;
use velocity_model::{CanonicalRecord, CanonicalValue, Field, Question, RecordId, Rule};

use super::href;
use super::origin::{Origins, place};
use crate::format;

/// A block of facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct FactGroup {
    /// Heading.
    pub(crate) label: &'static str,
    /// The facts, in catalogue order.
    pub(crate) facts: Vec<Fact>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Fact {
    /// Stable name of the field.
    pub(crate) field: String,
    /// What a person reads.
    pub(crate) label: String,
    /// The values, primary first.
    pub(crate) values: Vec<FactValue>,
    /// Address of the reasons.
    pub(crate) why: String,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct FactValue {
    /// As people read it.
    pub(crate) text: String,
    /// In canonical form.
    pub(crate) value: String,
    /// `mailto:`, `tel:` or web address, if following it makes sense.
    pub(crate) link: Option<String>,
    /// Kind of origin, as a glyph with a word.
    pub(crate) mark: Mark,
    /// Source name, or how many sources agree.
    pub(crate) source: String,
    /// File and row of the winner.
    pub(crate) place: String,
    /// Whether a person confirmed it.
    pub(crate) confirmed: bool,
    /// How many other values were stated and lost.
    pub(crate) others: usize,
}

/// Kind of origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mark {
    /// A row of a file.
    File,
    /// A person.
    Human,
}

impl Mark {
    /// The glyph.
    pub(crate) const fn glyph(self) -> &'static str {
        match self {
            Self::File => "\u{25A4}",
            Self::Human => "\u{270E}",
        }
    }

    /// The word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Human => "person",
        }
    }
}

/// A value that was stated and could not be understood: shown raw, never guessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Unresolved {
    /// Field.
    pub(crate) label: String,
    /// The cell.
    pub(crate) raw: String,
    /// Stable dotted code of the reason.
    pub(crate) code: String,
    /// File and row.
    pub(crate) place: String,
    /// The open question that it waits for.
    pub(crate) question: Option<String>,
    /// How to answer it.
    pub(crate) answer: String,
    /// Address of the reasons.
    pub(crate) why: String,
}

const NAME: &[&str] = &[
    "full_name",
    "name_prefix",
    "given_name",
    "middle_name",
    "family_name",
    "name_suffix",
    "nickname",
    "name",
    "title",
];
const CONTACT: &[&str] = &["email", "phone", "website", "domain", "language"];
const WORK: &[&str] =
    &["organisation_name", "job_title", "department", "occupation", "industry", "employee_count", "revenue"];
const PLACE: &[&str] = &["address", "street", "city", "region", "postcode", "country"];
const PERSON: &[&str] = &["birth_date", "gender", "birth_place", "identifier"];
const SALES: &[&str] = &["lifecycle", "status", "lead_source", "owner", "tag"];

fn group_of(field: &str) -> usize {
    [NAME, CONTACT, WORK, PLACE, PERSON, SALES].iter().position(|names| names.contains(&field)).unwrap_or(6)
}

const LABELS: [&str; 7] = ["Name", "Contact", "Work", "Place", "Identity", "Sales", "Other fields"];

/// The facts in groups; groups without facts are left out.
pub(crate) fn groups(record: &CanonicalRecord, origins: &Origins<'_>) -> Vec<FactGroup> {
    let mut groups: Vec<FactGroup> = LABELS.iter().map(|label| FactGroup { label, facts: Vec::new() }).collect();
    let mut fields: Vec<(&Field, &Vec<CanonicalValue>)> = record.fields.iter().collect();
    fields.sort_by_key(|(field, _)| (field.rank(), field.name().to_owned()));
    for (field, values) in fields {
        let fact = Fact {
            field: field.name().to_owned(),
            label: field.label(),
            values: values.iter().map(|value| fact_value(field, value, origins)).collect(),
            why: href::why_field(record.id, field.name()),
        };
        if let Some(group) = groups.get_mut(group_of(field.name())) {
            group.facts.push(fact);
        }
    }
    groups.retain(|group| !group.facts.is_empty());
    groups
}

fn fact_value(field: &Field, value: &CanonicalValue, origins: &Origins<'_>) -> FactValue {
    let winner = value.winner.and_then(|id| origins.get(id));
    let is_human = value.winner.is_none() || matches!(value.rule, Rule::Pinned | Rule::HumanEntered);
    let sources: std::collections::BTreeSet<&str> = value
        .support
        .iter()
        .filter_map(|id| origins.get(*id))
        .map(|(stored, _)| stored.evidence.source.as_str())
        .collect();
    let source = match (winner, sources.len()) {
        (_, 2..) => format!("{} sources", sources.len()),
        (Some((stored, _)), _) => stored.evidence.source.clone(),
        (None, _) => "a person".to_owned(),
    };
    FactValue {
        text: format::value(field, &value.value),
        value: value.value.clone(),
        link: link(field, &value.value),
        mark: if is_human { Mark::Human } else { Mark::File },
        source,
        place: winner.map(|(stored, _)| place(stored)).unwrap_or_default(),
        confirmed: value.confirmed,
        others: value.losers.len(),
    }
}

/// Where a value leads, if it is an address.
pub(crate) fn link(field: &Field, value: &str) -> Option<String> {
    match field.name() {
        "email" => Some(format!("mailto:{}", href::encode(value).replace("%40", "@"))),
        "phone" => Some(format!("tel:{value}")),
        "website" => href::safe_web(value).map(str::to_owned),
        _ => None,
    }
}

/// What was stated and not understood.
pub(crate) fn unresolved(record: &CanonicalRecord, origins: &Origins<'_>, questions: &[Question]) -> Vec<Unresolved> {
    let all = record.unresolved.iter().flat_map(|(field, ids)| ids.iter().map(move |id| (field, *id)));
    let found = all.filter_map(|(field, id)| origins.get(id).map(|found| (field, found)));
    let shown = found.map(|(field, (stored, assertion))| {
        let code = assertion.unresolved.clone().unwrap_or_default();
        let column = assertion.column.and_then(|index| stored.headers.get(index as usize));
        let question = questions.iter().find(|question| question.code == code && Some(&question.column) == column);
        Unresolved {
            label: field.label(),
            raw: assertion.raw.clone(),
            code,
            place: place(stored),
            question: question.map(|question| question.message.clone()),
            answer: question.map(|question| question.answer.clone()).unwrap_or_default(),
            why: why(record.id, field),
        }
    });
    shown.collect()
}

fn why(id: RecordId, field: &Field) -> String {
    href::why_field(id, field.name())
}

#[cfg(test)]
mod tests;
