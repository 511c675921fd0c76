//! A chat that WhatsApp exported to a staged table: one row a message, with what the app itself says.
//!
//! `Date` and `Time` are as they are written: the phone's language decides the order of day and month, and the file does not name
//! it. `Kind` is `message`, `attachment` (a file, or the place of one that was left out; `Attachment` is its name) or `system`
//! (what the app says). `Sender` is a name of the phone's address book, or a number.

use velocity_model::{BlobId, StagedTable, TableFormat};

use crate::chat_line::{self, Head, Shape, unmarked};
use crate::dialect::finding;
use crate::frame::{Builder, Staged};
use crate::split::{Dialect, Rows};
use crate::stored_text::{StoredText, opening};
use crate::{ReadError, encoding};

const HEADERS: [&str; 6] = ["Date", "Time", "Sender", "Message", "Kind", "Attachment"];

/// Longest name of a sender, in characters: a group may have a name of 100.
const LONGEST_NAME: usize = 100;

/// What stands where a sender does in the files of other programs.
const LEVELS: [&str; 10] =
    ["trace", "debug", "info", "notice", "warn", "warning", "error", "critical", "fatal", "severe"];

/// Parts of words by which the languages say that a file was left out.
const LEFT_OUT: [&str; 15] = [
    "omit",
    "omis",
    "omess",
    "ausgelassen",
    "weggelassen",
    "weggelaten",
    "utel",
    "udelad",
    "pomini",
    "vynech",
    "выключ",
    "без медиа",
    "пропущ",
    "省略",
    "생략",
];

/// Whether the text is a chat: it begins with a message, and somebody says something.
pub(crate) fn detect(bytes: &[u8]) -> bool {
    let opening = opening(bytes);
    let text = String::from_utf8_lossy(&opening);
    let Some(first) = text.lines().next().and_then(chat_line::head) else { return false };
    let mut senders = 0_u64;
    for line in text.lines() {
        let Some(head) = chat_line::head(line).filter(|head| head.shape == first.shape) else { continue };
        let Some((sender, _)) = sender(&line[head.behind..]) else { continue };
        let word = sender.rsplit(['.', ' ', '[']).next().unwrap_or(sender).trim_end_matches(']').to_lowercase();
        if LEVELS.contains(&word.as_str()) {
            return false;
        }
        senders += 1;
    }
    let Shape { is_bracketed, has_comma, has_seconds, is_year_first, .. } = first.shape;
    // Logs begin their lines so too: `2020-03-22 19:05:12 - `.
    let is_of_logs = is_year_first && has_seconds && !has_comma && !is_bracketed;
    senders > 0 && !is_of_logs
}

/// Reads the messages.
pub(crate) fn read(bytes: &[u8], blob: BlobId) -> Result<Staged, ReadError> {
    let text = StoredText::new(bytes, encoding::detect(bytes)?);
    let mut places = text.places();
    let mut builder = Builder::new(HEADERS.len(), &[], 0);
    let mut begun: Option<(Head, u64, std::ops::Range<usize>)> = None;
    let mut shape = None;
    let mut take = |head: &Head, line: u64, span: std::ops::Range<usize>| {
        let place = places.of(line, &span);
        let (message, is_damaged) = text.encoding.decode_without_bom_handling(&text.bytes[span.clone()]);
        if is_damaged {
            let message = format!("a byte of the message is not {}; export the chat again", text.found.name());
            builder.set_aside(place, "read.bad_encoding", message, vec![text.raw(&span)]);
        } else if message.contains('\0') {
            let what = "the message has a NUL byte; remove it".to_owned();
            builder.set_aside(place, "read.nul", what, vec![text.raw(&span)]);
        } else {
            builder.push(place, &cells(head, message.get(head.behind..).unwrap_or_default()));
        }
    };
    for line in Rows::new(&text.bytes, text.start, Dialect::LINES) {
        let decoded = text.encoding.decode_without_bom_handling(&text.bytes[line.span.clone()]).0;
        let head = chat_line::head(&decoded).filter(|head| shape.is_none_or(|shape| shape == head.shape));
        match (head, &mut begun) {
            (Some(head), _) => {
                shape = Some(head.shape);
                if let Some((head, line, span)) = begun.take() {
                    take(&head, line, span);
                }
                begun = Some((head, line.line, line.span));
            }
            (None, Some((_, _, span))) if !decoded.trim().is_empty() => span.end = line.span.end,
            (None, _) => {}
        }
    }
    if let Some((head, line, span)) = begun {
        take(&head, line, span);
    }
    let why = if shape.is_some_and(|shape| shape.is_bracketed) {
        "lines begin with a date and a time in brackets, and a sender, as iOS writes them"
    } else {
        "lines begin with a date, a time, a dash and a sender, as Android writes them"
    };
    let mut staged = builder.finish(StagedTable {
        blob,
        table: 0,
        name: None,
        format: TableFormat::WhatsApp,
        encoding: text.found.name().to_owned(),
        delimiter: None,
        header_row: None,
        headers: HEADERS.map(str::to_owned).to_vec(),
        preamble: Vec::new(),
        rows: 0,
        quarantined: Vec::new(),
        issues: Vec::new(),
        detected: vec![text.found.finding(), finding("messages", "WhatsApp chat".to_owned(), why.to_owned())],
    });
    staged.table.issues.extend(text.issue());
    Ok(staged)
}

