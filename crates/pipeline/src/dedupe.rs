//! Any table to its entities, without a database.

use std::path::{Path, PathBuf};

use velocity_identity_resolution::{DedupeOptions, Resolution, Table, dedupe};
use velocity_ingest::{ReadError, Staged, read_tables};
use velocity_mapping::suggest;
use velocity_model::blob_id;

/// What is known beforehand of a table; nothing is needed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableHints {
    /// The column that names a record; found by itself if not given.
    pub id_column: Option<String>,
    /// Columns that are not looked at.
    pub ignored: Vec<String>,
}

/// Why a table cannot be resolved.
#[derive(Debug, thiserror::Error)]
pub enum DedupeError {
    /// The file cannot be opened.
    #[error("cannot open `{}`", path.display())]
    Open {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file cannot be read as a table.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: ReadError,
    },
    /// A named column is not there.
    #[error("`{}` has no column `{column}`; it has {}", path.display(), headers.join(", "))]
    NoColumn {
        /// Which file.
        path: PathBuf,
        /// The column asked for.
        column: String,
        /// Those that are there.
        headers: Vec<String>,
    },
    /// The file has no table with rows.
    #[error("`{}` has no rows", path.display())]
    NoRows {
        /// Which file.
        path: PathBuf,
    },
    /// Two rows have one id.
    #[error("`{}`: the id `{id}` stands in more than one row of the column `{column}`", path.display())]
    RepeatedId {
        /// Which file.
        path: PathBuf,
        /// The column.
        column: String,
        /// The id.
        id: String,
    },
}

/// The entities of a file.
#[derive(Debug)]
pub struct Deduped {
    /// Which records are one, and why.
    pub resolution: Resolution,
    /// Records.
    pub records: u64,
    /// Column by which records are named; `None`: by their row, from 1.
    pub id_column: Option<String>,
    /// Rows that could not be read.
    pub set_aside: u64,
}

/// Resolves the first table with rows in a file.
///
/// # Errors
/// A file that cannot be read, a column that is not there, ids that repeat.
pub fn dedupe_file(path: &Path, hints: &TableHints, options: &DedupeOptions) -> Result<Deduped, DedupeError> {
    let open = |source| DedupeError::Open { path: path.to_owned(), source };
    let bytes = std::fs::read(path).map_err(open)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let read = |source| DedupeError::Read { path: path.to_owned(), source };
    let tables = read_tables(path, blob_id(&bytes), &name).map_err(read)?;
    drop(bytes);
    let staged = tables.into_iter().find(|staged| staged.table.rows > 0);
    let staged = staged.ok_or_else(|| DedupeError::NoRows { path: path.to_owned() })?;
    let (table, id_column) = table_of(path, &name, &staged, hints)?;
    let set_aside = staged.table.quarantined.len() as u64;
    drop(staged);
    let resolution = dedupe(&table, options);
    Ok(Deduped { records: table.len() as u64, id_column, set_aside, resolution })
}

/// Rows by which it is decided what columns hold.
const SAMPLE: usize = 20_000;

fn table_of(
    path: &Path,
    name: &str,
    staged: &Staged,
    hints: &TableHints,
) -> Result<(Table, Option<String>), DedupeError> {
    let headers = &staged.table.headers;
    for wanted in hints.ignored.iter().chain(&hints.id_column) {
        if !headers.contains(wanted) {
            let (path, column, headers) = (path.to_owned(), wanted.clone(), headers.clone());
            return Err(DedupeError::NoColumn { path, column, headers });
        }
    }
    // What a column holds shows in some rows as well as in all.
    let draft = suggest(&staged.table, &staged.frame.head(Some(SAMPLE)), name);
    let key = draft.profile.entities.first().and_then(|entity| entity.key.first()).cloned();
    let id_column = hints.id_column.clone().or(key);
    let id_place = id_column.as_ref().and_then(|column| headers.iter().position(|header| header == column));
    let ids: Vec<String> = match id_place {
        Some(place) => staged.column(place).into_iter().map(|id| id.trim().to_owned()).collect(),
        None => (1..=staged.table.rows).map(|row| row.to_string()).collect(),
    };
    let (ids, id_place, id_column) = match (repeated(&ids), &hints.id_column) {
        (None, _) => (ids, id_place, id_column),
        (Some(id), Some(column)) => {
            return Err(DedupeError::RepeatedId { path: path.to_owned(), column: column.clone(), id });
        }
        // What looked like a key names no record after all.
        (Some(_), None) => ((1..=staged.table.rows).map(|row| row.to_string()).collect(), None, None),
    };
    let used: Vec<usize> = (0..headers.len())
        .filter(|place| Some(*place) != id_place && !hints.ignored.contains(&headers[*place]))
        .collect();
    let cells: Vec<Vec<&str>> = used.iter().map(|place| staged.column(*place)).collect();
    let meaning = |place: usize| draft.columns.get(place)?.target.as_ref().map(|field| field.name().to_owned());
    let known = |place: &usize| (headers[*place].clone(), meaning(*place));
    let table = Table::of(ids, used.iter().map(known).collect(), |row, column| cells[column][row]);
    Ok((table, id_column))
}

fn repeated(ids: &[String]) -> Option<String> {
    let mut sorted: Vec<&String> = ids.iter().collect();
    sorted.sort_unstable();
    sorted.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone())
}
