//! From columns to fields.

mod contacts;
mod names;
mod naming;
mod streets;

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

pub(super) use self::naming::{models_of, naming};
use super::columns::{DateOrder, Shape, date};
use super::kind::{Kind, Lexicon};
use super::readings::{Reading, Readings};
use super::{Aspect, Field, MOST};
use crate::features::{fold, organisation_words};
use crate::table::{Column, Table};
use contacts::{Contact, contacts, one_column};
use names::person_names;
use streets::streets;

/// The fields of a table, and how its columns were read. Columns that say nothing, or only what others say, are left out.
pub(crate) fn fields(table: &Table) -> (Vec<Field>, Readings) {
    let mut readings = Readings::of(table);
    let mut fields = all(table, &readings);
    readings.kept = kept(&fields);
    let texts = fields.iter().enumerate().filter(|(_, field)| matches!(field.values.kind(), Kind::Text | Kind::Models));
    let texts = texts.filter(|(place, _)| readings.kept.contains(place));
    readings.lexicons = texts.map(|(place, field)| (place, Lexicon::of(&field.texts()))).collect();
    let mut place = 0..;
    fields.retain(|_| place.next().is_some_and(|place| readings.kept.contains(&place)));
    (fields, readings)
}

/// The fields of other records whose columns are read as those of another table were.
pub(crate) fn fields_as(table: &Table, readings: &Readings) -> Vec<Field> {
    let mut fields = all(table, readings);
    for (place, lexicon) in &readings.lexicons {
        if let Some(field) = fields.get_mut(*place) {
            field.values = field.values.kind().prepare(field.texts(), lexicon);
        }
    }
    let mut place = 0..;
    fields.retain(|_| place.next().is_some_and(|place| readings.kept.contains(&place)));
    fields
}

/// Every field that could be made.
fn all(table: &Table, readings: &Readings) -> Vec<Field> {
    let mut fields = person_names(table);
    let births = of_meaning(table, &["birth_date"]).into_iter();
    fields.extend(births.map(|(place, column)| dates(column, Aspect::Birth, readings.columns[place].order)));
    fields.extend(contacts(table, &["email"], if has_people(table) { Contact::OwnMail } else { Contact::Mail }));
    fields.extend(contacts(table, &["phone"], Contact::Phone));
    fields.extend(contacts(table, &["domain", "website"], Contact::Domain));
    fields.extend(streets(table, readings.is_one_street));
    for (meaning, aspect) in [
        ("city", Aspect::Place),
        ("postcode", Aspect::Place),
        ("region", Aspect::Place),
        ("country", Aspect::Place),
        ("organisation_name", Aspect::Employer),
        ("gender", Aspect::Gender),
        ("identifier", Aspect::Identifier),
    ] {
        for (place, column) in of_meaning(table, &[meaning]) {
            fields.push(known(column, meaning, aspect, readings.columns[place].shape == Shape::Category));
        }
    }
    fields.extend(titles(table));
    let named = readings.naming.and_then(|place| table.columns.get(place));
    fields.extend(named.map(|column| intern_column(column, Aspect::Title, Kind::Text, fold)));
    fields.extend(named.map(models_of));
    for (place, (column, reading)) in table.columns.iter().zip(&readings.columns).enumerate() {
        if is_left(column) && readings.naming != Some(place) {
            fields.extend(unknown(column, reading));
        }
    }
    fields
}

/// Whether nothing is known of what a column means, and it may say who somebody is.
pub(super) fn is_left(column: &Column) -> bool {
    const DONE: [&str; 21] = [
        "given_name",
        "middle_name",
        "family_name",
        "full_name",
        "name_suffix",
        "name_prefix",
        "birth_date",
        "email",
        "phone",
        "street",
        "address",
        "city",
        "postcode",
        "region",
        "country",
        "organisation_name",
        "name",
        "gender",
        "identifier",
        "domain",
        "website",
    ];
    // What somebody is to us, and since when, is not who they are.
    const TIES: [&str; 10] = [
        "owner",
        "status",
        "lifecycle",
        "lead_source",
        "tag",
        "created_at",
        "updated_at",
        "stage",
        "priority",
        "probability",
    ];
    !column.meaning.as_deref().is_some_and(|own| DONE.contains(&own) || TIES.contains(&own))
}

