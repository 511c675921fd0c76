//! Evidence: what one source row states about one thing, value by value, each with the cell it came from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{AssertionId, BlobId, EntityKind, Field, RecordId, VersionId};

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Locator {
    /// The file.
    pub blob: BlobId,
    /// Number of the table in the file, from 0.
    pub table: u32,
    /// Physical row, from 1.
    pub row: u64,
    /// First byte of the row in the blob; 0 for a sheet.
    pub offset: u64,
    /// Bytes of the row; 0 for a sheet.
    pub len: u64,
}

/// One version of one evidence record. Immutable. The unit of identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The record.
    pub record: RecordId,
    /// This version of it.
    pub version: VersionId,
    /// What it is about.
    pub kind: EntityKind,
    /// The system that states it: `hubspot`.
    pub source: String,
    /// The source's own key, or the content key of a row without one.
    pub key: String,
    /// Trust rank of the source, from its profile; higher wins.
    pub trust: u32,
    /// The row.
    pub locator: Locator,
    /// What it states, in column order.
    pub assertions: Vec<Assertion>,
    /// What it points to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

impl Evidence {
    /// The resolved values of a field, in column order.
    pub fn values<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        let stated = self.assertions.iter().filter(move |assertion| assertion.field.name() == field);
        stated.filter(|assertion| assertion.is_resolved()).map(|assertion| assertion.value.as_str())
    }

    /// The first resolved value of a field.
    pub fn value<'a>(&'a self, field: &'a str) -> Option<&'a str> {
        self.values(field).next()
    }

    /// When the source says that it last changed the record (canonical text of a date or time, comparable bytewise).
    pub fn updated_at(&self) -> Option<&str> {
        self.value("updated_at")
    }
}

/// One value of one field, with the cell it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assertion {
    /// Its id.
    pub id: AssertionId,
    /// The field.
    pub field: Field,
    /// The value in the canonical form of the field's type; empty while unresolved.
    pub value: String,
    /// The cell (or the part of a multi-value cell) as it was read; empty for a value the profile states as constant.
    pub raw: String,
    /// Number of the column, from 0; `None` for a constant.
    pub column: Option<u32>,
    /// What was done to get from `raw` to `value`, in order: `trim`, `phone FR`, `date dmy`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transforms: Vec<String>,
    /// Why the value is not resolved (a stable dotted code such as `date.order_unknown`); `None` if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unresolved: Option<String>,
}

impl Assertion {
    /// Whether the value could be brought into canonical form.
    pub fn is_resolved(&self) -> bool {
        self.unresolved.is_none()
    }
}

/// What a link means, from the record that states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkRole {
    /// The organisation a person works for.
    Employer,
    /// The person an item is about or with.
    Person,
    /// The organisation an item is about.
    Organisation,
    /// The opportunity an item belongs to.
    Opportunity,
}

impl LinkRole {
    /// The stable name in files, tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Employer => "employer",
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Opportunity => "opportunity",
        }
    }

    /// The role with this stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::Employer, Self::Person, Self::Organisation, Self::Opportunity];
        all.into_iter().find(|role| role.as_str() == name)
    }

    /// The kind of record it points to.
    pub const fn target_kind(self) -> EntityKind {
        match self {
            Self::Employer | Self::Organisation => EntityKind::Organisation,
            Self::Person => EntityKind::Person,
            Self::Opportunity => EntityKind::Opportunity,
        }
    }
}

/// One pointer from a record to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it means.
    pub role: LinkRole,
    /// What it points to.
    pub target: LinkTarget,
    /// The cell as it was read.
    pub raw: String,
    /// Number of the column, from 0; `None` for a link between the entities of one row.
    pub column: Option<u32>,
}

/// What a link points to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkTarget {
    /// A record by its id, which may not have arrived yet.
    Record(RecordId),
    /// Somebody known only by an address. Attached after clustering to the one entity that has it; with none or
    /// several the item stays unlinked. A mention never creates an entity and never joins two.
    Mention(Mention),
}

/// An address that points to somebody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mention {
    /// `email` or `phone`.
    pub field: Field,
    /// The address in canonical form.
    pub value: String,
}
