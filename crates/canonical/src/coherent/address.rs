//! A postal address.

use velocity_model::ValueType;

use super::{Group, Parts};
use crate::fold::{may_be_same, words};
use crate::quality::{Quality, quality};

const STREET: usize = 0;
const CITY: usize = 1;
const POSTCODE: usize = 3;

pub(super) const GROUP: Group = Group {
    fields: &[
        ("street", ValueType::Text),
        ("city", ValueType::Text),
        ("region", ValueType::Text),
        ("postcode", ValueType::Code),
        ("country", ValueType::Text),
    ],
    has_core: |parts| [STREET, CITY, POSTCODE].into_iter().any(|part| parts[part].is_some()),
    quality: address_quality,
    fits,
    speaks_for: fits,
};

/// The number of parts, then as of one text.
fn address_quality(parts: &Parts<'_>) -> Quality {
    let stated: Vec<&str> = parts.iter().flatten().copied().collect();
    let [is_cased, length, _] = quality(ValueType::Text, &stated.join(" "));
    [u32::try_from(stated.len()).unwrap_or(u32::MAX), is_cased, length]
}

/// Two addresses fit if they share a street, city or postcode and differ in none of them: a street and a city that no
/// record states together are probably of two addresses. Region and country are not compared, because sources write
/// them as names, codes and abbreviations.
fn fits(a: &Parts<'_>, b: &Parts<'_>) -> bool {
    let shared = [STREET, CITY, POSTCODE].into_iter().filter_map(|part| Some((a[part]?, b[part]?)));
    let agree: Vec<bool> = shared.map(|(a, b)| may_be_same(&words(a), &words(b))).collect();
    !agree.is_empty() && agree.into_iter().all(|agrees| agrees)
}
