//! One file a source system. What a system exports, and how, is what its real exports look like.

mod calls;
mod clients;
mod google;
mod hubspot;
mod lines;
mod portal;
mod scores;

use crate::SynthError;
use crate::directory::Directory;
use crate::manifest::Manifest;
use crate::sighting::{Sighting, Source, sightings};
use crate::table::Rendered;
use crate::world::World;

/// The world, and what the sources saw of it.
pub(crate) struct Scene {
    world: World,
    seed: u64,
    hubspot: Vec<Sighting>,
    google: Vec<Sighting>,
    clients: Vec<Sighting>,
    portal: Vec<Sighting>,
    directory: Directory,
}

impl Scene {
    pub(crate) fn of(world: World, seed: u64) -> Self {
        let [hubspot, google, clients, portal] = Source::ALL.map(|source| sightings(&world, source, seed));
        let directory = Directory::of(&world, [&hubspot, &google, &clients, &portal].into_iter().flatten());
        Self { world, seed, hubspot, google, clients, portal, directory }
    }

    pub(crate) fn manifest(&self) -> Manifest {
        let all = [&self.hubspot, &self.google, &self.clients, &self.portal];
        let mut manifest = Manifest::count(&self.world, all.into_iter().flatten());
        manifest.organisations_twice = hubspot::listed_twice(self).count() as u32;
        manifest
    }

    /// All sources, by file name.
    pub(crate) fn render(&self) -> Result<Vec<Rendered>, SynthError> {
        Ok(vec![
            calls::render(self),
            clients::render(self),
            google::render(self),
            hubspot::companies(self),
            hubspot::contacts(self),
            hubspot::deals(self),
            lines::notes(self),
            portal::render(self)?,
            scores::render(self),
            lines::tasks(self),
        ])
    }
}

/// A day, counted back from the day on which the sources were exported, 28 October 2026: months of 28 days keep it simple and
/// valid.
fn day_before(days: usize) -> (usize, usize, usize) {
    let months = days / 28;
    let month = 2026 * 12 + 9 - months;
    (month / 12, month % 12 + 1, 28 - days % 28)
}

/// `2026-10-28`.
fn iso(days: usize) -> String {
    let (year, month, day) = day_before(days);
    format!("{year:04}-{month:02}-{day:02}")
}
