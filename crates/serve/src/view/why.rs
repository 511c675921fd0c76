//! Why a field has its value: the rule, the values that lost, and the chain down to the bytes of the cell.

use askama::Template;
use serde::Serialize;
use velocity_model::{AssertionId, CanonicalValue, Field, Question};
use velocity_store::{EntityRow, StoredEvidence};

use super::facts::{self, Unresolved};
use super::href;
use super::origin::{Chain, Origins};
use super::shell::Shell;
use crate::format;

/// One value and its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct WhyValue {
    /// As people read it.
    pub(crate) text: String,
    /// In canonical form.
    pub(crate) value: String,
    /// The rule in words.
    pub(crate) rule: &'static str,
    /// Whether a person confirmed it.
    pub(crate) confirmed: bool,
    /// How it came here; `None` for a value that a person typed.
    pub(crate) chain: Option<Chain>,
    /// The other rows that state the same.
    pub(crate) support: Vec<Chain>,
    /// What lost against it.
    pub(crate) losers: Vec<WhyLoser>,
}

/// A value that lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct WhyLoser {
    /// As people read it.
    pub(crate) text: String,
    /// Why it lost.
    pub(crate) why: &'static str,
    /// Where it stands.
    pub(crate) chain: Option<Chain>,
}

/// The reasons of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct WhyFieldView {
    /// Name of the record.
    pub(crate) record: String,
    /// Its page.
    pub(crate) href: String,
    /// Why it is one record.
    pub(crate) identity: String,
    /// Field.
    pub(crate) label: String,
    /// Address of this page.
    pub(crate) permalink: String,
    /// The values, primary first.
    pub(crate) values: Vec<WhyValue>,
    /// What was stated and not understood.
    pub(crate) unresolved: Vec<Unresolved>,
    /// Chains of the values that were not understood, in the same order.
    pub(crate) raw: Vec<Chain>,
}

impl WhyFieldView {
    /// The view; `None` if the record states nothing for the field.
    pub(crate) fn new(
        entity: &EntityRow,
        evidence: &[StoredEvidence],
        questions: &[Question],
        field: &Field,
    ) -> Option<Self> {
        let record = &entity.record;
        let origins = Origins::new(evidence);
        let values = record.fields.get(field).map(Vec::as_slice).unwrap_or_default();
        let waiting = record.unresolved.get(field).map(Vec::as_slice).unwrap_or_default();
        if values.is_empty() && waiting.is_empty() {
            return None;
        }
        let label = field.label();
        let unresolved = facts::unresolved(record, &origins, questions);
        Some(Self {
            record: record.title.clone(),
            href: href::record(record.kind, record.id),
            identity: href::why(record.id),
            permalink: href::why_field(record.id, field.name()),
            values: values.iter().map(|value| why_value(field, value, &origins)).collect(),
            unresolved: unresolved.into_iter().filter(|item| item.label == label).collect(),
            raw: waiting.iter().filter_map(|id| origins.chain(*id)).collect(),
            label,
        })
    }
}

fn why_value(field: &Field, value: &CanonicalValue, origins: &Origins<'_>) -> WhyValue {
    let others = value.support.iter().filter(|id| Some(**id) != value.winner);
    let loser = |value: &str, assertion: AssertionId, why: &'static str| WhyLoser {
        text: format::value(field, value),
        why,
        chain: origins.chain(assertion),
    };
    WhyValue {
        text: format::value(field, &value.value),
        value: value.value.clone(),
        rule: value.rule.sentence(),
        confirmed: value.confirmed,
        chain: value.winner.and_then(|id| origins.chain(id)),
        support: others.filter_map(|id| origins.chain(*id)).collect(),
        losers: value.losers.iter().map(|lost| loser(&lost.value, lost.assertion, lost.why.sentence())).collect(),
    }
}

/// The page.
#[derive(Template)]
#[template(path = "why_field.html")]
pub(crate) struct WhyFieldPage<'a> {
    /// Frame.
    pub(crate) shell: &'a Shell,
    /// Content.
    pub(crate) view: &'a WhyFieldView,
}

/// The right panel of another page.
#[derive(Template)]
#[template(path = "why_field.html", block = "panel")]
pub(crate) struct WhyFieldPanel<'a> {
    /// Content.
    pub(crate) view: &'a WhyFieldView,
}

#[cfg(test)]
pub(crate) mod tests;
