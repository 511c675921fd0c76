//! Content lines of vCard and iCalendar (RFC 6350 and 5545, vCard 2.1 and vCalendar 1.0): `group.NAME;PARAM=x:value`,
//! unfolded and decoded, without losing where they stand.
//!
//! Lines are joined as bytes, because careless writers fold in the middle of a character; and each value is decoded
//! by itself, because vCard 2.1 states the charset for each value. What is no content line is given as a stray line.

use std::ops::Range;

use encoding_rs::Encoding;

use crate::content_value::{base64, decode, is_data_uri, unescape, unquote_printable};

/// A content line.
#[derive(Clone, Debug)]
pub(crate) struct ContentLine {
    pub(crate) group: Option<String>,
    /// In upper case.
    pub(crate) name: String,
    /// Names in upper case; values without their quotes. A bare parameter of vCard 2.1 is a `TYPE` or `ENCODING`.
    pub(crate) params: Vec<(String, String)>,
    pub(crate) value: Value,
    /// Whether a byte was not of the encoding that is stated, and the value is a guess.
    pub(crate) guessed: bool,
}

/// The value of a content line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Text with its escapes.
    Text(String),
    /// An inline picture, key or other file.
    Binary,
}

/// A logical line.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Physical line on which it begins, from 1.
    pub(crate) number: u64,
    /// Its bytes, without the last line end.
    pub(crate) span: Range<usize>,
    /// The content line, or the text if it is none.
    pub(crate) content: Result<ContentLine, String>,
}

/// Properties whose values in Base64 are never text.
const BINARY: [&str; 6] = ["ATTACH", "IMAGE", "KEY", "LOGO", "PHOTO", "SOUND"];

/// Longest name of a property, in bytes; what is longer is text that happens to hold a colon.
const LONGEST_NAME: usize = 80;

/// Splits a text into logical lines.
pub(crate) struct ContentLines<'a> {
    bytes: &'a [u8],
    encoding: &'static Encoding,
    at: usize,
    number: u64,
}

impl<'a> ContentLines<'a> {
    pub(crate) fn new(bytes: &'a [u8], start: usize, encoding: &'static Encoding) -> Self {
        Self { bytes, encoding, at: start, number: 1 }
    }

    /// The physical line at the current place, and where the one behind it begins.
    fn physical(&self) -> Option<(Range<usize>, usize)> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let len = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let ending = if rest[len..].starts_with(b"\r\n") { 2 } else { 1 };
        Some((self.at..self.at + len, (self.at + len + ending).min(self.bytes.len())))
    }

    fn go_behind(&mut self, next: usize) {
        self.at = next;
        self.number += 1;
    }

    /// Takes the next physical line if it belongs to the line before it. Blank lines between them are passed over.
    fn take_if(&mut self, belongs: impl Fn(&[u8]) -> bool, skip_blank: bool) -> Option<Range<usize>> {
        let here = (self.at, self.number);
        while let Some((span, next)) = self.physical() {
            let text = &self.bytes[span.clone()];
            if belongs(text) {
                self.go_behind(next);
                return Some(span);
            }
            if !text.is_empty() || !skip_blank {
                break;
            }
            self.go_behind(next);
        }
        (self.at, self.number) = here;
        None
    }
}

impl Iterator for ContentLines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let bytes = self.bytes;
        let (mut span, next) = loop {
            let (span, next) = self.physical()?;
            if !bytes[span.clone()].trim_ascii().is_empty() {
                break (span, next);
            }
            self.go_behind(next);
        };
        let number = self.number;
        self.go_behind(next);
        let first = &bytes[span.clone()];
        // Files that were put one behind the other keep their byte order marks.
        let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first).trim_ascii_start();
        let is_quoted_printable = says(first, b"QUOTED-PRINTABLE");
        let mut joined = first.to_vec();
        let mut last = first;
        loop {
            let is_soft = is_quoted_printable && last.trim_ascii_end().ends_with(b"=");
            let taken = if is_soft {
                self.take_if(|text| !is_bound(text), false)
            } else {
                self.take_if(|text| matches!(text.first(), Some(b' ' | b'\t')), true)
            };
            let Some(taken) = taken else { break };
            span.end = taken.end;
            if is_soft {
                let blanks = last.len() - last.trim_ascii_end().len();
                joined.truncate(joined.len().saturating_sub(blanks + 1));
                last = &bytes[taken];
            } else {
                last = bytes[taken].split_first().map_or(&[], |(_, rest)| rest);
            }
            joined.extend_from_slice(last);
        }
        if says(first, b"BASE64") || says(first, b"ENCODING=B") {
            // Some writers do not indent Base64.
            while let Some(taken) = self.take_if(is_base64, false) {
                span.end = taken.end;
                joined.extend_from_slice(&bytes[taken]);
            }
        }
        let content = parse(&joined, self.encoding).ok_or_else(|| decode(&joined, None, self.encoding).0);
        Some(Line { number, span, content })
    }
}

