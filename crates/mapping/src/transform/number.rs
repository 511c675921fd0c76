//! Integers, decimals and durations.

use velocity_model::{DecimalSign, Question};

use super::{Context, Outcome, Resolved};

const AMBIGUOUS: &str = Question::NUMBER_AMBIGUOUS;

/// Most digits that are taken as a number: what fits 64 bits.
const MAX_DIGITS: usize = 18;

/// An integer; separators between groups of three digits and a decimal part of zeros go.
pub(super) fn integer(cleaned: Resolved, context: &Context) -> Outcome {
    const INVALID: &str = "integer.invalid";
    let number = plain_number(&cleaned.value).ok_or(INVALID)?.by(context.decimal);
    if number.ambiguous && number.separator != ',' {
        return Err(AMBIGUOUS);
    }
    // `1,234` holds a group here: an integer has no decimals.
    let (whole, fraction) = match number.ambiguous {
        true => (format!("{}{}", number.whole, number.fraction), String::new()),
        false => (number.whole, number.fraction),
    };
    if fraction.bytes().any(|b| b != b'0') {
        return Err(INVALID);
    }
    let value = signed(number.negative, &whole, "");
    Ok(cleaned.then(value, "integer"))
}

/// A decimal number without exponent and trailing zeros; `50%` is 0.5.
pub(super) fn decimal(cleaned: Resolved, context: &Context) -> Outcome {
    const INVALID: &str = "decimal.invalid";
    let (text, is_percent) = match cleaned.value.strip_suffix('%') {
        Some(number) => (number.trim_end(), true),
        None => (cleaned.value.as_str(), false),
    };
    let number = plain_number(text).ok_or(INVALID)?.by(context.decimal);
    if number.ambiguous {
        return Err(AMBIGUOUS);
    }
    let (whole, fraction) = if is_percent {
        let padded = format!("{:0>3}", number.whole);
        let (head, tail) = padded.split_at(padded.len() - 2);
        (head.to_owned(), format!("{tail}{}", number.fraction))
    } else {
        (number.whole, number.fraction)
    };
    let value = signed(number.negative, &whole, &fraction);
    Ok(cleaned.then(value, if is_percent { "percent" } else { "decimal" }))
}

/// Whole seconds, from seconds or `H:MM:SS`. `MM:SS` and `HH:MM` cannot be told apart.
pub(super) fn duration(cleaned: Resolved, context: &Context) -> Outcome {
    const INVALID: &str = "duration.invalid";
    let parts: Vec<&str> = cleaned.value.split(':').collect();
    let part = |text: &str, max: u64| -> Result<u64, &'static str> {
        let is_number = (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|value| is_number && *value <= max).ok_or(INVALID)
    };
    let seconds = match parts.as_slice() {
        [_] => return integer(cleaned, context),
        [_, _] => return Err("duration.ambiguous"),
        [hours, minutes, seconds] => part(hours, 999_999)? * 3600 + part(minutes, 59)? * 60 + part(seconds, 59)?,
        _ => return Err(INVALID),
    };
    Ok(cleaned.then(seconds.to_string(), "duration h:mm:ss"))
}

/// A number split at its decimal separator, both parts as digits.
pub(super) struct Plain {
    pub(super) negative: bool,
    pub(super) whole: String,
    pub(super) fraction: String,
    /// The separator stands once, before exactly three digits: it may separate groups as well as decimals.
    pub(super) ambiguous: bool,
    /// The sign before the fraction; a space if there is none.
    pub(super) separator: char,
    /// What stands between groups; a space if there are none.
    groups: char,
}

impl Plain {
    /// As a column reads it whose sign before decimals is known.
    pub(super) fn by(self, decimal: Option<DecimalSign>) -> Self {
        match decimal {
            Some(sign) if self.ambiguous && sign.char() == self.separator => Self { ambiguous: false, ..self },
            Some(_) if self.ambiguous => self.grouped(),
            _ => self,
        }
    }

    /// With the one separator taken for that of groups.
    pub(super) fn grouped(self) -> Self {
        let whole = format!("{}{}", self.whole, self.fraction);
        Self { whole, fraction: String::new(), ambiguous: false, ..self }
    }
}

