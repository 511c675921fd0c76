//! One message: its headers, its text and the names of its files.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::UTF_8;
use mail_parser::{Address, Encoding, HeaderName, HeaderValue, Message, MessageParser, MimeHeaders, PartType};

use crate::encoding;

/// Columns of a message.
pub(crate) const HEADERS: [&str; 15] = [
    "Message-ID",
    "Date",
    "From",
    "From name",
    "To",
    "Cc",
    "Bcc",
    "Reply-To",
    "Subject",
    "In-Reply-To",
    "References",
    "Labels",
    "Body",
    "Attachments",
    "Sender",
];

/// Most messages inside messages. Each is dropped inside the one around it, which takes stack.
const MOST_NESTED: usize = 500;

const BETWEEN: &str = "; ";
const LABELS: &str = "X-Gmail-Labels";

/// A parser for the headers that have a column.
pub(crate) fn parser() -> MessageParser {
    MessageParser::new()
        .with_minimal_headers()
        .with_message_ids()
        .header_address(HeaderName::Sender)
        .header_text(LABELS)
}

/// The cells of a message; `None` if it has no headers.
pub(crate) fn cells(parser: &MessageParser, raw: &[u8]) -> Option<[String; HEADERS.len()]> {
    let readable = readable_headers(raw);
    let is_too_deep = nested(&readable) > MOST_NESTED;
    let message = if is_too_deep { parser.parse_headers(&*readable) } else { parser.parse(&*readable) }?;
    let addresses = |name: HeaderName<'static>| all(&message, name, addresses);
    let from = |part: fn(&mail_parser::Addr<'_>) -> Option<String>| {
        let found: Vec<String> = message.from().iter().flat_map(|from| from.iter()).filter_map(part).collect();
        found.join(BETWEEN)
    };
    let cells = [
        all(&message, HeaderName::MessageId, texts),
        date(&message),
        from(|one| one.address().map(str::to_owned)),
        from(|one| one.name().map(str::to_owned)),
        addresses(HeaderName::To),
        addresses(HeaderName::Cc),
        addresses(HeaderName::Bcc),
        addresses(HeaderName::ReplyTo),
        all(&message, HeaderName::Subject, texts),
        all(&message, HeaderName::InReplyTo, texts),
        all(&message, HeaderName::References, texts),
        all(&message, HeaderName::Other(LABELS.into()), texts),
        if is_too_deep { String::from_utf8_lossy(raw).into_owned() } else { body(&message) },
        attachments(&message),
        addresses(HeaderName::Sender),
    ];
    Some(cells)
}

/// Headers in which letters beyond ASCII stand bare are decoded first, because the parser takes them for UTF-8.
fn readable_headers(raw: &[u8]) -> Cow<'_, [u8]> {
    let end = end_of_headers(raw);
    let lines = || raw[..end].split_inclusive(|byte| *byte == b'\n');
    // Inside an encoded word they are of the charset of the word.
    let is_bare = |line: &[u8]| std::str::from_utf8(line).is_err() && !line.windows(2).any(|pair| pair == b"=?");
    let bare: Vec<u8> = lines().filter(|line| is_bare(line)).flatten().copied().collect();
    if bare.is_empty() {
        return Cow::Borrowed(raw);
    }
    let encoding = encoding::detect(&bare).map_or(UTF_8, |found| found.encoding);
    let mut text = Vec::with_capacity(raw.len());
    for line in lines() {
        if is_bare(line) {
            text.extend_from_slice(encoding.decode_without_bom_handling(line).0.as_bytes());
        } else {
            text.extend_from_slice(line);
        }
    }
    text.extend_from_slice(&raw[end..]);
    Cow::Owned(text)
}

fn end_of_headers(raw: &[u8]) -> usize {
    let lines = raw.split_inclusive(|byte| *byte == b'\n');
    lines.take_while(|line| !line.trim_ascii().is_empty()).map(<[u8]>::len).sum()
}

/// At least as many as there are messages inside messages.
fn nested(raw: &[u8]) -> usize {
    let words: [&[u8]; 3] = [b"rfc822", b"global", b"digest"];
    let is_word = |at: usize| words.iter().any(|word| raw[at..at + 6].eq_ignore_ascii_case(word));
    (0..raw.len().saturating_sub(5)).filter(|at| is_word(*at)).count()
}

/// All headers of a name, each written by `write`.
fn all(message: &Message<'_>, name: HeaderName<'static>, write: fn(&HeaderValue<'_>) -> Vec<String>) -> String {
    let headers = message.root_part().headers.iter().filter(|header| header.name == name);
    let mut values: Vec<String> = headers.flat_map(|header| write(&header.value)).collect();
    // Some systems write a header twice.
    values.dedup();
    values.join(BETWEEN)
}

fn texts(value: &HeaderValue<'_>) -> Vec<String> {
    match value {
        HeaderValue::Text(text) => vec![text.to_string()],
        HeaderValue::TextList(texts) => texts.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

fn addresses(value: &HeaderValue<'_>) -> Vec<String> {
    match value {
        HeaderValue::Address(Address::List(list)) => list.iter().map(address).collect(),
        HeaderValue::Address(Address::Group(groups)) => groups
            .iter()
            .flat_map(|group| match &group.name {
                Some(name) if group.addresses.is_empty() => vec![name.to_string()],
                _ => group.addresses.iter().map(address).collect(),
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn address(one: &mail_parser::Addr<'_>) -> String {
    match (one.name(), one.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    }
}

/// The date in ISO 8601, or as it is written.
fn date(message: &Message<'_>) -> String {
    match message.date() {
        Some(date) if date.is_valid() => date.to_rfc3339(),
        _ => message.header_raw(HeaderName::Date).unwrap_or_default().trim().to_owned(),
    }
}

/// The plain text, else the text of the page.
fn body(message: &Message<'_>) -> String {
    let mut body = String::new();
    for number in 0..message.text_body_count() {
        let Some(text) = bare_text(message, number).map(Cow::Owned).or_else(|| message.body_text(number)) else {
            continue;
        };
        if !body.is_empty() && !body.ends_with('\n') {
            body.push('\n');
        }
        body.push_str(&text.replace("\r\n", "\n"));
    }
    body.truncate(body.trim_end().len());
    body
}

/// The text of a part whose bytes are not of the encoding it states, or that states none: by a guess.
fn bare_text(message: &Message<'_>, number: usize) -> Option<String> {
    let part = message.text_part(number as u32)?;
    let PartType::Text(text) = &part.body else { return None };
    if !text.contains(char::REPLACEMENT_CHARACTER) || part.encoding != Encoding::None {
        return None;
    }
    let span: Range<usize> = part.offset_body as usize..part.offset_end as usize;
    let raw = message.raw_message.get(span)?;
    let found = encoding::detect(raw).ok()?;
    found.encoding.decode_without_bom_handling_and_without_replacement(raw).map(Cow::into_owned)
}

/// Names of the attached files, or their types.
fn attachments(message: &Message<'_>) -> String {
    let names = message.attachments().map(|part| match (part.attachment_name(), part.content_type()) {
        (Some(name), _) => name.to_owned(),
        (None, Some(kind)) => format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("*")),
        (None, None) => "text/plain".to_owned(),
    });
    names.collect::<Vec<_>>().join(BETWEEN)
}
