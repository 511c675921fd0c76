//! Headers and cells of a staged table.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{DataFrame, StringChunked};
use velocity_model::{Condition, EntityMap, Field, Profile};

use crate::header_pattern::HeaderPattern;

/// The form in which headers are compared: without outer blanks, invisible characters and case.
pub(crate) fn fold_header(header: &str) -> String {
    crate::transform::clean_line(header).to_lowercase()
}

/// Headers of the columns that an export of quarantined rows adds: the line on which the row stood, and what is wrong with it.
/// They say nothing of a customer, so that a mended export is read as the file that it came from.
pub const ADDED_COLUMNS: [&str; 2] = ["_line", "_errors"];

/// Whether a column was added by an export of quarantined rows.
pub(crate) fn is_added(header: &str) -> bool {
    ADDED_COLUMNS.contains(&fold_header(header).as_str())
}

/// The headers of the columns that an entity reads.
pub(crate) fn headers_of(entity: &EntityMap) -> impl Iterator<Item = &str> {
    let of_fields = entity
        .fields
        .iter()
        .flat_map(|map| map.from.iter().chain(&map.or_from).chain(&map.join).chain(&map.with).map(String::as_str));
    let of_links = entity.links.iter().flat_map(|map| {
        let condition = map.when.as_ref().map(|condition| &condition.column);
        map.key_from.iter().chain(&map.mention_from).chain(condition).map(String::as_str)
    });
    let condition = entity.when.as_ref().map(|condition| condition.column.as_str());
    entity.key.iter().map(String::as_str).chain(condition).chain(of_fields).chain(of_links)
}

/// The fields of the catalogue that a profile takes from each column of a table, by number of the column. A column that holds
/// an address of somebody mentioned has the field of the address.
pub fn mapped_fields(profile: &Profile, headers: &[String]) -> BTreeMap<usize, BTreeSet<String>> {
    let columns = Columns::of(profile, headers);
    let mut fields = BTreeMap::<usize, BTreeSet<String>>::new();
    let mut add = |header: &String, nth, field: &Field| {
        for column in columns.named(header, nth).into_iter().filter(|_| !field.name().starts_with("x_")) {
            fields.entry(column).or_default().insert(field.name().to_owned());
        }
    };
    for entity in &profile.entities {
        for map in &entity.fields {
            map.from.iter().for_each(|header| add(header, map.nth, &map.to));
            map.or_from.iter().chain(&map.join).for_each(|header| add(header, None, &map.to));
        }
        for link in &entity.links {
            let (Some(header), Some(field)) = (&link.mention_from, &link.mention_as) else { continue };
            add(header, None, field);
        }
    }
    fields
}

/// Where each header stands. A header may stand several times, so that a column is a header and a number.
pub(crate) struct Columns {
    places: BTreeMap<String, Vec<usize>>,
    /// Columns that the profile names without a placeholder.
    literal: BTreeSet<usize>,
}

impl Columns {
    pub(crate) fn new(headers: &[String]) -> Self {
        let mut places = BTreeMap::<String, Vec<usize>>::new();
        for (column, header) in headers.iter().enumerate() {
            places.entry(fold_header(header)).or_default().push(column);
        }
        // A missing header names no column.
        places.remove("");
        Self { places, literal: BTreeSet::new() }
    }

    /// The columns of a table as a profile names them.
    pub(crate) fn of(profile: &Profile, headers: &[String]) -> Self {
        let mut columns = Self::new(headers);
        let named = profile.entities.iter().flat_map(headers_of).chain(profile.ignore.iter().map(String::as_str));
        columns.literal = named.flat_map(|header| columns.all(header)).copied().collect();
        columns
    }

