//! How complete a value is, by the type of its field. Only values of one field are ever compared.

use velocity_model::ValueType;

/// Compared from left to right, higher is better; what the numbers mean depends on the type.
pub(crate) type Quality = [u32; 3];

/// The quality of a value:
///
/// * date: number of known parts, so that a full date beats `2026-03` and `--03-31`, and these a year;
/// * date and time: with a time of day beats a date alone;
/// * name: words that are more than an initial, then capitals used as in a name, then length;
/// * text: capitals used as in prose, then length;
/// * money: with a currency beats without;
/// * all others: in canonical form no one value is more complete than another.
pub(crate) fn quality(value_type: ValueType, value: &str) -> Quality {
    match value_type {
        ValueType::Date => [date_parts(value), 0, 0],
        ValueType::DateTime => [u32::from(value.contains('T')), 0, 0],
        ValueType::Name => [full_words(value), u32::from(is_mixed_case(value)), length(value)],
        ValueType::Text => [u32::from(is_mixed_case(value)), length(value), 0],
        ValueType::Money => [u32::from(value.contains(' ')), 0, 0],
        ValueType::Email
        | ValueType::Phone
        | ValueType::Integer
        | ValueType::Decimal
        | ValueType::Url
        | ValueType::Domain
        | ValueType::Code => [0; 3],
    }
}

/// Year, month and day as far as they are there, by the canonical forms of [`ValueType::Date`].
fn date_parts(value: &str) -> u32 {
    match (value.strip_prefix("--"), value.len()) {
        (Some(_), _) | (None, 7) => 2,
        (None, 10..) => 3,
        _ => 1,
    }
}

fn full_words(value: &str) -> u32 {
    let words = value.split(|c: char| c.is_whitespace() || c == '-' || c == '.');
    count(words.filter(|word| word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()).count())
}

/// "Anne" and "McDonald", but neither "ANNE" nor "anne". Scripts without capitals have nothing to get wrong.
fn is_mixed_case(value: &str) -> bool {
    let has_upper = value.chars().any(char::is_uppercase);
    let has_lower = value.chars().any(char::is_lowercase);
    has_upper == has_lower
}

fn length(value: &str) -> u32 {
    count(value.chars().count())
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
