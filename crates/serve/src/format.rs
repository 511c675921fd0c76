//! Canonical values as people read them. Everything here is pure, and text that is not in canonical form comes back
//! as it is: a page shows odd data, it does not hide it.

use jiff::Timestamp;
use jiff::civil::Date;
use velocity_model::{Field, ValueType};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Country calling codes of two digits (ITU-T E.164); 1 and 7 have one digit, all others three.
const TWO_DIGIT_CODES: [u32; 44] = [
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62,
    63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
];

/// The value of a field as people read it.
pub(crate) fn value(field: &Field, text: &str) -> String {
    match field.spec().value_type {
        ValueType::Date | ValueType::DateTime => date(text),
        ValueType::Money => money(text),
        ValueType::Phone => phone(text),
        ValueType::Integer if field.name() == "duration_seconds" => duration(text),
        ValueType::Integer => text.parse::<u64>().map_or_else(|_| text.to_owned(), count),
        _ => text.to_owned(),
    }
}

/// `2026-03-31` as "31 Mar 2026", `2026-03` as "Mar 2026", `--03-31` as "31 Mar", an instant as "31 Mar 2026, 08:15"
/// (the zone, always UTC, is said once on the page).
pub(crate) fn date(text: &str) -> String {
    let (day, time) = text.split_once('T').map_or((text, ""), |(day, time)| (day, time));
    let Some(day) = calendar_day(day) else { return text.to_owned() };
    match time.get(..5) {
        Some(clock) => format!("{day}, {clock}"),
        None => day,
    }
}

fn calendar_day(text: &str) -> Option<String> {
    let month = |part: &str| Some(MONTHS[part.parse::<usize>().ok()?.checked_sub(1).filter(|index| *index < 12)?]);
    let number = |part: &str| part.parse::<u32>().ok();
    if let Some(rest) = text.strip_prefix("--") {
        let (month_part, day) = rest.split_once('-')?;
        return Some(format!("{} {}", number(day)?, month(month_part)?));
    }
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let out = match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => year.to_owned(),
        (Some(month_part), None, _) => format!("{} {year}", month(month_part)?),
        (Some(month_part), Some(day), None) => format!("{} {} {year}", number(day)?, month(month_part)?),
        _ => return None,
    };
    Some(out)
}

/// The heading of a day in a timeline: "Tuesday 31 March 2026"; months and years alone as they are.
pub(crate) fn day_heading(text: &str) -> String {
    let day = text.get(..10).unwrap_or(text);
    match day.parse::<Date>() {
        Ok(date) => date.strftime("%A %-d %B %Y").to_string(),
        Err(_) => date(day),
    }
}

/// An instant in microseconds since 1970: "12 Mar 2026, 09:14 UTC".
pub(crate) fn instant(micros: i64) -> String {
    match Timestamp::from_microsecond(micros) {
        Ok(at) => at.strftime("%-d %b %Y, %H:%M UTC").to_string(),
        Err(_) => String::new(),
    }
}

/// The calendar day of an instant in canonical form, to compare with due dates.
pub(crate) fn canonical_day(micros: i64) -> String {
    Timestamp::from_microsecond(micros).map(|at| at.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// `1500000 EUR` as "15,000 EUR", `1500050 EUR` as "15,000.50 EUR"; without a code the currency is said to be unknown.
pub(crate) fn money(text: &str) -> String {
    let (digits, code) = text.split_once(' ').unwrap_or((text, ""));
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("\u{2212}", rest));
    let Ok(minor) = digits.parse::<u64>() else { return text.to_owned() };
    let places = minor_digits(code);
    let unit = 10_u64.pow(places);
    let whole = count(minor / unit);
    let fraction = minor % unit;
    let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:0width$}", width = places as usize) };
    let code = if code.is_empty() { "(currency unknown)" } else { code };
    format!("{sign}{whole}{fraction} {code}")
}

/// Digits behind the point of a currency (ISO 4217, table A.1); two unless listed.
fn minor_digits(code: &str) -> u32 {
    match code {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND"
        | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// `+33612345678` as "+33 6 12 34 56 78": country code first, then the groups in which the country writes numbers
/// where that is simple, else groups of three.
pub(crate) fn phone(text: &str) -> String {
    let (number, extension) = text.split_once(";ext=").map_or((text, None), |(number, ext)| (number, Some(ext)));
    let Some(digits) = number.strip_prefix('+').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
    else {
        return text.to_owned();
    };
    let (code, national) = digits.split_at(code_length(digits));
    let sizes: &[usize] = match (code, national.len()) {
        ("1", 10) => &[3, 3, 4],
        ("7", 10) => &[3, 3, 2, 2],
        ("33", 9) => &[1, 2, 2, 2, 2],
        ("41", 9) => &[2, 3, 2, 2],
        ("44", 10) => &[4, 6],
        _ => &[],
    };
    let groups = if sizes.is_empty() { threes(national) } else { cut(national, sizes) };
    let groups: Vec<&str> = groups.into_iter().filter(|group| !group.is_empty()).collect();
    let mut out = format!("+{code} {}", groups.join(" "));
    if let Some(extension) = extension {
        out.push_str(" ext. ");
        out.push_str(extension);
    }
    out.trim_end().to_owned()
}

fn code_length(digits: &str) -> usize {
    let wanted = match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        _ if digits.get(..2).and_then(|two| two.parse().ok()).is_some_and(|two| TWO_DIGIT_CODES.contains(&two)) => 2,
        _ => 3,
    };
    wanted.min(digits.len())
}

fn cut<'a>(digits: &'a str, sizes: &[usize]) -> Vec<&'a str> {
    let mut rest = digits;
    let mut groups = Vec::new();
    for size in sizes {
        let (group, tail) = rest.split_at((*size).min(rest.len()));
        groups.push(group);
        rest = tail;
    }
    groups.push(rest);
    groups
}

/// Groups of three; a last single digit joins the group before it.
fn threes(digits: &str) -> Vec<&str> {
    let mut rest = digits;
    let mut groups = Vec::new();
    while rest.len() > 4 {
        let (group, tail) = rest.split_at(3);
        groups.push(group);
        rest = tail;
    }
    groups.push(rest);
    groups
}

/// Seconds as "4 min 12 s".
fn duration(text: &str) -> String {
    let Ok(seconds) = text.parse::<u64>() else { return text.to_owned() };
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, rest) => format!("{rest} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, rest) => format!("{minutes} min {rest} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// `1234567` as "1,234,567".
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "1 row", "1,204 rows".
pub(crate) fn plural(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A match weight in bits with its sign: "+9.2", "−1.4".
pub(crate) fn bits(milli: i32) -> String {
    let sign = match milli {
        0 => "",
        1.. => "+",
        _ => "\u{2212}",
    };
    let tenths = (milli.unsigned_abs() + 50) / 100;
    format!("{sign}{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests;
