//! One entity of a row: its values, its key cells, and the evidence they become.

use velocity_model::{
    Assertion, EntityMap, Evidence, Field, Link, LinkMap, LinkTarget, Locator, Profile, RowDigest, assertion_id,
    digest_parts, record_id, version_id,
};

use super::Decided;
use super::field::{FieldPlan, parts, taken};
use super::key::Key;
use crate::columns::{Cells, Columns, Gate};
use crate::transform::{Context, clean_line};

/// An [`EntityMap`] with its headers resolved to columns.
pub(super) struct EntityPlan<'a> {
    pub(super) map: &'a EntityMap,
    /// Number of the column of each part of the key; `None` if the table has no such header.
    pub(super) key: Vec<Option<usize>>,
    gate: Option<Gate<'a>>,
    fields: Vec<FieldPlan<'a>>,
    pub(super) links: Vec<LinkPlan<'a>>,
    /// For links to an address.
    pub(super) context: &'a Context,
}

/// A [`LinkMap`] with the columns that it reads, as far as the table has them.
pub(super) struct LinkPlan<'a> {
    pub(super) map: &'a LinkMap,
    columns: Vec<usize>,
    gate: Option<Gate<'a>>,
}

/// What a row states about one entity, before it has an id.
pub(super) struct Stated {
    assertions: Vec<Assertion>,
    /// The key cells, cleaned; `None` for an entity without key columns.
    pub(super) key: Option<Vec<String>>,
    /// For each link of the plan: the parts of its cells with their columns, as read.
    pub(super) links: Vec<Vec<(usize, String)>>,
}

impl<'a> EntityPlan<'a> {
    pub(super) fn new(
        profile: &Profile,
        map: &'a EntityMap,
        columns: &Columns,
        context: &'a Context,
        decided: &Decided,
    ) -> Self {
        let mut fields: Vec<FieldPlan<'a>> = Vec::with_capacity(map.fields.len());
        for field in &map.fields {
            fields.extend(FieldPlan::family(profile, field, columns, context, decided));
        }
        // Assertions stand in column order, constants behind them.
        fields.sort_by_key(FieldPlan::place);
        let links = map.links.iter().map(|link| LinkPlan {
            map: link,
            columns: link
                .key_from
                .iter()
                .chain(&link.mention_from)
                .flat_map(|header| columns.named(header, None))
                .collect(),
            gate: link.when.as_ref().map(|condition| Gate::new(condition, columns)),
        });
        Self {
            map,
            key: map.key.iter().map(|header| columns.find(header, None)).collect(),
            gate: map.when.as_ref().map(|condition| Gate::new(condition, columns)),
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
        if self.gate.as_ref().is_some_and(|gate| !gate.is_open(row, cells)) {
            return None;
        }
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
        let key = self.key_of(|column| cells.get(row, column));
        let links = self.links.iter().map(|link| link.read(row, cells)).collect();
        Some(Stated { assertions, key, links })
    }

    /// The parts of the key that stands in the cells of a row; `None` if the source has none, or gives none here.
    pub(super) fn key_of<'c>(&self, cell: impl Fn(usize) -> Option<&'c str>) -> Option<Vec<String>> {
        let part = |column: &Option<usize>| {
            let cell = clean_line(column.and_then(&cell).unwrap_or_default());
            clean_line(taken(&cell, self.map.key_prefix.as_deref(), None))
        };
        let key = self.has_key().then(|| self.key.iter().map(part).collect());
        if self.map.key_may_be_blank { key.and_then(filled_parts) } else { key }
    }
}

/// The parts of a key that are not blank; `None` if there are none.
fn filled_parts(parts: Vec<String>) -> Option<Vec<String>> {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then_some(parts)
}

impl LinkPlan<'_> {
    fn read(&self, row: usize, cells: &Cells) -> Vec<(usize, String)> {
        if self.gate.as_ref().is_some_and(|gate| !gate.is_open(row, cells)) {
            return Vec::new();
        }
        let filled = self.columns.iter().filter_map(|column| Some((*column, cells.get(row, *column)?)));
        let parts = filled.flat_map(|(column, cell)| {
            parts(cell, self.map.split.as_deref()).map(move |part| (column, part.to_owned()))
        });
        parts.filter(|(_, part)| !clean_line(part).is_empty()).collect()
    }
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
        let links = links
            .flat_map(|(index, parts)| parts.iter().map(move |(_, part)| (format!("link {index}"), clean_line(part))));
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
