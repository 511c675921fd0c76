//! Some records in the form in which they are compared, as plain columns.

use rayon::prelude::*;
use velocity_model::RecordId;

use crate::candidates::Postings;
use crate::fields::{Field, Lexicon};

/// Texts, one behind the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// All of them.
    pub bytes: String,
    /// Where each ends.
    pub ends: Vec<u32>,
}

/// The values of one field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SegmentField {
    /// Distinct values, rising; the first is empty and stands for none.
    pub texts: Texts,
    /// For each value how likely another entity has it too.
    pub chances: Vec<f64>,
    /// For each record the place of its value.
    pub cells: Vec<u32>,
}

/// Some records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Segment {
    /// Rising.
    pub records: Vec<RecordId>,
    /// By field.
    pub fields: Vec<SegmentField>,
    /// Which records have which keys.
    pub postings: Postings,
}

impl Texts {
    fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut found = Self::default();
        for text in texts {
            found.bytes.push_str(text);
            found.ends.push(found.bytes.len() as u32);
        }
        found
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub(super) fn get(&self, place: usize) -> &str {
        let from = place.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.ends.get(place).and_then(|end| self.bytes.get(from..*end as usize)).unwrap_or_default()
    }

    /// The place of a text.
    fn place(&self, text: &str) -> Option<usize> {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = (from + to) / 2;
            match self.get(middle).cmp(text) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }
}

impl SegmentField {
    /// The values of a field, beside their chances.
    pub(super) fn of(field: &Field, chances: &[f64]) -> Self {
        let texts = field.texts();
        let mut order: Vec<usize> = (1..texts.len()).filter(|value| field.counts[*value] > 0).collect();
        order.par_sort_unstable_by(|a, b| texts[*a].cmp(&texts[*b]).then(a.cmp(b)));
        let mut place = vec![0; texts.len()];
        let mut distinct: Vec<(&str, f64)> = vec![("", 1.0)];
        for value in order {
            // Of two values with one text the likelier counts.
            match distinct.last_mut().filter(|last| last.0 == texts[value]) {
                Some(last) => last.1 = last.1.max(chances[value]),
                None => distinct.push((&texts[value], chances[value])),
            }
            place[value] = distinct.len() as u32 - 1;
        }
        Self {
            texts: Texts::of(distinct.iter().map(|(text, _)| *text)),
            chances: distinct.iter().map(|(_, chance)| *chance).collect(),
            cells: field.cells.iter().map(|cell| place[*cell as usize]).collect(),
        }
    }

    /// The field of which these are the values, ready to be compared.
    pub(super) fn prepared(&self, like: Field, lexicon: &Lexicon) -> Field {
        let texts = (0..self.texts.len()).map(|place| self.texts.get(place).to_owned()).collect();
        let mut counts = vec![0; self.texts.len()];
        for cell in self.cells.iter().filter(|cell| **cell != 0) {
            counts[*cell as usize] += 1;
        }
        Field { cells: self.cells.clone(), counts, values: like.values.kind().prepare(texts, lexicon), ..like }
    }

    /// How likely another entity has a value too; `None` if no record has it.
    pub(super) fn chance(&self, text: &str) -> Option<f64> {
        self.texts.place(text).map(|place| self.chances[place])
    }
}

impl Segment {
    pub(super) fn place(&self, record: RecordId) -> Option<usize> {
        self.records.binary_search(&record).ok()
    }

    /// Some rows of several segments, in order of their records, without postings. No record may be among them twice.
    pub(super) fn gather(from: &[(&Segment, &[u32])]) -> Self {
        let parts: Vec<&Segment> = from.iter().map(|(segment, _)| *segment).collect();
        let mut rows: Vec<Row> = Vec::new();
        for (part, (segment, places)) in from.iter().enumerate() {
            rows.extend(places.iter().map(|place| (segment.records[*place as usize], part, *place)));
        }
        Self::of_rows(&parts, rows)
    }

    /// For each record of another segment the place of that record here, as far as it is one of `places` there, which rise; 0
    /// otherwise. All of those are here.
    pub(super) fn places_of(&self, other: &Self, places: &[u32]) -> Vec<u32> {
        let mut found = vec![0; other.records.len()];
        let mut at = 0;
        for place in places {
            let record = other.records[*place as usize];
            at += self.records[at..].iter().take_while(|own| **own < record).count();
            found[*place as usize] = at as u32;
        }
        found
    }

    /// Records that say what some rows of segments say, in order, without postings.
    pub(super) fn of_rows(parts: &[&Segment], mut rows: Vec<Row>) -> Self {
        rows.sort_unstable();
        let width = parts.first().map_or(0, |segment| segment.fields.len());
        let field = |place: usize| {
            let parts: Vec<&SegmentField> = parts.iter().map(|segment| &segment.fields[place]).collect();
            gather_field(&parts, &rows)
        };
        let fields = (0..width).into_par_iter().map(field).collect();
        Self { records: rows.iter().map(|(record, ..)| *record).collect(), fields, postings: Postings::default() }
    }
}

/// A record, and the row that says what it says: the number of its segment, and its place there.
pub(super) type Row = (RecordId, usize, u32);

fn gather_field(parts: &[&SegmentField], rows: &[Row]) -> SegmentField {
    let cell = |(_, number, place): &Row| (*number, parts[*number].cells[*place as usize]);
    let mut used: Vec<(usize, u32)> = rows.iter().map(cell).filter(|(_, cell)| *cell != 0).collect();
    used.sort_unstable();
    used.dedup();
    let text = |(number, cell): &(usize, u32)| parts[*number].texts.get(*cell as usize);
    let mut distinct: Vec<&str> = used.iter().map(text).collect();
    // Values of one part rise already, so that a stable sort merges them.
    distinct.sort();
    distinct.dedup();
    let place = |text: &str| distinct.binary_search(&text).map_or(0, |place| place as u32 + 1);
    let places: Vec<u32> = used.iter().map(|value| place(text(value))).collect();
    let mut chances = vec![1.0; distinct.len() + 1];
    for (value, place) in used.iter().zip(&places) {
        chances[*place as usize] = parts[value.0].chances[value.1 as usize];
    }
    let cell = |row: &Row| match cell(row) {
        (_, 0) => 0,
        value => used.binary_search(&value).map_or(0, |found| places[found]),
    };
    SegmentField {
        texts: Texts::of(std::iter::once("").chain(distinct.iter().copied())),
        chances,
        cells: rows.iter().map(cell).collect(),
    }
}
