//! One field of an entity: the columns it is read from, and the values that stand there.

use std::borrow::Cow;

use velocity_model::{Assertion, ColumnMap, Extract, Profile, ValueType};

use super::Decided;
use crate::columns::{Cells, Columns, fold_header};
use crate::transform::{BLANK, Context, Outcome, clean_line, is_currency, plain_clock, transform};

/// Between the parts of a value that stands in several columns.
const JOINED: &str = ", ";

/// A [`ColumnMap`] with its headers resolved to columns.
pub(super) struct FieldPlan<'a> {
    map: &'a ColumnMap,
    /// The column, then those that are read where it is blank, each with what its values must be told.
    sources: Vec<(usize, Context)>,
    join: Vec<usize>,
    with: Option<usize>,
    /// For a constant.
    context: &'a Context,
}

/// The text of one or more cells, before it is split.
struct Source<'c> {
    column: usize,
    text: Cow<'c, str>,
    context: &'c Context,
}

impl<'a> FieldPlan<'a> {
    /// One plan a column: several where the header has a placeholder.
    pub(super) fn family(
        profile: &Profile,
        map: &'a ColumnMap,
        columns: &Columns,
        context: &'a Context,
        decided: &Decided,
    ) -> Vec<Self> {
        let others = || map.or_from.iter().flat_map(|header| columns.named(header, None));
        let source = |column: usize| {
            let stated = map.date_order.or(profile.read.date_order);
            let context = context.with_date_order(stated.or_else(|| decided.orders.proven(column)));
            (column, context.with_decimal(map.decimal.or_else(|| decided.decimals.proven(column))))
        };
        let plan = |first: Option<usize>| Self {
            map,
            sources: first.into_iter().chain(others()).map(source).collect(),
            join: map.join.iter().flat_map(|header| columns.named(header, None)).collect(),
            with: map.with.as_deref().and_then(|header| columns.find(header, None)),
            context,
        };
        let family = map.from.as_deref().map(|from| columns.named(from, map.nth)).unwrap_or_default();
        if family.is_empty() { vec![plan(None)] } else { family.into_iter().map(|column| plan(Some(column))).collect() }
    }

    /// Where its values stand among those of the entity.
    pub(super) fn place(&self) -> usize {
        self.sources.first().map_or(usize::MAX, |(column, _)| *column)
    }

    /// Reads the values of a row.
    pub(super) fn read(&self, row: usize, cells: &Cells, assertions: &mut Vec<Assertion>) {
        if let Some(constant) = &self.map.constant {
            self.assert("", transform(&self.map.to, constant, self.context), None, Vec::new(), assertions);
        }
        let Some(source) = self.source(row, cells) else { return };
        let with = self.with.and_then(|column| cells.get(row, column)).map(clean_line).filter(|text| !text.is_empty());
        for part in parts(&source.text, self.map.split.as_deref()) {
            let (outcome, steps) = self.value(part, with.as_deref(), source.context);
            self.assert(part, outcome, u32::try_from(source.column).ok(), steps, assertions);
        }
    }

    /// The first cell that is filled, and what stands in the columns that belong to it.
    fn source<'c>(&'c self, row: usize, cells: &'c Cells) -> Option<Source<'c>> {
        if let ([(column, context)], []) = (self.sources.as_slice(), self.join.as_slice()) {
            // Nearly every field: what is blank shows when the value is read.
            let text = Cow::Borrowed(cells.get(row, *column)?);
            return Some(Source { column: *column, text, context });
        }
        let text = |column: usize| cells.get(row, column).filter(|cell| !clean_line(cell).is_empty());
        let mut first = self.sources.iter().filter_map(|(column, context)| Some((*column, text(*column)?, context)));
        let mut lines = first.next().into_iter().collect::<Vec<_>>();
        lines.extend(self.join.iter().filter_map(|column| Some((*column, text(*column)?, self.context))));
        let (column, only, context) = *lines.first()?;
        let text = match lines.len() {
            1 => Cow::Borrowed(only),
            _ => Cow::Owned(lines.iter().map(|(_, text, _)| *text).collect::<Vec<_>>().join(JOINED)),
        };
        Some(Source { column, text, context })
    }

