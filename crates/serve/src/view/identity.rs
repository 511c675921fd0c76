//! Why source rows are one record: a tree of joins, each with the waterfall of its best pair, and the decisions that
//! apply.

use std::collections::BTreeMap;

use askama::Template;
use serde::Serialize;
use velocity_model::{Action, Decision, DecisionId, EntityKind, RecordId, Waterfall, active};
use velocity_store::{EntityRow, StoredEvidence};

use super::origin;
use super::shell::Shell;
use super::waterfall::WaterfallView;
use super::{href, sentence};
use crate::format;
use crate::session::FormKey;

/// Members whose pairs are weighed; a page must not weigh the thousands of pairs of a very large cluster.
pub(crate) const WEIGHED: usize = 12;

/// What is known of a record's identity.
#[derive(Clone, Debug)]
pub(crate) struct IdentityRows {
    /// The record.
    pub(crate) entity: EntityRow,
    /// Its evidence, anchor first.
    pub(crate) evidence: Vec<StoredEvidence>,
    /// Waterfalls of pairs of the first [`WEIGHED`] members, smaller id first.
    pub(crate) pairs: BTreeMap<(RecordId, RecordId), Waterfall>,
    /// All decisions, in ledger order.
    pub(crate) decisions: Vec<Decision>,
    /// Evidence of other records that the decisions name.
    pub(crate) others: Vec<StoredEvidence>,
}

/// A source row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Member {
    /// Its record.
    pub(crate) id: RecordId,
    /// System.
    pub(crate) source: String,
    /// The source's own key.
    pub(crate) key: String,
    /// File and row.
    pub(crate) place: String,
    /// Byte span.
    pub(crate) bytes: String,
    /// "run 3".
    pub(crate) run: String,
    /// Report of the run.
    pub(crate) run_href: String,
    /// The first values it states, to tell the rows apart.
    pub(crate) states: Vec<String>,
    /// Whether it gives the record its id.
    pub(crate) anchor: bool,
}

/// One step by which a row came to the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Join {
    /// The row that came.
    pub(crate) row: String,
    /// The row that it matches best.
    pub(crate) to: String,
    /// The pair in a sentence; that it was decided or came by others, if no pair weighs it.
    pub(crate) sentence: String,
    /// Its steps.
    pub(crate) waterfall: Option<WaterfallView>,
    /// Who decided it, if somebody did.
    pub(crate) decided: Option<String>,
}

/// A decision that applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct DecisionLine {
    /// Its id.
    pub(crate) id: DecisionId,
    /// "Ana: row 12 and row 88 are the same".
    pub(crate) sentence: String,
    /// When.
    pub(crate) at: String,
    /// Why.
    pub(crate) reason: String,
    /// Where its undo form posts to.
    pub(crate) undo: String,
}

/// The view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct IdentityView {
    /// Canonical id.
    pub(crate) id: RecordId,
    /// Name of the record.
    pub(crate) title: String,
    /// Its page.
    pub(crate) href: String,
    /// Address of this page.
    pub(crate) permalink: String,
    /// Whether several rows may be one record of this kind.
    pub(crate) resolved: bool,
    /// "5 source rows".
    pub(crate) count: String,
    /// The rows.
    pub(crate) members: Vec<Member>,
    /// The joins.
    pub(crate) joins: Vec<Join>,
    /// Rows whose joins are not shown.
    pub(crate) unweighed: usize,
    /// The decisions.
    pub(crate) decisions: Vec<DecisionLine>,
}

impl IdentityView {
    /// The view.
    pub(crate) fn new(rows: &IdentityRows) -> Self {
        let record = &rows.entity.record;
        let relevant = relevant(&rows.decisions, &rows.evidence);
        Self {
            id: record.id,
            title: record.title.clone(),
            href: href::record(record.kind, record.id),
            permalink: href::why(record.id),
            resolved: record.kind.is_resolved(),
            count: format::plural(rows.evidence.len() as u64, "source row", "source rows"),
            members: rows.evidence.iter().map(|stored| member(stored, record.id)).collect(),
            joins: joins(record.kind, rows, &relevant),
            unweighed: rows.evidence.len().saturating_sub(WEIGHED),
            decisions: relevant.iter().map(|decision| decision_line(decision, rows)).collect(),
        }
    }
}

fn member(stored: &StoredEvidence, anchor: RecordId) -> Member {
    let evidence = &stored.evidence;
    let resolved = evidence.assertions.iter().filter(|assertion| assertion.is_resolved());
    Member {
        id: evidence.record,
        source: evidence.source.clone(),
        key: evidence.key.clone(),
        place: origin::place(stored),
        bytes: origin::bytes(stored),
        run: format!("run {}", stored.sequence),
        run_href: format!("/imports/{}", stored.run),
        states: resolved.take(4).map(|assertion| format::value(&assertion.field, &assertion.value)).collect(),
        anchor: evidence.record == anchor,
    }
}

/// How the rows came together: beginning with the anchor, each time the row that is bound most firmly to those already
/// there (a maximum spanning tree, Prim 1957). A decision binds more firmly than any weight.
fn joins(kind: EntityKind, rows: &IdentityRows, decisions: &[&Decision]) -> Vec<Join> {
    let mut waiting: Vec<&StoredEvidence> = rows.evidence.iter().take(WEIGHED).collect();
    if waiting.len() < 2 {
        return Vec::new();
    }
    let mut there = vec![waiting.remove(0)];
    let mut joins = Vec::new();
    while !waiting.is_empty() {
        let mut best: Option<((bool, i32), usize, &StoredEvidence)> = None;
        for (index, row) in waiting.iter().enumerate() {
            for other in &there {
                let firmness = firmness(row, other, rows, decisions);
                if best.is_none_or(|(most, ..)| firmness > most) {
                    best = Some((firmness, index, other));
                }
            }
        }
        let Some((_, index, to)) = best else { break };
        let row = waiting.remove(index);
        joins.push(join(kind, row, to, rows, decisions));
        there.push(row);
    }
    joins
}

