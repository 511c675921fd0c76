//! What is said about a table as a whole: by column, in counts, without values.

use std::collections::{BTreeMap, BTreeSet};

use velocity_model::{DateOrder, DecimalSign, Issue, Profile, Question, Severity, StagedTable};

use super::Decided;
use crate::ask::ask;
use crate::columns::{Cells, Columns, fold_header, headers_of, is_added};

/// Rows that hold something that could not be read, by column and code.
#[derive(Default)]
pub(super) struct Tally(BTreeMap<(usize, String), Count>);

struct Count {
    values: u64,
    rows: u64,
    first: u64,
    last: u64,
}

impl Tally {
    pub(super) fn add(&mut self, column: usize, code: &str, row: u64) {
        let count =
            self.0.entry((column, code.to_owned())).or_insert(Count { values: 0, rows: 0, first: row, last: 0 });
        count.values += 1;
        // The fields of a row are counted one after the other.
        if count.last != row {
            (count.rows, count.last) = (count.rows + 1, row);
        }
    }
}

/// Headers of columns that are neither mapped, nor key, nor link, nor ignored. A column without header counts if it holds
/// anything; it is named by its number.
pub(super) fn unmapped(profile: &Profile, table: &StagedTable, columns: &Columns, cells: &Cells) -> Vec<String> {
    let mut used = BTreeSet::new();
    for entity in &profile.entities {
        used.extend(
            entity.fields.iter().flat_map(|map| columns.named(map.from.as_deref().unwrap_or_default(), map.nth)),
        );
        let numbered: BTreeSet<&str> =
            entity.fields.iter().filter(|map| map.nth.is_some()).filter_map(|map| map.from.as_deref()).collect();
        let others = headers_of(entity).filter(|header| !numbered.contains(header));
        used.extend(others.flat_map(|header| columns.named(header, None)));
    }
    let ignored = |header: &String| [columns.all(header), &columns.named(header, None)].concat();
    used.extend(profile.ignore.iter().flat_map(ignored));
    let is_filled = |column: usize| {
        (0..cells.height()).any(|row| cells.get(row, column).is_some_and(|cell| !cell.trim().is_empty()))
    };
    let unused = table.headers.iter().enumerate().filter(|(column, _)| !used.contains(column));
    let unused = unused.filter(|(_, header)| !is_added(header));
    unused
        .filter(|(column, header)| !fold_header(header).is_empty() || is_filled(*column))
        .map(|(column, header)| match fold_header(header).is_empty() {
            true => format!("column {} (no header)", column + 1),
            false => header.clone(),
        })
        .collect()
}

fn header(table: &StagedTable, column: usize) -> String {
    table.headers.get(column).cloned().unwrap_or_default()
}

/// One question a column.
pub(super) fn questions(profile: &Profile, table: &StagedTable, cells: &Cells, tally: &Tally) -> Vec<Question> {
    let asked = tally.0.iter();
    asked.filter_map(|((column, code), count)| ask(profile, table, cells, (*column, code), count.rows)).collect()
}

/// Notes on decided columns, then what could not be read.
pub(super) fn issues(
    profile: &Profile,
    table: &StagedTable,
    columns: &Columns,
    decided: &Decided,
    tally: &Tally,
    repeated: u64,
) -> Vec<Issue> {
    let mut issues = missing_columns(profile, columns);
    for (column, proof) in decided.orders.columns() {
        let Some(order) = proof.order() else { continue };
        let (name, form) = match order {
            DateOrder::Mdy => ("month-day-year", "MM/DD/YYYY with DD above 12"),
            _ => ("day-month-year", "DD/MM/YYYY with DD above 12"),
        };
        let message = format!(
            "read as {name}, because {} values of the form {form} prove it and none contradicts",
            proof.support()
        );
        issues.push(issue(Severity::Note, "date.order_inferred", None, Some(header(table, column)), message));
    }
    for (column, sign, support) in decided.decimals.columns() {
        let name = if sign == DecimalSign::Point { "point" } else { "comma" };
        let prove = if support == 1 { "1 value proves".to_owned() } else { format!("{support} values prove") };
        let message = format!(
            "numbers like 1.234 and 1,234 are read with a {name} before decimals, because {prove} it and none contradicts"
        );
        issues.push(issue(Severity::Note, "number.decimal_inferred", None, Some(header(table, column)), message));
    }
    for ((column, code), count) in &tally.0 {
        let contradicts = code == Question::ORDER_UNKNOWN
            && decided.orders.proof(*column).is_some_and(super::order::Proof::contradicts);
        let (severity, message) = explain(code, count.values, contradicts);
        issues.push(issue(severity, code, Some(count.first), Some(header(table, *column)), message));
    }
    if repeated > 0 {
        let message = format!("the key of an earlier row with other values: {repeated} more versions of known records");
        issues.push(issue(Severity::Warning, "map.key_repeated", None, None, message));
    }
    issues
}

fn issue(severity: Severity, code: &str, row: Option<u64>, column: Option<String>, message: String) -> Issue {
    Issue { severity, code: code.to_owned(), row, column, message }
}

fn missing_columns(profile: &Profile, columns: &Columns) -> Vec<Issue> {
    let required = profile.recognise.headers.iter().filter(|header| !columns.has(header));
    let message =
        "the profile requires this column and the table does not have it; check that the profile fits the file";
    required
        .map(|header| issue(Severity::Error, "map.column_missing", None, Some(header.clone()), message.to_owned()))
        .collect()
}

fn explain(code: &str, values: u64, contradicts: bool) -> (Severity, String) {
    let kept = if values == 1 { "1 value kept raw".to_owned() } else { format!("{values} values kept raw") };
    let what = match code {
        "email.invalid" => "no e-mail address",
        "phone.invalid" => "no phone number",
        Question::REGION_UNKNOWN => "a phone number without a country code, and the profile states no `region`",
        Question::ORDER_UNKNOWN if contradicts => "day-month or month-day, and the column holds dates of both orders",
        Question::ORDER_UNKNOWN => "day-month or month-day, and no value of the column decides it",
        "date.order_contradicted" => "a date that does not fit the stated order of day and month",
        "date.two_digit_year" => "a year of two digits, which may be of either century",
        "date.invalid" => "no date",
        "time.zone_unknown" => "a time in a zone that is not known",
        "money.currency_unknown" => "a sign that several currencies share, and the profile states none of them",
        Question::NUMBER_AMBIGUOUS => "one separator before three digits, which may mark thousands or decimals",
        "duration.ambiguous" => "minutes and seconds or hours and minutes",
        other => {
            let Some(reason) = other.strip_prefix("link.") else {
                return (Severity::Warning, format!("cannot be read as the mapped field ({other}): {kept}"));
            };
            let cells = if values == 1 { "1 cell links".to_owned() } else { format!("{values} cells link") };
            return (Severity::Note, format!("no address that can be read ({reason}): {cells} to nobody"));
        }
    };
    (Severity::Warning, format!("{what}: {kept}"))
}
