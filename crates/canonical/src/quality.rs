//! How complete a value is, by the type of its field. Only compared between values of one field.

use velocity_model::ValueType;

/// Higher is more complete.
pub(crate) fn quality(value_type: ValueType, value: &str) -> (u32, u32) {
    let length = u32::try_from(value.chars().count()).unwrap_or(u32::MAX);
    match value_type {
        // A full date is longer than a year and month, that longer than a year; `--03-31` lacks the year.
        ValueType::Date | ValueType::DateTime => (u32::from(!value.starts_with('-')), length),
        // "Anne-Marie" beats "A."; "McDonald" beats "MCDONALD" and "mcdonald".
        ValueType::Name => (name_parts(value), u32::from(is_mixed_case(value))),
        ValueType::Text => (u32::from(is_mixed_case(value)), length),
        _ => (0, 0),
    }
}

/// Letters in all parts that are more than an initial.
fn name_parts(value: &str) -> u32 {
    let parts = value.split([' ', '-']).map(|part| part.chars().filter(|c| c.is_alphabetic()).count());
    parts.filter(|letters| *letters > 1).map(|letters| u32::try_from(letters).unwrap_or(u32::MAX)).sum()
}

fn is_mixed_case(value: &str) -> bool {
    value.chars().any(char::is_uppercase) && value.chars().any(char::is_lowercase)
}
