//! Any table to its entities, without a database.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use velocity_identity_resolution::{DedupeOptions, MatchProgress, Resolution, Table, dedupe};
use velocity_ingest::{ReadError, Staged, read_tables};
use velocity_mapping::suggest;
use velocity_model::blob_id;

use crate::judged::Place;

/// What is known beforehand of a table; nothing is needed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableHints {
    /// The column that names a record; found by itself if not given.
    pub id_column: Option<String>,
    /// Columns that are not looked at.
    pub ignored: Vec<String>,
    /// The column that says where a record comes from; of several files it is the file, if not given.
    pub source_column: Option<String>,
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
    /// What was resolved.
    pub table: Table,
    /// Records.
    pub records: u64,
    /// Column by which records are named; `None`: by their row, from 1.
    pub id_column: Option<String>,
    /// Rows that could not be read.
    pub set_aside: u64,
    /// Whether ids begin with the name of their file and [`SEPARATOR`].
    pub has_sources: bool,
}

/// One file as it was read.
struct Read {
    /// The file's name without its ending, by which its records are told from those of others.
    source: String,
    ids: Vec<String>,
    id_column: Option<String>,
    staged: Staged,
    /// Header, meaning and place of each column that is looked at.
    columns: Vec<(String, Option<String>, usize)>,
    set_aside: u64,
}

/// Resolves the first table with rows of each file, all of them together.
///
/// # Errors
/// A file that cannot be read, a column that is not there, ids that repeat.
pub fn dedupe_files(
    paths: &[PathBuf],
    hints: &TableHints,
    options: &DedupeOptions,
    progress: MatchProgress<'_>,
) -> Result<Deduped, DedupeError> {
    let files: Vec<Read> = paths.iter().map(|path| read(path, hints)).collect::<Result<_, _>>()?;
    for column in hints.ignored.iter().chain(&hints.source_column) {
        let is_there = |file: &Read| file.columns.iter().any(|(header, ..)| header == column);
        let missing = !files.iter().any(is_there);
        if let (true, Some(path)) = (missing, paths.first()) {
            let headers =
                files.iter().flat_map(|file| file.columns.iter().map(|(header, ..)| header.clone())).collect();
            return Err(DedupeError::NoColumn { path: path.clone(), column: column.clone(), headers });
        }
    }
    let id_column = files.first().and_then(|file| file.id_column.clone());
    let set_aside = files.iter().map(|file| file.set_aside).sum();
    let table = joined(&files, hints);
    drop(files);
    let resolution = dedupe(&table, options, progress);
    let (records, has_sources) = (table.len() as u64, paths.len() > 1);
    Ok(Deduped { resolution, table, records, id_column, set_aside, has_sources })
}

/// The ids that [`dedupe_files`] gives some rows of the files.
pub(crate) fn row_ids(
    paths: &[PathBuf],
    hints: &TableHints,
    wanted: &BTreeSet<Place>,
) -> Result<BTreeMap<Place, String>, DedupeError> {
    let mut found = BTreeMap::new();
    for path in paths {
        let file = read(path, hints)?;
        let (blob, table) = (file.staged.table.blob, file.staged.table.table);
        for (row, id) in file.staged.rows().into_iter().zip(&file.ids) {
            if wanted.contains(&(blob, table, row)) {
                found.insert((blob, table, row), named(&file, id, paths.len() > 1));
            }
        }
    }
    Ok(found)
}

/// The id of a row among those of all files.
fn named(file: &Read, id: &str, has_sources: bool) -> String {
    if has_sources { format!("{}{SEPARATOR}{id}", file.source) } else { id.to_owned() }
}

/// All files as one table: what a file does not have is empty. Of several files the name of each stands in a column of its own.
fn joined(files: &[Read], hints: &TableHints) -> Table {
    let has_sources = files.len() > 1;
    let Columns { headers, placed } = columns_of(files, hints);
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut ids = Vec::new();
    for (number, file) in files.iter().enumerate() {
        places.extend((0..file.ids.len()).map(|row| (number, row)));
        ids.extend(file.ids.iter().map(|id| named(file, id, has_sources)));
    }
    let columns: Vec<Vec<Option<Vec<&str>>>> = files
        .iter()
        .zip(placed)
        .map(|(file, placed)| placed.into_iter().map(|place| Some(file.staged.column(place?))).collect())
        .collect();
    let mut all = headers.clone();
    if has_sources && hints.source_column.is_none() {
        all.push((SOURCE.to_owned(), Some(SOURCE.to_owned())));
    }
    Table::of(ids, all, |row, column| {
        let (file, row) = places[row];
        match columns[file].get(column) {
            None => &files[file].source,
            Some(None) => "",
            Some(Some(cells)) => cells.get(row).copied().unwrap_or_default(),
        }
    })
}

/// The columns of several files.
struct Columns {
    /// Header and meaning of each.
    headers: Vec<(String, Option<String>)>,
    /// By file, where it has each of them.
    placed: Vec<Vec<Option<usize>>>,
}

