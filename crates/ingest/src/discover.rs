//! Which files to import.

use std::fs;
use std::path::{Path, PathBuf};

use crate::IngestError;

/// A file to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub path: PathBuf,
    /// How it is named in reports: relative to the folder that was given, with `/`; a file given directly by its name.
    pub display: String,
}

/// All files below the given paths, by name; hidden files and folders are passed over. Of a mailbox that is a folder (Maildir) these
/// are the messages: what is being delivered and the lists of the mail server are none, and its hidden folders hold mail too.
///
/// # Errors
/// A path that is not there or cannot be listed.
pub fn discover(paths: &[PathBuf]) -> Result<Vec<Input>, IngestError> {
    let mut inputs = Vec::new();
    for path in paths {
        let fail = |source| IngestError::Source { path: path.clone(), source };
        if fs::metadata(path).map_err(fail)?.is_dir() {
            walk(path, "", &mut inputs)?;
        } else {
            inputs.push(Input { path: path.clone(), display: name(path) });
        }
    }
    inputs.sort_by(|a, b| (&a.display, &a.path).cmp(&(&b.display, &b.path)));
    inputs.dedup_by(|a, b| a.path == b.path);
    Ok(inputs)
}

fn walk(folder: &Path, prefix: &str, inputs: &mut Vec<Input>) -> Result<(), IngestError> {
    let fail = |source| IngestError::Source { path: folder.to_owned(), source };
    let is_mailbox = is_mailbox(folder);
    for entry in fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let name = name(&path);
        let is_mail = is_mailbox && is_mailbox_within(&path);
        let is_bookkeeping = is_mailbox && (name == "tmp" || BOOKKEEPING.iter().any(|begin| name.starts_with(begin)));
        if (name.starts_with('.') && !is_mail) || is_bookkeeping {
            continue;
        }
        let display = format!("{prefix}{name}");
        if path.is_dir() {
            walk(&path, &format!("{display}/"), inputs)?;
        } else {
            inputs.push(Input { path, display });
        }
    }
    Ok(())
}

/// How lists begin that mail servers (Dovecot, Courier) keep beside the messages.
const BOOKKEEPING: [&str; 5] = ["dovecot", "courierimap", "maildirsize", "maildirfolder", "subscriptions"];

/// Whether a folder is a Maildir.
fn is_mailbox(folder: &Path) -> bool {
    ["cur", "new", "tmp"].iter().all(|name| folder.join(name).is_dir())
}

/// Whether a folder of a Maildir is one itself; `tmp` may be left out of copies.
fn is_mailbox_within(folder: &Path) -> bool {
    ["cur", "new"].iter().all(|name| folder.join(name).is_dir())
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