    /// The columns that a header of the profile means, in table order: one, or the whole family of a placeholder but for
    /// those that the profile names otherwise.
    pub(crate) fn named(&self, header: &str, nth: Option<u32>) -> Vec<usize> {
        let HeaderPattern::Repeated(pattern) = HeaderPattern::new(header) else {
            return self.find(header, nth).into_iter().collect();
        };
        let family = self.places.iter().filter(|(header, _)| pattern.matches(header)).flat_map(|(_, columns)| columns);
        let mut family: Vec<usize> = family.copied().filter(|column| !self.literal.contains(column)).collect();
        family.sort_unstable();
        family
    }

    /// The column of the `nth` (from 1) occurrence of a header.
    pub(crate) fn find(&self, header: &str, nth: Option<u32>) -> Option<usize> {
        let index = usize::try_from(nth.unwrap_or(1)).ok()?.checked_sub(1)?;
        self.places.get(&fold_header(header))?.get(index).copied()
    }

    /// Every column that has the header.
    pub(crate) fn all(&self, header: &str) -> &[usize] {
        self.places.get(&fold_header(header)).map_or(&[], Vec::as_slice)
    }

    /// Whether any column has the header.
    pub(crate) fn has(&self, header: &str) -> bool {
        !self.all(header).is_empty()
    }
}

/// A condition with its header resolved to a column.
pub(crate) struct Gate<'a> {
    condition: &'a Condition,
    column: Option<usize>,
}

impl<'a> Gate<'a> {
    pub(crate) fn new(condition: &'a Condition, columns: &Columns) -> Self {
        Self { condition, column: columns.find(&condition.column, None) }
    }

    /// Whether a row meets the condition. A column that is missing reads as blank.
    pub(crate) fn is_open(&self, row: usize, cells: &Cells) -> bool {
        let cell = self.column.and_then(|column| cells.get(row, column)).unwrap_or_default();
        let cell = fold_header(cell);
        let Condition { is, is_not, starts_with, .. } = self.condition;
        let equals = |texts: &[String]| texts.iter().any(|text| fold_header(text) == cell);
        match () {
            () if !is.is_empty() => equals(is),
            () if !is_not.is_empty() => !equals(is_not),
            () => starts_with.iter().any(|start| cell.starts_with(&fold_header(start))),
        }
    }
}

/// The cells of a frame. A column that is missing or does not hold text reads as empty.
pub(crate) struct Cells {
    columns: Vec<Option<StringChunked>>,
    rows: Vec<(u64, u64, u64)>,
}

impl Cells {
    pub(crate) fn new(frame: &DataFrame, width: usize) -> Self {
        let text = |index: usize| Some(frame.column(&format!("c{index}")).ok()?.str().ok()?.rechunk().into_owned());
        let number = |name: &str| Some(frame.column(name).ok()?.u64().ok()?.rechunk().into_owned());
        let (row, offset, len) = (number("_row"), number("_offset"), number("_len"));
        let at = |column: &Option<polars::prelude::UInt64Chunked>, index: usize| column.as_ref()?.get(index);
        let rows = (0..frame.height())
            .map(|index| {
                let number = at(&row, index).unwrap_or(index as u64 + 1);
                (number, at(&offset, index).unwrap_or(0), at(&len, index).unwrap_or(0))
            })
            .collect();
        Self { columns: (0..width).map(text).collect(), rows }
    }

    /// Number of rows.
    pub(crate) fn height(&self) -> usize {
        self.rows.len()
    }

    /// Physical row, offset and length of the row.
    pub(crate) fn place(&self, row: usize) -> (u64, u64, u64) {
        self.rows.get(row).copied().unwrap_or_default()
    }

    /// The cell; `None` where the row has no such cell.
    pub(crate) fn get(&self, row: usize, column: usize) -> Option<&str> {
        let cells = self.columns.get(column)?.as_ref()?;
        if row < cells.len() { cells.get(row) } else { None }
    }

    /// All cells of a row, a missing one as empty text.
    pub(crate) fn row(&self, row: usize) -> Vec<String> {
        (0..self.columns.len()).map(|column| self.get(row, column).unwrap_or_default().to_owned()).collect()
    }
}