/// The columns of all files with what they hold, and for each file where it has them. One column are those of one header; and
/// those of one meaning, whatever each calls it, where no file has two of that. Numbers of two authorities are never one.
fn columns_of(files: &[Read], hints: &TableHints) -> Columns {
    let files: Vec<Vec<(String, Option<String>, usize)>> = files.iter().map(|file| looked_at(file, hints)).collect();
    let is_one = |meaning: &str| {
        let counts = files.iter().map(|file| file.iter().filter(|(_, own, _)| own.as_deref() == Some(meaning)).count());
        !meaning.starts_with(CUSTOM) && meaning != IDENTIFIER && counts.max().is_some_and(|most| most <= 1)
    };
    let (mut columns, mut placed) = (Vec::<(String, Option<String>)>::new(), Vec::with_capacity(files.len()));
    for file in &files {
        let mut own: Vec<Option<usize>> = vec![None; columns.len()];
        // What is called alike finds its column before what is only meant alike.
        let is_known =
            |(header, ..): &&(String, Option<String>, usize)| columns.iter().any(|(known, _)| known == header);
        let (called, meant): (Vec<_>, Vec<_>) = file.iter().partition(is_known);
        for (header, meaning, place) in called.into_iter().chain(meant) {
            let same = columns.iter().position(|(known, _)| known == header).or_else(|| {
                let meaning = meaning.as_deref().filter(|meaning| is_one(meaning))?;
                columns.iter().position(|(_, known)| known.as_deref() == Some(meaning))
            });
            match same.filter(|same| own[*same].is_none()) {
                Some(same) => {
                    own[same] = Some(*place);
                    // One file may show what a column holds that another leaves empty.
                    columns[same].1 = columns[same].1.take().or_else(|| meaning.clone());
                }
                None => {
                    columns.push((header.clone(), meaning.clone()));
                    own.push(Some(*place));
                }
            }
        }
        placed.push(own);
    }
    let width = columns.len();
    placed.iter_mut().for_each(|own| own.resize(width, None));
    Columns { headers: columns, placed }
}

/// Header, meaning and place of the columns of a file that count.
fn looked_at(file: &Read, hints: &TableHints) -> Vec<(String, Option<String>, usize)> {
    let columns = file.columns.iter().filter(|(header, ..)| !hints.ignored.contains(header));
    let means = |header: &String, meaning: &Option<String>| match hints.source_column.as_ref() == Some(header) {
        true => Some(SOURCE.to_owned()),
        false => meaning.clone(),
    };
    columns.map(|(header, meaning, place)| (header.clone(), means(header, meaning), *place)).collect()
}

/// Between the name of a file and the id of a record.
pub const SEPARATOR: char = '\u{1f}';
const SOURCE: &str = "source";
/// What nobody knows is a field of this beginning.
const CUSTOM: &str = "x_";
/// A number that some authority gave; which one, only the header says.
const IDENTIFIER: &str = "identifier";

/// Rows by which it is decided what columns hold.
const SAMPLE: usize = 20_000;

fn read(path: &Path, hints: &TableHints) -> Result<Read, DedupeError> {
    let open = |source| DedupeError::Open { path: path.to_owned(), source };
    let bytes = std::fs::read(path).map_err(open)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let failed = |source| DedupeError::Read { path: path.to_owned(), source };
    let tables = read_tables(&bytes, blob_id(&bytes), &name).map_err(failed)?;
    drop(bytes);
    let staged = tables.into_iter().find(|staged| staged.table.rows > 0);
    let staged = staged.ok_or_else(|| DedupeError::NoRows { path: path.to_owned() })?;
    let headers = &staged.table.headers;
    if let Some(column) = hints.id_column.as_ref().filter(|column| !headers.contains(column)) {
        let (path, column, headers) = (path.to_owned(), column.clone(), headers.clone());
        return Err(DedupeError::NoColumn { path, column, headers });
    }
    // What a column holds shows in some rows as well as in all.
    let draft = suggest(&staged.table, &staged.frame.head(Some(SAMPLE)), &name, &[]);
    let key = draft.profile.entities.first().and_then(|entity| entity.key.first()).cloned();
    let id_column = hints.id_column.clone().or(key);
    let id_place = id_column.as_ref().and_then(|column| headers.iter().position(|header| header == column));
    let row_numbers = || (1..=staged.table.rows).map(|row| row.to_string()).collect::<Vec<String>>();
    let ids: Vec<String> = match id_place {
        Some(place) => staged.column(place).into_iter().map(|id| id.trim().to_owned()).collect(),
        None => row_numbers(),
    };
    let (ids, id_place, id_column) = match (repeated(&ids), &hints.id_column) {
        (None, _) => (ids, id_place, id_column),
        (Some(id), Some(column)) => {
            return Err(DedupeError::RepeatedId { path: path.to_owned(), column: column.clone(), id });
        }
        // What looked like a key names no record after all.
        (Some(_), None) => (row_numbers(), None, None),
    };
    let meaning = |place: usize| draft.columns.get(place)?.target.as_ref().map(|field| field.name().to_owned());
    let column = |place: usize| (headers[place].clone(), meaning(place), place);
    let columns = (0..headers.len()).filter(|place| Some(*place) != id_place).map(column).collect();
    let source = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let set_aside = staged.table.quarantined.len() as u64;
    Ok(Read { source, ids, id_column, columns, set_aside, staged })
}

fn repeated(ids: &[String]) -> Option<String> {
    let mut sorted: Vec<&String> = ids.iter().collect();
    sorted.sort_unstable();
    sorted.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone())
}
