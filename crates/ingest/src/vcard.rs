//! vCard (2.1, 3.0 and 4.0) to a staged table: one row a card.
//!
//! Columns are properties by name, with what tells several of them apart:
//!
//! * `TEL;type=cell`, `EMAIL;type=work`: types in lower case and in the order of the alphabet (`TEL;type=fax,work`). What
//!   every address or number is anyway (`internet`, `voice`) is left out. A label of Apple's or Google's (`item1.X-ABLabel`)
//!   stands for the type: `TEL;label=reception`.
//! * `TEL;type=cell 2`: the second such property of a card, and so on.
//! * `N.family`, `N.given`, `N.additional`, `N.prefix`, `N.suffix`; `ADR;type=home.street` with `.pobox`, `.extended`, `.city`,
//!   `.region`, `.postcode`, `.country`; `ORG` and `ORG.unit`: the components of a structured value.
//! * `EMAIL;type=work;PREF`, `ORG;SORT-AS`: another parameter. A type `pref` is the parameter of the later standard with 1.
//! * `AGENT.FN`: a property of a card inside the card.
//!
//! Values are decoded and unescaped; a list stays as written, with commas. Pictures, sounds and keys that stand in the
//! file are left out and counted.

use std::collections::{HashMap, HashSet};

use velocity_model::{BlobId, Severity, TableFormat};

use crate::component::{Component, Piece, Property, pieces};
use crate::content_line::{ContentLine, Value};
use crate::content_value::{components, unescape};
use crate::frame::Staged;
use crate::property_table::PropertyTable;
use crate::stored_text::{StoredText, opening};
use crate::{ReadError, encoding};

const NAME: [&str; 5] = [".family", ".given", ".additional", ".prefix", ".suffix"];
const ADDRESS: [&str; 7] = [".pobox", ".extended", ".street", ".city", ".region", ".postcode", ".country"];
const ORGANISATION: [&str; 2] = ["", ".unit"];

/// Parameters that say how a value is written, or that stand in the header already.
const NO_COLUMN: [&str; 5] = ["TYPE", "ENCODING", "CHARSET", "VALUE", "X-ABLABEL"];

/// Longest types or label in a header.
const LONGEST_LABEL: usize = 60;

/// Whether the text is vCard.
pub(crate) fn detect(bytes: &[u8]) -> bool {
    opening(bytes).get(..11).is_some_and(|head| head.eq_ignore_ascii_case(b"BEGIN:VCARD"))
}

/// Reads cards.
pub(crate) fn read(bytes: &[u8], blob: BlobId) -> Result<Staged, ReadError> {
    let text = StoredText::new(bytes, encoding::detect(bytes)?);
    let mut places = text.places();
    let mut table = PropertyTable::default();
    pieces(&text, |piece| match piece {
        Piece::Component(card) if card.kind == "VCARD" => {
            let place = places.of(card.line, &card.span);
            table.count_oddities(&card);
            let cells = cells(&card, &mut table);
            if cells.is_empty() {
                let message = "the card is empty; nothing to mend".to_owned();
                table.set_aside(place, "read.empty_card", message, text.raw(&card.span));
            } else {
                table.push(place, cells);
            }
        }
        Piece::Component(other) => {
            let message = "this is no card but another component; put it into a file of its own".to_owned();
            let place = places.of(other.line, &other.span);
            table.set_aside(place, "read.not_a_card", message, text.raw(&other.span));
        }
        Piece::Outside(line, span) => {
            let message = "the line stands in no card; move it between BEGIN:VCARD and END:VCARD".to_owned();
            table.set_aside(places.of(line, &span), "read.outside", message, text.raw(&span));
        }
        Piece::Calendar => {}
        Piece::CalendarProperty(_) => {
            let what = "properties of calendars are left out; put calendars into a file of their own";
            table.count(0, 1, Severity::Note, "read.left_out_calendar", what);
        }
    });
    let mut staged = table.finish(blob, TableFormat::VCard, &text.found);
    staged.table.issues.extend(text.issue());
    Ok(staged)
}

