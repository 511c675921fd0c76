//! Dates. The order of day and month is never guessed: it is stated, or proven by the whole column, or stays open.

use jiff::civil::Date;
use velocity_model::{DateOrder, Question};

use super::words::{is_filler, month, plain};
use super::{Context, Outcome, Resolved, time};

pub(super) const INVALID: &str = "date.invalid";
const TWO_DIGITS: &str = "date.two_digit_year";
const UNKNOWN: &str = Question::ORDER_UNKNOWN;
const CONTRADICTS: &str = "date.order_contradicted";

/// What the text of a date says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// One reading only.
    Date(Date),
    /// A date with parts missing, in canonical form: `2026-03`, `2026`, `--03-31`.
    Partial(String),
    /// Two numbers and a year: day and month in an order that the text does not say.
    Numeric(i8, i8, i16),
}

/// The order that one value proves: a part above 12 cannot be a month.
fn order_proof(reading: &Reading) -> Option<DateOrder> {
    match *reading {
        Reading::Numeric(first, second, _) if first > 12 && second <= 12 => Some(DateOrder::Dmy),
        Reading::Numeric(first, second, _) if second > 12 && first <= 12 => Some(DateOrder::Mdy),
        _ => None,
    }
}

/// The order that the text of a date proves. A year of two digits is no value, but its day and month prove as much as others.
pub(crate) fn order_proven_by(text: &str) -> Option<DateOrder> {
    let date = time::split(text).0;
    match reading(date) {
        Ok(reading) => order_proof(&reading),
        Err(TWO_DIGITS) => {
            let [first, second, _] = two_digits(date)?;
            order_proof(&Reading::Numeric(first, second, 0))
        }
        Err(_) => None,
    }
}

/// Reads a date, with or without a time behind it.
///
/// # Errors
/// `date.invalid` or `date.two_digit_year`.
pub(crate) fn read(text: &str) -> Result<Reading, &'static str> {
    reading(time::split(text).0)
}

pub(super) fn reading(text: &str) -> Result<Reading, &'static str> {
    if let Some(rest) = text.strip_prefix("--") {
        return without_year(rest);
    }
    let tokens = tokens(text).ok_or(INVALID)?;
    if tokens.iter().all(|token| token.bytes().all(|b| b.is_ascii_digit())) { numeric(&tokens) } else { named(&tokens) }
}

/// `--03-31`: vCard and Google write birthdays without a year so.
fn without_year(rest: &str) -> Result<Reading, &'static str> {
    let digits: String = rest.chars().filter(|c| *c != '-').collect();
    let is_month_day = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    let (month, day) = digits.split_at_checked(2).filter(|_| is_month_day).ok_or(INVALID)?;
    partial_day(small(month)?, small(day)?)
}

fn partial_day(month: i8, day: i8) -> Result<Reading, &'static str> {
    // A leap year, so that 29 February stands.
    Date::new(2000, month, day).map_err(|_| INVALID)?;
    Ok(Reading::Partial(format!("--{month:02}-{day:02}")))
}

/// Reads a date whose year may have two digits, if the century is known. Of such a date no part says what it is, so that only the
/// order of its column tells.
pub(super) fn reading_in(text: &str, context: &Context) -> Result<Reading, &'static str> {
    match (reading(text), context.century, two_digits(text)) {
        (Err(TWO_DIGITS), Some(century), Some([first, second, third])) => match context.date_order {
            None => Err(UNKNOWN),
            Some(DateOrder::Ymd) => exact(century + i16::from(first), second, third),
            Some(_) => day_and_month(first, second, century + i16::from(third)),
        },
        (reading, ..) => reading,
    }
}

/// First and last part of a date whose year has two digits.
pub(crate) fn two_digit_year(text: &str) -> Option<(i8, i8)> {
    let date = time::split(text).0;
    let [first, _, last] = two_digits(date).filter(|_| reading(date) == Err(TWO_DIGITS))?;
    Some((first, last))
}

fn two_digits(date: &str) -> Option<[i8; 3]> {
    match tokens(date)?.as_slice() {
        [first, second, third] => Some([small(first).ok()?, small(second).ok()?, small(third).ok()?]),
        _ => None,
    }
}

/// Splits into runs of digits and runs of letters; `None` if anything else than usual separators stands between.
fn tokens(text: &str) -> Option<Vec<String>> {
    let mut tokens: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in text.chars() {
        let is_word = c.is_alphabetic() || c == '\u{b0}';
        if c.is_ascii_digit() || is_word {
            let continues = last.is_ascii_digit() && c.is_ascii_digit() || last.is_alphabetic() && is_word;
            match tokens.last_mut() {
                Some(token) if continues => token.push(c),
                _ => tokens.push(c.to_string()),
            }
        } else if !matches!(c, ' ' | '-' | '/' | '.' | ',' | '_' | '\u{2010}'..='\u{2013}') {
            return None;
        }
        last = c;
    }
    (1..=8).contains(&tokens.len()).then_some(tokens)
}

