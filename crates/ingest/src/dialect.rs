//! Which character separates cells: the one by which most rows have the same number of cells.

use crate::split::{Dialect, Rows, cells};

/// Bytes of the text that are looked at.
const SAMPLE: usize = 256 * 1024;

/// In order of preference where two explain the text equally well.
const DELIMITERS: [u8; 6] = [b',', b';', b'\t', b'|', b'^', b'~'];

/// Detects the dialect of a text from its head. A text without any delimiter is one column, read as if by commas.
pub(crate) fn detect(text: &[u8], start: usize) -> Dialect {
    if let Some(stated) = stated_by_excel(&text[start..]) {
        return Dialect { delimiter: stated, quote: b'"' };
    }
    let sample = sample(text, start);
    let scored = DELIMITERS.map(|delimiter| (score(sample, Dialect { delimiter, quote: b'"' }), delimiter));
    let best = scored.iter().fold((0.0, b','), |best, own| if own.0 > best.0 + 1e-9 { *own } else { best });
    Dialect { delimiter: best.1, quote: b'"' }
}

/// `sep=;` on the first line, as Excel writes and reads it.
fn stated_by_excel(text: &[u8]) -> Option<u8> {
    let line = text.split(|byte| *byte == b'\n' || *byte == b'\r').next()?;
    match line.to_ascii_lowercase().as_slice() {
        [b's', b'e', b'p', b'=', _] => line.last().copied(),
        _ => None,
    }
}

/// The head of the text, cut behind a line end.
fn sample(text: &[u8], start: usize) -> &[u8] {
    let text = &text[start..];
    if text.len() <= SAMPLE {
        return text;
    }
    let head = &text[..SAMPLE];
    head.iter().rposition(|byte| *byte == b'\n' || *byte == b'\r').map_or(head, |end| &head[..=end])
}

/// Number of cells of each row that is not blank.
fn widths(text: &[u8], dialect: Dialect) -> Vec<usize> {
    let rows = Rows::new(text, 0, dialect).filter(|row| !row.span.is_empty());
    let width = |row: crate::split::RowSpan| {
        let mut count = 0;
        cells(&text[row.span], dialect, !row.unterminated, |_| count += 1);
        count
    };
    rows.map(width).collect()
}

/// The most frequent number of cells, the larger of two equally frequent; 0 for no rows.
pub(crate) fn usual_width(widths: impl IntoIterator<Item = usize>) -> usize {
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    for width in widths {
        *counts.entry(width).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(width, count)| (*count, *width)).map_or(0, |(width, _)| width)
}

/// Share of rows with the usual number of cells, weighed by how much that number explains: two cells could be an
/// accident, ten are not.
fn score(text: &[u8], dialect: Dialect) -> f64 {
    let widths = widths(text, dialect);
    // Titles and totals have one cell under any delimiter and tell nothing.
    let told: Vec<usize> = widths.iter().copied().filter(|width| *width > 1).collect();
    let usual = usual_width(told.iter().copied());
    if usual < 2 {
        return 0.0;
    }
    let agreeing = told.iter().filter(|width| **width == usual).count() as f64;
    let consistency = agreeing / told.len() as f64;
    let coverage = told.len() as f64 / widths.len() as f64;
    let explained = 1.0 - 1.0 / usual as f64;
    consistency * coverage.sqrt() * explained
}

#[cfg(test)]
mod tests;