/// Places of the fields that say something; of too many, the most telling ones: many values, in many records.
fn kept(fields: &[Field]) -> Vec<usize> {
    let says = |field: &Field| field.counts.len() > if field.is_known() { 1 } else { 2 } && field.filled() >= 2.0;
    let mut kept: Vec<usize> = (0..fields.len()).filter(|place| says(&fields[*place])).collect();
    if kept.len() > MOST {
        let telling = |field: &Field| (field.filled() * (field.counts.len() as f64).ln()) as u64;
        // What is known to say who somebody is goes first: a number of a tax payer says much, however few have one.
        kept.sort_by_key(|place| std::cmp::Reverse((fields[*place].is_known(), telling(&fields[*place]))));
        kept.truncate(MOST);
        kept.sort_unstable();
    }
    kept
}

fn has_people(table: &Table) -> bool {
    !of_meaning(table, &["given_name", "family_name", "full_name"]).is_empty()
}

/// The columns of some meanings, with their places.
pub(super) fn of_meaning<'a>(table: &'a Table, meanings: &[&str]) -> Vec<(usize, &'a Column)> {
    let is_meant =
        |(_, column): &(usize, &Column)| column.meaning.as_deref().is_some_and(|own| meanings.contains(&own));
    table.columns.iter().enumerate().filter(is_meant).collect()
}

/// A field from one text a record: equal texts are one value, an empty one is missing.
fn intern(name: &str, aspect: Aspect, kind: Kind, keys: impl Iterator<Item = String>) -> Field {
    let mut places: HashMap<String, u32, FixedState> = HashMap::from_iter([(String::new(), 0)]);
    let mut counts = vec![0_u32];
    let mut cells = Vec::new();
    for key in keys {
        let place = match places.get(&key) {
            Some(place) => *place,
            None => {
                let place = counts.len() as u32;
                counts.push(0);
                places.insert(key, place);
                place
            }
        };
        counts[place as usize] += 1;
        cells.push(place);
    }
    counts[0] = 0;
    let mut texts = vec![String::new(); counts.len()];
    places.into_iter().for_each(|(text, place)| texts[place as usize] = text);
    let lexicon = if matches!(kind, Kind::Text | Kind::Models) { Lexicon::of(&texts) } else { Lexicon::default() };
    Field { name: name.to_owned(), aspect, cells, counts, values: kind.prepare(texts, &lexicon) }
}

/// As [`intern`], where the key depends on one column alone: each distinct cell is looked at once.
fn intern_column(column: &Column, aspect: Aspect, kind: Kind, key: impl Fn(&str) -> String + Sync) -> Field {
    let keys: Vec<String> = column.values.par_iter().map(|value| key(value)).collect();
    let mut field = intern(&column.header, aspect, kind, keys.into_iter());
    let places = std::mem::take(&mut field.cells);
    field.cells = column.cells.iter().map(|cell| places[*cell as usize]).collect();
    field.counts.iter_mut().for_each(|count| *count = 0);
    for cell in field.cells.iter().filter(|cell| **cell != 0) {
        field.counts[*cell as usize] += 1;
    }
    field
}

fn dates(column: &Column, aspect: Aspect, order: DateOrder) -> Field {
    intern_column(column, aspect, Kind::Date, |text| {
        let found = date(text, order);
        found.map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)).unwrap_or_default()
    })
}

/// A field whose meaning is known.
fn known(column: &Column, meaning: &str, aspect: Aspect, few: bool) -> Field {
    match meaning {
        "gender" => intern_column(column, aspect, Kind::Category, gender),
        "region" | "country" if few => intern_column(column, aspect, Kind::Category, fold),
        "city" | "region" | "country" => intern_column(column, aspect, Kind::Word, fold),
        "postcode" => intern_column(column, aspect, Kind::Code, code),
        "identifier" => intern_column(column, aspect, Kind::Identifier, identifiers),
        "organisation_name" => intern_column(column, aspect, Kind::Text, title),
        _ => intern_column(column, aspect, Kind::Category, fold),
    }
}

