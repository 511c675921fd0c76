//! One table of one file: read into the staged zone, then mapped into the evidence zone. Both are named by the digest of
//! what they are made from, so a second run finds them and a killed run goes on where it was.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use velocity_ingest::{READER_VERSION, ReadError, Staged, read_description, read_staged, stage_tables};
use velocity_mapping::{MAPPER_VERSION, SetAside, map, read_evidence, to_toml, write_evidence};
use velocity_model::{
    BlobId, EntityKind, Evidence, Issue, Profile, QuarantinedRow, Question, StagedTable, digest_parts,
};

use crate::PipelineError;
use crate::layout::Layout;

/// What mapping said of a table, beside the evidence: kept as JSON next to it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Mapping {
    /// Physical row and the places of its records in the evidence file.
    pub(crate) rows: Vec<(u64, Vec<u32>)>,
    pub(crate) quarantined: Vec<QuarantinedRow>,
    #[serde(default)]
    pub(crate) set_aside: Vec<SetAside>,
    pub(crate) unmapped: Vec<String>,
    pub(crate) questions: Vec<Question>,
    pub(crate) issues: Vec<Issue>,
}

/// A mapped table.
#[derive(Debug)]
pub(crate) struct MappedTable {
    pub(crate) evidence_file: String,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) mapping: Mapping,
}

impl MappedTable {
    pub(crate) fn kinds(&self) -> BTreeMap<EntityKind, u64> {
        let mut kinds = BTreeMap::new();
        for evidence in &self.evidence {
            *kinds.entry(evidence.kind).or_default() += 1;
        }
        kinds
    }
}

/// Every table of a stored file, as far as it can be known without its cells; taken from the staged zone if this version of the
/// reader was there before.
pub(crate) fn stage(
    layout: &Layout,
    blob_path: &Path,
    blob: BlobId,
    file_name: &str,
) -> Result<Result<Vec<StagedTable>, ReadError>, PipelineError> {
    let index = layout.staged().join(format!("{}-r{READER_VERSION}.json", &blob.to_string()[..32]));
    if let Some(tables) = read_json::<Vec<u32>>(&index) {
        let staged = tables.iter().map(|table| read_description(&layout.staged(), blob, *table));
        if let Ok(staged) = staged.collect::<Result<Vec<_>, _>>() {
            return Ok(Ok(staged));
        }
    }
    make_dir(&layout.staged())?;
    let tables = match stage_tables(&layout.staged(), blob_path, blob, file_name)? {
        Ok(tables) => tables,
        Err(refused) => return Ok(Err(refused)),
    };
    // The index comes last: without it the tables of a killed run are read again.
    let numbers: Vec<u32> = tables.iter().map(|table| table.table).collect();
    write_json(&index, &numbers)?;
    Ok(Ok(tables))
}

/// A staged table with its cells.
pub(crate) fn with_cells(layout: &Layout, table: &StagedTable) -> Result<Staged, PipelineError> {
    Ok(read_staged(&layout.staged(), table.blob, table.table)?)
}

/// The name of the evidence that `profile` yields for a table.
pub(crate) fn evidence_file(blob: BlobId, table: u32, profile: &Profile) -> String {
    let versions = [READER_VERSION.to_le_bytes(), MAPPER_VERSION.to_le_bytes()].concat();
    let toml = to_toml(profile);
    let parts: [&[u8]; 4] = [blob.as_bytes(), &table.to_le_bytes(), &versions, toml.as_bytes()];
    let digest: [u8; 16] = digest_parts("velocity 2026 evidence file", &parts);
    let hex = hex::encode(digest);
    format!("{hex}.parquet")
}

/// Maps a staged table; taken from the evidence zone if exactly this was mapped before.
pub(crate) fn map_table(layout: &Layout, table: &StagedTable, profile: &Profile) -> Result<MappedTable, PipelineError> {
    let evidence_file = evidence_file(table.blob, table.table, profile);
    if let Some(found) = read_mapped(layout, &evidence_file) {
        return Ok(found);
    }
    let mapped = map(profile, table, &with_cells(layout, table)?.frame);
    let mapping = Mapping {
        rows: mapped.rows,
        quarantined: mapped.quarantined,
        set_aside: mapped.set_aside,
        unmapped: mapped.unmapped,
        questions: mapped.questions,
        issues: mapped.issues,
    };
    make_dir(&layout.evidence())?;
    write_evidence(&layout.evidence().join(&evidence_file), &mapped.evidence)?;
    write_json(&sidecar(layout, &evidence_file), &mapping)?;
    Ok(MappedTable { evidence_file, evidence: mapped.evidence, mapping })
}

/// A mapped table as it stands in the evidence zone; `None` if it is not there whole.
pub(crate) fn read_mapped(layout: &Layout, evidence_file: &str) -> Option<MappedTable> {
    // The sidecar is written last, so that it is there only if the evidence is.
    let mapping = read_json(&sidecar(layout, evidence_file))?;
    let evidence = read_evidence(&layout.evidence().join(evidence_file)).ok()?;
    Some(MappedTable { evidence_file: evidence_file.to_owned(), evidence, mapping })
}

fn sidecar(layout: &Layout, evidence_file: &str) -> PathBuf {
    layout.evidence().join(evidence_file).with_extension("json")
}

pub(crate) fn read_json<T: for<'de> Deserialize<'de>>(path: &Path) -> Option<T> {
    // Derived state that does not read is made again.
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

pub(crate) fn write_json(path: &Path, value: &impl Serialize) -> Result<(), PipelineError> {
    let fail = |source| PipelineError::File { doing: "write", path: path.to_owned(), source };
    let bytes = serde_json::to_vec(value).map_err(|error| fail(io::Error::other(error)))?;
    let temporary = path.with_extension("json.part");
    let written = File::create(&temporary).and_then(|mut file| {
        file.write_all(&bytes)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&temporary, path)).map_err(fail)
}

pub(crate) fn make_dir(path: &Path) -> Result<(), PipelineError> {
    fs::create_dir_all(path).map_err(|source| PipelineError::File { doing: "make", path: path.to_owned(), source })
}
