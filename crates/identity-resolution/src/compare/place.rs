//! Street, postcode and city together: whoever shares a street shares the rest.

use strsim::jaro_winkler;

use crate::features::Features;

/// Street and town; postcode; town; different.
pub(crate) fn compare(a: &Features, b: &Features) -> Option<usize> {
    let both = |a: &str, b: &str| !a.is_empty() && !b.is_empty();
    let (postcodes, cities) = (both(&a.postcode, &b.postcode), both(&a.city, &b.city));
    let streets = both(&a.street, &b.street);
    if !postcodes && !cities && !streets {
        return None;
    }
    let same_postcode = postcodes && a.postcode == b.postcode;
    let same_city = cities && (a.city == b.city || jaro_winkler(&a.city, &b.city) >= 0.94);
    let same_street = streets && same_street(&a.street, &b.street);
    Some(match (same_street, same_postcode, same_city) {
        (true, true, _) | (true, _, true) => 0,
        (true, ..) if !postcodes && !cities => 0,
        (_, true, _) => 1,
        (_, _, true) => 2,
        _ => 3,
    })
}

/// The same number and nearly the same name.
fn same_street(a: &str, b: &str) -> bool {
    let number = |street: &str| -> String { street.chars().filter(char::is_ascii_digit).collect() };
    a == b || (number(a) == number(b) && jaro_winkler(a, b) >= 0.90)
}
