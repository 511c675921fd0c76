//! Pairs of records, what they weigh and why.

use serde::{Deserialize, Serialize};

use crate::RecordId;

/// Match weight in thousandths of a bit: 1000 · log2(m / u), rounded. Integers, so that a sum depends on neither thread
/// count, partitioning nor engine.
pub type MilliBits = i32;

/// What becomes of a candidate pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairOutcome {
    /// Too little evidence.
    Apart,
    /// A person decides.
    Review,
    /// Merged without asking.
    Automatic,
}

/// Why a pair that weighs enough still waits for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// Both have a birth date and the two are not one date written differently.
    BirthDatesDiffer,
    /// Both have an identifier of the same kind and no value is shared.
    IdentifiersDiffer,
    /// The shared e-mail or phone is used by people with different names.
    SharedContactPoint,
    /// Same family, birth date or address, but another given name: twins, parent and child.
    LooksLikeRelative,
    /// Of one given name only the initial is known, and nothing that is one person's alone agrees: twins share the rest.
    InitialOnly,
    /// Nothing but the name speaks for it: there may be another of that name.
    NameAlone,
    /// Joining the two would join clusters that contradict each other elsewhere.
    ClusterContradiction,
    /// The other pairs between the two clusters speak against it.
    WeakBridge,
}

impl Risk {
    /// One clause for people, behind "waits because".
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::BirthDatesDiffer => "the birth dates differ",
            Self::IdentifiersDiffer => "the identifiers differ",
            Self::SharedContactPoint => "the shared e-mail or phone is used by people with different names",
            Self::LooksLikeRelative => "they may be relatives: same family or address, another given name",
            Self::InitialOnly => "one given name is only an initial, and relatives may share the rest",
            Self::NameAlone => "nothing but the name speaks for it, and there may be another of that name",
            Self::ClusterContradiction => "other records of the two contradict each other",
            Self::WeakBridge => "other records of the two do not match each other",
        }
    }
}

/// A pair that is merged or waits for a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ScoredPair {
    /// The smaller record id.
    pub lo: RecordId,
    /// The larger record id.
    pub hi: RecordId,
    /// Log odds that the two are one entity, against the explanation that speaks most against it.
    pub weight: MilliBits,
    /// What the weight and the pair's own risks say; clustering may still keep the two apart.
    pub outcome: PairOutcome,
    /// Why it waits although it weighs enough, sorted.
    pub risks: Vec<Risk>,
}

/// One step of a waterfall.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepWeight {
    /// What was compared, in words; `None` for the start; [`StepWeight::EXPLANATION`] for what is explained otherwise.
    pub field: Option<String>,
    /// The fields of evidence that it is made from.
    pub reads: Vec<String>,
    /// The level reached, in words: `same e-mail`, `missing`.
    pub level: String,
    /// What it adds.
    pub weight: MilliBits,
    /// The values of the first record that were compared, as the source states them.
    pub left: String,
    /// The values of the second.
    pub right: String,
}

impl StepWeight {
    /// The last step of a pair that may be two relatives, colleagues or the like: what that explains is taken off.
    pub const EXPLANATION: &str = "other explanation";

    /// Whether it compares something that records state.
    pub fn compares(&self) -> bool {
        self.field.as_deref().is_some_and(|field| field != Self::EXPLANATION)
    }
}

/// Why a pair weighs what it weighs. The weights of the steps add up to the total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waterfall {
    /// The start, one step a field, and what is explained otherwise.
    pub steps: Vec<StepWeight>,
    /// The sum.
    pub weight: MilliBits,
    /// 1 / (1 + 2^-weight) in millionths, for people.
    pub probability_ppm: u32,
    /// What the two may be if they are not one, by what speaks most against a match: strangers, relatives, namesakes …
    pub explanation: String,
    /// The outcome of the pair by itself.
    pub outcome: PairOutcome,
    /// Why it waits although it weighs enough.
    pub risks: Vec<Risk>,
    /// The blocking passes in which the two share a key; empty means that they were never candidates, and `None` that every
    /// pair was.
    pub shared_blocks: Option<Vec<String>>,
}
