//! What a column holds whose header nobody knows, and how cells become values.

use serde::{Deserialize, Serialize};

use crate::features::{PartialDate, fold};
use crate::table::Column;

/// The order of a date's parts where the text does not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum DateOrder {
    DayFirst,
    MonthFirst,
}

/// Which order the values of a column prove; month first if they prove none.
pub(crate) fn date_order(column: &Column) -> DateOrder {
    let parts = |text: &String| -> Option<(u32, u32)> {
        let mut parts = text.split(['/', '.', '-']);
        let (first, second) = (parts.next()?, parts.next()?);
        (first.len() <= 2).then_some((first.parse().ok()?, second.parse().ok()?))
    };
    let (mut day_first, mut month_first) = (0, 0);
    for (first, second) in column.values.iter().skip(1).filter_map(parts) {
        day_first += usize::from(first > 12 && second <= 12);
        month_first += usize::from(second > 12 && first <= 12);
    }
    if day_first > month_first { DateOrder::DayFirst } else { DateOrder::MonthFirst }
}

/// A date in any usual form: `1978-11-12`, `19781112`, `12/11/1978`, `12.11.78`, `12 Nov 1978`, `1978`.
pub(crate) fn date(text: &str, order: DateOrder) -> Option<PartialDate> {
    if let Some(found) = in_words(text) {
        return Some(found);
    }
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.split(['T', ' ']).next().unwrap_or(text);
    if text.len() == 8 && digits(text) {
        return whole(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?);
    }
    if text.len() == 4 && digits(text) {
        return Some(PartialDate { year: text.parse().ok()?, month: 0, day: 0 });
    }
    if text.starts_with("--") {
        return PartialDate::of(text);
    }
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let number = |place: usize| parts.get(place).and_then(|part| part.parse::<u16>().ok());
    match (parts.len(), parts.first().map_or(0, |first| first.len())) {
        (3, 4) => whole(number(0)?, number(1)?, number(2)?),
        (2, 4) => Some(PartialDate { year: number(0)?, month: u8::try_from(number(1)?).ok()?, day: 0 }),
        (3, 1 | 2) => {
            let year = century(number(2)?);
            let (first, second) = (number(0)?, number(1)?);
            let is_day_first = first > 12 || (order == DateOrder::DayFirst && second <= 12);
            let (month, day) = if is_day_first { (second, first) } else { (first, second) };
            whole(year, month, day)
        }
        _ => None,
    }
}

fn century(year: u16) -> u16 {
    match year {
        0..=29 => 2000 + year,
        30..=99 => 1900 + year,
        _ => year,
    }
}

/// The beginnings of the names of months in the languages of Western Europe, by month.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen"],
    &["feb", "fev"],
    &["mar", "maer", "mrt"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mei", "mag"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "ott", "out"],
    &["nov"],
    &["dec", "dez", "dic"],
];

/// `17-May-90`, `Mar 1 1970`, `3 mars 1970`.
fn in_words(text: &str) -> Option<PartialDate> {
    if !text.chars().any(char::is_alphabetic) {
        return None;
    }
    let folded = fold(text);
    let (words, numbers): (Vec<&str>, Vec<&str>) =
        folded.split(' ').partition(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()));
    let month = words.iter().find_map(|word| {
        MONTHS.iter().position(|starts| starts.iter().any(|start| word.starts_with(start))).map(|month| month + 1)
    })?;
    let digits = |part: &&str| part.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u16>().ok();
    let [day, year] = numbers.iter().filter_map(digits).collect::<Vec<_>>()[..] else { return None };
    let (day, year) = if day > 31 { (year, day) } else { (day, year) };
    whole(century(year), month as u16, day)
}

/// The first of January stands where only the year is known.
fn whole(year: u16, month: u16, day: u16) -> Option<PartialDate> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    (month <= 99 && day <= 99).then_some(match (month, day) {
        (1, 1) => PartialDate { year, month: 0, day: 0 },
        _ => PartialDate { year, month, day },
    })
}

/// How a column without a known meaning is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Shape {
    /// Constant, empty, or a key of its own in every row: says nothing.
    Nothing,
    Date,
    Number,
    Category,
    Code,
    Word,
    Text,
    Mail,
    Phone,
}

/// The shape of a column's values.
pub(crate) fn shape(column: &Column) -> Shape {
    let filled = column.filled();
    let values = &column.values[1..];
    let distinct = values.len();
    if distinct < 2 || filled == 0 {
        return Shape::Nothing;
    }
    let share = |test: &dyn Fn(&str) -> bool| {
        let sample = values.iter().step_by((distinct / 2000).max(1));
        let (hits, all) = sample.fold((0, 0), |(hits, all), value| (hits + usize::from(test(value)), all + 1));
        hits as f64 / f64::from(all.max(1))
    };
    let order = date_order(column);
    let has_separator = |text: &str| text.contains(['-', '/', '.']) && !text.starts_with('-');
    let words = share(&|text| fold(text).contains(' '));
    let is_number = |text: &str| text.replace([',', ' ', '$', '€', '£'], "").parse::<f64>().is_ok();
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let is_phone = |text: &str| {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        (8..=15).contains(&digits)
            && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-(). /".contains(&byte))
            && text.bytes().any(|byte| !byte.is_ascii_digit())
    };
    match () {
        () if share(&|text| text.contains('@') && !text.contains(' ')) >= 0.8 => Shape::Mail,
        () if share(&|text| has_separator(text) && date(text, order).is_some()) >= 0.8 => Shape::Date,
        () if share(&is_phone) >= 0.8 => Shape::Phone,
        () if distinct <= 30 || (distinct as f64) < filled as f64 * 0.005 => Shape::Category,
        () if share(&|text| is_number(text) && !(text.len() > 1 && text.starts_with('0'))) >= 0.9 => {
            let is_key = distinct == filled && share(&|text| text.bytes().all(|byte| byte.is_ascii_digit())) >= 0.99;
            if is_key { Shape::Nothing } else { Shape::Number }
        }
        () if words < 0.3 && share(&has_digit) >= 0.7 => {
            if distinct == filled {
                Shape::Nothing
            } else {
                Shape::Code
            }
        }
        () if words >= 0.3 => Shape::Text,
        () => Shape::Word,
    }
}
