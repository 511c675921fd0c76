//! Instants: a date with a time of day, to UTC.

use std::borrow::Cow;

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

use super::date::{INVALID, decide, reading_in};
use super::{Context, Outcome, Resolved};

const ZONE: &str = "time.zone_unknown";

/// Whether the zone is in the time zone database; `None` if this machine has no database to ask.
pub(crate) fn zone_is_known(name: &str) -> Option<bool> {
    match TimeZone::get(name) {
        Ok(_) => Some(true),
        Err(_) if jiff::tz::db().is_definitively_empty() => None,
        Err(_) => Some(false),
    }
}

/// A time of day as a source writes it.
pub(super) struct Clock {
    time: Time,
    place: Option<Place>,
    has_fraction: bool,
}

/// Where a time of day is one, as the text says it.
enum Place {
    Offset(Offset),
    /// An IANA zone by name.
    Zone(String, TimeZone),
}

impl Clock {
    pub(super) fn is_midnight(&self) -> bool {
        self.time == Time::midnight() && self.place.is_none()
    }
}

/// Splits `26 Sep 2026, 6:05 pm` before the time of day, which begins at the first `1:23` or `1h23`.
pub(super) fn split(text: &str) -> (&str, Option<&str>) {
    let bytes = text.as_bytes();
    let digit = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_digit);
    let is_sign =
        |index: usize| matches!(bytes.get(index), Some(b':' | b'h' | b'H')) && digit(index + 1) && digit(index + 2);
    let Some(sign) = (1..bytes.len()).find(|&index| is_sign(index) && digit(index - 1)) else { return (text, None) };
    let start = if sign >= 2 && digit(sign - 2) { sign - 2 } else { sign - 1 };
    let (Some(date), Some(clock)) = (text.get(..start), text.get(start..)) else { return (text, None) };
    let date = date.trim_end_matches([' ', ',', '-', '\u{e0}']);
    // The letter between date and time of ISO 8601.
    let date =
        date.strip_suffix(['T', 't']).filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(date);
    (date, Some(clock))
}

/// Reads `18:05`, `6:05:30.250 p. m.`, `14h05`, `08:15:00+02:00`.
pub(super) fn parse(text: &str) -> Result<Clock, &'static str> {
    let numbers =
        text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',' | 'h' | 'H')).unwrap_or(text.len());
    let (numbers, rest) = text.split_at(numbers);
    let mut parts = numbers.trim_end_matches(['.', ',']).split([':', 'h', 'H']);
    let mut next = |is_last: bool| -> Result<Option<i8>, &'static str> {
        let Some(part) = parts.next() else { return Ok(None) };
        let whole = if is_last { part.split(['.', ',']).next().unwrap_or(part) } else { part };
        if (1..=2).contains(&whole.len()) { whole.parse().map(Some).map_err(|_| INVALID) } else { Err(INVALID) }
    };
    let (hour, minute, second) = (next(false)?.ok_or(INVALID)?, next(false)?.ok_or(INVALID)?, next(true)?.unwrap_or(0));
    if parts.next().is_some() {
        return Err(INVALID);
    }
    let (half, zone) = half_of_day(rest.trim());
    let hour = match (half, hour) {
        (None, hour) => hour,
        (Some(_), hour) if !(1..=12).contains(&hour) => return Err(INVALID),
        (Some(Half::Before), 12) => 0,
        (Some(Half::After), hour) if hour < 12 => hour + 12,
        (Some(_), hour) => hour,
    };
    let time = Time::new(hour, minute, second, 0).map_err(|_| INVALID)?;
    Ok(Clock { time, place: place(zone.trim())?, has_fraction: numbers.contains(['.', ',']) })
}

#[derive(Clone, Copy)]
enum Half {
    Before,
    After,
}

fn half_of_day(rest: &str) -> (Option<Half>, &str) {
    let spellings = [("am", Half::Before), ("a.m.", Half::Before), ("a. m.", Half::Before), ("a.m", Half::Before)];
    let after = [("pm", Half::After), ("p.m.", Half::After), ("p. m.", Half::After), ("p.m", Half::After)];
    for (spelling, half) in spellings.into_iter().chain(after) {
        if let Some((head, tail)) = rest.split_at_checked(spelling.len())
            && head.eq_ignore_ascii_case(spelling)
        {
            return (Some(half), tail);
        }
    }
    (None, rest)
}

/// Words for the halves of the day beyond those of English and Spanish, which stand before or behind the time.
const HALVES: [(&str, &str); 14] = [
    ("오전", "am"),
    ("오후", "pm"),
    ("上午", "am"),
    ("下午", "pm"),
    ("午前", "am"),
    ("午後", "pm"),
    ("凌晨", "am"),
    ("早上", "am"),
    ("晚上", "pm"),
    ("ص", "am"),
    ("م", "pm"),
    ("π.μ.", "am"),
    ("μ.μ.", "pm"),
    ("πμ", "am"),
];

