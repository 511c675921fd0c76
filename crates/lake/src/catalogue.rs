//! The tables that SQL may read.

use std::collections::BTreeSet;
use std::path::PathBuf;

/// A table and its Parquet files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LakeTable {
    /// Name in SQL.
    pub name: String,
    /// What a row is, in a few words.
    pub description: String,
    /// Its files, all of one schema; none for a table without rows.
    pub files: Vec<PathBuf>,
}

impl LakeTable {
    /// A table of a fixed name.
    pub fn new(name: &str, description: &str, files: Vec<PathBuf>) -> Self {
        Self { name: name.to_owned(), description: description.to_owned(), files }
    }
}

/// All tables of one tenant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// The tables, in the order in which they are listed.
    pub tables: Vec<LakeTable>,
}

/// A name that SQL takes without quotes, made from the path of a file and its sheet, and not in `taken` yet.
pub fn sql_name(prefix: &str, path: &str, sheet: Option<&str>, taken: &mut BTreeSet<String>) -> String {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let text = [prefix, stem, sheet.unwrap_or_default()].join("_").to_lowercase();
    let mut name = String::new();
    for c in text.chars() {
        let c = if c.is_ascii_alphanumeric() { c } else { '_' };
        if c != '_' || !name.ends_with('_') {
            name.push(c);
        }
    }
    let base = name.trim_matches('_').to_owned();
    let mut name = base.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{base}_{number}");
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests;
