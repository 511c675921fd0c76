//! Questions about a column: what is asked, what can be answered, and what each answer would change.

use std::collections::BTreeMap;

use velocity_model::{PossibleAnswer, Profile, Question, StagedTable};

use crate::columns::Cells;
use crate::map::{gain, read};
use crate::revise::{Choices, choose};
use crate::transform::{clean_line, regions_of};

/// Countries that are offered.
const COUNTRIES: usize = 3;

/// The question about a column under a code; `rows` of the table wait for the answer. `None` if nobody is asked about such a code.
pub(crate) fn ask(
    profile: &Profile,
    table: &StagedTable,
    cells: &Cells,
    (column, code): (usize, &str),
    rows: u64,
) -> Option<Question> {
    let (message, likely, others) = match code {
        Question::ORDER_UNKNOWN => ("are dates like 03/04/2020 day-month or month-day?", "dmy", "or mdy"),
        Question::REGION_UNKNOWN => {
            ("in which country are phone numbers without a country code?", "FR", "or another country")
        }
        Question::NUMBER_AMBIGUOUS => (
            "which sign stands before decimals, where a number like 1.234 or 1,234 does not say it?",
            "point",
            "or comma",
        ),
        Question::STATUS_UNKNOWN => (
            "where a contact stands (lifecycle), the stage of a deal, or a status of another kind?",
            "lifecycle",
            "stage or status",
        ),
        _ => return None,
    };
    let header = table.headers.get(column).cloned().unwrap_or_default();
    let possible = offers(profile, table, cells, column, code);
    let possible = possible.into_iter().filter_map(|(answer, means, is_kept)| {
        let mut choices = Choices::default();
        choices.take(&header, &answer);
        let revised = choose(profile, &choices).ok()?;
        // What a status is does not hang on how its values are read.
        let of = (code != Question::STATUS_UNKNOWN).then_some(code);
        let gain = gain((profile, &revised), table, cells, column, of);
        let possible = PossibleAnswer { answer, means: means.to_owned(), values: gain.values, example: gain.example };
        (is_kept || possible.values > 0).then_some(possible)
    });
    Some(Question {
        answers: possible.collect(),
        evidence: if code == Question::STATUS_UNKNOWN { words(cells, column) } else { Vec::new() },
        code: code.to_owned(),
        profile: profile.name.clone(),
        answer: told(&header, &profile.name, likely, others),
        column: header,
        rows,
        message: message.to_owned(),
    })
}

/// Answers, what each says, and whether it is offered even if it reads nothing.
fn offers(
    profile: &Profile,
    table: &StagedTable,
    cells: &Cells,
    column: usize,
    code: &str,
) -> Vec<(String, &'static str, bool)> {
    let fixed: &[(&str, &'static str, bool)] = match code {
        Question::ORDER_UNKNOWN => {
            &[("dmy", "day first", true), ("mdy", "month first", true), ("ymd", "year first", false)]
        }
        Question::NUMBER_AMBIGUOUS => &[
            ("point", "a point stands before decimals, a comma between thousands", true),
            ("comma", "a comma stands before decimals, a point between thousands", true),
        ],
        Question::STATUS_UNKNOWN => &[
            ("lifecycle", "where the contact stands", true),
            ("stage", "the stage of a deal that each row states", true),
            ("status", "a status of another kind", true),
        ],
        _ => {
            // Whoever calls abroad writes the country: those of the other numbers are likely, and any other would be a guess.
            let countries = regions_of(&read(profile, table, cells, column)).into_iter().take(COUNTRIES);
            return countries.map(|country| (country, "numbers of that country", false)).collect();
        }
    };
    fixed.iter().map(|(answer, means, is_kept)| ((*answer).to_owned(), *means, *is_kept)).collect()
}

/// How a question about a column of imported files is answered.
fn told(column: &str, profile: &str, answer: &str, others: &str) -> String {
    format!(
        "velocity review --profile '{profile}' --answer '{column}={answer}' ({others}) reads its files again; or answer it in the browser under Review"
    )
}

/// The words of a column with the number of their rows, the commonest first.
pub(crate) fn words(cells: &Cells, column: usize) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for cell in (0..cells.height()).filter_map(|row| cells.get(row, column)) {
        let text = clean_line(cell);
        if !text.is_empty() {
            *counts.entry(text).or_default() += 1;
        }
    }
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

#[cfg(test)]
mod tests;
