//! Where a value stands: file, sheet, row, bytes, cell.

use std::collections::BTreeMap;

use serde::Serialize;
use velocity_model::{Assertion, AssertionId};
use velocity_store::StoredEvidence;

use crate::format;

/// The chain from a file to a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Chain {
    /// System that states it.
    pub(crate) source: String,
    /// File, and sheet if there is one.
    pub(crate) file: String,
    /// "run 3".
    pub(crate) run: String,
    /// Address of the run's report.
    pub(crate) run_href: String,
    /// "row 1,204".
    pub(crate) row: String,
    /// "bytes 10,240 to 10,411 of blob 3f…"; for a sheet, that it has no byte span.
    pub(crate) bytes: String,
    /// The column, by header and position; that the profile states it, for a constant.
    pub(crate) column: String,
    /// The cell as it was read.
    pub(crate) raw: String,
    /// What was done to it.
    pub(crate) transforms: Vec<String>,
    /// The canonical value; empty while unresolved.
    pub(crate) value: String,
}

/// The evidence of a record, found by assertion.
pub(crate) struct Origins<'a> {
    found: BTreeMap<AssertionId, (&'a StoredEvidence, &'a Assertion)>,
}

impl<'a> Origins<'a> {
    /// An index over the evidence.
    pub(crate) fn new(evidence: &'a [StoredEvidence]) -> Self {
        let each = |stored: &'a StoredEvidence| {
            stored.evidence.assertions.iter().map(move |assertion| (assertion.id, (stored, assertion)))
        };
        Self { found: evidence.iter().flat_map(each).collect() }
    }

    /// The evidence that holds an assertion.
    pub(crate) fn get(&self, id: AssertionId) -> Option<(&'a StoredEvidence, &'a Assertion)> {
        self.found.get(&id).copied()
    }

    /// The chain of an assertion.
    pub(crate) fn chain(&self, id: AssertionId) -> Option<Chain> {
        self.get(id).map(|(stored, assertion)| chain(stored, assertion))
    }
}

/// The file, with its sheet.
pub(crate) fn file(stored: &StoredEvidence) -> String {
    match &stored.sheet {
        Some(sheet) => format!("{} [{sheet}]", stored.path),
        None => stored.path.clone(),
    }
}

/// "contacts.csv, row 1,204".
pub(crate) fn place(stored: &StoredEvidence) -> String {
    format!("{}, row {}", file(stored), format::count(stored.evidence.locator.row))
}

/// The bytes of a row.
pub(crate) fn bytes(stored: &StoredEvidence) -> String {
    let locator = &stored.evidence.locator;
    let blob = locator.blob.to_string();
    let blob = blob.get(..12).unwrap_or_default();
    if locator.len == 0 {
        return format!("a sheet row has no byte span; blob {blob}\u{2026}");
    }
    let end = locator.offset + locator.len;
    format!("bytes {} to {} of blob {blob}\u{2026}", format::count(locator.offset), format::count(end))
}

fn chain(stored: &StoredEvidence, assertion: &Assertion) -> Chain {
    let column = assertion.column.map(|index| {
        let header = stored.headers.get(index as usize).map(String::as_str).unwrap_or_default();
        let header = if header.is_empty() { "no header" } else { header };
        format!("{header} (column {})", index + 1)
    });
    Chain {
        source: stored.evidence.source.clone(),
        file: file(stored),
        run: format!("run {}", stored.sequence),
        run_href: format!("/imports/{}", stored.run),
        row: format!("row {}", format::count(stored.evidence.locator.row)),
        bytes: bytes(stored),
        column: column.unwrap_or_else(|| "stated by the profile for every row".to_owned()),
        raw: assertion.raw.clone(),
        transforms: assertion.transforms.clone(),
        value: assertion.value.clone(),
    }
}
