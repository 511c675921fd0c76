//! Reading evidence.

use std::fs::File;
use std::path::Path;
use std::str::FromStr;

use polars::prelude::{DataFrame, ParquetReader, SerReader, StringChunked, UInt32Chunked, UInt64Chunked};
use velocity_model::{Assertion, EntityKind, Evidence, Field, Link, LinkRole, LinkTarget, Locator, Mention};

use super::{ROW_GROUP, SEPARATOR};
use crate::EvidenceFileError;

/// Reads an evidence file, in the order in which it was written.
///
/// # Errors
/// [`EvidenceFileError::Io`] if it cannot be opened, [`EvidenceFileError::Parquet`] if it is damaged,
/// [`EvidenceFileError::Malformed`] if a column is missing or holds something else.
pub fn read_evidence(path: &Path) -> Result<Vec<Evidence>, EvidenceFileError> {
    let open = || File::open(path).map_err(|source| EvidenceFileError::Io { path: path.to_owned(), source });
    let parquet = |source| EvidenceFileError::Parquet { path: path.to_owned(), source };
    let malformed = |Fault(column, line)| EvidenceFileError::Malformed { path: path.to_owned(), column, line };
    let rows = ParquetReader::new(open()?).get_metadata().map_err(parquet)?.num_rows;
    let mut all = Vec::new();
    // A part at a time: as columns of text the rows take several times the place that they take as evidence.
    for from in (0..rows).step_by(ROW_GROUP) {
        let part = ParquetReader::new(open()?).with_slice(Some((from, ROW_GROUP)));
        let frame = part.finish().map_err(parquet)?;
        Table::new(&frame).and_then(|table| table.add_to(&mut all)).map_err(malformed)?;
    }
    Ok(all)
}

