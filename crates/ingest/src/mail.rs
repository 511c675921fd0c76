//! Messages (RFC 5322 and MIME), one or a mailbox of them, to a staged table: one row a message.
//!
//! `Date` is ISO 8601 with the sender's offset, or as written if it is no date. `From` holds the address and `From name` the
//! name; the other addresses are written `Name <address>`, several joined by `; `. `Body` is the plain text, else the text
//! of the page; `Attachments` are the names of files, or their type where they have none. `Labels` are Gmail's. Encoded
//! words and charsets are decoded. What else a message holds stays in the stored bytes, at the place of the row.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use velocity_model::{BlobId, Issue, Severity, StagedTable, TableFormat};

use crate::encoding::{self, Detected};
use crate::frame::{Builder, Staged, note};
use crate::message::{self, HEADERS};
use crate::stored_text::{StoredText, opening};
use crate::{ReadError, mbox};

/// Headers that only messages have.
const CERTAIN: [&str; 7] =
    ["Content-Type", "Delivered-To", "DKIM-Signature", "Message-ID", "MIME-Version", "Received", "Return-Path"];
/// Headers that the head of a report may have too, and so say nothing without an address.
const POSSIBLE: [&str; 7] = ["Cc", "Date", "From", "Reply-To", "Sender", "Subject", "To"];

/// Whether the bytes are a mailbox or a message.
pub(crate) fn detect(bytes: &[u8]) -> bool {
    let opening = opening(bytes);
    if mbox::begins(&opening) { is_mailbox(&opening) } else { is_message(&opening) }
}

/// A report may begin with a line such as `From 1 May to 2 May`; a separator has a time, or a message behind it.
fn is_mailbox(text: &[u8]) -> bool {
    let mut lines = text.splitn(2, |byte| *byte == b'\n');
    lines.next().is_some_and(mbox::has_date) || lines.next().is_some_and(is_message)
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
    let found = found.filter(|found| found.start > 0 || found.utf32.is_some() || !found.encoding.is_ascii_compatible());
    let text = StoredText::new(bytes, found.unwrap_or(Detected::UTF_8));
    let mut places = text.places();
    let parser = message::parser();
    let mut builder = Builder::new(HEADERS.len(), &[], 0);
    let (mut damaged, mut first_damaged) = (0_u64, 0);
    let first = text.start + text.bytes[text.start..].len() - text.bytes[text.start..].trim_ascii_start().len();
    let is_mailbox = mbox::begins(&text.bytes[first..]);
    let messages = if is_mailbox { mbox::messages(&text.bytes, text.start) } else { vec![whole(&text.bytes, first)] };
    for mbox::Span { line, span, message: begin } in messages {
        let place = places.of(line, &span);
        let content = &text.bytes[begin..span.end];
        let content = if is_mailbox { mbox::unquoted(content) } else { Cow::Borrowed(content) };
        // The parser is lenient and well tested, but not ours; and one message must not stop an import.
        match catch_unwind(AssertUnwindSafe(|| message::cells(&parser, &content))) {
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
        encoding: text.found.name().to_owned(),
        delimiter: None,
        header_row: None,
        headers: HEADERS.map(str::to_owned).to_vec(),
        preamble: Vec::new(),
        rows: 0,
        quarantined: Vec::new(),
        issues: Vec::new(),
        detected: vec![text.found.finding()],
    });
    if damaged > 0 {
        let message =
            format!("{damaged} messages have bytes that are not of the encoding they state; look at their texts");
        let issue = note(Severity::Warning, "read.bad_encoding", message);
        staged.table.issues.push(Issue { row: Some(first_damaged), ..issue });
    }
    Ok(staged)
}

/// A file that is one message.
fn whole(bytes: &[u8], first: usize) -> mbox::Span {
    let line = 1 + bytes[..first].iter().filter(|byte| **byte == b'\n').count() as u64;
    mbox::Span { line, span: first..bytes.len(), message: first }
}

#[cfg(test)]
mod tests;