/// Whether the part of a line before its value holds a word.
fn says(line: &[u8], word: &[u8]) -> bool {
    let head = line.split(|byte| *byte == b':').next().unwrap_or_default();
    let head = &head[..head.len().min(1024)];
    head.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word))
}

/// Whether a line begins or ends a component: such a line never belongs to a value.
fn is_bound(line: &[u8]) -> bool {
    let begins = |word: &[u8]| line.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    begins(b"BEGIN:") || begins(b"END:")
}

fn is_base64(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    !line.is_empty() && line.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}

/// A joined line; `None` if it is no content line.
fn parse(line: &[u8], encoding: &'static Encoding) -> Option<ContentLine> {
    let colon = unquoted(line, b':').next().or_else(|| line.iter().position(|byte| *byte == b':'))?;
    let (head, raw) = (&line[..colon], line.get(colon + 1..).unwrap_or_default());
    let mut parts = Vec::new();
    let mut from = 0;
    for at in unquoted(head, b';').chain([head.len()]) {
        parts.push(&head[from..at]);
        from = at + 1;
    }
    let (name, params) = parts.split_first()?;
    let name = std::str::from_utf8(name.trim_ascii()).ok()?.to_ascii_uppercase();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if name.len() > LONGEST_NAME || !name.chars().all(is_name) || (raw.starts_with(b"//") && is_scheme(&name)) {
        return None;
    }
    let (group, name) = name.rsplit_once('.').map_or((None, name.as_str()), |(group, name)| (Some(group), name));
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let params: Vec<(String, String)> = params
        .iter()
        .map(|param| decode(param.trim_ascii(), None, encoding).0)
        .filter_map(|text| param(&text))
        .collect();
    let find = |wanted: &str| params.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let charset = find("CHARSET").and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    let transfer = find("ENCODING").unwrap_or_default().to_ascii_uppercase();
    let (value, guessed) = match transfer.as_str() {
        "QUOTED-PRINTABLE" => text(&unquote_printable(raw), charset, encoding),
        "B" | "BASE64" if find("VALUE").is_none_or(|value| !value.eq_ignore_ascii_case("uri")) => {
            let blanks_off: Vec<u8> = raw.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
            let decoded = Some(name).filter(|name| !BINARY.contains(name)).and_then(|_| base64(&blanks_off));
            let decoded = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
            (decoded.map_or(Value::Binary, Value::Text), false)
        }
        _ if is_data_uri(raw) => (Value::Binary, false),
        _ => text(raw, charset, encoding),
    };
    Some(ContentLine { group: group.map(str::to_owned), name: name.to_owned(), params, value, guessed })
}

/// Whether the text before a colon begins an address of the web, and so is no name of a property.
fn is_scheme(name: &str) -> bool {
    matches!(name, "HTTP" | "HTTPS" | "FTP" | "FILE")
}

/// A parameter; quotes are taken off and carets decoded (RFC 6868).
fn param(text: &str) -> Option<(String, String)> {
    let Some((name, value)) = text.split_once('=') else {
        let is_encoding =
            ["QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"].iter().any(|one| text.eq_ignore_ascii_case(one));
        let name = if is_encoding { "ENCODING" } else { "TYPE" };
        return (!text.is_empty()).then(|| (name.to_owned(), text.to_owned()));
    };
    let value = value.replace('"', "").replace("^n", "\n").replace("^'", "\"").replace("^^", "^");
    Some((name.trim().to_ascii_uppercase(), unescape(value.trim())))
}

/// Where a byte stands outside double quotes and without a backslash before it.
fn unquoted(bytes: &[u8], wanted: u8) -> impl Iterator<Item = usize> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    bytes.iter().enumerate().filter_map(move |(at, byte)| {
        is_quoted ^= *byte == b'"';
        let is_found = *byte == wanted && !is_quoted && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        is_found.then_some(at)
    })
}

fn text(raw: &[u8], charset: Option<&'static Encoding>, file: &'static Encoding) -> (Value, bool) {
    let (text, guessed) = decode(raw, charset, file);
    (Value::Text(text), guessed)
}

#[cfg(test)]
mod tests;
