//! Components of vCard and iCalendar: what stands between `BEGIN` and `END`.

use std::collections::HashMap;
use std::ops::Range;

use crate::content_line::{ContentLine, ContentLines, Line, Value};
use crate::stored_text::StoredText;

/// A component that becomes a row, with the properties of the components inside it.
#[derive(Debug)]
pub(crate) struct Component {
    /// Such as `VCARD`, in upper case.
    pub(crate) kind: String,
    /// Line on which it begins, from 1.
    pub(crate) line: u64,
    pub(crate) span: Range<usize>,
    pub(crate) properties: Vec<Property>,
    /// Whether its own `END` closes it.
    pub(crate) is_closed: bool,
    /// Lines that are no content lines; each stays with the value before it.
    pub(crate) strays: u64,
}

/// A property of a component.
#[derive(Debug)]
pub(crate) struct Property {
    /// Empty, or the components in which it stands, such as `VALARM 2.`.
    pub(crate) path: String,
    pub(crate) line: ContentLine,
}

/// What a text consists of.
#[derive(Debug)]
pub(crate) enum Piece {
    /// A calendar begins.
    Calendar,
    /// A property of the calendar itself.
    CalendarProperty(ContentLine),
    Component(Component),
    /// A line that stands in no component.
    Outside(u64, Range<usize>),
}

/// Holds components and is none itself.
const CALENDAR: &str = "VCALENDAR";

/// Components that stand in no other one of these, so that one which begins inside another shows that an `END` is missing.
const OUTER: [&str; 7] = ["VCARD", "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VAVAILABILITY"];

/// Deepest nesting that is told apart; what is deeper counts as of the deepest component.
const DEEPEST: usize = 16;

/// Column of text that belongs to no property.
const TEXT: &str = "(text)";

/// A component that is being read, with what is open inside it as (kind, path).
struct Open {
    component: Component,
    inside: Vec<(String, String)>,
    /// How many components are open below the deepest one that is told apart.
    deeper: u64,
    numbers: HashMap<String, usize>,
}

/// Hands over the pieces of a text, in order.
pub(crate) fn pieces(text: &StoredText<'_>, mut take: impl FnMut(Piece)) {
    let mut open: Option<Open> = None;
    let mut in_calendar = false;
    for line in ContentLines::new(&text.bytes, text.start, text.encoding) {
        match bound(&line) {
            Some((true, kind)) => {
                let is_agent = kind == "VCARD" && open.as_ref().is_some_and(awaits_agent);
                let is_in_outer = open.as_ref().is_none_or(|open| OUTER.contains(&open.component.kind.as_str()));
                let is_outer = kind == CALENDAR || (OUTER.contains(&kind.as_str()) && is_in_outer && !is_agent);
                if let Some(missing_end) = open.take_if(|_| is_outer) {
                    take(Piece::Component(missing_end.component));
                }
                match &mut open {
                    _ if kind == CALENDAR => {
                        in_calendar = true;
                        take(Piece::Calendar);
                    }
                    Some(open) => open.begin(if is_agent { "AGENT" } else { &kind }, line.span.end),
                    None => open = Some(Open::new(kind, &line)),
                }
            }
            Some((false, kind)) => match open.take() {
                Some(mut ended) if kind == ended.component.kind && !ended.closes_agent() => {
                    ended.component.span.end = line.span.end;
                    ended.component.is_closed = true;
                    take(Piece::Component(ended.component));
                }
                Some(missing_end) if kind == CALENDAR => {
                    take(Piece::Component(missing_end.component));
                    in_calendar = false;
                }
                Some(mut outer) => {
                    outer.end(&kind, line.span.end);
                    open = Some(outer);
                }
                None if kind == CALENDAR && in_calendar => in_calendar = false,
                None => take(Piece::Outside(line.number, line.span)),
            },
            None => match (&mut open, line.content) {
                (Some(open), content) => open.add(content, line.span.end),
                (None, Ok(property)) if in_calendar => take(Piece::CalendarProperty(property)),
                (None, _) => take(Piece::Outside(line.number, line.span)),
            },
        }
    }
    if let Some(missing_end) = open {
        take(Piece::Component(missing_end.component));
    }
}

/// Whether a line is a `BEGIN` (else an `END`), and of what.
fn bound(line: &Line) -> Option<(bool, String)> {
    let content = line.content.as_ref().ok()?;
    let is_begin = content.name == "BEGIN";
    match &content.value {
        Value::Text(kind) if is_begin || content.name == "END" => {
            Some((is_begin, kind.trim().chars().take(40).collect::<String>().to_ascii_uppercase()))
        }
        _ => None,
    }
}

/// Whether the card of an agent may begin here (vCard 2.1 writes it as a card inside the card).
fn awaits_agent(open: &Open) -> bool {
    let last = open.component.properties.last().map(|property| &property.line);
    last.is_some_and(|line| line.name == "AGENT" && line.value == Value::Text(String::new()))
}

impl Open {
    fn new(kind: String, line: &Line) -> Self {
        let (line, span) = (line.number, line.span.clone());
        let component = Component { kind, line, span, properties: Vec::new(), is_closed: false, strays: 0 };
        Self { component, inside: Vec::new(), deeper: 0, numbers: HashMap::new() }
    }

    fn begin(&mut self, kind: &str, end: usize) {
        self.component.span.end = end;
        if self.inside.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        let outer = self.inside.last().map_or("", |(_, path)| path.as_str());
        let path = format!("{outer}{kind}");
        let number = self.numbers.entry(path.clone()).or_default();
        *number += 1;
        let path = if *number > 1 { format!("{path} {number}.") } else { format!("{path}.") };
        self.inside.push((kind.to_owned(), path));
    }

    /// Whether an `END:VCARD` ends the card of an agent and not the card itself.
    fn closes_agent(&self) -> bool {
        self.inside.iter().any(|(kind, _)| kind == "AGENT")
    }

    fn end(&mut self, kind: &str, end: usize) {
        self.component.span.end = end;
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let kind = if kind == "VCARD" && self.closes_agent() { "AGENT" } else { kind };
        if let Some(at) = self.inside.iter().rposition(|(open, _)| open == kind) {
            self.inside.truncate(at);
        }
    }

    fn add(&mut self, content: Result<ContentLine, String>, end: usize) {
        let component = &mut self.component;
        component.span.end = end;
        let path = self.inside.last().map_or_else(String::new, |(_, path)| path.clone());
        let text = match content {
            Ok(line) => return component.properties.push(Property { path, line }),
            Err(text) => text,
        };
        component.strays += 1;
        if let Some(Property { line: ContentLine { value: Value::Text(value), .. }, .. }) =
            component.properties.last_mut()
        {
            value.push('\n');
            value.push_str(&text);
            return;
        }
        let name = TEXT.to_owned();
        let line = ContentLine { group: None, name, params: Vec::new(), value: Value::Text(text), guessed: false };
        component.properties.push(Property { path, line });
    }
}

#[cfg(test)]
mod tests;
