//! The canonical domains.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a record is about. Persons and organisations are resolved (several records may be one entity); the other
/// kinds are items: each record stands for itself and is attached to the entities it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// A human being: contact, lead, customer.
    Person,
    /// A company or other organisation; the account of a CRM.
    Organisation,
    /// A deal.
    Opportunity,
    /// Something to do, or done.
    Task,
    /// Free text that somebody wrote about a record.
    Note,
    /// A message, call, meeting or visit.
    Interaction,
    /// What a person is interested in: a property, a product.
    Interest,
    /// One point of a named score series.
    Score,
}

impl EntityKind {
    /// Every kind, in the order in which reports list them.
    pub const ALL: [Self; 8] = [
        Self::Person,
        Self::Organisation,
        Self::Opportunity,
        Self::Task,
        Self::Note,
        Self::Interaction,
        Self::Interest,
        Self::Score,
    ];

    /// The stable name in files, tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Opportunity => "opportunity",
            Self::Task => "task",
            Self::Note => "note",
            Self::Interaction => "interaction",
            Self::Interest => "interest",
            Self::Score => "score",
        }
    }

    /// The kind with this stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether several records of this kind may be one entity.
    pub const fn is_resolved(self) -> bool {
        matches!(self, Self::Person | Self::Organisation)
    }
}

impl fmt::Display for EntityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
