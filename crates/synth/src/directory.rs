//! Who can be reached under an address or a number that some row states: calls, notes and tasks name people by these.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::random::Random;
use crate::sighting::Sighting;
use crate::world::World;

/// How many people the rows that mention somebody can mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Mentions {
    /// Rows whose address or number one person has.
    pub one: u32,
    /// Rows whose address or number several people share, so that nobody can say who is meant.
    pub several: u32,
    /// Rows whose address or number is in no source, or that give none.
    pub nobody: u32,
}

impl Mentions {
    pub(crate) fn add(&mut self, other: Self) {
        self.one += other.one;
        self.several += other.several;
        self.nobody += other.nobody;
    }
}

/// Addresses or numbers, by how many people state them.
#[derive(Clone, Debug, Default)]
struct Book {
    own: Vec<String>,
    shared: Vec<String>,
}

impl Book {
    fn of(stated: BTreeMap<&String, BTreeSet<usize>>) -> Self {
        let (shared, own): (Vec<_>, Vec<_>) = stated.into_iter().partition(|(_, people)| people.len() > 1);
        let names = |list: Vec<(&String, _)>| list.into_iter().map(|(name, _)| name.clone()).collect();
        Self { own: names(own), shared: names(shared) }
    }

    /// One that a single person has, or one that several share, in `shared` of a hundred cases.
    fn draw(&self, shared: usize, random: &mut Random, met: &mut Mentions) -> Option<&String> {
        let is_shared = random.chance(shared) && !self.shared.is_empty();
        let list = if is_shared { &self.shared } else { &self.own };
        let found = list.get(random.below(list.len()))?;
        *if is_shared { &mut met.several } else { &mut met.one } += 1;
        Some(found)
    }
}

/// What the sources state.
#[derive(Clone, Debug, Default)]
pub(crate) struct Directory {
    emails: Book,
    phones: Book,
}

impl Directory {
    pub(crate) fn of<'a>(world: &World, sightings: impl Iterator<Item = &'a Sighting>) -> Self {
        let mut emails: BTreeMap<&String, BTreeSet<usize>> = BTreeMap::new();
        let mut phones: BTreeMap<&String, BTreeSet<usize>> = BTreeMap::new();
        for sighting in sightings {
            for email in sighting.email.iter().chain(&sighting.other_email) {
                emails.entry(email).or_default().insert(sighting.person);
            }
            let person = &world.people[sighting.person];
            // Nobody calls from a number that was only mistyped.
            let is_real =
                |number: &&String| person.now.phones.contains(number) || person.then().phones.contains(number);
            for phone in sighting.phone.iter().filter(is_real).chain(&sighting.landline) {
                phones.entry(phone).or_default().insert(sighting.person);
            }
        }
        Self { emails: Book::of(emails), phones: Book::of(phones) }
    }

    /// An address of mail as a note or a task gives it.
    pub(crate) fn email(&self, random: &mut Random, met: &mut Mentions) -> String {
        if !random.chance(6)
            && let Some(found) = self.emails.draw(5, random, met)
        {
            return found.clone();
        }
        met.nobody += 1;
        format!("visitor{}@elsewhere.example", random.between(1000, 9999))
    }

    /// The addresses that one person has.
    pub(crate) fn own_emails(&self) -> impl Iterator<Item = &String> {
        self.emails.own.iter()
    }

    /// The number of a call; `None` if it was withheld.
    pub(crate) fn phone(&self, random: &mut Random, met: &mut Mentions) -> Option<String> {
        if !random.chance(10)
            && let Some(found) = self.phones.draw(9, random, met)
        {
            return Some(found.clone());
        }
        met.nobody += 1;
        let unknown = format!("+33199009{:03}", random.below(1000));
        let is_stated = self.phones.own.contains(&unknown) || self.phones.shared.contains(&unknown);
        (!is_stated && random.chance(60)).then_some(unknown)
    }
}
