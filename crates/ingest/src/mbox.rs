//! Splitting a mailbox file into its messages.
//!
//! Few writers quote every line of a body that begins with `From `. So a message begins only where such a line stands at
//! the beginning or behind a blank line, is followed by a header, and looks as the first one of the file does.

use std::borrow::Cow;
use std::ops::Range;

/// A message of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// Line on which it begins, from 1.
    pub(crate) line: u64,
    /// Its bytes with the separator, without the line ends behind it.
    pub(crate) span: Range<usize>,
    /// Where the message itself begins.
    pub(crate) message: usize,
}

const SEPARATOR: &[u8] = b"From ";

/// Longest name of a header, in bytes.
const LONGEST_NAME: usize = 80;

/// Whether a mailbox begins here.
pub(crate) fn begins(text: &[u8]) -> bool {
    let (first, rest) = line(text);
    first.starts_with(SEPARATOR) && header_name(line(rest).0).is_some()
}

/// The messages of a mailbox.
pub(crate) fn messages(bytes: &[u8], start: usize) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let (mut at, mut number) = (start, 1);
    let mut is_behind_blank = true;
    let mut is_dated = false;
    while at < bytes.len() {
        let (text, rest) = line(&bytes[at..]);
        let next = bytes.len() - rest.len();
        let is_first = found.is_empty();
        if is_behind_blank && begins(&bytes[at..]) && (is_first || !is_dated || has_date(text)) {
            is_dated |= is_first && has_date(text);
            close(bytes, &mut found, at);
            found.push(Span { line: number, span: at..bytes.len(), message: next });
        }
        is_behind_blank = text.is_empty();
        at = next;
        number += 1;
    }
    close(bytes, &mut found, bytes.len());
    found
}

/// Ends the last message before `end`.
fn close(bytes: &[u8], found: &mut [Span], end: usize) {
    if let Some(last) = found.last_mut() {
        last.span.end = last.message.max(last.span.start + bytes[last.span.start..end].trim_ascii_end().len());
    }
}

/// The first line without its line end, and what is behind it.
fn line(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| *byte == b'\n').unwrap_or(text.len());
    let line = &text[..end];
    (line.strip_suffix(b"\r").unwrap_or(line), text.get(end + 1..).unwrap_or_default())
}

/// The name of a header, if the line is one.
pub(crate) fn header_name(line: &[u8]) -> Option<&str> {
    let colon = line[..line.len().min(LONGEST_NAME)].iter().position(|byte| *byte == b':')?;
    let name = line[..colon].trim_ascii_end();
    let is_name = !name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic() && !b",;\"<>()[]@".contains(byte));
    std::str::from_utf8(name).ok().filter(|_| is_name)
}

/// Whether a separator says when the message came: a time and a year.
pub(crate) fn has_date(separator: &[u8]) -> bool {
    let words = || separator.split(u8::is_ascii_whitespace);
    let is_digits = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_digit);
    let is_time = |word: &[u8]| word.contains(&b':') && word.split(|byte| *byte == b':').all(is_digits);
    words().any(is_time) && words().any(|word| word.len() == 4 && is_digits(word))
}

/// A message without the `>` that the mailbox put before lines which begin with `From `.
pub(crate) fn unquoted(message: &[u8]) -> Cow<'_, [u8]> {
    let is_quoted = |line: &[u8]| {
        let behind = line.iter().position(|byte| *byte != b'>').unwrap_or(line.len());
        behind > 0 && line[behind..].starts_with(SEPARATOR)
    };
    if !message.split(|byte| *byte == b'\n').any(is_quoted) {
        return Cow::Borrowed(message);
    }
    let mut text = Vec::with_capacity(message.len());
    for line in message.split_inclusive(|byte| *byte == b'\n') {
        text.extend_from_slice(if is_quoted(line) { &line[1..] } else { line });
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests;
