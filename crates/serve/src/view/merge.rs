//! One merge question: the sentence, the weights, the two records side by side, what is linked to them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use serde::Serialize;
use velocity_model::{EntityKind, Field, ReviewId, Waterfall};
use velocity_store::{EntityRow, OpenReview, Related, ReviewState, StoredEvidence};

use super::diff::{self, Segment};
use super::origin::{self, Origins};
use super::review::{item_href, kind_word};
use super::shell::Shell;
use super::waterfall::{self, WaterfallView};
use super::{href, sentence};
use crate::format;

/// How many linked items of a kind are counted for each side.
pub(crate) const COUNTED: u32 = 500;

/// What the store knows of one side.
#[derive(Clone, Debug)]
pub(crate) struct SideRows {
    /// The record.
    pub(crate) entity: EntityRow,
    /// Its evidence.
    pub(crate) evidence: Vec<StoredEvidence>,
    /// What points at it, at most [`COUNTED`] of each kind.
    pub(crate) related: Vec<Related>,
}

/// What the store knows of a question.
#[derive(Clone, Debug)]
pub(crate) struct MergeRows {
    /// The question.
    pub(crate) item: OpenReview,
    /// Why the pair weighs what it weighs.
    pub(crate) waterfall: Option<Waterfall>,
    /// The two sides.
    pub(crate) sides: [SideRows; 2],
    /// The first items of the queue.
    pub(crate) queue: Vec<OpenReview>,
    /// Open questions in all.
    pub(crate) total: u64,
}

/// One record of the pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Side {
    /// Name.
    pub(crate) title: String,
    /// Page.
    pub(crate) href: String,
    /// "5 source rows".
    pub(crate) rows: String,
    /// File and row of the first few.
    pub(crate) places: Vec<String>,
}

/// One field of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Cell {
    /// The values, each in stretches; empty if the record states none.
    pub(crate) values: Vec<Vec<Segment>>,
    /// Source of the first value.
    pub(crate) source: String,
    /// Address of the reasons.
    pub(crate) why: String,
}

/// One field of the pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct GridRow {
    /// Field.
    pub(crate) label: String,
    /// "+ strong" or "− weak", if the field was compared.
    pub(crate) strength: String,
    /// "differs", "only on one side", "shares a value", "agrees".
    pub(crate) state: &'static str,
    /// The two cells.
    pub(crate) cells: [Cell; 2],
}

/// Linked items that come together in a merge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Move {
    /// "Interactions".
    pub(crate) label: &'static str,
    /// Of the left record.
    pub(crate) left: String,
    /// Of the right record.
    pub(crate) right: String,
    /// Of both.
    pub(crate) together: String,
}

/// A place in the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct QueueLink {
    /// Its page.
    pub(crate) href: String,
    /// The names.
    pub(crate) left: String,
    /// The other name.
    pub(crate) right: String,
    /// "likely 0.93".
    pub(crate) certainty: String,
    /// Whether it is this page.
    pub(crate) current: bool,
}

/// The question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct MergeView {
    /// Its id.
    pub(crate) id: ReviewId,
    /// Where the decision form posts to.
    pub(crate) action: String,
    /// "Contact" or "Account".
    pub(crate) kind: &'static str,
    /// The sentence on top.
    pub(crate) sentence: String,
    /// "likely 0.93".
    pub(crate) certainty: String,
    /// "+5.2" bits.
    pub(crate) weight: String,
    /// Why it waits although it weighs enough.
    pub(crate) risks: Vec<&'static str>,
    /// Whether somebody held it.
    pub(crate) held: bool,
    /// The weights.
    pub(crate) waterfall: Option<WaterfallView>,
    /// The two records.
    pub(crate) sides: [Side; 2],
    /// Fields that do not agree, by the weight of what they say.
    pub(crate) differing: Vec<GridRow>,
    /// Fields that agree.
    pub(crate) agreeing: Vec<GridRow>,
    /// What is linked.
    pub(crate) moves: Vec<Move>,
    /// The queue.
    pub(crate) queue: Vec<QueueLink>,
    /// "24 open".
    pub(crate) open: String,
    /// The item before this one.
    pub(crate) previous: Option<String>,
    /// The item after this one.
    pub(crate) next: Option<String>,
}

