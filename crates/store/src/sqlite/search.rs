//! Text search over names, addresses and accounts, by SQLite's FTS5.

use velocity_model::CanonicalRecord;

use crate::{EntityRow, Summary};

/// Digits at the end of a phone number that a person is sure to type, with or without a country code.
const NATIONAL_DIGITS: usize = 9;

/// Everything by which a record is found.
pub(super) fn words(row: &EntityRow) -> String {
    let EntityRow { record, summary: Summary { account, city, .. }, .. } = row;
    let mut words = vec![record.title.clone(), account.clone(), city.clone()];
    for field in ["email", "domain", "nickname", "full_name", "identifier"] {
        words.extend(all(record, field).map(str::to_owned));
    }
    for phone in all(record, "phone") {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        words.push(digits.chars().skip(digits.len().saturating_sub(NATIONAL_DIGITS)).collect());
        words.push(digits);
    }
    words.join(" ")
}

fn all<'a>(record: &'a CanonicalRecord, field: &str) -> impl Iterator<Item = &'a str> {
    let field = velocity_model::Field::from_name(field);
    field.and_then(|field| record.fields.get(&field)).into_iter().flatten().map(|value| value.value.as_str())
}

/// What a person typed as an FTS5 query: every word must begin some word of the record. Each word is quoted, so that
/// nothing typed is taken as query syntax. `None` if there is no word in it.
pub(super) fn query(typed: &str) -> Option<String> {
    let is_phone = typed.chars().all(|c| c.is_ascii_digit() || " +()-./".contains(c));
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if is_phone && digits.len() >= 3 {
        return Some(format!("\"{}\"*", digits.trim_start_matches('0')));
    }
    let words = typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let quoted: Vec<String> = words.map(|word| format!("\"{word}\"*")).collect();
    (!quoted.is_empty()).then(|| quoted.join(" "))
}

#[cfg(test)]
mod tests;
