//! A file that waits for approval: its columns, what they would be read as and why, and what an import would come to.

use std::collections::BTreeMap;

use askama::Template;
use serde::Serialize;
use velocity_model::{
    DateOrder, Field, PossibleAnswer, Question, RunReport, Waiting, WaitingColumn, WaitingId, Withdrawal, fields_of,
};
use velocity_pipeline::Choices;

use super::report::{Change, Count, changes, conflicts, counts};
use super::shell::Shell;
use crate::format;

/// A file in a list of those that wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct WaitingLine {
    /// Its id.
    pub(crate) id: WaitingId,
    /// Its page.
    pub(crate) href: String,
    /// File, and sheet if there is one.
    pub(crate) name: String,
    /// "412 rows".
    pub(crate) rows: String,
    /// Why it waits, in a sentence.
    pub(crate) why: String,
}

/// A column that asks for approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ColumnLine {
    /// Its header.
    pub(crate) header: String,
    /// Name of its input in the form.
    #[serde(skip)]
    pub(crate) input: String,
    /// Name of the field that it is read as; empty if it is left out.
    pub(crate) field: String,
    /// Whether it is the key, which is not to be changed here.
    pub(crate) is_key: bool,
    /// "95 %".
    pub(crate) confidence: String,
    /// Why, in one clause.
    pub(crate) reason: String,
    /// "100 %".
    pub(crate) filled: String,
    /// The first values that differ.
    pub(crate) samples: Vec<String>,
}

/// One possible answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Answer {
    /// What the form sends.
    pub(crate) value: String,
    /// What a person reads.
    pub(crate) label: String,
    /// Whether it is chosen.
    pub(crate) chosen: bool,
}

/// A question about a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ColumnQuestion {
    /// Header; empty if it is about the whole file.
    pub(crate) column: String,
    /// The question.
    pub(crate) message: String,
    /// "412 rows".
    pub(crate) rows: String,
    /// The values that it is about; empty if they are not shown.
    pub(crate) evidence: String,
    /// Name of its input in the form.
    #[serde(skip)]
    pub(crate) input: String,
    /// The answers; none if it is answered by what columns are read as.
    pub(crate) answers: Vec<Answer>,
}

/// What an approval would come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Forecast {
    /// Rows by what would become of them.
    pub(crate) rows: Vec<Count>,
    /// What would change in the records.
    pub(crate) changes: Vec<Count>,
    /// Confirmed values that would be contradicted.
    pub(crate) conflicts: Vec<Change>,
    /// Errors and warnings, each with its column.
    pub(crate) issues: Vec<String>,
}

/// The page's content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct MappingView {
    /// What waits.
    #[serde(flatten)]
    pub(crate) line: WaitingLine,
    /// Name of the profile by which it would be read.
    pub(crate) profile: String,
    /// Whether what it withdraws is all that asks for approval.
    #[serde(skip)]
    pub(crate) withdraws: bool,
    /// Headers that no approved file had.
    pub(crate) new: Vec<String>,
    /// Headers that approved files had and that are read.
    pub(crate) gone: Vec<String>,
    /// The columns, those that are sure last.
    pub(crate) columns: Vec<ColumnLine>,
    /// What has to be answered.
    pub(crate) questions: Vec<ColumnQuestion>,
    /// Name and label of each field that a column may be read as.
    #[serde(skip)]
    pub(crate) fields: Vec<(&'static str, &'static str)>,
    /// What the whole file would come to, if that was asked.
    pub(crate) forecast: Option<Forecast>,
    /// What stands in the way; empty if nothing.
    #[serde(skip)]
    pub(crate) alert: String,
}

/// The answers to a question, with what each would change; `chosen` is the one that was given.
pub(crate) fn answers(question: &Question, chosen: Option<&str>) -> Vec<Answer> {
    let known = question.answers.iter().map(|possible| {
        let PossibleAnswer { answer, means, values, example } = possible;
        // What is read as it stands needs no example.
        let example = example.as_ref().filter(|(raw, value)| raw != value);
        let example = example.map(|(raw, value)| format!(", {raw} as {value}")).unwrap_or_default();
        (answer.clone(), format!("{means}: {}{example}", format::plural(*values, "value", "values")))
    });
    let answer = |(value, label): (String, String)| Answer { chosen: chosen == Some(value.as_str()), value, label };
    known.map(answer).collect()
}

