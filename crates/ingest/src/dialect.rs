//! How the cells of a text are separated and quoted. Where one of the usual delimiters gives nearly every row the same number
//! of cells, it is that one; else the table uniformity method decides (García, Data Science 7(2), 2024), which weighs how
//! regular rows are and how alike the values of a column.

use csv_nose::{SampleSize, Sniffer};
use velocity_model::Finding;

use crate::cells::looks_like_data;
use crate::split::{Dialect, Rows, cells, is_quoted_properly};

/// Bytes of the text that are looked at.
pub(crate) const SAMPLE: usize = 256 * 1024;

/// In order of preference where two explain the text equally well.
pub(crate) const DELIMITERS: [u8; 6] = [b',', b';', b'\t', b'|', b'^', b'~'];

/// Share of rows that must have one number of cells for a delimiter to be certain.
const CERTAIN: f64 = 0.95;

/// Share of rows that it must part into cells at all.
const COVERED: f64 = 0.8;

/// A dialect, and why it is that.
pub(crate) struct Detected {
    pub(crate) dialect: Dialect,
    pub(crate) findings: Vec<Finding>,
}

/// Detects the dialect of a text from its head: the first [`SAMPLE`] bytes, and more if there are more. A text without any delimiter is one column, read as if by commas.
pub(crate) fn detect(text: &[u8]) -> Detected {
    let sample = sample(text);
    let (mut dialect, why) = delimiter(sample);
    let delimiter = dialect.delimiter;
    let mut findings = vec![finding("delimiter", name(delimiter), why)];
    if dialect.quote == Some(b'"') && is_quoted_by(sample, dialect, b'\'') {
        dialect.quote = Some(b'\'');
    }
    if quotes_are_letters(sample, dialect) {
        dialect.quote = None;
    }
    match dialect.quote {
        Some(b'"') => {}
        Some(quote) => findings.push(finding("quote", name(quote), "cells begin and end with it".to_owned())),
        None => {
            let why = "cells begin with quotes that none closes, and without them every row has as many cells";
            findings.push(finding("quote", "none".to_owned(), why.to_owned()));
        }
    }
    let before_quotes =
        || dialect.spaced.then(|| "it stands before quotes, which quote only if it is no text".to_owned());
    if let Some(why) = before_quotes().or_else(|| is_spaced(sample, dialect)) {
        dialect.spaced = true;
        findings.push(finding("delimiter", format!("{} and a space", name(delimiter)), why));
    }
    if let Some(why) = escapes(sample, dialect) {
        dialect.escape = Some(b'\\');
        findings.push(finding("escape", name(b'\\'), why));
    }
    Detected { dialect, findings }
}

pub(crate) fn finding(of: &str, found: String, why: String) -> Finding {
    Finding { of: of.to_owned(), found, why }
}

fn name(byte: u8) -> String {
    match byte {
        b'\t' => "tab".to_owned(),
        b' ' => "space".to_owned(),
        _ => char::from(byte).to_string(),
    }
}

/// Delimiter and quote, whether a space belongs to the delimiter since it stands before quotes, and why.
fn delimiter(sample: &[u8]) -> (Dialect, String) {
    let one_column = Dialect::plain(b',');
    if let Some(stated) = stated_by_excel(sample) {
        return (Dialect::plain(stated), "the first line states it".to_owned());
    }
    if holds_single_values(sample) {
        return (one_column, "every line is one value: one column".to_owned());
    }
    let (score, dialect, is_certain) = best(sample);
    let why = format!("{} of {} rows have {} cells", score.agreeing, score.rows, score.usual);
    if is_certain {
        return (dialect, why);
    }
    let mut sniffer = Sniffer::new();
    match sniffer.sample_size(SampleSize::All).sniff_bytes(sample) {
        // The method does not know how to say that there is no delimiter.
        Ok(found) if found.num_fields > 1 => {
            let (delimiter, quote) = (found.dialect.delimiter, found.dialect.quote.char());
            let dialect = Dialect { quote, ..Dialect::plain(delimiter) };
            (dialect, "rows and columns are most regular by it".to_owned())
        }
        _ if score.usual > 1 => (dialect, why),
        _ => (one_column, "nothing separates cells: one column".to_owned()),
    }
}

