//! Which profile a table belongs to: by its headers, never by its name.

use std::collections::BTreeSet;

use velocity_model::{Profile, StagedTable};

use crate::columns::{fold_header, headers_of, is_added};
use crate::header_pattern::HeaderPattern;

/// The profile of a table, and how well it fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised<'p> {
    /// The profile.
    pub profile: &'p Profile,
    /// Headers of the table that the profile knows, in table order.
    pub matched: Vec<String>,
    /// Headers that the profile knows and that the table lacks, in profile order.
    pub missing_optional: Vec<String>,
    /// Headers of the table that the profile does not know, in table order.
    pub unknown: Vec<String>,
}

/// The profile whose required headers the table all has and that knows most of its headers; of equals the first by name.
/// `None` if no profile's required headers are all there.
pub fn recognise<'p>(profiles: &'p [Profile], table: &StagedTable) -> Option<Recognised<'p>> {
    let found = profiles.iter().filter_map(|profile| fit(profile, table));
    found.min_by(|a, b| b.matched.len().cmp(&a.matched.len()).then_with(|| a.profile.name.cmp(&b.profile.name)))
}

fn fit<'p>(profile: &'p Profile, table: &StagedTable) -> Option<Recognised<'p>> {
    if profile.recognise.headers.is_empty() || profile.recognise.format.is_some_and(|format| format != table.format) {
        return None;
    }
    let headers = || table.headers.iter().filter(|header| !fold_header(header).is_empty() && !is_added(header));
    let present: BTreeSet<String> = headers().map(|header| fold_header(header)).collect();
    if !profile.recognise.headers.iter().all(|header| present.contains(&fold_header(header))) {
        return None;
    }
    let known = known_headers(profile);
    let mut literal = BTreeSet::new();
    let mut repeated = Vec::new();
    for header in &known {
        match HeaderPattern::new(header) {
            HeaderPattern::Literal(folded) => drop(literal.insert(folded)),
            HeaderPattern::Repeated(pattern) => repeated.push(pattern),
        }
    }
    let is_known = |header: &String| {
        let folded = fold_header(header);
        literal.contains(&folded) || repeated.iter().any(|pattern| pattern.matches(&folded))
    };
    let (matched, unknown) = headers().cloned().partition(is_known);
    let mut seen = BTreeSet::new();
    let missing_optional = known.into_iter().filter(|header| {
        let pattern = HeaderPattern::new(header);
        !present.iter().any(|folded| pattern.matches(folded)) && seen.insert(fold_header(header))
    });
    let missing_optional = missing_optional.map(str::to_owned).collect();
    Some(Recognised { profile, matched, missing_optional, unknown })
}

/// Every header that a profile names.
pub(crate) fn known_headers(profile: &Profile) -> Vec<&str> {
    let recognise = profile.recognise.headers.iter().chain(&profile.recognise.optional).map(String::as_str);
    let read = profile.entities.iter().flat_map(headers_of);
    recognise.chain(read).chain(profile.ignore.iter().map(String::as_str)).collect()
}

#[cfg(test)]
mod tests;
