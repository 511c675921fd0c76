//! Messages (RFC 5322 and MIME), one or a mailbox of them, to a staged table: one row a message.
//!
//! `Date` is ISO 8601 with the sender's offset, or as written if it is no date. `From` holds the address and `From name` the
//! name; the other addresses are written `Name <address>`, several joined by `; `. `Body` is the plain text, else the text
//! of the page; `Attachments` are the names of files, or their type where they have none. `Labels` are Gmail's. Encoded
//! words and charsets are decoded. What else a message holds stays in the stored bytes, at the place of the row.

use std::borrow::Cow;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use encoding_rs::UTF_8;
use mail_parser::{Address, Encoding, HeaderName, HeaderValue, Message, MessageParser, MimeHeaders, PartType};
use velocity_model::{BlobId, Severity, StagedTable, TableFormat};

use crate::encoding::{self, Detected};
use crate::frame::{Builder, Staged, note};
use crate::stored_text::{StoredText, opening};
use crate::{ReadError, mbox};

const HEADERS: [&str; 15] = [
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

/// Headers that only messages have.
const CERTAIN: [&str; 7] =
    ["Content-Type", "Delivered-To", "DKIM-Signature", "Message-ID", "MIME-Version", "Received", "Return-Path"];
/// Headers that the head of a report may have too, and so say nothing without an address.
const POSSIBLE: [&str; 7] = ["Cc", "Date", "From", "Reply-To", "Sender", "Subject", "To"];

/// Most messages inside messages. Each is dropped inside the one around it, which takes stack.
const MOST_NESTED: usize = 500;

const BETWEEN: &str = "; ";
const LABELS: &str = "X-Gmail-Labels";

/// Whether the bytes are a mailbox or a message.
pub(crate) fn detect(bytes: &[u8]) -> bool {
    let opening = opening(bytes);
    mbox::begins(&opening) || is_message(&opening)
}

/// A message begins with headers, of which two are well known and one has an address or is of messages only; or one is of
/// messages only and a blank line follows.
fn is_message(text: &[u8]) -> bool {
    let (mut known, mut certain, mut addresses, mut is_ended) = (0, 0, 0, false);
    for line in text.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        is_ended = line.is_empty();
        if matches!(line.first(), Some(b' ' | b'\t')) && known > 0 {
            continue;
        }
        let Some(name) = mbox::header_name(line) else { break };
        let is_in = |names: &[&str]| names.iter().any(|one| one.eq_ignore_ascii_case(name));
        let (is_certain, is_possible) = (is_in(&CERTAIN), is_in(&POSSIBLE));
        known += u32::from(is_certain || is_possible);
        certain += u32::from(is_certain);
        addresses += u32::from(is_possible && line.contains(&b'@'));
    }
    (known >= 2 && certain + addresses > 0) || (certain > 0 && is_ended)
}

/// Reads messages.
pub(crate) fn read(bytes: &[u8], blob: BlobId) -> Result<Staged, ReadError> {
    // A message says its encodings itself, and an attachment may make it look like no text at all.
    let found = encoding::detect(&bytes[..bytes.len().min(64 * 1024)]).ok();
    let found = found.filter(|found| found.start > 0 || !found.encoding.is_ascii_compatible());
    let text = StoredText::new(bytes, found.unwrap_or(Detected { encoding: UTF_8, start: 0, guessed: false }));
    let mut places = text.places();
    let mut builder = Builder::new(HEADERS.len(), &[]);
    let (mut damaged, mut first_damaged) = (0_u64, 0);
    let first = text.start + text.bytes[text.start..].len() - text.bytes[text.start..].trim_ascii_start().len();
    let is_mailbox = mbox::begins(&text.bytes[first..]);
    let messages = if is_mailbox { mbox::messages(&text.bytes, text.start) } else { vec![whole(&text.bytes, first)] };
    for mbox::Span { line, span, message } in messages {
        let place = places.of(line, &span);
        let message = &text.bytes[message..span.end];
        let message = if is_mailbox { mbox::unquoted(message) } else { Cow::Borrowed(message) };
        // The parser is lenient and well tested, but not ours; and one message must not stop an import.
        match catch_unwind(AssertUnwindSafe(|| cells(&message))) {
            Ok(Some(cells)) if cells.iter().all(|cell| cell.trim().is_empty()) => {
                let message = "the message is empty; nothing to mend".to_owned();
                builder.set_aside(place, "read.empty_message", message, vec![text.raw(&span)]);
            }
            Ok(Some(cells)) => {
                if cells.iter().any(|cell| cell.contains(char::REPLACEMENT_CHARACTER)) {
                    first_damaged = if damaged == 0 { line } else { first_damaged };
                    damaged += 1;
                }
                // A part that says it is text and is none may hold NUL bytes; the message is worth more than they are.
                builder.push(place, &cells.map(|cell| cell.replace('\0', "")));
            }
            Ok(None) | Err(_) => {
                let message = format!("the message on line {line} has no header that could be read; export it again");
                builder.set_aside(place, "read.bad_message", message, vec![text.raw(&span)]);
            }
        }
    }
    let mut staged = builder.finish(StagedTable {
        blob,
        table: 0,
        name: None,
        format: TableFormat::Mail,
        encoding: text.stored.name().to_owned(),
        delimiter: None,
        header_row: None,
        headers: HEADERS.map(str::to_owned).to_vec(),
        preamble: Vec::new(),
        rows: 0,
        quarantined: Vec::new(),
        issues: Vec::new(),
    });
    if damaged > 0 {
        let message =
            format!("{damaged} messages have bytes that are not of the encoding they state; look at their texts");
        let issue = note(Severity::Warning, "read.bad_encoding", message);
        staged.table.issues.push(velocity_model::Issue { row: Some(first_damaged), ..issue });
    }
    Ok(staged)
}

/// A file that is one message.
fn whole(bytes: &[u8], first: usize) -> mbox::Span {
    let line = 1 + bytes[..first].iter().filter(|byte| **byte == b'\n').count() as u64;
    mbox::Span { line, span: first..bytes.len(), message: first }
}

/// The cells of a message; `None` if it has no headers.
fn cells(raw: &[u8]) -> Option<[String; HEADERS.len()]> {
    let readable = readable_headers(raw);
    let parser = MessageParser::new()
        .with_minimal_headers()
        .with_message_ids()
        .header_address(HeaderName::Sender)
        .header_text(LABELS);
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
    let bare: Vec<u8> = lines().filter(|line| std::str::from_utf8(line).is_err()).flatten().copied().collect();
    if bare.is_empty() {
        return Cow::Borrowed(raw);
    }
    let encoding = encoding::detect(&bare).map_or(UTF_8, |found| found.encoding);
    let mut text = Vec::with_capacity(raw.len());
    for line in lines() {
        match std::str::from_utf8(line) {
            Ok(_) => text.extend_from_slice(line),
            Err(_) => text.extend_from_slice(encoding.decode_without_bom_handling(line).0.as_bytes()),
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

#[cfg(test)]
mod tests;