/// The usual delimiter that explains a text best, and whether it does so for certain.
fn best(sample: &[u8]) -> (Score, Dialect, bool) {
    let mut best = (Score::of(&[]), Dialect::plain(DELIMITERS[0]));
    let mut second = 0.0_f64;
    for delimiter in DELIMITERS {
        let (score, dialect) = score(sample, delimiter);
        if score.points() > best.0.points() + 1e-9 || (score.rows > 0 && best.0.rows == 0) {
            second = second.max(best.0.points());
            best = (score, dialect);
        } else {
            second = second.max(score.points());
        }
    }
    let (score, dialect) = best;
    let is_certain = score.consistency() >= CERTAIN && score.coverage() >= COVERED && score.points() > second * 1.1;
    (score, dialect, is_certain)
}

/// How well a delimiter explains a text. Quotes behind a space quote only if the space belongs to the delimiter.
fn score(sample: &[u8], delimiter: u8) -> (Score, Dialect) {
    let plain = Dialect::plain(delimiter);
    let spaced = Dialect { spaced: true, ..plain };
    let score = Score::of(&widths(sample, plain));
    if memchr::memmem::find(sample, &[delimiter, b' ', b'"']).is_some() {
        let by_spaced = Score::of(&widths(sample, spaced));
        if by_spaced.points() > score.points() + 1e-9 {
            return (by_spaced, spaced);
        }
    }
    (score, plain)
}

/// Whether one of the usual delimiters parts nearly every row into the same number of cells.
pub(crate) fn is_certain(text: &[u8]) -> bool {
    let sample = sample(text);
    stated_by_excel(sample).is_some() || best(sample).2
}

/// Whether the lines are numbers, dates or addresses, with no delimiter in any: the blank in `2026-01-02 10:00` is none.
fn holds_single_values(sample: &[u8]) -> bool {
    let lines = || sample.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.trim_ascii().is_empty());
    let values = lines().skip(1).filter(|line| looks_like_data(&String::from_utf8_lossy(line))).count();
    let is_free = |line: &[u8]| !line.iter().any(|byte| DELIMITERS.contains(byte));
    lines().all(is_free) && values > 0 && (values + 1) * 10 >= lines().count() * 9
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
fn sample(text: &[u8]) -> &[u8] {
    if text.len() <= SAMPLE {
        return text;
    }
    let head = &text[..SAMPLE];
    head.iter().rposition(|byte| *byte == b'\n' || *byte == b'\r').map_or(head, |end| &head[..=end])
}

/// Number of cells of each row that is not blank.
fn widths(text: &[u8], dialect: Dialect) -> Vec<usize> {
    let rows = Rows::new(text, 0, dialect).filter(|row| !row.span.is_empty());
    rows.map(|row| row.cells).collect()
}

/// The most frequent number of cells, the larger of two equally frequent; 0 for no rows.
pub(crate) fn usual_width(widths: impl IntoIterator<Item = usize>) -> usize {
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    for width in widths {
        *counts.entry(width).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(width, count)| (*count, *width)).map_or(0, |(width, _)| width)
}

/// How well a dialect explains the rows of a text.
struct Score {
    /// Rows.
    rows: usize,
    /// Rows of more than one cell: titles and totals have one cell under any delimiter and tell nothing.
    told: usize,
    /// The usual number of cells of those.
    usual: usize,
    /// Rows that have it.
    agreeing: usize,
}

impl Score {
    fn of(widths: &[usize]) -> Self {
        let told: Vec<usize> = widths.iter().copied().filter(|width| *width > 1).collect();
        let usual = usual_width(told.iter().copied());
        let agreeing = told.iter().filter(|width| **width == usual).count();
        Self { rows: widths.len(), told: told.len(), usual, agreeing }
    }

    fn consistency(&self) -> f64 {
        self.agreeing as f64 / self.told.max(1) as f64
    }

    fn coverage(&self) -> f64 {
        self.told as f64 / self.rows.max(1) as f64
    }

    /// Share of rows with the usual number of cells, weighed by how much that number explains: two cells could be an accident,
    /// ten are not.
    fn points(&self) -> f64 {
        if self.usual < 2 {
            return 0.0;
        }
        self.consistency() * self.coverage() * (1.0 - 1.0 / self.usual as f64)
    }
}

