//! Text in columns of fixed width to a staged table: columns stand where the same positions are blank in every line.

use std::ops::Range;

use velocity_model::{BlobId, TableFormat};

use crate::dialect::{self, SAMPLE, finding};
use crate::frame::Staged;
use crate::sheet::{self, Origin, Row, Sheet};
use crate::split::{Dialect, Rows};
use crate::stored_text::StoredText;
use crate::{ReadError, encoding};

/// Lines that must have the same gaps before these are no accident.
const LEAST: usize = 4;

/// Lines from which on a gap may be one blank wide.
const MANY: usize = 20;

/// Positions that are looked at.
const WIDEST: usize = 4_096;

/// Columns as ranges of characters, in the first lines of a text.
#[derive(Debug, PartialEq, Eq)]
struct Layout {
    columns: Vec<Range<usize>>,
    lines: usize,
}

/// Whether the text is columns of fixed width, and nothing parts its cells.
pub(crate) fn detect(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SAMPLE)];
    let Ok(found) = encoding::detect(head) else { return false };
    let text = StoredText::new(head, found);
    layout(&text, head.len() < bytes.len()).is_some()
}

/// Reads the table.
///
/// # Errors
/// The bytes are no text.
pub(crate) fn read(bytes: &[u8], blob: BlobId) -> Result<Vec<Staged>, ReadError> {
    let head = &bytes[..bytes.len().min(SAMPLE)];
    let sample = StoredText::new(head, encoding::detect(head)?);
    let Some(layout) = layout(&sample, head.len() < bytes.len()) else { return Ok(Vec::new()) };
    let text = StoredText::new(bytes, encoding::detect(bytes)?);
    let mut places = text.places();
    let mut rows = Vec::new();
    for line in Rows::new(&text.bytes, text.start, Dialect::LINES) {
        let (decoded, is_damaged) = text.encoding.decode_without_bom_handling(&text.bytes[line.span.clone()]);
        if decoded.trim().is_empty() || is_rule(&decoded) {
            continue;
        }
        let place = places.of(line.line, &line.span);
        let damaged = is_damaged.then(|| text.raw(&line.span));
        rows.push(Row { place, cells: cells(&decoded, &layout.columns), merged: Vec::new(), damaged });
    }
    let sheet = Sheet { name: None, width: layout.columns.len(), rows };
    let encoding = text.found.name().to_owned();
    let mut staged = sheet::stage(Origin { blob, format: TableFormat::FixedWidth, encoding, unit: "line" }, 0, sheet);
    let starts: Vec<String> = layout.columns.iter().map(|column| (column.start + 1).to_string()).collect();
    let why = format!("the same positions are blank in each of {} lines, and no delimiter parts them", layout.lines);
    let columns = finding("columns", format!("at positions {}", starts.join(", ")), why);
    staged.table.detected.splice(0..0, [text.found.finding(), columns]);
    staged.table.issues.extend(text.issue());
    Ok(vec![staged])
}

/// A line of dashes below a header.
fn is_rule(line: &str) -> bool {
    line.chars().all(|c| matches!(c, '-' | '=' | '+' | '|') || c.is_whitespace()) && line.contains(['-', '='])
}

/// The columns, unless a delimiter explains the text.
fn layout(text: &StoredText<'_>, is_cut: bool) -> Option<Layout> {
    let bytes = &text.bytes[text.start..];
    if memchr::memchr(b'\t', bytes).is_some() || dialect::is_certain(bytes) {
        return None;
    }
    let decoded = text.encoding.decode_without_bom_handling(bytes).0;
    let mut lines: Vec<&str> = decoded.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    if is_cut {
        lines.pop();
    }
    let rules = lines.iter().filter(|line| is_rule(line)).count();
    lines.retain(|line| !is_rule(line));
    let width = lines.iter().map(|line| line.chars().count()).max()?;
    if lines.len() < LEAST || width > WIDEST {
        return None;
    }
    let mut filled = vec![0_usize; width];
    for line in &lines {
        for (position, _) in line.chars().enumerate().filter(|(_, c)| !c.is_whitespace()) {
            filled[position] += 1;
        }
    }
    let least_gap = if lines.len() >= MANY || rules > 0 { 1 } else { 2 };
    let columns = columns(&filled, least_gap);
    let has_cells = |line: &&&str| cells(line, &columns).iter().filter(|cell| !cell.is_empty()).count() > 1;
    let parted = lines.iter().filter(has_cells).count();
    let is_aligned = columns.iter().all(|column| is_aligned(&lines, column));
    // Words parted by single blanks, as many in every line, are parted by the blank.
    let words = dialect::usual_width(lines.iter().map(|line| line.split(' ').count()));
    let is_by_blanks = lines.iter().all(|line| line.split(' ').count() == words);
    let is_table = columns.len() > 1 && parted * 10 >= lines.len() * 9 && is_aligned && !is_by_blanks;
    is_table.then_some(Layout { columns, lines: lines.len() })
}

/// Runs of positions between gaps that are at least so wide; each column goes up to the next.
fn columns(filled: &[usize], least_gap: usize) -> Vec<Range<usize>> {
    let mut columns: Vec<Range<usize>> = Vec::new();
    let mut blank = least_gap;
    for (position, count) in filled.iter().enumerate() {
        match (*count, columns.last_mut()) {
            (0, _) => blank += 1,
            (_, Some(column)) if blank < least_gap => {
                column.end = position + 1;
                blank = 0;
            }
            _ => {
                columns.push(position..position + 1);
                blank = 0;
            }
        }
    }
    columns
}

/// Whether nearly every cell of a column begins where it begins, or ends where it ends.
fn is_aligned(lines: &[&str], column: &Range<usize>) -> bool {
    let (mut left, mut right, mut all) = (0_usize, 0_usize, 0_usize);
    for line in lines {
        let cell: Vec<char> = line.chars().skip(column.start).take(column.len()).collect();
        if cell.iter().all(|c| c.is_whitespace()) {
            continue;
        }
        all += 1;
        left += usize::from(cell.first().is_some_and(|c| !c.is_whitespace()));
        right += usize::from(cell.len() == column.len() && cell.last().is_some_and(|c| !c.is_whitespace()));
    }
    left.max(right) * 10 >= all * 9
}

/// The cells of a line. What stands in a gap, in a line that was not looked at, belongs to the column before it.
fn cells(line: &str, columns: &[Range<usize>]) -> Vec<String> {
    let starts = columns.iter().enumerate().map(|(number, column)| if number == 0 { 0 } else { column.start });
    let starts: Vec<usize> = starts.collect();
    let mut cells = vec![String::new(); columns.len()];
    let mut column = 0;
    for (position, c) in line.chars().enumerate() {
        while starts.get(column + 1).is_some_and(|next| position >= *next) {
            column += 1;
        }
        if let Some(cell) = cells.get_mut(column) {
            cell.push(c);
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests;
