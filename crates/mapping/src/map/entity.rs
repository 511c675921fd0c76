//! One entity of a row: its values, its key cells, and the evidence they become.

use velocity_model::{
    Assertion, ColumnMap, EntityMap, Evidence, Extract, Field, Link, LinkMap, LinkTarget, Locator, Profile, RowDigest,
    assertion_id, digest_parts, record_id, version_id,
};

use super::key::Key;
use super::order::Orders;
use crate::columns::{Cells, Columns};
use crate::transform::{BLANK, Context, clean_line, transform};

/// An [`EntityMap`] with its headers resolved to columns.
pub(super) struct EntityPlan<'a> {
    pub(super) map: &'a EntityMap,
    /// Number of the column of each part of the key; `None` if the table has no such header.
    pub(super) key: Vec<Option<usize>>,
    fields: Vec<FieldPlan<'a>>,
    /// Each link with the column that it reads, if it reads one that the table has.
    pub(super) links: Vec<(&'a LinkMap, Option<usize>)>,
    /// For links to an address.
    pub(super) context: &'a Context,
}

struct FieldPlan<'a> {
    map: &'a ColumnMap,
    column: Option<usize>,
    context: Context,
}

/// What a row states about one entity, before it has an id.
pub(super) struct Stated {
    assertions: Vec<Assertion>,
    /// The key cells, cleaned; `None` for an entity without key columns.
    pub(super) key: Option<Vec<String>>,
    /// For each link of the plan: the parts of its cell, as read.
    pub(super) links: Vec<Vec<String>>,
}

impl<'a> EntityPlan<'a> {
    pub(super) fn new(
        profile: &Profile,
        map: &'a EntityMap,
        columns: &Columns,
        context: &'a Context,
        orders: &Orders,
    ) -> Self {
        let column_of = |header: &Option<String>| columns.find(header.as_deref()?, None);
        let mut fields: Vec<FieldPlan<'a>> = Vec::with_capacity(map.fields.len());
        for field in &map.fields {
            let column = field.from.as_ref().and_then(|from| columns.find(from, field.nth));
            let stated = field.date_order.or(profile.read.date_order);
            let order = stated.or_else(|| column.and_then(|column| orders.proven(column)));
            fields.push(FieldPlan { map: field, column, context: context.with_date_order(order) });
        }
        // Assertions stand in column order, constants behind them.
        fields.sort_by_key(|field| field.column.unwrap_or(usize::MAX));
        let links =
            map.links.iter().map(|link| (link, column_of(&link.key_from).or_else(|| column_of(&link.mention_from))));
        Self {
            map,
            key: map.key.iter().map(|header| columns.find(header, None)).collect(),
            fields,
            links: links.collect(),
            context,
        }
    }

    /// Whether the source has a key of its own for it.
    pub(super) fn has_key(&self) -> bool {
        !self.map.key.is_empty()
    }

    /// What the row states about this entity; `None` if it states nothing.
    pub(super) fn read(&self, row: usize, cells: &Cells) -> Option<Stated> {
        let mut assertions = Vec::new();
        for field in &self.fields {
            field.read(row, cells, &mut assertions);
        }
        let read = || assertions.iter().filter(|assertion| assertion.column.is_some());
        let is_stated = match self.map.needs.as_slice() {
            [] => read().next().is_some(),
            needs => read().any(|assertion| needs.contains(&assertion.field)),
        };
        if !is_stated {
            return None;
        }
        let cell = |column: &Option<usize>| column.and_then(|column| cells.get(row, column)).unwrap_or_default();
        let key = self.has_key().then(|| self.key.iter().map(|column| clean_line(cell(column))).collect());
        let links = self.links.iter().map(|(link, column)| {
            let parts = parts(cell(column), link.split.as_deref()).filter(|part| !clean_line(part).is_empty());
            parts.map(str::to_owned).collect()
        });
        Some(Stated { assertions, key, links: links.collect() })
    }
}

