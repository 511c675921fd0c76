//! From columns to fields.

mod contacts;
mod names;
mod streets;

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::columns::{Shape, date, date_order, shape};
use super::values::{Text, Values};
use super::{Aspect, Field, MOST};
use crate::features::{PartialDate, fold, organisation_words};
use crate::table::{Column, Table};
use contacts::{Contact, contacts, one_column};
use names::person_names;
use streets::streets;

/// The fields of a table. Columns that say nothing, or only what others say, are left out.
pub(crate) fn fields(table: &Table) -> Vec<Field> {
    let mut fields = person_names(table);
    fields.extend(of_meaning(table, &["birth_date"]).into_iter().filter_map(|column| dates(column, Aspect::Birth)));
    fields.extend(contacts(table, &["email"], if has_people(table) { Contact::OwnMail } else { Contact::Mail }));
    fields.extend(contacts(table, &["phone"], Contact::Phone));
    fields.extend(contacts(table, &["domain", "website"], Contact::Domain));
    fields.extend(streets(table));
    for (meaning, aspect) in [
        ("city", Aspect::Place),
        ("postcode", Aspect::Place),
        ("region", Aspect::Place),
        ("country", Aspect::Place),
        ("organisation_name", Aspect::Employer),
        ("name", Aspect::Title),
        ("gender", Aspect::Gender),
        ("identifier", Aspect::Identifier),
    ] {
        for column in of_meaning(table, &[meaning]) {
            fields.extend(known(column, meaning, aspect));
        }
    }
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
    let is_left =
        |column: &&Column| !column.meaning.as_deref().is_some_and(|own| DONE.contains(&own) || TIES.contains(&own));
    let rest = table.columns.iter().filter(is_left);
    for column in rest {
        if !is_derived(table, column) {
            fields.extend(unknown(column));
        }
    }
    fields.retain(|field| field.counts.len() > if field.is_known() { 1 } else { 2 } && field.filled() >= 2.0);
    if fields.len() > MOST {
        // The most telling ones: many values, in many records.
        let telling = |field: &Field| (field.filled() * (field.counts.len() as f64).ln()) as u64;
        let mut ranks: Vec<(u64, usize)> =
            fields.iter().enumerate().map(|(place, field)| (telling(field), usize::MAX - place)).collect();
        ranks.sort_unstable_by(|a, b| b.cmp(a));
        let kept: Vec<usize> = ranks.iter().take(MOST).map(|(_, place)| usize::MAX - place).collect();
        let mut place = 0..;
        fields.retain(|_| place.next().is_some_and(|place| kept.contains(&place)));
    }
    fields
}

fn has_people(table: &Table) -> bool {
    !of_meaning(table, &["given_name", "family_name", "full_name"]).is_empty()
}

fn of_meaning<'a>(table: &'a Table, meanings: &[&str]) -> Vec<&'a Column> {
    let is_meant = |column: &&Column| column.meaning.as_deref().is_some_and(|own| meanings.contains(&own));
    table.columns.iter().filter(is_meant).collect()
}

/// A field from one text a record: equal texts are one value, an empty one is missing.
fn intern<T>(
    name: &str,
    aspect: Aspect,
    keys: impl Iterator<Item = String>,
    prepare: impl Fn(&str) -> T,
    wrap: impl Fn(Vec<T>) -> Values,
) -> Field {
    let mut places: HashMap<String, u32, FixedState> = HashMap::from_iter([(String::new(), 0)]);
    let mut prepared = vec![prepare("")];
    let mut counts = vec![0_u32];
    let mut cells = Vec::new();
    for key in keys {
        let place = match places.get(&key) {
            Some(place) => *place,
            None => {
                let place = prepared.len() as u32;
                prepared.push(prepare(&key));
                counts.push(0);
                places.insert(key, place);
                place
            }
        };
        counts[place as usize] += 1;
        cells.push(place);
    }
    counts[0] = 0;
    Field { name: name.to_owned(), aspect, cells, counts, values: wrap(prepared) }
}

/// As [`intern`], where the key depends on one column alone: each distinct cell is looked at once.
fn intern_column<T>(
    column: &Column,
    aspect: Aspect,
    key: impl Fn(&str) -> String + Sync,
    prepare: impl Fn(&str) -> T,
    wrap: impl Fn(Vec<T>) -> Values,
) -> Field {
    let keys: Vec<String> = column.values.par_iter().map(|value| key(value)).collect();
    let mut field = intern(&column.header, aspect, keys.into_iter(), prepare, wrap);
    let places = std::mem::take(&mut field.cells);
    field.cells = column.cells.iter().map(|cell| places[*cell as usize]).collect();
    field.counts.iter_mut().for_each(|count| *count = 0);
    for cell in field.cells.iter().filter(|cell| **cell != 0) {
        field.counts[*cell as usize] += 1;
    }
    field
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn dates(column: &Column, aspect: Aspect) -> Option<Field> {
    let order = date_order(column);
    let nothing = PartialDate { year: 0, month: 0, day: 0 };
    let key = |text: &str| {
        let found = date(text, order);
        found.map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)).unwrap_or_default()
    };
    let prepare = |key: &str| {
        let number = |range: std::ops::Range<usize>| key.get(range).and_then(|part| part.parse::<u16>().ok());
        let part = |range| u8::try_from(number(range).unwrap_or(0)).unwrap_or(0);
        number(0..4).map_or(nothing, |year| PartialDate { year, month: part(5..7), day: part(8..10) })
    };
    Some(intern_column(column, aspect, key, prepare, Values::Date))
}