fn small(token: &str) -> Result<i8, &'static str> {
    if token.len() > 2 { Err(INVALID) } else { token.parse().map_err(|_| INVALID) }
}

fn year(token: &str) -> Result<i16, &'static str> {
    token.parse().ok().filter(|year| *year > 0 && token.len() == 4).ok_or(INVALID)
}

fn exact(year: i16, month: i8, day: i8) -> Result<Reading, &'static str> {
    Date::new(year, month, day).map(Reading::Date).map_err(|_| INVALID)
}

fn year_month(year: i16, month: i8) -> Result<Reading, &'static str> {
    Date::new(year, month, 1).map_err(|_| INVALID)?;
    Ok(Reading::Partial(format!("{year:04}-{month:02}")))
}

fn numeric(tokens: &[String]) -> Result<Reading, &'static str> {
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    match (tokens.as_slice(), tokens.iter().map(|token| token.len()).collect::<Vec<_>>().as_slice()) {
        ([all], [8]) => exact(year(&all[..4])?, small(&all[4..6])?, small(&all[6..])?),
        ([all], [4]) => Ok(Reading::Partial(format!("{:04}", year(all)?))),
        ([y, m], [4, 1 | 2]) | ([m, y], [1 | 2, 4]) => year_month(year(y)?, small(m)?),
        ([y, m, d], [4, 1 | 2, 1 | 2]) => exact(year(y)?, small(m)?, small(d)?),
        ([first, second, y], [1 | 2, 1 | 2, 4]) => day_and_month(small(first)?, small(second)?, year(y)?),
        ([first, second, _], [1 | 2, 1 | 2, 1 | 2]) => {
            let any = small(first)?.max(small(second)?);
            if any == 0 { Err(INVALID) } else { Err(TWO_DIGITS) }
        }
        _ => Err(INVALID),
    }
}

fn day_and_month(first: i8, second: i8, year: i16) -> Result<Reading, &'static str> {
    if first == second {
        return exact(year, first, second);
    }
    let either = Date::new(year, second, first).or_else(|_| Date::new(year, first, second));
    either.map(|_| Reading::Numeric(first, second, year)).map_err(|_| INVALID)
}

/// A date with the name of a month, which leaves no doubt about the order.
fn named(tokens: &[String]) -> Result<Reading, &'static str> {
    let (mut name, mut numbers) = (None, Vec::new());
    for token in tokens {
        if token.bytes().all(|b| b.is_ascii_digit()) {
            numbers.push(token.as_str());
            continue;
        }
        let word = plain(token);
        match month(&word) {
            Some(number) if name.is_none_or(|known| known == number) => name = Some(number),
            Some(_) => return Err(INVALID),
            None if is_filler(&word) || word == "\u{b0}" => {}
            None => return Err(INVALID),
        }
    }
    let month = name.ok_or(INVALID)?;
    match numbers.as_slice() {
        [y] if y.len() == 4 => year_month(year(y)?, month),
        [d] => partial_day(month, small(d)?),
        [y, d] | [d, y] if y.len() == 4 => exact(year(y)?, month, small(d)?),
        [a, b] if a.len() <= 2 && b.len() <= 2 => Err(TWO_DIGITS),
        _ => Err(INVALID),
    }
}

/// The date that a reading means under an order, with the step to note.
pub(super) fn decide(reading: Reading, order: Option<DateOrder>) -> Result<(String, String), &'static str> {
    let (first, second, year) = match reading {
        Reading::Date(date) => return Ok((date.to_string(), "date".to_owned())),
        Reading::Partial(text) => return Ok((text, "date".to_owned())),
        Reading::Numeric(first, second, year) => (first, second, year),
    };
    // Without an order a value that has one reading only is still certain.
    let applied = match (order, order_proof(&reading)) {
        (None, None) => return Err(UNKNOWN),
        (None, Some(proof)) => proof,
        (Some(order), _) => order,
    };
    let (date, name) = match applied {
        DateOrder::Dmy => (Date::new(year, second, first), "dmy"),
        DateOrder::Mdy => (Date::new(year, first, second), "mdy"),
        DateOrder::Ymd => return Err(CONTRADICTS),
    };
    Ok((date.map_err(|_| CONTRADICTS)?.to_string(), format!("date {name}")))
}

/// A date without time; a time behind it is left out, and the steps say so.
pub(super) fn date(cleaned: Resolved, context: &Context) -> Outcome {
    let (date, clock) = time::split(&cleaned.value);
    let has_time = match clock {
        Some(clock) => !time::parse(clock)?.is_midnight(),
        None => false,
    };
    let (value, step) = decide(reading_in(date, context)?, context.date_order)?;
    let resolved = cleaned.then(value, &step);
    let same = resolved.value.clone();
    Ok(if has_time { resolved.noting(same, "time left out".to_owned()) } else { resolved })
}
