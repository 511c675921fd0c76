//! Match indexes in the lake: a folder each, of plain columns.

use std::path::Path;

use rayon::prelude::*;
use velocity_identity_resolution::{Learnt, MatchIndex, Postings, Segment, SegmentField, Texts};
use velocity_lake::{Plain, read_plain, write_plain};
use velocity_model::{Id, RecordId};

use crate::PipelineError;
use crate::files::{make_dir, read_json, write_json};

/// Written last of an index.
const LEARNT: &str = "learnt.json";
/// Written last of some records.
const RECORDS: &str = "records.parquet";

/// Writes what was learnt, with the records that it was learnt from.
pub(crate) fn write_index(dir: &Path, index: &MatchIndex) -> Result<(), PipelineError> {
    write_segment(dir, &index.base)?;
    let (places, records): (Vec<u32>, Vec<RecordId>) = index.fellows.iter().copied().unzip();
    let columns = vec![("place".to_owned(), Plain::Numbers(places)), ("record".to_owned(), ids(&records))];
    write_plain(&dir.join("fellows.parquet"), columns)?;
    write_json(&dir.join(LEARNT), &index.learnt)
}

/// Whether an index is there whole.
pub(crate) fn has_index(dir: &Path) -> bool {
    dir.join(LEARNT).exists()
}

/// Whether some records are there whole.
pub(crate) fn has_segment(dir: &Path) -> bool {
    dir.join(RECORDS).exists()
}

/// Reads an index; `None` if it is not there whole.
pub(crate) fn read_index(dir: &Path) -> Option<MatchIndex> {
    let learnt: Learnt = read_json(&dir.join(LEARNT))?;
    let base = read_segment(dir)?;
    let [Plain::Numbers(places), Plain::Ids(records)] = columns(&dir.join("fellows.parquet"))? else { return None };
    let fellows = places.into_iter().zip(records.into_iter().map(Id::from_bytes)).collect();
    Some(MatchIndex { learnt, base, fellows })
}

/// Writes some records.
pub(crate) fn write_segment(dir: &Path, segment: &Segment) -> Result<(), PipelineError> {
    make_dir(dir)?;
    for (number, field) in segment.fields.iter().enumerate() {
        let SegmentField { texts, chances, .. } = field;
        let texts = Plain::Texts(texts.bytes.clone(), texts.ends.clone());
        let columns = vec![("text".to_owned(), texts), ("chance".to_owned(), Plain::Reals(chances.clone()))];
        write_plain(&dir.join(format!("field-{number}.parquet")), columns)?;
    }
    let Postings { keys, holders } = &segment.postings;
    let columns =
        vec![("key".to_owned(), Plain::Numbers(keys.clone())), ("holder".to_owned(), Plain::Numbers(holders.clone()))];
    write_plain(&dir.join("postings.parquet"), columns)?;
    let cells = segment.fields.iter().enumerate();
    let cells = cells.map(|(number, field)| (format!("field-{number}"), Plain::Numbers(field.cells.clone())));
    let columns = std::iter::once(("record".to_owned(), ids(&segment.records))).chain(cells);
    write_plain(&dir.join(RECORDS), columns.collect())?;
    Ok(())
}

/// Reads some records; `None` if they are not there whole.
pub(crate) fn read_segment(dir: &Path) -> Option<Segment> {
    let (rows, postings) = rayon::join(|| read_rows(dir), || columns::<2>(&dir.join("postings.parquet")));
    let (records, fields) = rows?;
    let [Plain::Numbers(keys), Plain::Numbers(holders)] = postings? else { return None };
    Some(Segment { records, fields, postings: Postings { keys, holders } })
}

fn read_rows(dir: &Path) -> Option<(Vec<RecordId>, Vec<SegmentField>)> {
    let mut found = read_plain(&dir.join(RECORDS)).ok()?.into_iter();
    let Some(Plain::Ids(records)) = found.next() else { return None };
    let field = |(number, cells): (usize, Plain)| {
        let Plain::Numbers(cells) = cells else { return None };
        let [Plain::Texts(bytes, ends), Plain::Reals(chances)] = columns(&dir.join(format!("field-{number}.parquet")))?
        else {
            return None;
        };
        Some(SegmentField { texts: Texts { bytes, ends }, chances, cells })
    };
    let fields: Option<Vec<SegmentField>> = found.collect::<Vec<_>>().into_par_iter().enumerate().map(field).collect();
    Some((records.into_iter().map(Id::from_bytes).collect(), fields?))
}

/// The columns of a file; `None` if it is not there or damaged: derived state that does not read is made again.
fn columns<const N: usize>(path: &Path) -> Option<[Plain; N]> {
    <[Plain; N]>::try_from(read_plain(path).ok()?).ok()
}

fn ids(records: &[RecordId]) -> Plain {
    Plain::Ids(records.iter().map(|record| *record.as_bytes()).collect())
}