/// "Lead (12), Customer (4)"; empty if the values are not shown.
pub(crate) fn evidence(question: &Question) -> String {
    let one = |(value, rows): &(String, u64)| format!("{value} ({})", format::count(*rows));
    question.evidence.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What a form says if it leaves what a file does not say raw.
const RAW: &str = "raw";

/// What was answered to a question.
fn given(question: &Question, choices: &Choices) -> Option<String> {
    let header = &question.column;
    let order = choices.orders.get(header).map(|order| match order {
        Some(DateOrder::Dmy) => "dmy",
        Some(DateOrder::Mdy) => "mdy",
        Some(DateOrder::Ymd) => "ymd",
        None => RAW,
    });
    let field = choices.fields.get(header).and_then(Option::as_ref).map(Field::name);
    order.or(field.filter(|_| question.code == Question::STATUS_UNKNOWN)).map(str::to_owned)
}

impl MappingView {
    /// The view of a file, with what a person has chosen so far.
    pub(crate) fn new(waiting: &Waiting, choices: &Choices) -> Self {
        let column = |(number, column): (usize, &WaitingColumn)| {
            let chosen = choices.fields.get(&column.header).unwrap_or(&column.target);
            ColumnLine {
                header: column.header.clone(),
                input: format!("field-{number}"),
                field: chosen.as_ref().map(ToString::to_string).unwrap_or_default(),
                is_key: column.is_key,
                confidence: format!("{} %", column.confidence),
                reason: column.reason.clone(),
                filled: format!("{} %", column.fill_percent),
                samples: column.samples.clone(),
            }
        };
        let question = |(number, question): (usize, &Question)| {
            let chosen = given(question, choices);
            let mut answers = answers(question, chosen.as_deref());
            if !answers.is_empty() {
                let label = "keep raw what the file does not say".to_owned();
                answers.push(Answer { value: RAW.to_owned(), label, chosen: chosen.as_deref() == Some(RAW) });
            }
            ColumnQuestion {
                column: question.column.clone(),
                message: question.message.clone(),
                rows: format::plural(question.rows, "row", "rows"),
                evidence: evidence(question),
                input: format!("answer-{number}"),
                answers,
            }
        };
        let mut fields: BTreeMap<&str, &str> = BTreeMap::new();
        for entity in &waiting.profile.entities {
            fields.extend(fields_of(entity.kind).map(|spec| (spec.name, spec.label)));
        }
        let drift = waiting.drift.clone().unwrap_or_default();
        Self {
            line: line(waiting),
            profile: waiting.profile.name.clone(),
            withdraws: waiting.withdrawal.is_some(),
            new: drift.new,
            gone: drift.gone,
            columns: waiting.columns.iter().enumerate().map(column).collect(),
            questions: waiting.questions.iter().enumerate().map(question).collect(),
            fields: fields.into_iter().collect(),
            forecast: None,
            alert: String::new(),
        }
    }

    /// Where the form goes.
    pub(crate) fn approve_href(&self) -> String {
        format!("{}/approve", self.line.href)
    }

    /// Where the form goes that leaves the file out.
    pub(crate) fn leave_href(&self) -> String {
        format!("{}/leave", self.line.href)
    }

    /// With what an approval would come to.
    pub(crate) fn forecast(self, report: &RunReport) -> Self {
        let told = report.files.iter().flat_map(|file| &file.issues);
        let told = told.filter(|issue| issue.severity > velocity_model::Severity::Note);
        let issues = told.map(|issue| match &issue.column {
            Some(column) => format!("{column}: {}", issue.message),
            None => issue.message.clone(),
        });
        let forecast = Forecast {
            rows: counts(&report.rows),
            changes: changes(&report.effect),
            conflicts: conflicts(&report.effect),
            issues: issues.collect(),
        };
        Self { forecast: Some(forecast), ..self }
    }
}

/// What the form says.
///
/// # Errors
/// The text that is no field, with its column.
pub(crate) fn chosen(waiting: &Waiting, field_of_form: impl Fn(&str) -> Option<String>) -> Result<Choices, String> {
    let mut choices = Choices::default();
    for (number, column) in waiting.columns.iter().enumerate().filter(|(_, column)| !column.is_key) {
        let Some(text) = field_of_form(&format!("field-{number}")) else { continue };
        let text = text.trim();
        let field = Field::from_name(text);
        if field.is_none() && !text.is_empty() {
            return Err(format!("{}: {text} is no field; choose one of the list, or clear it", column.header));
        }
        choices.fields.insert(column.header.clone(), field);
    }
    for (number, question) in waiting.questions.iter().enumerate() {
        if let Some(answer) = field_of_form(&format!("answer-{number}")) {
            choices.take(&question.column, answer.trim());
        }
    }
    Ok(choices)
}

/// The address of a file that waits.
pub(crate) fn waiting_href(id: WaitingId) -> String {
    format!("/review/mapping/{id}")
}

/// A file in a list.
pub(crate) fn line(waiting: &Waiting) -> WaitingLine {
    let why = match (&waiting.drift, &waiting.withdrawal) {
        (_, Some(Withdrawal { standing, missing, doubt })) => {
            let known = format::plural(*standing, "source record", "source records");
            format!("A full snapshot: of {known} of its kind it lacks {}, and {doubt}.", format::count(*missing))
        }
        (None, None) => "No profile knows such a file. One was drafted from its headers and values.".to_owned(),
        (Some(drift), None) => {
            let counted = [(drift.new.len(), "new"), (drift.gone.len(), "gone")];
            let said = counted.iter().filter(|(number, _)| *number > 0);
            let said: Vec<String> = said
                .map(|(number, word)| format!("{} {word}", format::plural(*number as u64, "column", "columns")))
                .collect();
            format!("Its columns are not those of earlier files of {}: {}.", waiting.profile.label, said.join(", "))
        }
    };
    WaitingLine {
        id: waiting.id,
        href: waiting_href(waiting.id),
        name: waiting.name(),
        rows: format::plural(waiting.rows, "row", "rows"),
        why,
    }
}

/// The page.
#[derive(Template)]
#[template(path = "mapping.html")]
pub(crate) struct MappingPage<'a> {
    /// Frame.
    pub(crate) shell: &'a Shell,
    /// Content.
    pub(crate) view: &'a MappingView,
}

#[cfg(test)]
pub(crate) mod tests;