/// Reasons to hold an item.
pub(crate) const HOLD_REASONS: [&str; 4] =
    ["needs more information", "twins or family", "shared mailbox or phone", "other reason"];

impl MergeView {
    /// The view.
    pub(crate) fn new(rows: &MergeRows) -> Self {
        let item = &rows.item;
        let ppm =
            rows.waterfall.as_ref().map_or_else(|| waterfall::ppm(item.pair.weight), |found| found.probability_ppm);
        let sentence = match &rows.waterfall {
            Some(found) => sentence::pair(item.kind, found),
            None => format!("{}.", sentence::verdict(item.kind, ppm, !item.pair.risks.is_empty())),
        };
        let (differing, agreeing) = grid(rows);
        let place = rows.queue.iter().position(|other| other.id == item.id);
        let at = |place: Option<usize>| place.and_then(|place| rows.queue.get(place)).map(|other| item_href(other.id));
        Self {
            id: item.id,
            action: format!("{}/decide", item_href(item.id)),
            kind: kind_word(item.kind),
            sentence,
            certainty: waterfall::certainty(ppm),
            weight: format::bits(item.pair.weight),
            risks: item.pair.risks.iter().map(|risk| risk.sentence()).collect(),
            held: item.state == ReviewState::Held,
            waterfall: rows.waterfall.as_ref().map(WaterfallView::new),
            sides: [side(&rows.sides[0]), side(&rows.sides[1])],
            differing,
            agreeing,
            moves: moves(&rows.sides),
            queue: rows.queue.iter().map(|other| queue_link(other, item.id)).collect(),
            open: format!("{} open", format::count(rows.total)),
            previous: at(place.and_then(|place| place.checked_sub(1))),
            next: at(place.map(|place| place + 1)),
        }
    }

    /// "7 fields agree".
    pub(crate) fn agreement(&self) -> String {
        match self.agreeing.len() {
            1 => "1 field agrees".to_owned(),
            number => format!("{number} fields agree"),
        }
    }

    /// Reasons for the hold form.
    pub(crate) fn hold_reasons(&self) -> &'static [&'static str] {
        &HOLD_REASONS
    }
}

fn side(rows: &SideRows) -> Side {
    let record = &rows.entity.record;
    Side {
        title: record.title.clone(),
        href: href::record(record.kind, record.id),
        rows: format::plural(record.members.len() as u64, "source row", "source rows"),
        places: rows.evidence.iter().take(3).map(place).collect(),
    }
}

fn place(stored: &StoredEvidence) -> String {
    format!("{} \u{00B7} {}", stored.evidence.source, origin::place(stored))
}

fn queue_link(item: &OpenReview, current: ReviewId) -> QueueLink {
    QueueLink {
        href: item_href(item.id),
        left: item.left_title.clone(),
        right: item.right_title.clone(),
        certainty: waterfall::certainty(waterfall::ppm(item.pair.weight)),
        current: item.id == current,
    }
}

/// The fields of both records: those that do not agree, then those that do.
fn grid(rows: &MergeRows) -> (Vec<GridRow>, Vec<GridRow>) {
    let [left, right] = &rows.sides;
    let weights = weights(rows.waterfall.as_ref());
    let fields: BTreeSet<&Field> = left.entity.record.fields.keys().chain(right.entity.record.fields.keys()).collect();
    let mut all = Vec::new();
    for field in fields {
        let row = grid_row(field, left, right, weights.get(field.name()).copied());
        let weight = weights.get(field.name()).map_or(0, |weight| weight.unsigned_abs());
        // What only one side states says less than what differs; when a source last changed something says least.
        let late = match (row.state, field.name()) {
            (_, "created_at" | "updated_at") => 2,
            ("only on one side", _) => 1,
            _ => 0,
        };
        all.push(((late, Reverse(weight), field.rank()), row));
    }
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, row)| row).partition(|row| row.state != "agrees")
}

/// Weight of each field that was compared.
fn weights(waterfall: Option<&Waterfall>) -> BTreeMap<&str, i32> {
    let steps = waterfall.map(|waterfall| waterfall.steps.as_slice()).unwrap_or_default();
    steps.iter().flat_map(|step| step.reads.iter().map(|field| (field.as_str(), step.weight))).collect()
}