fn cells(head: &Head, said: &str) -> [String; HEADERS.len()] {
    let (sender, message) = sender(said).unwrap_or(("", said));
    let by_app = sender.is_empty() || message.trim_start_matches(' ').starts_with('\u{200e}');
    let message = unmarked(message).replace("\r\n", "\n");
    let (kind, file) = kind(&message, by_app, sender.is_empty());
    [head.date.clone(), head.time.clone(), sender.to_owned(), message, kind.to_owned(), file]
}

/// The sender of a line and what he says. What the app says may hold a colon too, and then mostly quotes.
fn sender(said: &str) -> Option<(&str, &str)> {
    let line = said.lines().next().unwrap_or_default();
    let colon = line.match_indices(':').map(|(at, _)| at).find(|at| {
        let behind = &line[at + 1..];
        behind.is_empty() || behind.starts_with([' ', '\u{200e}', '\u{200f}'])
    })?;
    let name = unmarked(&line[..colon]);
    let is_name = !name.is_empty()
        && name.chars().count() <= LONGEST_NAME
        && !name.contains(['"', '\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}', '\u{bb}']);
    is_name.then(|| (name, said[colon + 1..].strip_prefix(' ').unwrap_or(&said[colon + 1..])))
}

/// The kind of a message, and the name of its file.
fn kind(message: &str, by_app: bool, is_nobodys: bool) -> (&'static str, String) {
    let first = unmarked(message.lines().next().unwrap_or_default());
    if let Some(file) = attached(first).filter(|_| !is_nobodys) {
        return ("attachment", file.to_owned());
    }
    let lower = first.to_lowercase();
    let is_left_out = LEFT_OUT.iter().any(|part| lower.contains(part)) && lower.chars().count() <= 48;
    let is_placeholder = lower.starts_with('<') && lower.ends_with('>');
    match () {
        () if !is_nobodys && is_left_out && (by_app || is_placeholder) => ("attachment", String::new()),
        () if by_app => ("system", String::new()),
        () => ("message", String::new()),
    }
}

/// The file of `<attached: 01-PHOTO.jpg>` or `IMG-WA0001.jpg (file attached)`, in any language.
fn attached(line: &str) -> Option<&str> {
    let named = match line.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')) {
        Some(inner) => inner.split_once(':')?.1.trim(),
        None => {
            let (file, note) = line.strip_suffix(')')?.rsplit_once(" (")?;
            note.chars().all(|c| c.is_alphabetic() || c.is_whitespace()).then_some(unmarked(file))?
        }
    };
    let (stem, ending) = named.rsplit_once('.')?;
    let is_ending = (2..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    // Android names files without blanks, but documents keep the name they had.
    (is_ending && !stem.is_empty() && stem.chars().count() <= 200).then_some(named)
}

#[cfg(test)]
mod tests;
