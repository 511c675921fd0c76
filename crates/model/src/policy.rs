//! Survivorship policy: which of several values a record shows. Data, not code.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Trust in one source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceTrust {
    /// Rank for every field without one of its own; higher wins.
    pub rank: u32,
    /// Ranks of single fields, by field name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, u32>,
}

/// The policy. A source that it does not name has the trust that its profile gives ([`crate::Evidence::trust`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Trust by source name.
    #[serde(default)]
    pub sources: BTreeMap<String, SourceTrust>,
    /// Names of the sources whose values people typed in by hand: these stand before any other source's.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub human_entered: BTreeSet<String>,
}

impl Policy {
    /// The trust rank of `source` for `field`; `stated` is what its profile gives.
    pub fn trust(&self, source: &str, field: &str, stated: u32) -> u32 {
        match self.sources.get(source) {
            Some(trust) => trust.fields.get(field).copied().unwrap_or(trust.rank),
            None => stated,
        }
    }
}
