//! Synthetic client graphs with known truth, written as the files that real systems export.
//!
//! The same options write the same bytes. Everything is invented: names are put together from lists, addresses of mail
//! are on reserved domains (RFC 2606), phone numbers are of ranges kept for fiction where a country has one.

mod error;
mod graph;
mod noise;
mod random;
mod sources;
mod table;
mod words;

use std::fs;
use std::path::Path;

use serde::Serialize;

pub use error::SynthError;
use graph::Graph;
use table::Truth;

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

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// Real people.
    pub people: u32,
    /// Real organisations.
    pub organisations: u32,
    /// Pairs of twins.
    pub twins: u32,
    /// Households of two or more.
    pub households: u32,
    /// Couples who share one mailbox.
    pub shared_mailboxes: u32,
    /// Offices in which several people use one mailbox.
    pub office_mailboxes: u32,
    /// Pairs of different people with one name.
    pub namesakes: u32,
    /// Fathers and sons of one name.
    pub generations: u32,
    /// People who changed their family name.
    pub name_changes: u32,
    /// Data rows by file, those that cannot be read included.
    pub files: Vec<(String, u64)>,
    /// Rows that a reader must set aside: file and physical row.
    pub unreadable: Vec<(String, u64)>,
}

impl Manifest {
    /// Data rows in all files.
    pub fn rows(&self) -> u64 {
        self.files.iter().map(|(_, rows)| rows).sum()
    }
}

/// Writes the source files into the folder `sources` and the truth into the file `truth` (CSV: `file,row,kind,entity_id`,
/// one line for each row and kind that a row itself states; `row` is the physical row from 1).
///
/// # Errors
/// A folder that cannot be written.
pub fn write(sources: &Path, truth: &Path, options: &Options) -> Result<Manifest, SynthError> {
    let graph = Graph::generate(options);
    let mut manifest = graph.manifest();
    let mut lines = Vec::new();
    fs::create_dir_all(sources).map_err(|source| SynthError::Write { path: sources.to_owned(), source })?;
    for rendered in sources::render_all(&graph, options.seed)? {
        let path = sources.join(rendered.name);
        fs::write(&path, &rendered.bytes).map_err(|source| SynthError::Write { path, source })?;
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
