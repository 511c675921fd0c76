//! The house rules, as checks. Each gives the places that break it.

mod crates;
mod files;

use cargo_metadata::MetadataCommand;

/// Checks every rule and lists all that is broken.
pub(crate) fn run() -> Result<(), String> {
    let metadata = MetadataCommand::new().no_deps().exec().map_err(|error| format!("cargo metadata: {error}"))?;
    let root = metadata.workspace_root.clone().into_std_path_buf();
    let tracked = files::tracked(&root)?;
    let mut broken = Vec::new();
    broken.extend(crates::directions(&metadata));
    broken.extend(crates::confinement(&metadata));
    broken.extend(crates::names(&metadata));
    broken.extend(crates::documented(&metadata, &files::read(&root, "ARCHITECTURE.md")));
    broken.extend(crates::reasons(&files::read(&root, "Cargo.toml")));
    let mut lengths = Vec::new();
    for path in &tracked {
        let text = files::read(&root, path);
        broken.extend(files::check(path, &text));
        if path.ends_with(".rs") {
            lengths.push(text.lines().count());
        }
    }
    broken.extend(files::vendors_documented(&tracked));
    lengths.sort_unstable();
    let median = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
    println!("{} Rust files, median {median} lines, longest {}", lengths.len(), lengths.last().copied().unwrap_or(0));
    if broken.is_empty() { Ok(()) } else { Err(broken.join("\n")) }
}

#[cfg(test)]
mod tests;
