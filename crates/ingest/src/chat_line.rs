//! How WhatsApp begins a message: `22/03/2020, 19:05 - ` on Android, `[22.03.20, 19:05:12] ` on iOS, both in the manner of the
//! phone's language: its separators, digits and words for the half of the day.

use std::ops::Range;

/// The beginning of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// Date as written.
    pub(crate) date: String,
    /// Time of day as written, with the word for the half of the day.
    pub(crate) time: String,
    /// Where the text of the line begins, in bytes.
    pub(crate) behind: usize,
    pub(crate) shape: Shape,
}

/// What all messages of one file have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) is_bracketed: bool,
    /// Between the parts of a date.
    separator: char,
    pub(crate) has_comma: bool,
    pub(crate) has_seconds: bool,
    /// Whether the year stands first, with four digits: so writes many another program too.
    pub(crate) is_year_first: bool,
}

/// Longest beginning, in characters.
const LONGEST: usize = 64;

/// Longest words between date and time, or behind the time, in characters.
const LONGEST_WORDS: usize = 16;

/// Words between date and time that say nothing of the time.
const LINKS: [&str; 9] = ["klo", "kl.", "kl", "à", "às", "at", "om", "um", "alle"];

/// Marks of the direction of writing, and of a byte order in the wrong place: nobody sees them.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The text without the marks around it.
pub(crate) fn unmarked(text: &str) -> &str {
    text.trim_matches(|c: char| is_mark(c) || c.is_whitespace())
}

/// Decimal digits of the scripts in which WhatsApp writes dates.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{966}'..='\u{96f}' | '\u{9e6}'..='\u{9ef}')
}

/// The beginning of a message, if the line is one.
pub(crate) fn head(line: &str) -> Option<Head> {
    let open = line.find(|c: char| !is_mark(c))?;
    let inner = &line[open..];
    let (stamp, behind, is_bracketed) = match inner.strip_prefix('[') {
        Some(inside) => {
            let end = within(inside, "]")?;
            (&inside[..end], open + 1 + end + 1, true)
        }
        None => {
            if !inner.starts_with(is_digit) {
                return None;
            }
            let end = within(inner, " - ").or_else(|| within(inner, " \u{2013} "))?;
            let dash = inner[end + 1..].chars().next().map_or(1, char::len_utf8);
            (&inner[..end], open + end + dash + 2, false)
        }
    };
    let (date, between, separator, is_year_first) = date(stamp)?;
    let has_comma = stamp[between..].trim_start_matches(is_mark).starts_with([',', '\u{60c}']);
    let (time, has_seconds) = time(&stamp[between..])?;
    let shape = Shape { is_bracketed, separator, has_comma, has_seconds, is_year_first };
    Some(Head { date: bare(&stamp[date]), time, behind, shape })
}

/// Where `sign` stands near the beginning of a text.
fn within(text: &str, sign: &str) -> Option<usize> {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    text[..end].find(sign)
}

/// Without the marks in it.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).collect::<String>().trim().to_owned()
}

/// Where a date of three numbers stands, where what follows begins, what separates the numbers, and whether a year of four digits
/// comes first.
fn date(stamp: &str) -> Option<(Range<usize>, usize, char, bool)> {
    let (mut at, mut separator, mut lengths) = (0, ' ', [0; 3]);
    for (number, length) in lengths.iter_mut().enumerate() {
        let digits = stamp[at..].char_indices().take_while(|(_, c)| is_digit(*c));
        let (count, end) = digits.fold((0, at), |(count, _), (from, c)| (count + 1, at + from + c.len_utf8()));
        if !matches!(count, 1 | 2 | 4) {
            return None;
        }
        (*length, at) = (count, end);
        let rest = &stamp[at..];
        let signs = rest.trim_start_matches(is_mark);
        let found = signs.chars().next()?;
        let is_sign = matches!(found, '.' | '/' | '-' | '\u{5e74}' | '\u{6708}' | '\u{65e5}');
        if number == 2 {
            // `2020. 3. 22.` and `2020年3月22日` close the date too.
            at += if is_sign { rest.len() - signs.len() + found.len_utf8() } else { 0 };
            continue;
        }
        if !is_sign || (number == 1 && separator != found && separator.is_ascii()) {
            return None;
        }
        separator = if number == 0 { found } else { separator };
        at = stamp.len() - signs[found.len_utf8()..].trim_start_matches(|c: char| is_mark(c) || c == ' ').len();
    }
    let years = lengths.iter().filter(|length| **length == 4).count();
    (years <= 1 && lengths[1] <= 2).then_some((0..at, at, separator, lengths[0] == 4))
}

/// The time of day in what stands behind the date, and whether it has seconds.
fn time(text: &str) -> Option<(String, bool)> {
    let text = bare(text);
    let text = text.trim_start_matches([',', '\u{60c}']).trim();
    let start = text.find(is_digit)?;
    let before = text[..start].trim();
    let end = text[start..].find(|c: char| !is_digit(c) && !matches!(c, ':' | '.')).map_or(text.len(), |at| start + at);
    let (digits, after) = (text[start..end].trim_end_matches('.'), text[end..].trim());
    let parts: Vec<usize> = digits.split([':', '.']).map(|part| part.chars().count()).collect();
    let is_time = matches!(parts.as_slice(), [1 | 2, 2] | [1 | 2, 2, 2]);
    let is_words =
        |text: &str| text.chars().count() <= LONGEST_WORDS && text.chars().all(|c| c.is_alphabetic() || is_part(c));
    if !is_time || !is_words(before) || !is_words(after) {
        return None;
    }
    let is_link = LINKS.iter().any(|link| link.eq_ignore_ascii_case(before));
    let time = if is_link || before.is_empty() { text[start..].to_owned() } else { text.to_owned() };
    Some((time, parts.len() == 3))
}

/// Signs inside words such as `p. m.` and combining signs of Indic scripts.
fn is_part(c: char) -> bool {
    c.is_whitespace() || c == '.' || matches!(c, '\u{900}'..='\u{97f}')
}

#[cfg(test)]
mod tests;
