//! Amounts of money to minor units and a currency code.

use super::currency::{Sign, minor_digits, named};
use super::number::{Plain, plain_number};
use super::{Context, Outcome, Resolved};

const INVALID: &str = "money.invalid";

/// Multiples as a power of ten, in lower case.
const MULTIPLES: &[(&str, u32)] = &[
    ("k", 3),
    ("thousand", 3),
    ("m", 6),
    ("mn", 6),
    ("mio", 6),
    ("million", 6),
    ("millions", 6),
    ("bn", 9),
    ("billion", 9),
    ("l", 5),
    ("lac", 5),
    ("lacs", 5),
    ("lakh", 5),
    ("lakhs", 5),
    ("cr", 7),
    ("crore", 7),
    ("crores", 7),
];

/// `1.234,56 EUR`, `$1,234.56`, `1 234`, `45k`, `1,50,000`, `1.9 Cr`, `1.5E7`. A currency in the cell goes before the
/// profile's.
pub(super) fn money(cleaned: Resolved, context: &Context) -> Outcome {
    let stated = context.currency.as_deref();
    let parts = split(&cleaned.value, stated)?;
    let currency = match parts.currency {
        Some(Sign::Code(code)) => Some(code),
        Some(Sign::Unclear) => return Err("money.currency_unknown"),
        None => stated,
    };
    let digits = currency.and_then(minor_digits).unwrap_or(2);
    let number = plain_number(&parts.number).ok_or(INVALID)?;
    // What the column says of its decimals goes before what is usual for prices.
    let number = number.by(context.decimal);
    let (number, grouped) = group(number, parts.power.is_some(), digits)?;
    let scale = i64::try_from(digits).unwrap_or(2) + i64::from(parts.power.unwrap_or(0)) + i64::from(parts.exponent);
    let (units, rounded) = scaled(&number, scale)?;
    let sign = if (number.negative != parts.negative) && units != "0" { "-" } else { "" };
    let value = currency.map_or_else(|| format!("{sign}{units}"), |code| format!("{sign}{units} {code}"));
    let mut resolved = cleaned.then(value, "money");
    resolved.steps.extend(grouped.then(|| format!("`{}` separates groups", number.separator)));
    resolved.steps.extend((parts.currency.is_none()).then(|| stated.map(|code| format!("assume {code}"))).flatten());
    resolved.steps.extend(rounded.then(|| "round to minor unit".to_owned()));
    Ok(resolved)
}

struct Parts {
    number: String,
    currency: Option<Sign>,
    power: Option<u32>,
    exponent: i32,
    negative: bool,
}

/// Separates the number from the words and signs before and behind it.
fn split(text: &str, stated: Option<&str>) -> Result<Parts, &'static str> {
    let mut text = text.trim();
    let mut negative = false;
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (text, negative) = (inner.trim(), true);
    }
    let first = text.find(|c: char| c.is_ascii_digit()).ok_or(INVALID)?;
    let start =
        if text[..first].ends_with('.') && !text[..first].to_lowercase().ends_with("rs.") { first - 1 } else { first };
    let last = text.rfind(|c: char| c.is_ascii_digit()).ok_or(INVALID)?;
    let (before, number, after) = (&text[..start], &text[start..=last], &text[last + 1..]);
    let mut parts = Parts { number: number.to_owned(), currency: None, power: None, exponent: 0, negative };
    if let Some((mantissa, exponent)) = number.split_once(['E', 'e']) {
        parts.number = mantissa.to_owned();
        parts.exponent = exponent.parse().ok().filter(|power: &i32| power.abs() <= 15).ok_or(INVALID)?;
    }
    for (affix, is_after) in [(before, false), (after, true)] {
        for word in
            affix.trim_end_matches("/-").split(|c: char| c.is_whitespace() || c == '/').filter(|word| !word.is_empty())
        {
            take_word(&mut parts, word, is_after, stated)?;
        }
    }
    Ok(parts)
}

fn take_word(parts: &mut Parts, word: &str, is_after: bool, stated: Option<&str>) -> Result<(), &'static str> {
    let unsigned = word.trim_matches(['-', '\u{2212}', '+', '\u{2013}']);
    if word.contains(['-', '\u{2212}', '\u{2013}']) {
        parts.negative = !parts.negative;
    }
    if unsigned.is_empty() {
        return Ok(());
    }
    let lower = unsigned.to_lowercase();
    let multiple = MULTIPLES.iter().find(|(name, _)| *name == lower.trim_end_matches('.'));
    if let (Some((_, power)), true, None) = (multiple, is_after, parts.power) {
        parts.power = Some(*power);
        return Ok(());
    }
    if parts.currency.is_none()
        && let Some(sign) = named(unsigned, stated)
    {
        parts.currency = Some(sign);
        return Ok(());
    }
    // A multiple and a sign without a blank: `45k€`.
    let glued = lower.char_indices().skip(1).map(|(at, _)| at).find_map(|at| {
        let (head, tail) = lower.split_at(at);
        let power = MULTIPLES.iter().find(|(name, _)| *name == head)?.1;
        Some((power, named(tail, stated)?))
    });
    match glued {
        Some((power, sign)) if is_after && parts.power.is_none() && parts.currency.is_none() => {
            (parts.power, parts.currency) = (Some(power), Some(sign));
            Ok(())
        }
        _ => Err(INVALID),
    }
}

/// One separator before three digits separates groups: no price has three decimals, where the currency has two or none. A
/// multiple behind it (`1.234k`) says decimals; a currency of three decimals leaves it open.
fn group(number: Plain, has_multiple: bool, minor: usize) -> Result<(Plain, bool), &'static str> {
    if !number.ambiguous || has_multiple {
        return Ok((number, false));
    }
    if minor > 2 {
        return Err("number.ambiguous");
    }
    Ok((number.grouped(), true))
}

/// The digits moved by `scale` places, rounded half up, and whether anything was rounded away.
fn scaled(number: &Plain, scale: i64) -> Result<(String, bool), &'static str> {
    let digits = format!("{}{}", number.whole, number.fraction);
    let shift = scale - i64::try_from(number.fraction.len()).map_err(|_| INVALID)?;
    let value: i128 = digits.parse().map_err(|_| INVALID)?;
    let power = 10_i128.checked_pow(u32::try_from(shift.unsigned_abs()).map_err(|_| INVALID)?).ok_or(INVALID)?;
    let (units, rest) = if shift >= 0 {
        (value.checked_mul(power).ok_or(INVALID)?, 0)
    } else {
        ((value + power / 2) / power, value % power)
    };
    // Stored as a 64-bit integer further on.
    i64::try_from(units).map_err(|_| INVALID)?;
    Ok((units.to_string(), rest != 0))
}