impl FieldPlan<'_> {
    fn read(&self, row: usize, cells: &Cells, assertions: &mut Vec<Assertion>) {
        if let Some(constant) = &self.map.constant {
            self.assert("", constant, None, assertions);
        }
        let Some(column) = self.column else { return };
        let Some(cell) = cells.get(row, column) else { return };
        for part in parts(cell, self.map.split.as_deref()) {
            let value = taken(part, self.map.strip_prefix.as_deref(), self.map.extract);
            self.assert(part, value, u32::try_from(column).ok(), assertions);
        }
    }

    fn assert(&self, raw: &str, text: &str, column: Option<u32>, assertions: &mut Vec<Assertion>) {
        let (value, mut transforms, unresolved) = match transform(&self.map.to, text, &self.context) {
            Err(BLANK) => return,
            Err(code) => (String::new(), Vec::new(), Some(code.to_owned())),
            Ok(resolved) => (resolved.value, resolved.steps, None),
        };
        if column.is_some() && text.len() != raw.len() {
            transforms.insert(0, if self.map.extract.is_some() { "extract" } else { "strip prefix" }.to_owned());
        }
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

impl Stated {
    /// Whether a part of the key is empty.
    pub(super) fn lacks_key(&self) -> bool {
        self.key.as_ref().is_some_and(|parts| parts.iter().any(String::is_empty))
    }

    /// The resolved value of a field.
    pub(super) fn value(&self, field: &Field) -> Option<&str> {
        let found = self.assertions.iter().find(|assertion| assertion.field == *field && assertion.is_resolved());
        found.map(|assertion| assertion.value.as_str())
    }

    /// Digest of the cells behind the values. Cleaned text and not values, so that the answer to a question (which order,
    /// which region) turns raw values into resolved ones without making the record another one.
    pub(super) fn content(&self) -> [u8; 16] {
        let read = self.assertions.iter().filter(|assertion| assertion.column.is_some());
        let fields = read.map(|assertion| (assertion.field.name().to_owned(), clean_line(&assertion.raw)));
        let links = self.links.iter().enumerate();
        let links =
            links.flat_map(|(index, parts)| parts.iter().map(move |part| (format!("link {index}"), clean_line(part))));
        let cleaned: Vec<(String, String)> = fields.chain(links).collect();
        let parts: Vec<&[u8]> = cleaned.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]).collect();
        digest_parts("velocity 2026 content key", &parts)
    }

    /// Column and code of what could not be read.
    pub(super) fn unread(&self) -> impl Iterator<Item = (usize, String)> {
        let assertions = self.assertions.iter();
        assertions.filter_map(|assertion| Some((assertion.column? as usize, assertion.unresolved.clone()?)))
    }
}

/// The evidence record of an entity.
pub(super) fn evidence(
    profile: &Profile,
    plan: &EntityPlan<'_>,
    stated: Stated,
    key: &Key,
    links: Vec<Link>,
    locator: Locator,
) -> Evidence {
    let record = record_id(&profile.source, plan.map.kind, &key.0);
    let version = version_id(record, &content(&stated.assertions, &links));
    let mut assertions = stated.assertions;
    for index in 0..assertions.len() {
        let (before, rest) = assertions.split_at_mut(index);
        let Some(assertion) = rest.first_mut() else { break };
        let ordinal = before.iter().filter(|earlier| earlier.field == assertion.field).count();
        assertion.id = assertion_id(version, assertion.field.name(), u32::try_from(ordinal).unwrap_or(u32::MAX));
    }
    Evidence {
        record,
        version,
        kind: plan.map.kind,
        source: profile.source.clone(),
        key: key.0.clone(),
        trust: profile.trust,
        locator,
        assertions,
        links,
    }
}

/// Digest of what is stated: a changed cell of another column makes no new version.
fn content(assertions: &[Assertion], links: &[Link]) -> RowDigest {
    let mut parts: Vec<Vec<u8>> = Vec::with_capacity(assertions.len() * 4 + links.len() * 3);
    for assertion in assertions {
        let unresolved = assertion.unresolved.as_deref().unwrap_or_default();
        let texts = [assertion.field.name(), &assertion.value, &assertion.raw, unresolved];
        parts.extend(texts.map(|text| text.as_bytes().to_vec()));
    }
    for link in links {
        let target = match &link.target {
            LinkTarget::Record(record) => record.to_string(),
            LinkTarget::Mention(mention) => format!("{}:{}", mention.field, mention.value),
        };
        parts.extend([link.role.as_str().as_bytes().to_vec(), target.into_bytes(), link.raw.as_bytes().to_vec()]);
    }
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    RowDigest::from_bytes(digest_parts("velocity 2026 stated content", &parts))
}