/// `f`, `m` or what else the source writes; nothing where it says that it does not know.
fn gender(word: &str) -> String {
    let folded = fold(word);
    match folded.as_str() {
        "female" | "femme" | "w" | "weiblich" | "frau" | "mrs" | "ms" | "mujer" | "donna" => "f".to_owned(),
        "male" | "homme" | "mannlich" | "herr" | "mr" | "hombre" | "uomo" => "m".to_owned(),
        "u" | "unknown" | "x" | "n a" | "none" | "unspecified" | "not stated" => String::new(),
        _ => folded,
    }
}

/// The names of what is no person: what it is called in several columns are names of one thing.
fn titles(table: &Table) -> Option<Field> {
    let columns = of_meaning(table, &["name"]);
    let (_, first) = columns.first()?;
    if columns.len() == 1 {
        return Some(intern_column(first, Aspect::Title, Kind::Text, title));
    }
    let titles = (0..table.len()).map(|record| {
        let cells: Vec<&str> = columns.iter().map(|(_, column)| column.cell(record)).collect();
        title(&cells.join("|"))
    });
    Some(intern(&first.header, Aspect::Title, Kind::Text, titles))
}

/// The names of a cell, each without its legal form, with a bar between them.
fn title(text: &str) -> String {
    let names = text.split('|').map(|name| organisation_words(name).join(" "));
    let mut names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    names.join("|")
}

fn code(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// Identifiers; several stand with a bar between them.
fn identifiers(text: &str) -> String {
    let mut parts: Vec<String> = text.split('|').map(code).filter(|part| !part.is_empty()).collect();
    parts.sort_unstable();
    parts.dedup();
    parts.join("|")
}

/// A field whose meaning nobody knows, by the shape of its values.
fn unknown(column: &Column, reading: &Reading) -> Option<Field> {
    if reading.is_source {
        let aspect = if is_list(column) { Aspect::List } else { Aspect::Source };
        return Some(intern_column(column, aspect, Kind::Category, fold));
    }
    let aspect = if reading.is_own { Aspect::Own } else { Aspect::Other };
    let other = |kind, key: fn(&str) -> String| intern_column(column, aspect, kind, key);
    Some(match reading.shape {
        Shape::Nothing => return None,
        Shape::Date => dates(column, aspect, reading.order),
        Shape::Number => {
            other(Kind::Number, |text| if code(text).is_empty() { String::new() } else { text.to_owned() })
        }
        Shape::Category => other(Kind::Category, fold),
        Shape::Code => other(Kind::Code, code),
        Shape::Word => other(Kind::Word, fold),
        Shape::Text => other(Kind::Text, fold),
        Shape::Mail => one_column(column, Contact::Mail),
        Shape::Phone => one_column(column, Contact::Phone),
    })
}

/// Whether a column says in which list its records stand, and not only by which system or file they came.
fn is_list(column: &Column) -> bool {
    const WORDS: [&str; 6] = ["source", "data source", "quelle", "fuente", "fonte", "bron"];
    column.meaning.as_deref() == Some("source") || WORDS.contains(&fold(&column.header).as_str())
}

/// Whether a column says where its records come from: by its header, and by having few values.
pub(super) fn is_source(column: &Column) -> bool {
    const WORDS: [&str; 12] = [
        "source", "src", "origin", "system", "dataset", "database", "list", "file", "quelle", "fuente", "fonte",
        "origine",
    ];
    if column.meaning.as_deref() == Some("source") {
        return true;
    }
    let header = fold(&column.header);
    (3..=30).contains(&column.values.len()) && header.split(' ').any(|word| WORDS.contains(&word))
}

/// Whether a column's words stand in the columns of names already: `first_and_surname`.
pub(super) fn is_derived(table: &Table, column: &Column) -> bool {
    let names = of_meaning(table, &["given_name", "middle_name", "family_name", "full_name", "name"]);
    let mut looked = (0_usize, 0_usize);
    let filled = (0..table.len()).filter(|record| column.cells[*record] != 0);
    for record in filled.step_by((table.len() / 2000).max(1)) {
        let known = names.iter().map(|(_, name)| fold(name.cell(record))).collect::<Vec<_>>().join(" ");
        let own = fold(column.cell(record));
        let is_within = !own.is_empty() && own.split(' ').all(|word| known.split(' ').any(|other| other == word));
        looked = (looked.0 + usize::from(is_within), looked.1 + 1);
    }
    looked.1 > 0 && looked.0 * 100 >= looked.1 * 95
}

#[cfg(test)]
mod tests;
