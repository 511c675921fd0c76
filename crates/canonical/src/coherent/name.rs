//! A person's name.

use velocity_model::ValueType;

use super::{Group, Parts};
use crate::fold::{are_among, may_be_same, words};
use crate::quality::{Quality, quality};

const FULL: usize = 0;
const GIVEN: usize = 2;
const MIDDLE: usize = 3;
const FAMILY: usize = 4;
const SUFFIX: usize = 5;

pub(super) const GROUP: Group = Group {
    fields: &[
        ("full_name", ValueType::Name),
        ("name_prefix", ValueType::Name),
        ("given_name", ValueType::Name),
        ("middle_name", ValueType::Name),
        ("family_name", ValueType::Name),
        ("name_suffix", ValueType::Name),
    ],
    has_core: |parts| [FULL, GIVEN, FAMILY].into_iter().any(|part| parts[part].is_some()),
    quality: name_quality,
    fits,
    speaks_for,
};

/// As of one text: the parts, or the full name where it is all there is.
fn name_quality(parts: &Parts<'_>) -> Quality {
    let stated: Vec<&str> = [GIVEN, MIDDLE, FAMILY].into_iter().filter_map(|part| parts[part]).collect();
    let text = if stated.is_empty() { parts[FULL].unwrap_or_default().to_owned() } else { stated.join(" ") };
    quality(ValueType::Name, &text)
}

/// Two names fit if none of the parts that both state differs by more than case, accents, initials or words left out,
/// and if a full name holds the given and family name of the other. Prefixes are not compared: one person is "Ms" here
/// and "Dr" there.
fn fits(a: &Parts<'_>, b: &Parts<'_>) -> bool {
    let shared = [FULL, GIVEN, MIDDLE, FAMILY].into_iter().all(|part| match (a[part], b[part]) {
        (Some(a), Some(b)) => may_be_same(&words(a), &words(b)),
        _ => true,
    });
    let suffixes = match (a[SUFFIX], b[SUFFIX]) {
        (Some(a), Some(b)) => words(a) == words(b),
        _ => true,
    };
    shared && suffixes && full_name_holds(a, b) && full_name_holds(b, a)
}

fn speaks_for(pinned: &Parts<'_>, stated: &Parts<'_>) -> bool {
    let is_full = |a: &Parts<'_>, b: &Parts<'_>| a[FULL].is_some() && (b[GIVEN].is_some() || b[FAMILY].is_some());
    let shares = pinned.iter().zip(stated).any(|(a, b)| a.is_some() && b.is_some());
    (shares || is_full(pinned, stated) || is_full(stated, pinned)) && fits(pinned, stated)
}

fn full_name_holds(full: &Parts<'_>, parts: &Parts<'_>) -> bool {
    let Some(full) = full[FULL].map(words) else { return true };
    [GIVEN, FAMILY].into_iter().filter_map(|part| parts[part]).all(|part| are_among(&words(part), &full))
}
