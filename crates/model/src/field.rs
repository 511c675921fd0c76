//! The fields of canonical records and the types of their values.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::EntityKind;

/// The type of a field's value. A value is stored as text in the canonical form given here, so that equality, order
/// and digests are those of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    /// Any text: NFC, trimmed, inner runs of blanks folded to one space (line ends kept in long text).
    Text,
    /// Part or whole of a person's name: as [`ValueType::Text`], with the source's capitals.
    Name,
    /// `local@domain` with the domain in lower case; the local part as written.
    Email,
    /// E.164 (`+33612345678`), or with `;ext=12` behind it.
    Phone,
    /// `2026-03-31`, or partial: `2026-03`, `2026`, `--03-31`.
    Date,
    /// Instant in UTC, `2026-03-31T08:15:00Z`; a date alone where the source has no time.
    DateTime,
    /// Minor units and ISO 4217 code: `1500000 EUR` is fifteen thousand euro. Without a known currency: `1500000`.
    Money,
    /// Decimal digits with an optional sign.
    Integer,
    /// Decimal number without exponent and without trailing zeros.
    Decimal,
    /// Absolute URL.
    Url,
    /// Registrable domain in lower case (`example.co.uk`).
    Domain,
    /// A word from a small set, as the source writes it.
    Code,
}

/// What is known of a field.
#[derive(Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// Stable name: `given_name`.
    pub name: &'static str,
    /// What a person reads: "Given name".
    pub label: &'static str,
    /// Type of its values.
    pub value_type: ValueType,
    /// Whether a record may hold several values at once (a union with one primary).
    pub multi: bool,
    /// The kinds of record that have it.
    pub kinds: &'static [EntityKind],
}

use EntityKind::{Interaction, Interest, Note, Opportunity, Organisation, Person, Score, Task};

const ENTITIES: &[EntityKind] = &[Person, Organisation];
const EVERY: &[EntityKind] = &EntityKind::ALL;

const fn one(
    name: &'static str,
    label: &'static str,
    value_type: ValueType,
    kinds: &'static [EntityKind],
) -> FieldSpec {
    FieldSpec { name, label, value_type, multi: false, kinds }
}

const fn many(
    name: &'static str,
    label: &'static str,
    value_type: ValueType,
    kinds: &'static [EntityKind],
) -> FieldSpec {
    FieldSpec { name, label, value_type, multi: true, kinds }
}

/// The catalogue, in the order in which pages and reports show fields.
const CATALOGUE: &[FieldSpec] = &[
    one("full_name", "Full name", ValueType::Name, &[Person]),
    one("name_prefix", "Title before the name", ValueType::Name, &[Person]),
    one("given_name", "Given name", ValueType::Name, &[Person]),
    one("middle_name", "Middle name", ValueType::Name, &[Person]),
    one("family_name", "Family name", ValueType::Name, &[Person]),
    one("name_suffix", "Suffix", ValueType::Name, &[Person]),
    one("nickname", "Nickname", ValueType::Name, &[Person]),
    one("name", "Name", ValueType::Text, &[Organisation, Score]),
    one("title", "Title", ValueType::Text, &[Opportunity, Task, Note, Interaction, Interest]),
    many("email", "E-mail", ValueType::Email, ENTITIES),
    many("phone", "Phone", ValueType::Phone, ENTITIES),
    one("birth_date", "Birth date", ValueType::Date, &[Person]),
    one("gender", "Gender", ValueType::Code, &[Person]),
    one("birth_place", "Birth place", ValueType::Text, &[Person]),
    one("occupation", "Occupation", ValueType::Text, &[Person]),
    one("organisation_name", "Company", ValueType::Text, &[Person]),
    one("job_title", "Job title", ValueType::Text, &[Person]),
    one("department", "Department", ValueType::Text, &[Person]),
    many("domain", "Domain", ValueType::Domain, &[Organisation]),
    many("website", "Website", ValueType::Url, ENTITIES),
    one("industry", "Industry", ValueType::Text, &[Organisation]),
    one("employee_count", "Employees", ValueType::Integer, &[Organisation]),
    one("revenue", "Revenue", ValueType::Money, &[Organisation]),
    many("address", "Address", ValueType::Text, ENTITIES),
    one("street", "Street", ValueType::Text, ENTITIES),
    one("city", "City", ValueType::Text, &[Person, Organisation, Interest]),
    one("region", "Region", ValueType::Text, ENTITIES),
    one("postcode", "Postcode", ValueType::Code, ENTITIES),
    one("country", "Country", ValueType::Text, ENTITIES),
    many("identifier", "Identifier", ValueType::Code, ENTITIES),
    one("lifecycle", "Lifecycle", ValueType::Code, &[Person, Organisation]),
    one("status", "Status", ValueType::Code, &[Person, Organisation, Opportunity, Task, Interaction]),
    one("lead_source", "Lead source", ValueType::Text, &[Person, Opportunity]),
    one("owner", "Owner", ValueType::Text, &[Person, Organisation, Opportunity, Task]),
    one("language", "Language", ValueType::Code, &[Person]),
    many("tag", "Tag", ValueType::Text, ENTITIES),
    one("stage", "Stage", ValueType::Code, &[Opportunity]),
    one("pipeline", "Pipeline", ValueType::Text, &[Opportunity]),
    one("amount", "Amount", ValueType::Money, &[Opportunity, Interest]),
    one("probability", "Probability", ValueType::Decimal, &[Opportunity]),
    one("close_date", "Close date", ValueType::Date, &[Opportunity]),
    one("priority", "Priority", ValueType::Code, &[Task]),
    one("due_at", "Due", ValueType::DateTime, &[Task]),
    one("completed_at", "Completed", ValueType::DateTime, &[Task]),
    one("channel", "Channel", ValueType::Code, &[Interaction]),
    one("direction", "Direction", ValueType::Code, &[Interaction]),
    one("duration_seconds", "Duration (s)", ValueType::Integer, &[Interaction]),
    one("at", "When", ValueType::DateTime, &[Note, Interaction, Interest, Score]),
    one("body", "Text", ValueType::Text, &[Task, Note, Interaction, Interest]),
    one("reference", "Reference", ValueType::Code, &[Opportunity, Interest]),
    one("strength", "Strength", ValueType::Code, &[Interest]),
    one("value", "Value", ValueType::Decimal, &[Score]),
    one("model_version", "Model version", ValueType::Code, &[Score]),
    one("created_at", "Created at source", ValueType::DateTime, EVERY),
    one("updated_at", "Changed at source", ValueType::DateTime, EVERY),
];

