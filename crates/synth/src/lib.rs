//! Synthetic client graphs with known truth, written as the files that real systems export.
//!
//! The same options write the same bytes. Everything is invented: names are put together from lists, addresses of mail
//! are on reserved domains (RFC 2606), phone numbers are of ranges kept for fiction where a country has one.

mod directory;
mod error;
mod manifest;
mod names;
mod phones;
mod places;
mod random;
mod sighting;
mod sources;
mod table;
mod words;
mod world;

use std::fs;
use std::path::Path;

pub use directory::Mentions;
pub use error::SynthError;
pub use manifest::{Manifest, Trap};
use sources::Scene;
use table::Truth;
use world::World;

/// What to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The same seed writes the same bytes.
    pub seed: u64,
    /// Real people behind the sources.
    pub people: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: 1, people: 2000 }
    }
}

/// Writes the source files into the folder `sources` and the truth into the file `truth` (CSV: `file,row,kind,entity_id`,
/// one line for each row and kind that a row itself states; `row` is the physical row from 1).
///
/// # Errors
/// A folder that cannot be written.
pub fn write(sources: &Path, truth: &Path, options: &Options) -> Result<Manifest, SynthError> {
    let scene = Scene::of(World::generate(options), options.seed);
    let mut manifest = scene.manifest();
    let mut lines = Vec::new();
    fs::create_dir_all(sources).map_err(|source| SynthError::Write { path: sources.to_owned(), source })?;
    for rendered in scene.render()? {
        let path = sources.join(rendered.name);
        fs::write(&path, &rendered.bytes).map_err(|source| SynthError::Write { path, source })?;
        manifest.mentions.add(rendered.mentions);
        manifest.files.push((rendered.name.to_owned(), rendered.rows));
        manifest.unreadable.extend(rendered.unreadable.iter().map(|row| (rendered.name.to_owned(), *row)));
        lines.extend(rendered.truth.into_iter().map(|truth| (rendered.name, truth)));
    }
    write_truth(truth, &lines)?;
    Ok(manifest)
}

fn write_truth(path: &Path, lines: &[(&'static str, Truth)]) -> Result<(), SynthError> {
    let mut text = String::from("file,row,kind,entity_id\n");
    for (file, Truth { row, kind, entity }) in lines {
        text.push_str(&format!("{file},{row},{kind},{entity}\n"));
    }
    fs::write(path, text).map_err(|source| SynthError::Write { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests;
