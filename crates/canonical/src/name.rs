//! A person's name is taken from one record: parts of two names must not be put together ("Jane" of Jane Doe, "Smith" of
//! Mary Smith). Parts that the best name lacks are filled from others only where all parts they share agree.

use std::cmp::Reverse;

use velocity_model::{Evidence, Policy, RecordId, ValueType};

use crate::quality::quality;

/// The fields that make up a name.
pub(crate) const NAME_PARTS: [&str; 5] = ["name_prefix", "given_name", "middle_name", "family_name", "name_suffix"];

/// The records whose name parts may be used, best first. The first gives the name; the others agree with it.
pub(crate) fn name_givers(members: &[&Evidence], policy: &Policy) -> Vec<RecordId> {
    let mut named: Vec<&&Evidence> = members.iter().filter(|member| parts(member).next().is_some()).collect();
    let support = |member: &Evidence| {
        let key = (fold(member.value("given_name")), fold(member.value("family_name")));
        members.iter().filter(|m| (fold(m.value("given_name")), fold(m.value("family_name"))) == key).count()
    };
    named.sort_by_cached_key(|member| {
        let trust = policy.trust(&member.source, "family_name", member.trust);
        let is_whole = member.value("given_name").is_some() && member.value("family_name").is_some();
        let complete: u32 = parts(member).map(|part| quality(ValueType::Name, part).0).sum();
        let updated = member.updated_at().map(str::to_owned);
        (Reverse((is_whole, trust, updated, support(member), complete)), member.record)
    });
    let Some(best) = named.first().copied() else { return Vec::new() };
    let agrees = |member: &Evidence| {
        NAME_PARTS.iter().all(|part| match (best.value(part), member.value(part)) {
            (Some(a), Some(b)) => fold(Some(a)) == fold(Some(b)),
            _ => true,
        })
    };
    named.iter().filter(|member| agrees(member)).map(|member| member.record).collect()
}

fn parts(member: &Evidence) -> impl Iterator<Item = &str> {
    NAME_PARTS.iter().filter_map(|part| member.value(part))
}

fn fold(part: Option<&str>) -> String {
    part.unwrap_or_default().to_lowercase()
}