const CUSTOM: FieldSpec = one("x_", "Custom field", ValueType::Text, EVERY);

/// The fields that a kind of record may have, in display order.
pub fn fields_of(kind: EntityKind) -> impl Iterator<Item = &'static FieldSpec> {
    CATALOGUE.iter().filter(move |spec| spec.kinds.contains(&kind))
}

/// The name of a field: one of the catalogue, or a custom one (`x_` and a name in lower case).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field(Cow<'static, str>);

impl Field {
    /// The field with this name; `None` if it is neither in the catalogue nor custom.
    pub fn from_name(name: &str) -> Option<Self> {
        if let Some(spec) = CATALOGUE.iter().find(|spec| spec.name == name) {
            return Some(Self(Cow::Borrowed(spec.name)));
        }
        let custom = name.strip_prefix("x_")?;
        let is_word = |c: char| c.is_alphanumeric() && !c.is_uppercase() || c == '_';
        (!custom.is_empty() && custom.chars().all(is_word)).then(|| Self(Cow::Owned(name.to_owned())))
    }

    /// A field that code names: `Field::known("email")`. The name must be in the catalogue; a test walks over all uses.
    pub const fn known(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// Its stable name.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// What is known of it; every custom field shares one spec.
    pub fn spec(&self) -> &'static FieldSpec {
        CATALOGUE.iter().find(|spec| spec.name == self.0).unwrap_or(&CUSTOM)
    }

    /// What a person reads.
    pub fn label(&self) -> String {
        let spec = self.spec();
        match self.0.strip_prefix("x_") {
            Some(custom) => custom.replace('_', " "),
            None => spec.label.to_owned(),
        }
    }

    /// Place in the catalogue, for display order; custom fields come last.
    pub fn rank(&self) -> usize {
        CATALOGUE.iter().position(|spec| spec.name == self.0).unwrap_or(CATALOGUE.len())
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<str>::deserialize(deserializer)?;
        Self::from_name(&name).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "`{name}` is not a field; a custom field is `x_` and a name in lower case"
            ))
        })
    }
}

/// One of the catalogue's names, or a custom one.
impl JsonSchema for Field {
    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Field")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = CATALOGUE.iter().map(|spec| spec.name).collect();
        json_schema!({
            "description": "A field of the catalogue, or a custom one: `x_` and a name in lower case.",
            "anyOf": [
                { "enum": names },
                { "type": "string", "pattern": "^x_[^A-Z\\s-]+$" },
            ],
        })
    }
}

#[cfg(test)]
mod tests;