/// A column and a row from 1; row 0 for the whole column.
struct Fault(&'static str, usize);

struct Text(&'static str, StringChunked);
struct Small(&'static str, UInt32Chunked);
struct Large(&'static str, UInt64Chunked);

fn text(frame: &DataFrame, name: &'static str) -> Result<Text, Fault> {
    let column = frame.column(name).and_then(|column| column.str()).map_err(|_| Fault(name, 0))?;
    Ok(Text(name, column.rechunk().into_owned()))
}

fn small(frame: &DataFrame, name: &'static str) -> Result<Small, Fault> {
    let column = frame.column(name).and_then(|column| column.u32()).map_err(|_| Fault(name, 0))?;
    Ok(Small(name, column.rechunk().into_owned()))
}

fn large(frame: &DataFrame, name: &'static str) -> Result<Large, Fault> {
    let column = frame.column(name).and_then(|column| column.u64()).map_err(|_| Fault(name, 0))?;
    Ok(Large(name, column.rechunk().into_owned()))
}

impl Text {
    fn get(&self, row: usize) -> Option<&str> {
        self.1.get(row)
    }

    fn need(&self, row: usize) -> Result<&str, Fault> {
        self.get(row).ok_or(Fault(self.0, row + 1))
    }

    fn owned(&self, row: usize) -> String {
        self.get(row).unwrap_or_default().to_owned()
    }

    fn parse<T: FromStr>(&self, row: usize) -> Result<T, Fault> {
        self.need(row)?.parse().map_err(|_| Fault(self.0, row + 1))
    }
}

impl Small {
    fn need(&self, row: usize) -> Result<u32, Fault> {
        self.1.get(row).ok_or(Fault(self.0, row + 1))
    }
}

impl Large {
    fn need(&self, row: usize) -> Result<u64, Fault> {
        self.1.get(row).ok_or(Fault(self.0, row + 1))
    }
}

struct Table {
    height: usize,
    record: Text,
    version: Text,
    kind: Text,
    source: Text,
    key: Text,
    trust: Small,
    blob: Text,
    table: Small,
    row: Large,
    offset: Large,
    len: Large,
    column: Small,
    row_type: Text,
    field: Text,
    value: Text,
    raw: Text,
    transforms: Text,
    unresolved: Text,
    assertion: Text,
    role: Text,
    target: Text,
    mention: Text,
}

impl Table {
    fn new(frame: &DataFrame) -> Result<Self, Fault> {
        Ok(Self {
            height: frame.height(),
            record: text(frame, "record")?,
            version: text(frame, "version")?,
            kind: text(frame, "kind")?,
            source: text(frame, "source")?,
            key: text(frame, "key")?,
            trust: small(frame, "trust")?,
            blob: text(frame, "blob")?,
            table: small(frame, "table")?,
            row: large(frame, "row")?,
            offset: large(frame, "offset")?,
            len: large(frame, "len")?,
            column: small(frame, "column")?,
            row_type: text(frame, "type")?,
            field: text(frame, "field")?,
            value: text(frame, "value")?,
            raw: text(frame, "raw")?,
            transforms: text(frame, "transforms")?,
            unresolved: text(frame, "unresolved")?,
            assertion: text(frame, "assertion")?,
            role: text(frame, "role")?,
            target: text(frame, "target")?,
            mention: text(frame, "mention")?,
        })
    }

    /// Adds the rows; the first may go on with the last evidence there is.
    fn add_to(&self, all: &mut Vec<Evidence>) -> Result<(), Fault> {
        let last = all.last().map(|evidence| evidence.version.to_string());
        let mut previous = last.as_deref();
        for row in 0..self.height {
            let version = self.version.need(row)?;
            if previous != Some(version) {
                all.push(self.head(row)?);
                previous = Some(version);
            }
            let Some(current) = all.last_mut() else { continue };
            match self.row_type.need(row)? {
                "value" => current.assertions.push(self.value(row)?),
                "link" => current.links.push(self.link(row)?),
                "record" => {}
                _ => return Err(Fault("type", row + 1)),
            }
        }
        Ok(())
    }

    fn head(&self, row: usize) -> Result<Evidence, Fault> {
        Ok(Evidence {
            record: self.record.parse(row)?,
            version: self.version.parse(row)?,
            kind: EntityKind::from_name(self.kind.need(row)?).ok_or(Fault("kind", row + 1))?,
            source: self.source.need(row)?.to_owned(),
            key: self.key.need(row)?.to_owned(),
            trust: self.trust.need(row)?,
            locator: Locator {
                blob: self.blob.parse(row)?,
                table: self.table.need(row)?,
                row: self.row.need(row)?,
                offset: self.offset.need(row)?,
                len: self.len.need(row)?,
            },
            assertions: Vec::new(),
            links: Vec::new(),
        })
    }

    fn value(&self, row: usize) -> Result<Assertion, Fault> {
        let transforms = self.transforms.get(row).filter(|joined| !joined.is_empty());
        Ok(Assertion {
            id: self.assertion.parse(row)?,
            field: Field::from_name(self.field.need(row)?).ok_or(Fault("field", row + 1))?,
            value: self.value.owned(row),
            raw: self.raw.owned(row),
            column: self.column.1.get(row),
            transforms: transforms
                .map(|joined| joined.split(SEPARATOR).map(str::to_owned).collect())
                .unwrap_or_default(),
            unresolved: self.unresolved.get(row).map(str::to_owned),
        })
    }

    fn link(&self, row: usize) -> Result<Link, Fault> {
        let target = match self.mention.get(row) {
            None => LinkTarget::Record(self.target.parse(row)?),
            Some(field) => LinkTarget::Mention(Mention {
                field: Field::from_name(field).ok_or(Fault("mention", row + 1))?,
                value: self.target.need(row)?.to_owned(),
            }),
        };
        Ok(Link {
            role: LinkRole::from_name(self.role.need(row)?).ok_or(Fault("role", row + 1))?,
            target,
            raw: self.raw.owned(row),
            column: self.column.1.get(row),
        })
    }
}