/// The cells of a card by their headers.
fn cells(card: &Component, table: &mut PropertyTable) -> Vec<(String, String)> {
    let labels = labels(card);
    let mut cells = Vec::new();
    let mut numbers: HashMap<String, u64> = HashMap::new();
    for property in &card.properties {
        let line = &property.line;
        let label = label_key(property).and_then(|key| labels.get(&key));
        let Value::Text(value) = &line.value else {
            let what = "pictures, sounds or keys inside the file are left out; import them as files if they are needed";
            table.count(card.line, 1, Severity::Note, "read.left_out_binary", what);
            continue;
        };
        if line.name == "X-ABLABEL" && label.is_some() {
            continue;
        }
        let mut header = header(property, label.map(String::as_str));
        let number = numbers.entry(header.clone()).or_default();
        *number += 1;
        if *number > 1 {
            header = format!("{header} {number}");
        }
        for (name, value) in columns(line) {
            cells.push((format!("{header};{name}"), value));
        }
        let at = cells.len();
        match line.name.as_str() {
            "N" => structured(&header, value, &NAME, &mut cells),
            "ADR" => structured(&header, value, &ADDRESS, &mut cells),
            "ORG" => structured(&header, value, &ORGANISATION, &mut cells),
            "TEL" => cells.push((header, without_scheme(unescape(value), "tel:"))),
            "EMAIL" => cells.push((header, without_scheme(unescape(value), "mailto:"))),
            _ => cells.push((header, unescape(value))),
        }
        // The value stands before its parameters.
        let parameters = at - columns(line).count();
        cells[parameters..].rotate_left(at - parameters);
    }
    cells.retain(|(_, value)| !value.is_empty());
    cells
}

/// Labels by path and group, of groups in which something else is there to be labelled.
fn labels(card: &Component) -> HashMap<(&str, &str), String> {
    let labelled: HashSet<(&str, &str)> =
        card.properties.iter().filter(|property| property.line.name != "X-ABLABEL").filter_map(label_key).collect();
    let mut labels = HashMap::new();
    for property in card.properties.iter().filter(|property| property.line.name == "X-ABLABEL") {
        if let (Some(key), Value::Text(label)) = (label_key(property), &property.line.value) {
            let label = unescape(label);
            let label = label.trim_start_matches("_$!<").trim_end_matches(">!$_").trim().to_lowercase();
            if labelled.contains(&key) && !label.is_empty() && label.len() <= LONGEST_LABEL {
                labels.entry(key).or_insert(label);
            }
        }
    }
    labels
}

fn label_key(property: &Property) -> Option<(&str, &str)> {
    property.line.group.as_deref().map(|group| (property.path.as_str(), group))
}

fn header(property: &Property, label: Option<&str>) -> String {
    let Property { path, line } = property;
    let mut types: Vec<String> = types(line).filter(|one| !is_default(&line.name, one)).collect();
    types.sort();
    types.dedup();
    let types = types.join(",");
    let mut header = format!("{path}{}", line.name);
    if !types.is_empty() && types.len() <= LONGEST_LABEL {
        header = format!("{header};type={types}");
    }
    if let Some(label) = label {
        header = format!("{header};label={label}");
    }
    header
}

/// The types of a property, in lower case.
fn types(line: &ContentLine) -> impl Iterator<Item = String> {
    let values = line.params.iter().filter(|(name, _)| name == "TYPE").flat_map(|(_, value)| value.split(','));
    values.map(|one| one.trim().to_lowercase()).filter(|one| !one.is_empty())
}

/// What says nothing of a property, or stands in a column of its own.
fn is_default(name: &str, kind: &str) -> bool {
    matches!((name, kind), (_, "pref") | ("EMAIL", "internet") | ("TEL", "voice"))
}

/// Parameters with a column of their own.
fn columns(line: &ContentLine) -> impl Iterator<Item = (String, String)> {
    let is_preferred = types(line).any(|one| one == "pref").then(|| ("PREF".to_owned(), "1".to_owned()));
    let others = line.params.iter().filter(|(name, _)| !NO_COLUMN.contains(&name.as_str()));
    others.map(|(name, value)| (name.chars().take(LONGEST_LABEL).collect(), value.clone())).chain(is_preferred)
}

/// A structured value; components beyond the last of the names are numbered.
fn structured(header: &str, value: &str, names: &[&str], cells: &mut Vec<(String, String)>) {
    for (at, component) in components(value).into_iter().enumerate() {
        let header = match (names.get(at), names.last()) {
            (Some(name), _) => format!("{header}{name}"),
            (None, Some(last)) => format!("{header}{last} {}", at + 2 - names.len()),
            (None, None) => header.to_owned(),
        };
        cells.push((header, component));
    }
}

fn without_scheme(value: String, scheme: &str) -> String {
    match value.get(..scheme.len()) {
        Some(head) if head.eq_ignore_ascii_case(scheme) => value[scheme.len()..].to_owned(),
        _ => value,
    }
}

#[cfg(test)]
mod tests;