fn grid_row(field: &Field, left: &SideRows, right: &SideRows, weight: Option<i32>) -> GridRow {
    let values = |side: &SideRows| -> Vec<String> {
        let values = side.entity.record.fields.get(field).map(Vec::as_slice).unwrap_or_default();
        values.iter().map(|value| format::value(field, &value.value)).collect()
    };
    let (a, b) = (values(left), values(right));
    let (set_a, set_b): (BTreeSet<&String>, BTreeSet<&String>) = (a.iter().collect(), b.iter().collect());
    let state = if a.is_empty() || b.is_empty() {
        "only on one side"
    } else if set_a == set_b {
        "agrees"
    } else if set_a.intersection(&set_b).next().is_some() {
        "shares a value"
    } else {
        "differs"
    };
    let (cut_a, cut_b) = cut(&a, &b);
    // A side that states nothing adds no weight; what the comparison found was in another field.
    let strength = match weight.filter(|_| state != "only on one side") {
        None | Some(0) => String::new(),
        Some(weight) if weight > 0 => format!("+ {}", word(weight)),
        Some(weight) => format!("\u{2212} {}", word(weight)),
    };
    GridRow { label: field.label(), strength, state, cells: [cell(field, left, cut_a), cell(field, right, cut_b)] }
}

fn word(weight: i32) -> &'static str {
    match weight.unsigned_abs() {
        6_000.. => "strong",
        2_000.. => "medium",
        _ => "weak",
    }
}

/// Each value against the one at the same place on the other side; a value that both state is plain.
fn cut(a: &[String], b: &[String]) -> (Vec<Vec<Segment>>, Vec<Vec<Segment>>) {
    let one = |mine: &[String], other: &[String]| -> Vec<Vec<Segment>> {
        let pick = |(index, value): (usize, &String)| match other.get(index) {
            _ if other.is_empty() || other.contains(value) => diff::plain(value),
            Some(beside) => diff::segments(value, beside).0,
            None => diff::segments(value, "").0,
        };
        mine.iter().enumerate().map(pick).collect()
    };
    (one(a, b), one(b, a))
}

fn cell(field: &Field, side: &SideRows, values: Vec<Vec<Segment>>) -> Cell {
    let record = &side.entity.record;
    let origins = Origins::new(&side.evidence);
    let winner = record.fields.get(field).and_then(|values| values.first()).and_then(|value| value.winner);
    Cell {
        values,
        source: winner
            .and_then(|id| origins.get(id))
            .map(|(stored, _)| stored.evidence.source.clone())
            .unwrap_or_default(),
        why: href::why_field(record.id, field.name()),
    }
}

const KINDS: [(EntityKind, &str); 7] = [
    (EntityKind::Opportunity, "Deals"),
    (EntityKind::Interaction, "Interactions"),
    (EntityKind::Note, "Notes"),
    (EntityKind::Task, "Tasks"),
    (EntityKind::Interest, "Enquiries"),
    (EntityKind::Score, "Scores"),
    (EntityKind::Person, "People"),
];

/// What is linked to either side, by kind.
fn moves(sides: &[SideRows; 2]) -> Vec<Move> {
    let count = |side: &SideRows, kind: EntityKind| {
        let ids: BTreeSet<_> =
            side.related.iter().filter(|item| item.record.kind == kind).map(|item| item.record.id).collect();
        ids.len() as u64
    };
    let most = u64::from(COUNTED);
    let text = |number: u64, cut: bool| format!("{}{}", format::count(number), if cut { "+" } else { "" });
    let rows = KINDS.into_iter().filter_map(|(kind, label)| {
        let (left, right) = (count(&sides[0], kind), count(&sides[1], kind));
        (left + right > 0).then(|| Move {
            label,
            left: text(left, left >= most),
            right: text(right, right >= most),
            together: text(left + right, left >= most || right >= most),
        })
    });
    rows.collect()
}

/// The page.
#[derive(Template)]
#[template(path = "merge.html")]
pub(crate) struct MergePage<'a> {
    /// Frame.
    pub(crate) shell: &'a Shell,
    /// Content.
    pub(crate) view: &'a MergeView,
}

#[cfg(test)]
pub(crate) mod tests;
