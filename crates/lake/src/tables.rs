//! Scored pairs and canonical records as Parquet. Ids are hexadecimal text, so that a query can join and print them.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use arrow::array::{AsArray, BooleanArray, Int32Array, StringArray, UInt32Array};
use arrow::datatypes::Int32Type;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::errors::ParquetError;
use serde::de::DeserializeOwned;
use velocity_model::{CanonicalRecord, Risk, ScoredPair};

use crate::LakeError;
use crate::write::{column, write_columns};

/// Columns: `lo`, `hi`, `weight` (thousandths of a bit), `outcome`, `risks` (words with commas).
///
/// # Errors
/// A folder that cannot be written.
pub fn write_pairs(path: &Path, pairs: &[ScoredPair]) -> Result<(), LakeError> {
    let text = |of: fn(&ScoredPair) -> String| column(StringArray::from_iter_values(pairs.iter().map(of)));
    write_columns(
        path,
        vec![
            ("lo", text(|pair| pair.lo.to_string())),
            ("hi", text(|pair| pair.hi.to_string())),
            ("weight", column(Int32Array::from_iter_values(pairs.iter().map(|pair| pair.weight)))),
            ("outcome", text(|pair| word(&pair.outcome))),
            ("risks", text(|pair| pair.risks.iter().map(word).collect::<Vec<_>>().join(","))),
        ],
    )
}

/// Reads pairs back, in the order in which they were written.
///
/// # Errors
/// A file that is not there or does not hold pairs.
pub fn read_pairs(path: &Path) -> Result<Vec<ScoredPair>, LakeError> {
    let parquet_error = |source| LakeError::Parquet { path: path.to_owned(), source };
    let file = File::open(path).map_err(|source| LakeError::File { doing: "read", path: path.to_owned(), source })?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(parquet_error)?;
    let rows = usize::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or(0);
    // Space is taken at once: what grows is copied again and again.
    let mut pairs = Vec::with_capacity(rows);
    let (mut outcomes_read, mut risks_read) = (HashMap::new(), HashMap::new());
    for batch in builder.build().map_err(parquet_error)? {
        let batch = batch.map_err(|error| parquet_error(ParquetError::External(Box::new(error))))?;
        let text = |name: &str| batch.column_by_name(name).and_then(|column| column.as_string_opt::<i32>());
        let weights = batch.column_by_name("weight").and_then(|column| column.as_primitive_opt::<Int32Type>());
        let columns = (text("lo"), text("hi"), weights, text("outcome"), text("risks"));
        let (Some(lo), Some(hi), Some(weights), Some(outcomes), Some(risks)) = columns else {
            return Err(LakeError::Damaged { path: path.to_owned(), why: "a column of pairs is missing" });
        };
        for row in 0..batch.num_rows() {
            let mut pair = || {
                Some(ScoredPair {
                    lo: lo.value(row).parse().ok()?,
                    hi: hi.value(row).parse().ok()?,
                    weight: weights.value(row),
                    outcome: once(&mut outcomes_read, outcomes.value(row), from_word)?,
                    risks: once(&mut risks_read, risks.value(row), risks_of)?,
                })
            };
            pairs.push(pair().ok_or(LakeError::Damaged { path: path.to_owned(), why: "a pair does not read" })?);
        }
    }
    Ok(pairs)
}

/// Reads each of a few texts once.
fn once<T: Clone>(read: &mut HashMap<String, T>, text: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
    if let Some(known) = read.get(text) {
        return Some(known.clone());
    }
    let value = parse(text)?;
    read.insert(text.to_owned(), value.clone());
    Some(value)
}

fn risks_of(words: &str) -> Option<Vec<Risk>> {
    words.split(',').filter(|word| !word.is_empty()).map(from_word).collect()
}

fn from_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(word.into()).ok()
}

/// The stable word of a plain enum.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Where canonical records stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanonicalFiles {
    /// One row a value: `id`, `kind`, `title`, `field`, `value`, `rule`, `winner`, `support`, `confirmed`.
    pub values: PathBuf,
    /// One row a link: `id`, `kind`, `role`, `target`.
    pub links: PathBuf,
}

/// Writes canonical records into a folder that is named by what they are; if they are there already, nothing is done.
///
/// # Errors
/// A folder that cannot be written.
pub fn write_canonical(folder: &Path, records: &[CanonicalRecord]) -> Result<CanonicalFiles, LakeError> {
    let files = CanonicalFiles { values: folder.join("values.parquet"), links: folder.join("links.parquet") };
    if files.values.exists() && files.links.exists() {
        return Ok(files);
    }
    let values: Vec<_> = records
        .iter()
        .flat_map(|record| record.fields.iter().map(move |(field, values)| (record, field, values)))
        .flat_map(|(record, field, values)| values.iter().map(move |value| (record, field, value)))
        .collect();
    write_columns(
        &files.values,
        vec![
            ("id", column(StringArray::from_iter_values(values.iter().map(|(record, ..)| record.id.to_string())))),
            ("kind", column(StringArray::from_iter_values(values.iter().map(|(record, ..)| record.kind.as_str())))),
            ("title", column(StringArray::from_iter_values(values.iter().map(|(record, ..)| &record.title)))),
            ("field", column(StringArray::from_iter_values(values.iter().map(|(_, field, _)| field.name())))),
            ("value", column(StringArray::from_iter_values(values.iter().map(|(.., value)| &value.value)))),
            ("rule", column(StringArray::from_iter_values(values.iter().map(|(.., value)| word(&value.rule))))),
            (
                "winner",
                column(values.iter().map(|(.., value)| value.winner.map(|id| id.to_string())).collect::<StringArray>()),
            ),
            (
                "support",
                column(UInt32Array::from_iter_values(values.iter().map(|(.., value)| value.support.len() as u32))),
            ),
            ("confirmed", column(BooleanArray::from_iter(values.iter().map(|(.., value)| Some(value.confirmed))))),
        ],
    )?;
    let links: Vec<_> = records.iter().flat_map(|record| record.links.iter().map(move |link| (record, link))).collect();
    write_columns(
        &files.links,
        vec![
            ("id", column(StringArray::from_iter_values(links.iter().map(|(record, _)| record.id.to_string())))),
            ("kind", column(StringArray::from_iter_values(links.iter().map(|(record, _)| record.kind.as_str())))),
            ("role", column(StringArray::from_iter_values(links.iter().map(|(_, link)| link.role.as_str())))),
            ("target", column(StringArray::from_iter_values(links.iter().map(|(_, link)| link.target.to_string())))),
        ],
    )?;
    Ok(files)
}

#[cfg(test)]
mod tests;