/// A field whose meaning is known.
fn known(column: &Column, meaning: &str, aspect: Aspect) -> Option<Field> {
    let few = column.values.len() <= 60;
    Some(match meaning {
        "gender" => intern_column(column, aspect, gender, str::to_owned, Values::Category),
        "region" | "country" if few => category(column, aspect),
        "city" | "region" | "country" => intern_column(column, aspect, fold, str::to_owned, Values::Word),
        "postcode" => code(column, aspect),
        "identifier" => identifiers(column, aspect),
        "organisation_name" | "name" => organisation(column, aspect),
        _ => category(column, aspect),
    })
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

fn category(column: &Column, aspect: Aspect) -> Field {
    intern_column(column, aspect, fold, str::to_owned, Values::Category)
}

fn code(column: &Column, aspect: Aspect) -> Field {
    intern_column(column, aspect, |text| fold(text).replace(' ', ""), str::to_owned, Values::Code)
}

/// Identifiers; several stand with a bar between them.
fn identifiers(column: &Column, aspect: Aspect) -> Field {
    let plain = |part: &str| fold(part).replace(' ', "");
    let key = |text: &str| {
        let mut parts: Vec<String> = text.split('|').map(plain).filter(|part| !part.is_empty()).collect();
        parts.sort_unstable();
        parts.dedup();
        parts.join("|")
    };
    let parts = |key: &str| key.split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    intern_column(column, aspect, key, parts, Values::Identifier)
}

fn organisation(column: &Column, aspect: Aspect) -> Field {
    text(column, aspect, |value| organisation_words(value).join(" "))
}

/// Several words, with how telling each is: rare ones say more.
fn text(column: &Column, aspect: Aspect, key: impl Fn(&str) -> String + Sync) -> Field {
    let mut field = intern_column(
        column,
        aspect,
        key,
        |key| (key.to_owned(), words(key)),
        |prepared| {
            let mut frequency: HashMap<&str, u32> = HashMap::new();
            for (_, words) in &prepared {
                for word in words {
                    *frequency.entry(word).or_insert(0) += 1;
                }
            }
            let all = prepared.len() as f32;
            let weigh = |word: &String| (word.clone(), (all / frequency[word.as_str()] as f32).ln().max(0.2));
            let texts = prepared
                .iter()
                .map(|(whole, words)| Text { whole: whole.clone(), words: words.iter().map(weigh).collect() });
            Values::Text(texts.collect())
        },
    );
    field.aspect = aspect;
    field
}

/// A field whose meaning nobody knows, by the shape of its values.
fn unknown(column: &Column) -> Option<Field> {
    if is_source(column) {
        return Some(category(column, Aspect::Source));
    }
    let number = |text: &str| text.replace([',', ' ', '$', '€', '£'], "").parse().unwrap_or(f64::NAN);
    Some(match shape(column) {
        Shape::Nothing => return None,
        Shape::Date => return dates(column, Aspect::Other),
        Shape::Number => intern_column(
            column,
            Aspect::Other,
            |text| fold(text).replace(' ', "").clone().chars().next().map(|_| text.to_owned()).unwrap_or_default(),
            number,
            Values::Number,
        ),
        Shape::Category => category(column, Aspect::Other),
        Shape::Code => code(column, Aspect::Other),
        Shape::Word => intern_column(column, Aspect::Other, fold, str::to_owned, Values::Word),
        Shape::Text => text(column, Aspect::Other, fold),
        Shape::Mail => one_column(column, Contact::Mail),
        Shape::Phone => one_column(column, Contact::Phone),
    })
}

/// Whether a column says where its records come from: by its header, and by having few values.
fn is_source(column: &Column) -> bool {
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
fn is_derived(table: &Table, column: &Column) -> bool {
    let names = of_meaning(table, &["given_name", "middle_name", "family_name", "full_name", "name"]);
    let mut looked = (0_usize, 0_usize);
    let filled = (0..table.len()).filter(|record| column.cells[*record] != 0);
    for record in filled.step_by((table.len() / 2000).max(1)) {
        let known = names.iter().map(|name| fold(name.cell(record))).collect::<Vec<_>>().join(" ");
        let own = fold(column.cell(record));
        let is_within = !own.is_empty() && own.split(' ').all(|word| known.split(' ').any(|other| other == word));
        looked = (looked.0 + usize::from(is_within), looked.1 + 1);
    }
    looked.1 > 0 && looked.0 * 100 >= looked.1 * 95
}
