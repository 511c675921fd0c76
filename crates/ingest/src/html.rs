//! Tables of HTML pages, which many systems export under the name of a workbook, to staged tables.
//!
//! Pages are rarely well-formed, so what closes what is decided by the rows and cells alone. A page that says more beside its tables
//! than in them is no export: it asks to log in, or says what went wrong.

mod grid;

use quick_xml::Reader;
use quick_xml::events::Event;
use velocity_model::{BlobId, TableFormat};

use crate::ReadError;
use crate::dialect::finding;
use crate::frame::Staged;
use crate::markup::{Markup, reference};
use crate::sheet::{self, Origin, Sheet};
use crate::stored_text::opening;
use grid::Grids;

/// Whether the text is a page, or begins with a table of one.
pub(crate) fn detect(bytes: &[u8]) -> bool {
    let mut head = opening(bytes).to_ascii_lowercase();
    if head.starts_with(b"<?xml") || head.starts_with(b"<!--") {
        let end = memchr::memchr(b'>', &head).map_or(head.len(), |end| end + 1);
        head = head[end..].trim_ascii_start().to_vec();
    }
    let is_tag = |name: &[u8]| {
        head.strip_prefix(name).is_some_and(|rest| rest.first().is_none_or(|byte| !byte.is_ascii_alphanumeric()))
    };
    [&b"<!doctype html"[..], b"<html", b"<head", b"<body", b"<table", b"<style", b"<meta"].into_iter().any(is_tag)
}

/// Reads the tables of a page.
///
/// # Errors
/// [`ReadError::Html`] if there is none, or if it is not what the page is about.
pub(crate) fn read(markup: &Markup<'_>, blob: BlobId) -> Result<Vec<Staged>, ReadError> {
    let mut grids = Grids::new(markup);
    walk(&markup.text, &mut grids);
    let (tables, inside, outside) = grids.finish();
    let tables: Vec<Sheet> = tables.into_iter().filter(|sheet| sheet.width > 1 || sheet.rows.len() > 1).collect();
    if tables.is_empty() || inside < outside {
        return Err(ReadError::Html);
    }
    let staged = (0..).zip(tables).map(|(number, sheet)| {
        let origin = Origin { blob, format: TableFormat::Html, encoding: markup.found.name().to_owned(), unit: "line" };
        let mut staged = sheet::stage(origin, number, sheet);
        let why = "the text is a page of HTML, and most of it stands in tables".to_owned();
        staged.table.detected.splice(0..0, [finding("container", "HTML".to_owned(), why), markup.found.finding()]);
        if number == 0 {
            staged.table.issues.extend(markup.found.issue());
        }
        staged
    });
    Ok(staged.collect())
}

/// Shows a page to `grids`, whatever is wrong with it.
fn walk(text: &str, grids: &mut Grids<'_>) {
    let mut base = 0;
    while let Some(rest) = text.get(base..).filter(|rest| !rest.is_empty()) {
        base = match walk_from(rest, base, grids) {
            None => return,
            Some(next) => next,
        };
    }
}

/// Goes on up to the end, or to where a parser must begin anew: behind a script, or behind what is no markup.
fn walk_from(rest: &str, base: usize, grids: &mut Grids<'_>) -> Option<usize> {
    let mut reader = Reader::from_str(rest);
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) = (false, true, true);
    loop {
        let at = reader.buffer_position() as usize;
        match reader.read_event() {
            Ok(Event::Eof) => return None,
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let name = tag.name().into_inner().to_ascii_lowercase();
                if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    return Some(base + at + bare_text(&rest[at..], grids));
                }
                if matches!(name.as_str(), "script" | "style" | "title") {
                    let inner = reader.buffer_position() as usize;
                    return Some(base + inner + end_of(&name, &rest[inner..]));
                }
                let span = |key: &str| {
                    let mut attributes = tag.html_attributes();
                    let mut found = attributes.with_checks(false).filter_map(Result::ok);
                    let found = found.find(|attribute| attribute.key.into_inner().eq_ignore_ascii_case(key));
                    found.and_then(|attribute| attribute.value.trim().parse().ok()).unwrap_or(1)
                };
                grids.start(&name, base + at, &span);
            }
            Ok(Event::End(tag)) => {
                let end = base + reader.buffer_position() as usize;
                grids.end(&tag.name().into_inner().to_ascii_lowercase(), end);
            }
            Ok(Event::Text(piece)) => grids.piece(&piece.into_inner()),
            Ok(Event::CData(piece)) => grids.piece(&piece.into_inner()),
            Ok(Event::GeneralRef(name)) => match reference(&name) {
                Some(text) => grids.text(&text),
                None => grids.text(&format!("&{};", &*name)),
            },
            Ok(_) => {}
            Err(_) => {
                // `<![if …]>` of Office, or a sign that stands for itself.
                let bad = (reader.error_position() as usize).max(at).min(rest.len());
                let tail = rest.get(bad..)?;
                if tail.starts_with("<!") || tail.starts_with("<?") || tail.starts_with("</") {
                    return Some(base + bad + tail.find('>').map_or(tail.len(), |end| end + 1));
                }
                return Some(base + bad + bare_text(tail, grids));
            }
        }
    }
}

/// Takes in a sign that looks like markup and stands for itself (`a < b`), with the text up to where markup begins again.
fn bare_text(text: &str, grids: &mut Grids<'_>) -> usize {
    let begins = |at: &usize| {
        text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) && *at > 0
    };
    let end = text.match_indices('<').map(|(at, _)| at).find(begins).unwrap_or(text.len());
    grids.escaped(&text[..end]);
    end
}

/// How far the content of an element without markup goes.
fn end_of(name: &str, content: &str) -> usize {
    let closes =
        |at: &usize| content.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    content.match_indices("</").map(|(at, _)| at).find(closes).unwrap_or(content.len())
}

#[cfg(test)]
mod tests;
