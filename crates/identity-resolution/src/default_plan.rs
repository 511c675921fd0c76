//! The shipped plans. Weights are 1000 · log2(m / u): m, the share of pairs of one entity that reach the level, and u, that
//! of pairs of two. m and u were set by hand from what is known of customer data, and frozen; a plan fitted to a
//! population replaces them.

use velocity_model::{Comparison, EntityKind, FieldPlan, Level, MilliBits, Plan};

/// A level: its name, m and u.
type Odds = (&'static str, f64, f64);

/// The plan shipped for a kind of entity; `None` for a kind that is not resolved.
pub fn default_plan(kind: EntityKind) -> Option<Plan> {
    match kind {
        EntityKind::Person => Some(person()),
        EntityKind::Organisation => Some(organisation()),
        _ => None,
    }
}

fn person() -> Plan {
    let name: [Odds; 9] = [
        // A given and a family name together are shared by chance by one pair in some thousands.
        ("same name", 0.70, 0.000_45),
        ("given and family name swapped", 0.02, 0.000_02),
        ("short form or further given name", 0.08, 0.000_15),
        ("typing error", 0.08, 0.000_30),
        ("part of a compound family name", 0.02, 0.000_10),
        ("initial", 0.03, 0.000_40),
        ("same given name, other family name", 0.03, 0.010),
        ("same family name, other given name", 0.005, 0.010),
        ("different name", 0.010, 0.980),
    ];
    let fields = vec![
        field(Comparison::PersonName, &name),
        field(Comparison::NameSuffix, &[("same suffix", 0.98, 0.40), ("different suffix", 0.005, 0.60)]),
        field(
            Comparison::Email,
            &[
                ("same e-mail", 0.60, 0.000_001_5),
                ("same shared mailbox", 0.05, 0.000_3),
                ("typing error in the e-mail", 0.03, 0.000_2),
                ("same local part at another domain", 0.06, 0.001),
                // Beside an equal name, which has been counted, this is as likely by chance.
                ("the name as local part at another domain", 0.06, 0.06),
                ("different e-mail", 0.40, 0.999),
            ],
        ),
        field(
            Comparison::Phone,
            &[
                // A landline is shared by a household.
                ("same phone", 0.65, 0.000_2),
                ("one digit off", 0.03, 0.001),
                ("different phone", 0.40, 0.999),
            ],
        ),
        field(
            Comparison::BirthDate,
            &[
                ("same birth date", 0.85, 0.000_1),
                ("birth date with a slip", 0.06, 0.000_6),
                ("birth date as far as known", 0.05, 0.006),
                ("same birth year", 0.02, 0.018),
                ("different birth date", 0.015, 0.975),
            ],
        ),
        field(Comparison::Gender, &[("same gender", 0.97, 0.5), ("different gender", 0.03, 0.5)]),
        field(
            Comparison::Address,
            &[
                ("same street", 0.45, 0.000_6),
                ("same postcode", 0.15, 0.002),
                ("same town", 0.20, 0.04),
                ("different place", 0.30, 0.957),
            ],
        ),
        field(
            Comparison::Employer,
            &[("same company", 0.60, 0.008), ("similar company", 0.06, 0.004), ("different company", 0.40, 0.988)],
        ),
        field(Comparison::Occupation, &[("same occupation", 0.55, 0.06), ("different occupation", 0.45, 0.94)]),
        field(Comparison::BirthPlace, &[("same birth place", 0.70, 0.02), ("different birth place", 0.30, 0.98)]),
        field(Comparison::Identifier, &[("same identifier", 0.90, 0.000_01), ("different identifier", 0.02, 0.99)]),
    ];
    Plan {
        name: "person-default-2".to_owned(),
        kind: EntityKind::Person,
        // A candidate pair is one person's in one of about 2,000 cases.
        prior: -11_000,
        fields,
        automatic: 5_500,
        review: -1_000,
        block_limit: 200,
    }
}

fn organisation() -> Plan {
    let fields = vec![
        field(
            Comparison::OrganisationName,
            &[
                ("same name", 0.80, 0.000_01),
                ("similar name", 0.08, 0.000_2),
                ("one name within the other", 0.06, 0.001),
                ("different name", 0.05, 0.998),
            ],
        ),
        field(Comparison::Domain, &[("same domain", 0.85, 0.000_1), ("different domain", 0.12, 0.999)]),
        field(
            Comparison::Phone,
            &[("same phone", 0.60, 0.000_5), ("one digit off", 0.03, 0.001), ("different phone", 0.40, 0.999)],
        ),
        field(
            Comparison::Address,
            &[
                ("same street", 0.50, 0.001),
                ("same postcode", 0.15, 0.004),
                ("same town", 0.20, 0.08),
                ("different place", 0.25, 0.915),
            ],
        ),
        field(Comparison::Identifier, &[("same identifier", 0.90, 0.000_01), ("different identifier", 0.03, 0.99)]),
    ];
    Plan {
        name: "organisation-default-1".to_owned(),
        kind: EntityKind::Organisation,
        prior: -10_000,
        fields,
        automatic: 5_500,
        review: -1_000,
        block_limit: 200,
    }
}

fn field(comparison: Comparison, levels: &[Odds]) -> FieldPlan {
    let level = |(name, m, u): &Odds| Level { name: (*name).to_owned(), weight: weight(*m, *u) };
    FieldPlan { comparison, levels: levels.iter().map(level).collect() }
}

/// 1000 · log2(m / u), rounded. The ratios above are far from any rounding boundary, so that no platform's logarithm
/// can change the plan; a test holds the plan's id.
fn weight(m: f64, u: f64) -> MilliBits {
    ((m / u).log2() * 1000.0).round() as MilliBits
}

#[cfg(test)]
mod tests;
