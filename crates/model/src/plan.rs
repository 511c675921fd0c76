//! The matching plan: everything that scoring needs and that is computed from a population or fixed by hand, frozen.

use serde::{Deserialize, Serialize};

use crate::{EntityKind, Id, PlanId, RecordId, digest_parts};

/// Match weight in thousandths of a bit: 1000 · log2(m / u), rounded. Integers, so that a sum depends on neither thread
/// count, partitioning nor engine.
pub type MilliBits = i32;

/// How two records are compared on one aspect. The functions stand in `identity-resolution`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// The whole name of a person, part by part, with nicknames and swapped parts.
    PersonName,
    /// Jr, Sr, II …
    NameSuffix,
    /// Best pair of e-mail addresses.
    Email,
    /// Best pair of phone numbers.
    Phone,
    /// Birth dates, with transposed and partial ones.
    BirthDate,
    /// Gender.
    Gender,
    /// Street, city and postcode together: they are not independent evidence.
    Address,
    /// The organisation a person works for.
    Employer,
    /// Occupation or job title.
    Occupation,
    /// Birth place.
    BirthPlace,
    /// The name of an organisation, without its legal form.
    OrganisationName,
    /// Registrable domain of an organisation's site or mail.
    Domain,
    /// Identifiers issued by somebody else (tax id, registration number).
    Identifier,
}

/// One outcome of a comparison and what it weighs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Stable name, such as `exact` or `nickname`; what a waterfall shows.
    pub name: String,
    /// What it adds to the pair's weight.
    pub weight: MilliBits,
}

/// The levels of one comparison, best first; the last one is disagreement. A missing value on either side weighs 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldPlan {
    /// What is compared.
    pub comparison: Comparison,
    /// Its outcomes.
    pub levels: Vec<Level>,
}

/// A frozen plan for one kind of entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Stable name and revision, such as `person-default-1`.
    pub name: String,
    /// What it matches.
    pub kind: EntityKind,
    /// Weight before any field is looked at: log2 of the odds that a candidate pair matches.
    pub prior: MilliBits,
    /// The comparisons.
    pub fields: Vec<FieldPlan>,
    /// At this weight or above, and with no risk, a pair is merged automatically.
    pub automatic: MilliBits,
    /// At this weight or above a pair waits for a person.
    pub review: MilliBits,
    /// A blocking key that more records than this share is too common to block on.
    pub block_limit: u32,
}

impl Plan {
    /// The id of the plan: a digest of its content.
    pub fn id(&self) -> PlanId {
        // A plan is plain data without maps, so its JSON is canonical; writing it to memory cannot fail.
        let json = serde_json::to_vec(self).unwrap_or_default();
        Id::from_bytes(digest_parts("velocity 2026 plan", &[&json]))
    }
}

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
    /// Joining the two would join clusters that contradict each other elsewhere.
    ClusterContradiction,
    /// Joining the two would rest on this one pair between two larger clusters.
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
            Self::ClusterContradiction => "other records of the two contradict each other",
            Self::WeakBridge => "only this one pair would join two groups of records",
        }
    }
}

/// A candidate pair that weighs at least [`Plan::review`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ScoredPair {
    /// The smaller record id.
    pub lo: RecordId,
    /// The larger record id.
    pub hi: RecordId,
    /// Sum of prior and field weights.
    pub weight: MilliBits,
    /// What the weight and the pair's own risks say; clustering may still keep the two apart.
    pub outcome: PairOutcome,
    /// Why it waits although it weighs enough, sorted.
    pub risks: Vec<Risk>,
}

/// One step of a waterfall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepWeight {
    /// What was compared; `None` for the prior.
    pub comparison: Option<Comparison>,
    /// The level reached: `exact`, `nickname`, `missing`.
    pub level: String,
    /// What it adds.
    pub weight: MilliBits,
    /// The values of the first record that were compared, as the source states them.
    pub left: String,
    /// The values of the second.
    pub right: String,
}

/// Why a pair weighs what it weighs. The weights of the steps add up to the total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waterfall {
    /// The prior, then one step a comparison, in plan order.
    pub steps: Vec<StepWeight>,
    /// The sum.
    pub weight: MilliBits,
    /// 1 / (1 + 2^-weight) in millionths, for people.
    pub probability_ppm: u32,
    /// The outcome of the pair by itself.
    pub outcome: PairOutcome,
    /// Why it waits although it weighs enough.
    pub risks: Vec<Risk>,
    /// The blocking passes in which the two share a key; empty means that they were never candidates.
    pub shared_blocks: Vec<String>,
}
