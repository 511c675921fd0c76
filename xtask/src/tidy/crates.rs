//! Rules about crates: who may import whom, and where an engine may be named.

use cargo_metadata::{DependencyKind, Metadata, Package};

/// Our crates each crate may depend on (dev-dependencies aside); the order of the layers.
const DIRECTIONS: [(&str, &[&str]); 10] = [
    ("model", &[]),
    ("ingest", &["model"]),
    ("mapping", &["model"]),
    ("identity-resolution", &["model"]),
    ("canonical", &["model"]),
    ("store", &["model"]),
    ("lake", &["model", "identity-resolution"]),
    ("synth", &["model"]),
    ("pipeline", &["model", "ingest", "mapping", "identity-resolution", "canonical", "store", "lake", "synth"]),
    ("serve", &["model", "store", "canonical", "pipeline"]),
];

/// Engines and the crates that may name them.
const CONFINED: [(&str, &[&str]); 8] = [
    ("sqlx", &["store"]),
    ("datafusion", &["lake"]),
    ("parquet", &["lake"]),
    ("polars", &["ingest", "mapping"]),
    ("indicatif", &["cli"]),
    ("axum", &["serve"]),
    ("askama", &["serve"]),
    ("clap", &["cli"]),
];

/// Crates without IO and without async.
const PURE: [&str; 2] = ["model", "canonical"];
const ASYNC: [&str; 3] = ["tokio", "async-trait", "futures"];

const BANNED: [&str; 3] = ["utils", "common", "helpers"];

fn short(package: &Package) -> &str {
    package.name.strip_prefix("velocity-").unwrap_or(package.name.as_str())
}

fn dependencies(package: &Package) -> impl Iterator<Item = &str> {
    let normal = package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
    normal.map(|dependency| dependency.name.as_str())
}

/// A crate that imports one of ours that it may not.
pub(super) fn directions(metadata: &Metadata) -> Vec<String> {
    let mut broken = Vec::new();
    for package in &metadata.packages {
        let Some((_, allowed)) = DIRECTIONS.iter().find(|(name, _)| *name == short(package)) else { continue };
        let ours = dependencies(package).filter_map(|name| name.strip_prefix("velocity-"));
        let wrong = ours.filter(|name| !allowed.contains(name));
        broken.extend(wrong.map(|name| format!("crate {} must not depend on {name}", short(package))));
    }
    broken
}

/// An engine named where it must not be.
pub(super) fn confinement(metadata: &Metadata) -> Vec<String> {
    let mut broken = Vec::new();
    for package in &metadata.packages {
        for dependency in dependencies(package) {
            let confined = CONFINED.iter().find(|(engine, _)| *engine == dependency);
            if confined.is_some_and(|(_, homes)| !homes.contains(&short(package))) {
                broken.push(format!("crate {} must not name {dependency}", short(package)));
            }
            if PURE.contains(&short(package)) && ASYNC.contains(&dependency) {
                broken.push(format!("crate {} must not be async ({dependency})", short(package)));
            }
        }
    }
    broken
}

/// A crate whose name says nothing.
pub(super) fn names(metadata: &Metadata) -> Vec<String> {
    let banned = metadata.packages.iter().filter(|package| BANNED.contains(&short(package)));
    banned.map(|package| format!("crate {} needs a name that says what it does", package.name)).collect()
}

/// A crate that `ARCHITECTURE.md` does not name.
pub(super) fn documented(metadata: &Metadata, architecture: &str) -> Vec<String> {
    let missing =
        metadata.packages.iter().filter(|package| !architecture.contains(&format!("| `{}` |", short(package))));
    missing.map(|package| format!("ARCHITECTURE.md does not name the crate {}", short(package))).collect()
}

/// A dependency without a comment that says why it is there. One reason may stand above several lines of a kind.
pub(super) fn reasons(manifest: &str) -> Vec<String> {
    let Some((_, rest)) = manifest.split_once("[workspace.dependencies]\n") else {
        return vec!["Cargo.toml has no [workspace.dependencies]".to_owned()];
    };
    let table = rest.split("\n[").next().unwrap_or_default();
    let mut broken = Vec::new();
    let mut has_reason = false;
    for line in table.lines() {
        if line.starts_with('#') {
            has_reason = true;
        } else if let Some((name, _)) = line.split_once(" = ") {
            let is_plain = ["serde", "serde_json", "tokio"].contains(&name) || name.starts_with("velocity-");
            if !has_reason && !is_plain {
                broken.push(format!("Cargo.toml does not say why {name} is there"));
            }
            has_reason = false;
        }
    }
    broken
}