fn ordered(a: RecordId, b: RecordId) -> (RecordId, RecordId) {
    if a <= b { (a, b) } else { (b, a) }
}

fn firmness(a: &StoredEvidence, b: &StoredEvidence, rows: &IdentityRows, decisions: &[&Decision]) -> (bool, i32) {
    let pair = ordered(a.evidence.record, b.evidence.record);
    let weight = rows.pairs.get(&pair).map_or(i32::MIN, |waterfall| waterfall.weight);
    (decided_same(pair, decisions).is_some(), weight)
}

fn decided_same<'a>(pair: (RecordId, RecordId), decisions: &[&'a Decision]) -> Option<&'a Decision> {
    let says = |decision: &&&Decision| match &decision.action {
        Action::Same { a, b } => ordered(*a, *b) == pair,
        Action::Partition { groups } => groups.iter().any(|group| group.contains(&pair.0) && group.contains(&pair.1)),
        _ => false,
    };
    decisions.iter().rfind(says).copied()
}

fn join(
    kind: EntityKind,
    row: &StoredEvidence,
    to: &StoredEvidence,
    rows: &IdentityRows,
    decisions: &[&Decision],
) -> Join {
    let pair = ordered(row.evidence.record, to.evidence.record);
    let waterfall = rows.pairs.get(&pair);
    let decided = decided_same(pair, decisions)
        .map(|decision| format!("decided by {} on {}", decision.author, format::instant(decision.at)));
    let sentence = match waterfall {
        Some(waterfall) => sentence::pair(kind, waterfall),
        None => "No weight is known for this pair.".to_owned(),
    };
    Join { row: label(row), to: label(to), sentence, waterfall: waterfall.map(WaterfallView::new), decided }
}

fn label(stored: &StoredEvidence) -> String {
    format!("{} row {}", stored.evidence.source, format::count(stored.evidence.locator.row))
}

/// The decisions in force that name one of the rows.
pub(crate) fn relevant<'a>(decisions: &'a [Decision], evidence: &[StoredEvidence]) -> Vec<&'a Decision> {
    let holds = |record: &RecordId| evidence.iter().any(|stored| stored.evidence.record == *record);
    let touches = |decision: &&Decision| match &decision.action {
        Action::Suppress { assertion } => {
            evidence.iter().any(|stored| stored.evidence.assertions.iter().any(|stated| stated.id == *assertion))
        }
        other => named(other).iter().any(holds),
    };
    active(decisions).0.into_iter().filter(touches).collect()
}

/// The records that a decision names.
pub(crate) fn named(action: &Action) -> Vec<RecordId> {
    match action {
        Action::Same { a, b } | Action::Different { a, b } | Action::Unsure { a, b } => vec![*a, *b],
        Action::Partition { groups } => groups.concat(),
        Action::Isolate { record } | Action::Pin { record, .. } => vec![*record],
        Action::Suppress { .. } | Action::Withdraw { .. } => Vec::new(),
    }
}

fn decision_line(decision: &Decision, rows: &IdentityRows) -> DecisionLine {
    let name = |id: &RecordId| {
        let found = rows.evidence.iter().chain(&rows.others).find(|stored| stored.evidence.record == *id);
        found.map_or_else(|| format!("row {id}"), label)
    };
    let said = match &decision.action {
        Action::Same { a, b } => format!("{} and {} are the same", name(a), name(b)),
        Action::Different { a, b } => format!("{} and {} are not the same", name(a), name(b)),
        Action::Unsure { a, b } => format!("{} and {} are held", name(a), name(b)),
        Action::Partition { groups } => {
            format!("the rows form {}", format::plural(groups.len() as u64, "group", "groups"))
        }
        Action::Isolate { record } => format!("{} stands alone", name(record)),
        Action::Pin { field, value, .. } => format!("{} is {}", field.label(), format::value(field, value)),
        Action::Suppress { .. } => "one value of this record does not count".to_owned(),
        Action::Withdraw { .. } => "an earlier decision does not count".to_owned(),
    };
    DecisionLine {
        id: decision.id,
        sentence: format!("{}: {said}", decision.author),
        at: format::instant(decision.at),
        reason: decision.reason.clone(),
        undo: format!("/decisions/{}/withdraw", decision.id),
    }
}

/// The page.
#[derive(Template)]
#[template(path = "why_record.html")]
pub(crate) struct IdentityPage<'a> {
    /// Makes the tokens of the undo forms.
    pub(crate) forms: &'a FormKey,
    /// Frame.
    pub(crate) shell: &'a Shell,
    /// Content.
    pub(crate) view: &'a IdentityView,
}

/// The right panel of another page.
#[derive(Template)]
#[template(path = "why_record.html", block = "panel")]
pub(crate) struct IdentityPanel<'a> {
    /// Makes the tokens of the undo forms.
    pub(crate) forms: &'a FormKey,
    /// Content.
    pub(crate) view: &'a IdentityView,
}

#[cfg(test)]
pub(crate) mod tests;