/// Whether cells are quoted by another character: many begin and end with it, none begins with it and does not end so.
fn is_quoted_by(sample: &[u8], dialect: Dialect, quote: u8) -> bool {
    let (bare, quoted) = (Dialect { quote: None, ..dialect }, Dialect { quote: Some(quote), ..dialect });
    let (mut both, mut first_only, mut other) = (0_u64, 0_u64, 0_u64);
    for row in Rows::new(sample, 0, bare) {
        let row = &sample[row.span];
        cells(row, bare, false, |cell| match cell.bytes(row).trim_ascii() {
            [b'"', ..] => other += 1,
            [first, .., last] if *first == quote && *last == quote => both += 1,
            [first, ..] if *first == quote => first_only += 1,
            _ => {}
        });
    }
    let by_quotes = Score::of(&widths(sample, quoted));
    let as_it_is = Score::of(&widths(sample, dialect));
    // `'tis` begins with one and does not end so.
    both > 0 && both + first_only >= 2 && other == 0 && by_quotes.agreeing >= as_it_is.agreeing
}

/// Whether quotes are letters like others: some cells that begin with one are not closed properly, and without quoting every
/// row has as many cells as the table.
fn quotes_are_letters(sample: &[u8], dialect: Dialect) -> bool {
    let mut rows = Rows::new(sample, 0, dialect);
    if rows.all(|row| !row.unterminated && is_quoted_properly(&sample[row.span], dialect)) {
        return false;
    }
    let bare = Dialect { quote: None, ..dialect };
    let (with, without) = (Score::of(&widths(sample, dialect)), Score::of(&widths(sample, bare)));
    let ends_so = |cell: &[u8], quote: u8| cell.len() > 1 && cell.trim_ascii_end().ends_with(&[quote]);
    let mut open = 0_u64;
    for row in Rows::new(sample, 0, bare) {
        let row = &sample[row.span];
        cells(row, bare, false, |cell| {
            let cell = cell.bytes(row);
            open += u64::from(dialect.quote.is_some_and(|quote| cell.first() == Some(&quote) && !ends_so(cell, quote)));
        });
    }
    // `"the "old" road"` begins and ends with a quote and is quoted, if not properly.
    open > 0 && without.agreeing == without.rows && without.usual > 1 && without.usual == with.usual
}

/// Whether a space stands behind every delimiter: `a, b, c`.
fn is_spaced(sample: &[u8], dialect: Dialect) -> Option<String> {
    if dialect.delimiter == b' ' {
        return None;
    }
    let (mut spaced, mut all) = (0_u64, 0_u64);
    for row in Rows::new(sample, 0, dialect) {
        let mut first = true;
        let (spans_quotes, row) = (!row.unterminated, &sample[row.span]);
        cells(row, dialect, spans_quotes, |cell| {
            let cell = cell.bytes(row);
            if !first && !cell.is_empty() {
                all += 1;
                spaced += u64::from(cell.starts_with(b" ") && !cell.starts_with(b"  "));
            }
            first = false;
        });
    }
    (all > 0 && spaced == all).then(|| format!("a space follows each of {all}"))
}

/// Whether a backslash takes its meaning from a quote: `"say \"hi\""`.
fn escapes(sample: &[u8], dialect: Dialect) -> Option<String> {
    let quote = dialect.quote?;
    let pairs = sample.windows(2).filter(|pair| *pair == [b'\\', quote]).count();
    if pairs == 0 {
        return None;
    }
    let escaped = Dialect { escape: Some(b'\\'), ..dialect };
    let (with, without) = (Score::of(&widths(sample, escaped)), Score::of(&widths(sample, dialect)));
    // `"C:\folder\"` ends with one that escapes nothing.
    let amid = sample.windows(3).any(|three| {
        three[..2] == [b'\\', quote] && three[2] != dialect.delimiter && !matches!(three[2], b'\n' | b'\r')
    });
    let is_better = with.points() > without.points() + 1e-9 || (amid && with.points() >= without.points());
    is_better.then(|| format!("it stands before {pairs} quotes, and rows are as regular with it"))
}

#[cfg(test)]
mod tests;
