//! Files that wait for approval.

use velocity_model::Waiting;

use super::table::columns;
use super::{counted, question};

/// A line or two of each.
pub(crate) fn list(waiting: &[Waiting]) -> String {
    if waiting.is_empty() {
        return String::new();
    }
    let mut text = format!("{} for approval\n", counted(waiting.len() as u64, "file waits", "files wait"));
    for one in waiting {
        text.push_str(&format!("\n{}  {}, {}\n    {}\n", one.id, one.name(), rows(one), why(one)));
    }
    text.push('\n');
    text
}

/// One of them, column by column.
pub(crate) fn whole(one: &Waiting) -> String {
    let mut text = format!("{}, {}: {}\n", one.name(), rows(one), why(one));
    if !one.columns.is_empty() {
        let mut table = vec![["Column", "Read as", "Sure", "Filled", "Values", "Why"].map(str::to_owned).to_vec()];
        for column in &one.columns {
            let target = match (&column.target, column.is_key) {
                (_, true) => "(key)".to_owned(),
                (Some(field), false) => field.to_string(),
                (None, false) => "(left out)".to_owned(),
            };
            table.push(vec![
                column.header.clone(),
                target,
                format!("{} %", column.confidence),
                format!("{} %", column.fill_percent),
                column.samples.join(" | "),
                column.reason.clone(),
            ]);
        }
        text.push('\n');
        text.push_str(&columns(&table, &[false, false, true, true, false, false], "  "));
    }
    for question in &one.questions {
        let of = if question.column.is_empty() { String::new() } else { format!("column {}: ", question.column) };
        text.push_str(&format!("\nquestion: {of}{}\n", question.message));
        question::lines(question).iter().for_each(|line| text.push_str(&format!("    {line}\n")));
    }
    text.push_str(&format!("\nnext: velocity review --approve {}\n", one.id));
    if one.withdrawal.is_some() {
        text.push_str("      imports it and withdraws what it lacks; --dry-run says what that comes to\n");
    }
    if !one.columns.is_empty() {
        text.push_str("      change a column by --column \"HEADER=FIELD\", leave one out by --column \"HEADER=\"\n");
    }
    if one.questions.iter().any(|question| !question.column.is_empty()) {
        text.push_str("      answer a question by --answer \"HEADER=ANSWER\", such as \"Born=dmy\"\n");
    }
    text
}

fn rows(one: &Waiting) -> String {
    counted(one.rows, "row", "rows")
}

fn why(one: &Waiting) -> String {
    if let Some(withdrawal) = &one.withdrawal {
        return format!("a full snapshot: {withdrawal}");
    }
    let Some(drift) = &one.drift else { return "no profile knows such a file; one was drafted".to_owned() };
    format!("its columns are not those of earlier files of {}; {drift}", one.profile.name)
}
