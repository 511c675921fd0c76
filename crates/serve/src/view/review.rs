//! The review queue: files that wait for approval, merge questions, those on hold, and questions about columns.

use askama::Template;
use serde::Serialize;
use velocity_model::{EntityKind, Question, ReviewId, Waiting, Waterfall};
use velocity_store::{OpenReview, ReviewState};

use super::mapping::{self, Answer, WaitingLine};
use super::shell::Shell;
use super::{sentence, waterfall};
use crate::format;

/// Rows of the queue that a page shows.
pub(crate) const SHOWN: usize = 50;

/// One merge question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct QueueLine {
    /// Its id.
    pub(crate) id: ReviewId,
    /// Its page.
    pub(crate) href: String,
    /// "Contact" or "Account".
    pub(crate) kind: &'static str,
    /// One name.
    pub(crate) left: String,
    /// The other.
    pub(crate) right: String,
    /// The pair in a sentence.
    pub(crate) sentence: String,
    /// "likely 0.93".
    pub(crate) certainty: String,
    /// "+5.2" bits.
    pub(crate) weight: String,
    /// Why it waits although it weighs enough.
    pub(crate) risks: Vec<&'static str>,
}

/// A question about a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct QuestionLine {
    /// Profile.
    pub(crate) profile: String,
    /// Column.
    pub(crate) column: String,
    /// "412 rows".
    pub(crate) rows: String,
    /// The question.
    pub(crate) message: String,
    /// How to answer it.
    pub(crate) answer: String,
    /// Stable dotted code.
    pub(crate) code: String,
    /// The values that it is about; empty if they are not shown.
    pub(crate) evidence: String,
    /// The answers that are known, with what each would change.
    pub(crate) answers: Vec<Answer>,
    /// Whether a country is asked for.
    #[serde(skip)]
    pub(crate) is_country: bool,
}

/// The queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ReviewView {
    /// Open questions in all.
    pub(crate) total: u64,
    /// Files that wait for approval.
    pub(crate) waiting: Vec<WaitingLine>,
    /// Open merge questions, best first.
    pub(crate) open: Vec<QueueLine>,
    /// Merge questions on hold.
    pub(crate) held: Vec<QueueLine>,
    /// Questions about columns.
    pub(crate) questions: Vec<QuestionLine>,
}

impl ReviewView {
    /// The view of the queue; each item with the waterfall of its pair, if it is at hand.
    pub(crate) fn new(
        items: &[(OpenReview, Option<Waterfall>)],
        total: u64,
        questions: &[Question],
        waiting: &[Waiting],
    ) -> Self {
        let of = |state: ReviewState| {
            items.iter().filter(move |(item, _)| item.state == state).map(|(item, found)| line(item, found.as_ref()))
        };
        Self {
            total,
            waiting: waiting.iter().map(mapping::line).collect(),
            open: of(ReviewState::Open).collect(),
            held: of(ReviewState::Held).collect(),
            questions: questions.iter().map(question_line).collect(),
        }
    }

    /// "the first 50 of 214"; empty if all are shown.
    pub(crate) fn cut(&self) -> String {
        let shown = self.open.len() as u64;
        if shown < self.total {
            format!(
                "The first {} of {}; the others move up as you decide.",
                format::count(shown),
                format::count(self.total)
            )
        } else {
            String::new()
        }
    }
}

/// "Contact" for a person, "Account" for an organisation.
pub(crate) const fn kind_word(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Organisation => "Account",
        _ => "Contact",
    }
}

/// The address of a merge question.
pub(crate) fn item_href(id: ReviewId) -> String {
    format!("/review/merges/{id}")
}

fn line(item: &OpenReview, found: Option<&Waterfall>) -> QueueLine {
    let ppm = found.map_or_else(|| waterfall::ppm(item.pair.weight), |found| found.probability_ppm);
    let sentence = match found {
        Some(found) => sentence::pair(item.kind, found),
        None => format!("{}.", sentence::verdict(item.kind, ppm, !item.pair.risks.is_empty())),
    };
    QueueLine {
        id: item.id,
        href: item_href(item.id),
        kind: kind_word(item.kind),
        left: item.left_title.clone(),
        right: item.right_title.clone(),
        sentence,
        certainty: waterfall::certainty(ppm),
        weight: format::bits(item.pair.weight),
        risks: item.pair.risks.iter().map(|risk| risk.sentence()).collect(),
    }
}

/// A question as pages show it.
pub(crate) fn question_line(question: &Question) -> QuestionLine {
    QuestionLine {
        answers: mapping::answers(question, None),
        evidence: mapping::evidence(question),
        is_country: question.code == Question::REGION_UNKNOWN,
        profile: question.profile.clone(),
        column: question.column.clone(),
        rows: format::plural(question.rows, "row", "rows"),
        message: question.message.clone(),
        answer: question.answer.clone(),
        code: question.code.clone(),
    }
}

/// The page.
#[derive(Template)]
#[template(path = "review.html")]
pub(crate) struct ReviewPage<'a> {
    /// Frame.
    pub(crate) shell: &'a Shell,
    /// Content.
    pub(crate) view: &'a ReviewView,
}

#[cfg(test)]
pub(crate) mod tests;
