//! What was written, counted from the rows: a twin whom no source shows is not counted.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::directory::Mentions;
use crate::sighting::{Sighting, reads_as};
use crate::table::person_id;
use crate::world::{Part, World};

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// Real people, each in at least one source.
    pub people: u32,
    /// Real organisations.
    pub organisations: u32,
    /// Organisations that one source lists twice.
    pub organisations_twice: u32,
    /// People who must not be taken for one, by what they share.
    pub traps: Vec<Trap>,
    /// People of whom the sources show an older and a newer state, by what changed.
    pub changes: BTreeMap<&'static str, u32>,
    /// What the rows that mention somebody can mean.
    pub mentions: Mentions,
    /// Data rows by file, those that cannot be read included.
    pub files: Vec<(String, u64)>,
    /// Rows that a reader must set aside: file and physical row.
    pub unreadable: Vec<(String, u64)>,
}

/// Different people whom a careless comparison takes for one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trap {
    /// What they are to each other, in the plural: `twins`.
    pub name: &'static str,
    /// Their ids in the truth file.
    pub people: Vec<String>,
}

impl Manifest {
    /// Data rows in all files.
    pub fn rows(&self) -> u64 {
        self.files.iter().map(|(_, rows)| rows).sum()
    }

    pub(crate) fn count<'a>(world: &World, sightings: impl Iterator<Item = &'a Sighting>) -> Self {
        let mut seen: BTreeMap<usize, Vec<&Sighting>> = BTreeMap::new();
        for sighting in sightings {
            seen.entry(sighting.person).or_default().push(sighting);
        }
        let mut manifest =
            Self { people: seen.len() as u32, organisations: world.organisations.len() as u32, ..Self::default() };
        for group in world.groups().into_values() {
            let Some(part) = group.first().and_then(|first| world.people.get(*first)).map(|first| first.part) else {
                continue;
            };
            let rows: Vec<&[&Sighting]> =
                group.iter().map(|person| seen.get(person).map_or(&[][..], Vec::as_slice)).collect();
            if part.is_trap() && is_set(part, &rows) {
                let people = group.iter().map(|person| person_id(*person)).collect();
                manifest.traps.push(Trap { name: trap_name(part), people });
            }
            let alone = group.first().copied().unwrap_or_default();
            if let Some(name) = change(part, world, alone, rows.first().copied().unwrap_or_default()) {
                *manifest.changes.entry(name).or_insert(0) += 1;
            }
        }
        manifest
    }
}

fn trap_name(part: Part) -> &'static str {
    match part {
        Part::Twin => "twins",
        Part::Couple => "couples with one mailbox",
        Part::Namesake => "namesakes",
        Part::Generation => "father and son of one name",
        Part::Office => "colleagues with one mailbox",
        _ => "relatives with one landline",
    }
}

/// Whether the sources show what makes the trap one.
fn is_set(part: Part, group: &[&[&Sighting]]) -> bool {
    fn shared<'a, T: Ord>(group: &[&[&'a Sighting]], stated: impl Fn(&'a Sighting) -> Option<T>) -> bool {
        let of = |rows: &&[&'a Sighting]| rows.iter().filter_map(|row| stated(row)).collect::<BTreeSet<T>>();
        let mut sets = group.iter().map(of);
        let first = sets.next().unwrap_or_default();
        sets.all(|set| !set.is_disjoint(&first))
    }
    match part {
        Part::Twin => shared(group, |row| row.birth),
        Part::Couple | Part::Office => shared(group, |row| row.email.as_ref()),
        Part::Household => shared(group, |row| row.landline.as_ref()),
        Part::Generation => group.iter().all(|rows| rows.iter().any(|row| row.birth.is_some())),
        _ => group.iter().all(|rows| !rows.is_empty()),
    }
}

/// What the sources show to have changed in somebody's life.
fn change(part: Part, world: &World, person: usize, rows: &[&Sighting]) -> Option<&'static str> {
    let person = &world.people[person];
    let (now, then) = (&person.now, person.before.as_ref()?);
    let both = |shows: &dyn Fn(&Sighting, &crate::world::Life) -> bool| {
        rows.iter().any(|row| shows(row, now)) && rows.iter().any(|row| shows(row, then))
    };
    let (name, shown) = match part {
        Part::Renamed => ("family name", both(&|row, life| reads_as(&row.family, &life.family))),
        Part::Moved => ("home", both(&|row, life| row.home.as_ref().is_some_and(|home| *home == life.home))),
        Part::ChangedJob => ("employer", both(&|row, life| row.employer.is_some() && row.employer == life.employer)),
        Part::ChangedNumber => {
            ("mobile number", both(&|row, life| row.phone.as_ref().is_some_and(|own| life.phones.contains(own))))
        }
        _ => return None,
    };
    shown.then_some(name)
}
