//! A number style of an OpenDocument workbook (OpenDocument 1.3, part 3, §16.29.2).

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::attribute;

/// Digits for which a format may have places; more than a number has.
const LONGEST: usize = 32;

/// How numbers are shown.
#[derive(Default)]
pub(super) struct NumberStyle {
    before: String,
    /// Digits that are always shown.
    digits: Option<usize>,
    /// Text between digits, each with the digits that are right of it.
    between: Vec<(usize, String)>,
    after: String,
    /// Where it is for some numbers only, the style of the others, if these are the positive ones.
    others: Option<Option<String>>,
    /// Whether it does more than to place digits.
    does_more: bool,
    /// The text that is being read, and the digits that are right of it if it stands between digits.
    text: Option<String>,
    right: Option<usize>,
}

impl NumberStyle {
    pub(super) fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        let stated = |name| attribute(tag, name).and_then(|count| count.parse::<usize>().ok());
        match name {
            "number:text" => self.text = Some(String::new()),
            "number:embedded-text" => (self.text, self.right) = (Some(String::new()), stated("number:position")),
            "number:number" => {
                self.does_more |= self.digits.is_some()
                    || stated("number:decimal-places").is_some_and(|places| places > 0)
                    || attribute(tag, "number:grouping").as_deref() == Some("true")
                    || attribute(tag, "number:display-factor").is_some();
                self.digits = Some(stated("number:min-integer-digits").unwrap_or(0).min(LONGEST));
            }
            "style:map" => {
                let condition = attribute(tag, "style:condition");
                let is_positive = matches!(condition.as_deref(), Some("value()>=0" | "value()>0"));
                let style = attribute(tag, "style:apply-style-name").filter(|_| is_positive);
                self.others.get_or_insert(style);
            }
            "style:text-properties" => {}
            _ => self.does_more = true,
        }
    }

    /// Takes in what it is told to show.
    pub(super) fn text(&mut self, text: &str) {
        if let Some(at) = &mut self.text {
            at.push_str(text);
        }
    }

    pub(super) fn end_text(&mut self) {
        let Some(text) = self.text.take() else { return };
        match (self.right.take(), self.digits) {
            (Some(right), _) if right < LONGEST => self.between.push((right, text)),
            (Some(_), _) => self.does_more = true,
            (None, None) => self.before.push_str(&text),
            (None, Some(_)) => self.after.push_str(&text),
        }
    }

    /// The format as workbooks of Excel write it, if it does no more than to place digits; `all` are the styles by their names.
    pub(super) fn code(&self, all: &HashMap<String, Self>) -> Option<String> {
        match &self.others {
            Some(positive) => all.get(positive.as_ref()?)?.own_code(),
            None => self.own_code(),
        }
    }

    fn own_code(&self) -> Option<String> {
        let digits = self.digits.filter(|_| !self.does_more)?;
        let literal = |text: &str| text.chars().flat_map(|c| ['\\', c]).collect::<String>();
        let places = self.between.iter().map(|(right, _)| right + 1).chain([digits]).max().unwrap_or(digits);
        let mut code = literal(&self.before);
        for place in (1..=places).rev() {
            code.push(if place > digits { '#' } else { '0' });
            let between = self.between.iter().filter(|(right, _)| right + 1 == place);
            between.for_each(|(_, text)| code.push_str(&literal(text)));
        }
        Some(code + &literal(&self.after))
    }
}
