//! A cell of a workbook as a person sees it.

use calamine::{Data, ExcelDateTime};

use crate::cells::number_text;

/// The text of a cell; `format` is its number format, where it matters.
pub(crate) fn shown(cell: &Data, format: Option<&str>) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::DateTimeIso(text) => date_text(text).to_owned(),
        Data::DurationIso(text) => duration_text(text).unwrap_or_else(|| text.clone()),
        Data::Int(number) => placed(*number as f64, format).unwrap_or_else(|| number.to_string()),
        Data::Float(number) => placed(*number, format).unwrap_or_else(|| number_text(rounded(*number))),
        Data::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(time) => time_text(time),
    }
}

/// A number that a file holds as text, as it is shown.
pub(crate) fn number_shown(text: &str, format: Option<&str>) -> String {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => placed(number, format).unwrap_or_else(|| number_text(rounded(number))),
        _ => text.to_owned(),
    }
}

/// A fraction as spreadsheet programs show it: with 15 digits, beyond which there is only the noise of doubles, so that a price
/// stored as 29.020000000000003 is 29.02. Whole numbers may be ids and keep all their digits.
fn rounded(number: f64) -> f64 {
    if number.fract() == 0.0 { number } else { format!("{number:.14e}").parse().unwrap_or(number) }
}

/// One piece of a number format that only places digits.
enum Piece {
    /// `0`: a digit or a zero.
    Zero,
    /// `#`: a digit or nothing.
    Digit,
    Literal(char),
}

/// The pieces of a format such as `00000` or `000-00-0000`, by which postcodes and account numbers keep their zeros; none if it
/// does anything else, or would show no leading zero.
fn pieces(format: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = format.chars();
    let mut quoted = false;
    while let Some(c) = rest.next() {
        pieces.push(match c {
            '"' => {
                quoted = !quoted;
                continue;
            }
            c if quoted => Piece::Literal(c),
            '0' => Piece::Zero,
            '#' => Piece::Digit,
            '\\' => Piece::Literal(rest.next()?),
            '-' | ' ' | '(' | ')' | '+' => Piece::Literal(c),
            ';' => break,
            _ => return None,
        });
    }
    let zeros = pieces.iter().filter(|piece| matches!(piece, Piece::Zero)).count();
    (zeros >= 2).then_some(pieces)
}

/// Whether numbers may have leading zeros in this format.
pub(crate) fn has_leading_zeros(format: &str) -> bool {
    pieces(format).is_some()
}

/// A whole number with its digits where the format has them.
fn placed(number: f64, format: Option<&str>) -> Option<String> {
    let pieces = pieces(format?)?;
    if number < 0.0 || number.fract() != 0.0 || number >= 1e15 {
        return None;
    }
    let digits = format!("{number:.0}");
    let places = pieces.iter().filter(|piece| !matches!(piece, Piece::Literal(_))).count();
    // Digits for which there is no place stand before the first one.
    let mut extra = digits.len().saturating_sub(places);
    let mut missing = places.saturating_sub(digits.len());
    let mut left = digits.chars();
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Literal(c) => text.push(c),
            Piece::Zero | Piece::Digit if missing > 0 => {
                missing -= 1;
                text.extend(matches!(piece, Piece::Zero).then_some('0'));
            }
            Piece::Zero | Piece::Digit => {
                text.extend(left.by_ref().take(extra + 1));
                extra = 0;
            }
        }
    }
    Some(text)
}

/// A date that a file holds as text; one without a time of day is written with midnight by some programs, and one without
/// fractions of a second with zeros.
pub(crate) fn date_text(text: &str) -> &str {
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
    text.strip_suffix("T00:00:00").unwrap_or(text)
}

/// `PT01H02M03S` as `1:02:03`, as the other formats give it.
fn duration_text(text: &str) -> Option<String> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, seconds) = rest.split_once('M')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let seconds: f64 = seconds.strip_suffix('S')?.parse().ok()?;
    Some(clock(hours * 3600 + minutes * 60 + seconds.round() as i64))
}

fn clock(seconds: i64) -> String {
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// ISO 8601 text of a date, a time of day or a duration in either of Excel's date systems.
fn time_text(time: &ExcelDateTime) -> String {
    let days = time.as_f64();
    if time.is_duration() || days < 1.0 {
        return clock((days * 86_400.0).round() as i64);
    }
    let (year, month, day, hour, minute, second, milli) = time.to_ymd_hms_milli();
    let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}");
    date_text(&text).to_owned()
}

#[cfg(test)]
mod tests;