/// A time of day that stands in a cell of its own, in the form `7:05 pm`: with dots (`19.05`), or with a word before it
/// (`오후 7:05`). Any other text is as it is.
pub(crate) fn plain_clock(text: &str) -> Cow<'_, str> {
    let is_digit = |c: char| c.is_ascii_digit();
    let (Some(start), Some(last)) = (text.find(is_digit), text.rfind(is_digit)) else { return Cow::Borrowed(text) };
    let (before, clock, after) = (text[..start].trim(), &text[start..=last], text[last + 1..].trim());
    let parts = || clock.split([':', '.']);
    let is_clock = matches!(parts().count(), 2 | 3)
        && parts().all(|part| matches!(part.len(), 1 | 2) && part.chars().all(is_digit))
        && parts().skip(1).all(|part| part.len() == 2);
    let half = |word: &str| match word {
        "" => Some(""),
        word => HALVES.iter().find(|(name, _)| *name == word).map(|(_, half)| *half),
    };
    let words = match (before, after) {
        ("", after) => Some(half(after).unwrap_or(after)),
        (before, "") => half(before),
        _ => None,
    };
    match words.filter(|_| is_clock) {
        Some(words) => Cow::Owned(format!("{} {words}", clock.replace('.', ":")).trim_end().to_owned()),
        None => Cow::Borrowed(text),
    }
}

fn place(zone: &str) -> Result<Option<Place>, &'static str> {
    match zone {
        "" => Ok(None),
        _ if zone.contains('/') => {
            let known = TimeZone::get(zone).map_err(|_| ZONE)?;
            Ok(Some(Place::Zone(zone.to_owned(), known)))
        }
        _ => offset(zone).map(|offset| offset.map(Place::Offset)),
    }
}

fn offset(zone: &str) -> Result<Option<Offset>, &'static str> {
    if matches!(zone, "Z" | "z" | "UTC" | "GMT" | "utc") {
        return Ok(Some(Offset::UTC));
    }
    let digits: String = zone.chars().skip(1).filter(|c| *c != ':').collect();
    let sign = match zone.chars().next() {
        Some('+') => 1,
        Some('-' | '\u{2212}') => -1,
        _ => return Err(ZONE),
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits.len(), 2 | 4) {
        return Err(ZONE);
    }
    let (hours, minutes) = digits.split_at(2);
    let hours: i32 = hours.parse().map_err(|_| ZONE)?;
    let minutes: i32 = if minutes.is_empty() { 0 } else { minutes.parse().map_err(|_| ZONE)? };
    if minutes > 59 {
        return Err(ZONE);
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).map(Some).map_err(|_| ZONE)
}

/// The basic format of ISO 8601 (`20260302T090000Z`, which calendars write) with separators; any other text as it is.
fn extended(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let digits = |from: usize, to: usize| bytes.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let is_basic = digits(0, 8) && bytes.get(8) == Some(&b'T') && digits(9, 13);
    if !is_basic || bytes.get(13..).is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_digit) && !digits(13, 15))
    {
        return Cow::Borrowed(text);
    }
    let (seconds, rest) = if digits(13, 15) { (&text[13..15], &text[15..]) } else { ("00", &text[13..]) };
    let (year, month, day) = (&text[..4], &text[4..6], &text[6..8]);
    Cow::Owned(format!("{year}-{month}-{day}T{}:{}:{seconds}{rest}", &text[9..11], &text[11..13]))
}

/// An instant in UTC to the second; a date alone where the text has no time.
pub(super) fn date_time(cleaned: Resolved, context: &Context) -> Outcome {
    let written = extended(&cleaned.value);
    let (date, clock) = split(&written);
    let (day, step) = decide(reading_in(date, context)?, context.date_order)?;
    let day: Date = day.parse().map_err(|_| INVALID)?;
    let Some(clock) = clock.map(parse).transpose()? else {
        return Ok(cleaned.then(day.to_string(), &step));
    };
    let local = day.to_datetime(clock.time);
    let in_zone = |name: &str, zone: &TimeZone| {
        let ambiguous = zone.to_ambiguous_timestamp(local);
        // Clocks that jump leave an hour twice or never: RFC 5545 takes the offset before the jump.
        let note = if ambiguous.is_ambiguous() { ", clock change" } else { "" };
        (ambiguous.compatible(), Some(format!("zone {name}{note}")))
    };
    let (instant, zone_step) = match (&clock.place, &context.zone) {
        (Some(Place::Offset(offset)), _) => (offset.to_timestamp(local), None),
        (Some(Place::Zone(name, zone)), _) => in_zone(name, zone),
        (None, None) => (Offset::UTC.to_timestamp(local), Some("assume UTC".to_owned())),
        (None, Some((_, None))) => return Err(ZONE),
        (None, Some((name, Some(zone)))) => in_zone(name, zone),
    };
    let value = instant.map_err(|_| INVALID)?.to_string();
    let mut resolved = cleaned.then(value, &step);
    resolved.steps.extend(zone_step);
    resolved.steps.extend(clock.has_fraction.then(|| "whole seconds".to_owned()));
    Ok(resolved)
}
