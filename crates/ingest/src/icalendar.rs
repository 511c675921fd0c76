//! iCalendar (and vCalendar 1.0) to a staged table: one row an event, task, journal entry or free-busy time.
//!
//! Columns are properties by name behind `component`, which says what the row is. Several values of a property are
//! joined by `; `. A parameter has a column too, with as many values: `DTSTART;TZID`, `ATTENDEE;PARTSTAT`. Persons are
//! written `Name <address>`. A component inside the component gives `VALARM.TRIGGER`, the second one `VALARM 2.TRIGGER`. What
//! holds for the whole calendar is the table's preamble; its name and method stand in each row (`VCALENDAR.METHOD`).
//!
//! Values are decoded and unescaped; times stay as written. Definitions of time zones and files that stand in the text
//! are left out and counted.

use std::collections::HashMap;

use velocity_model::{BlobId, Severity, TableFormat};

use crate::component::{Component, Piece, pieces};
use crate::content_line::{ContentLine, Value};
use crate::content_value::unescape;
use crate::frame::Staged;
use crate::property_table::PropertyTable;
use crate::stored_text::{StoredText, opening};
use crate::{ReadError, encoding};

/// Between the values of a property.
const BETWEEN: &str = "; ";

/// Parameters that say how a value is written.
const NO_COLUMN: [&str; 3] = ["ENCODING", "CHARSET", "VALUE"];

/// Most parameters of one property that have a column each, so that a list of thousands cannot have thousands.
const MOST_PARAMETERS: usize = 16;

/// Most different properties of calendars that are kept, and the longest that stands in each row.
const MOST_PREAMBLE: usize = 64;
const LONGEST_REPEATED: usize = 200;

/// Properties of a calendar that say something of each of its entries.
const REPEATED: [&str; 3] = ["METHOD", "NAME", "X-WR-CALNAME"];

const LEFT_OUT: &str = "read.left_out_binary";
const LEFT_OUT_BINARY: &str = "files inside the text are left out; import them as files if they are needed";

/// Whether the text is iCalendar: a calendar, or a component by itself, of whatever kind.
pub(crate) fn detect(bytes: &[u8]) -> bool {
    let opening = opening(bytes);
    let first = opening.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default().trim_ascii_end();
    let kind = first.get(6..).unwrap_or_default().trim_ascii();
    let is_name = !kind.is_empty() && kind.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    first.get(..6).is_some_and(|head| head.eq_ignore_ascii_case(b"BEGIN:")) && is_name
}

/// Reads the entries of calendars.
pub(crate) fn read(bytes: &[u8], blob: BlobId) -> Result<Staged, ReadError> {
    let text = StoredText::new(bytes, encoding::detect(bytes)?);
    let mut places = text.places();
    let mut table = PropertyTable::default();
    let mut calendar: Vec<(String, String)> = Vec::new();
    let mut preamble: Vec<String> = Vec::new();
    pieces(&text, |piece| match piece {
        Piece::Calendar => calendar.clear(),
        Piece::CalendarProperty(line) => {
            let Value::Text(value) = &line.value else {
                return table.count(0, 1, Severity::Note, LEFT_OUT, LEFT_OUT_BINARY);
            };
            let value = unescape(value);
            let said = format!("{}: {value}", line.name);
            if preamble.len() < MOST_PREAMBLE && !preamble.contains(&said) {
                preamble.push(said);
            }
            let header = format!("VCALENDAR.{}", line.name);
            let is_new = !calendar.iter().any(|(known, _)| *known == header);
            if is_new && REPEATED.contains(&line.name.as_str()) && value.len() <= LONGEST_REPEATED {
                calendar.push((header, value));
            }
        }
        Piece::Component(component) if component.kind == "VTIMEZONE" => {
            let what = "definitions of time zones are no rows and are left out; times keep the name of their zone";
            table.count(component.line, 1, Severity::Note, "read.left_out_time_zone", what);
        }
        Piece::Component(component) => {
            let place = places.of(component.line, &component.span);
            table.count_oddities(&component);
            let mut row = vec![("component".to_owned(), component.kind.clone())];
            row.extend(cells(&component, &mut table));
            row.extend(calendar.iter().cloned());
            table.push(place, row);
        }
        Piece::Outside(line, span) => {
            let message = "the line stands in no component; move it between a BEGIN and its END".to_owned();
            table.set_aside(places.of(line, &span), "read.outside", message, text.raw(&span));
        }
    });
    let mut staged = table.finish(blob, TableFormat::ICalendar, &text.found);
    staged.table.preamble = preamble;
    staged.table.issues.extend(text.issue());
    Ok(staged)
}

/// The values of a property, and its parameters by the number of the value they belong to.
#[derive(Default)]
struct Values {
    values: Vec<String>,
    parameters: Vec<(String, Vec<(usize, String)>)>,
}

/// The cells of a component by their headers.
fn cells(component: &Component, table: &mut PropertyTable) -> Vec<(String, String)> {
    let mut headers: Vec<String> = Vec::new();
    let mut found: HashMap<String, Values> = HashMap::new();
    for property in &component.properties {
        let line = &property.line;
        let Value::Text(value) = &line.value else {
            table.count(component.line, 1, Severity::Note, LEFT_OUT, LEFT_OUT_BINARY);
            continue;
        };
        if value.is_empty() {
            continue;
        }
        let header = format!("{}{}", property.path, line.name);
        if !found.contains_key(&header) {
            headers.push(header.clone());
        }
        let values = found.entry(header).or_default();
        for (name, parameter) in &line.params {
            let is_name = name == "CN" && is_address(value);
            if !is_name && !NO_COLUMN.contains(&name.as_str()) {
                values.add_parameter(name, parameter);
            }
        }
        values.values.push(person(line, value));
    }
    let mut cells = Vec::new();
    for header in headers {
        let Some(Values { values, parameters }) = found.remove(&header) else { continue };
        let count = values.len();
        cells.push((header.clone(), values.join(BETWEEN)));
        for (name, found) in parameters {
            let mut aligned = vec![String::new(); count];
            for (at, value) in found {
                let cell = &mut aligned[at];
                if !cell.is_empty() {
                    cell.push(',');
                }
                cell.push_str(&value);
            }
            cells.push((format!("{header};{name}"), aligned.join(BETWEEN)));
        }
    }
    cells
}

impl Values {
    /// Adds a parameter of the next value.
    fn add_parameter(&mut self, name: &str, value: &str) {
        let at = self.values.len();
        let name: String = name.chars().take(LONGEST_REPEATED).collect();
        let is_known = |(known, _): &(String, _)| *known == name;
        match self.parameters.iter().position(is_known) {
            Some(known) => self.parameters[known].1.push((at, value.to_owned())),
            None if self.parameters.len() < MOST_PARAMETERS => {
                self.parameters.push((name, vec![(at, value.to_owned())]));
            }
            None => {
                let (_, last) = &mut self.parameters[MOST_PARAMETERS - 1];
                last.push((at, format!("{name}={value}")));
            }
        }
    }
}

fn is_address(value: &str) -> bool {
    value.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"))
}

/// A value; an address with the name of whom it reaches.
fn person(line: &ContentLine, value: &str) -> String {
    let value = unescape(value);
    if !is_address(&value) {
        return value;
    }
    let address = value[7..].trim();
    match line.params.iter().find(|(name, value)| name == "CN" && !value.is_empty()) {
        Some((_, name)) if name != address => format!("{name} <{address}>"),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests;