    /// The value of one part of a cell, and what was done to it before its type was looked at.
    fn value(&self, part: &str, with: Option<&str>, context: &Context) -> (Outcome, Vec<&'static str>) {
        let text = taken(part, self.map.strip_prefix.as_deref(), self.map.extract);
        let mut steps = Vec::new();
        if text.len() != part.len() {
            steps.push(if self.map.extract.is_some() { "extract" } else { "strip prefix" });
        }
        if !self.map.values.is_empty() {
            let folded = fold_header(text);
            let meant = self.map.values.iter().find(|(word, _)| fold_header(word) == folded);
            if let Some((_, value)) = meant {
                steps.push("value");
                return (transform(&self.map.to, value, context), steps);
            }
        }
        let alone = || transform(&self.map.to, text, context);
        let Some(with) = with.filter(|_| !clean_line(text).is_empty()) else { return (alone(), steps) };
        let outcome = match self.map.to.spec().value_type {
            ValueType::Money if is_currency(&with.to_uppercase()) => {
                transform(&self.map.to, text, &context.with_currency(with.to_uppercase()))
            }
            value_type => transform(&self.map.to, &completed(value_type, text, with), context),
        };
        match outcome {
            Ok(resolved) => {
                steps.push("complete");
                (Ok(resolved), steps)
            }
            // The calling code may stand in the number already.
            Err(_) => (alone(), steps),
        }
    }

    fn assert(
        &self,
        raw: &str,
        outcome: Outcome,
        column: Option<u32>,
        steps: Vec<&'static str>,
        assertions: &mut Vec<Assertion>,
    ) {
        let (value, done, unresolved) = match outcome {
            Err(BLANK) => return,
            Err(code) => (String::new(), Vec::new(), Some(code.to_owned())),
            Ok(resolved) => (resolved.value, resolved.steps, None),
        };
        let mut transforms: Vec<String> = steps.into_iter().map(str::to_owned).collect();
        transforms.extend(done);
        assertions.push(Assertion {
            // Replaced once the version is known.
            id: velocity_model::Id::from_bytes([0; 16]),
            field: self.map.to.clone(),
            value,
            raw: raw.to_owned(),
            column,
            transforms,
            unresolved,
        });
    }
}

/// A value with the cell that completes it.
fn completed(value_type: ValueType, text: &str, with: &str) -> String {
    match value_type {
        ValueType::Phone if text.trim_start().starts_with('+') => text.to_owned(),
        ValueType::Phone => format!("+{} {text}", with.trim_start_matches(['+', '0'])),
        ValueType::DateTime => format!("{text} {}", plain_clock(with)),
        _ => format!("{text} {with}"),
    }
}

/// The parts of a multi-value cell.
pub(super) fn parts<'c>(cell: &'c str, split: Option<&'c str>) -> impl Iterator<Item = &'c str> {
    let separator = split.filter(|separator| !separator.is_empty());
    let whole = separator.is_none().then_some(cell);
    separator.map(|separator| cell.split(separator)).into_iter().flatten().chain(whole)
}

/// The part of a text that is the value.
pub(super) fn taken<'t>(text: &'t str, prefix: Option<&str>, extract: Option<Extract>) -> &'t str {
    let text = match prefix {
        Some(prefix) => text.trim_start().strip_prefix(prefix).unwrap_or(text),
        None => text,
    };
    if extract == Some(Extract::Unquoted) {
        return text.trim().trim_start_matches('=').trim_matches(['"', '\'', '[', ']', ' ']);
    }
    match (extract, labelled_number(text)) {
        (Some(Extract::NumberInParentheses), Some((_, number))) => number,
        (Some(Extract::BeforeNumber), Some((label, _))) => label,
        _ => text,
    }
}

/// Splits `Reception (100)`.
fn labelled_number(text: &str) -> Option<(&str, &str)> {
    let (label, number) = text.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '.');
    let found = number.contains(|c: char| c.is_ascii_digit()) && number.chars().all(is_number);
    (found && !label.trim().is_empty()).then_some((label, number))
}