/// What the text of a number says about its separators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separation {
    /// Which sign stands before decimals.
    Proves(DecimalSign),
    /// This sign stands before three digits and may be either.
    Open(char),
}

/// What a number, with a currency or a word around it, says about separators; `None` if it has none, or is no number.
pub(crate) fn separation(text: &str) -> Option<Separation> {
    let is_digit = |c: char| c.is_ascii_digit();
    let number = plain_number(text.get(text.find(is_digit)?..=text.rfind(is_digit)?)?)?;
    match (number.ambiguous, number.separator, number.groups) {
        (true, sign, _) => Some(Separation::Open(sign)),
        (_, '.', _) | (_, ' ', ',') => Some(Separation::Proves(DecimalSign::Point)),
        (_, ',', _) | (_, ' ', '.') => Some(Separation::Proves(DecimalSign::Comma)),
        _ => None,
    }
}

/// Reads digits with separators. Groups have three digits, or two before the last three (India). `None` if the text has
/// anything else, or its groups are of other sizes.
pub(super) fn plain_number(text: &str) -> Option<Plain> {
    let (negative, text) = sign(text)?;
    let unspaced: String = text.chars().map(|c| if matches!(c, '\u{2019}' | '_' | ' ') { '\'' } else { c }).collect();
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'');
    let starts_well = unspaced.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if !unspaced.chars().all(allowed) || !starts_well || unspaced.bytes().filter(u8::is_ascii_digit).count() == 0 {
        return None;
    }
    let last = unspaced.rfind(['.', ',']);
    let decimal = last.filter(|&at| {
        let separator = &unspaced[at..=at];
        // The last separator separates decimals unless it stands more than once.
        unspaced.matches(separator).count() == 1
    });
    let (whole, fraction, separator) = match decimal {
        Some(at) => (&unspaced[..at], &unspaced[at + 1..], unspaced.as_bytes().get(at).map_or(' ', |b| *b as char)),
        None => (unspaced.as_str(), "", ' '),
    };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let has_groups = whole.contains(|c: char| !c.is_ascii_digit());
    let groups: Vec<&str> = whole.split(['.', ',', '\'']).collect();
    if has_groups && !groups_fit(&groups, whole) {
        return None;
    }
    let digits: String = groups.concat();
    let ambiguous = decimal.is_some()
        && !has_groups
        && fraction.len() == 3
        && (1..=3).contains(&digits.len())
        && !digits.starts_with('0');
    let trimmed = digits.trim_start_matches('0');
    (trimmed.len() <= MAX_DIGITS && fraction.len() <= MAX_DIGITS).then(|| Plain {
        negative,
        whole: if trimmed.is_empty() { "0".to_owned() } else { trimmed.to_owned() },
        fraction: fraction.to_owned(),
        ambiguous,
        separator,
        groups: whole.chars().find(|c| !c.is_ascii_digit()).unwrap_or(' '),
    })
}

/// The sign before or behind, or parentheses around the number (accounts).
fn sign(text: &str) -> Option<(bool, &str)> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('(') {
        return Some((true, inner.strip_suffix(')')?.trim()));
    }
    let minus = ['-', '\u{2212}', '\u{2013}'];
    if let Some(rest) = text.strip_prefix(minus) {
        return Some((true, rest.trim()));
    }
    if let Some(rest) = text.strip_suffix(minus) {
        return Some((true, rest.trim()));
    }
    Some((false, text.strip_prefix('+').unwrap_or(text).trim()))
}

fn groups_fit(groups: &[&str], whole: &str) -> bool {
    let separators: Vec<char> = whole.chars().filter(|c| !c.is_ascii_digit()).collect();
    let [first, middle @ .., last] = groups else { return false };
    let same = separators.windows(2).all(|pair| pair[0] == pair[1]);
    let threes = middle.iter().all(|group| group.len() == 3);
    let twos = middle.iter().all(|group| group.len() == 2) && first.len() <= 2;
    same && (1..=3).contains(&first.len()) && last.len() == 3 && (threes || twos)
}

pub(super) fn signed(negative: bool, whole: &str, fraction: &str) -> String {
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.trim_end_matches('0');
    let sign = if negative && (whole != "0" || !fraction.is_empty()) { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}
