//! From columns to fields.

use std::collections::HashMap;

use rayon::prelude::*;

use super::columns::{Shape, date, date_order, shape};
use super::values::{Mail, Name, Street, Text, Values};
use super::{Aspect, Field, MOST};
use crate::features::{PartialDate, PersonName, fold, organisation_words};
use crate::table::{Column, Table};

/// The fields of a table. Columns that say nothing, or only what others say, are left out.
pub(crate) fn fields(table: &Table) -> Vec<Field> {
    let mut fields = person_names(table);
    for (meaning, aspect) in [("birth_date", Aspect::Birth)] {
        let columns = of_meaning(table, &[meaning]);
        fields.extend(columns.into_iter().filter_map(|column| dates(column, aspect)));
    }
    fields.extend(contacts(table, "email", Aspect::Email));
    fields.extend(contacts(table, "phone", Aspect::Phone));
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
        ("domain", Aspect::Identifier),
    ] {
        for column in of_meaning(table, &[meaning]) {
            fields.extend(known(column, meaning, aspect));
        }
    }
    const DONE: [&str; 19] = [
        "given_name", "middle_name", "family_name", "full_name", "name_suffix", "name_prefix", "birth_date", "email",
        "phone", "street", "address", "city", "postcode", "region", "country", "organisation_name", "name", "gender",
        "identifier",
    ];
    let rest = table.columns.iter().filter(|column| !column.meaning.as_deref().is_some_and(|own| DONE.contains(&own)));
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
    let mut places: HashMap<String, u32> = HashMap::from([(String::new(), 0)]);
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

/// Given, middle and family names and generations, from whichever columns hold them.
fn person_names(table: &Table) -> Vec<Field> {
    let column = |meaning: &str| of_meaning(table, &[meaning]);
    let (given, middle, family) = (column("given_name"), column("middle_name"), column("family_name"));
    let (full, suffix) = (column("full_name"), column("name_suffix"));
    if given.is_empty() && family.is_empty() && full.is_empty() {
        return Vec::new();
    }
    if let ([given], [family], true) = (&given[..], &family[..], full.is_empty() && suffix.is_empty() && middle.len() < 2) {
        return separate_names(given, middle.first().copied(), family);
    }
    let text = |columns: &[&Column], record: usize| -> String {
        let cells = columns.iter().map(|column| column.cell(record));
        cells.into_iter().find(|cell| !cell.is_empty()).unwrap_or_default().to_owned()
    };
    let names: Vec<[String; 4]> = (0..table.len())
        .into_par_iter()
        .map(|record| {
            PersonName::from_parts(
                &text(&given, record),
                &text(&middle, record),
                &text(&family, record),
                &text(&full, record),
                &text(&suffix, record),
            )
        })
        .collect();
    let part = |place: usize| names.iter().map(move |name| name[place].clone());
    vec![
        intern("given name", Aspect::Given, part(0), Name::of, Values::Given),
        intern("middle name", Aspect::Middle, part(1), words, Values::Middle),
        intern("family name", Aspect::Family, part(2), Name::of, Values::Family),
        intern("generation", Aspect::Suffix, part(3), str::to_owned, Values::Category),
    ]
}

/// Names of which each part has a column of its own: each distinct part is looked at once.
fn separate_names(given: &Column, middle: Option<&Column>, family: &Column) -> Vec<Field> {
    let [first, between, last] = [0, 1, 2].map(|place| {
        move |text: &str| {
            let mut parts = [""; 3];
            parts[place] = text;
            let [given, middle, family] = parts;
            PersonName::from_parts(given, middle, family, "", "")
        }
    });
    let named = |name: &str, field: Field| Field { name: name.to_owned(), ..field };
    let mut fields = vec![
        named("given name", intern_column(given, Aspect::Given, |text| first(text)[0].clone(), Name::of, Values::Given)),
        named("family name", intern_column(family, Aspect::Family, |text| last(text)[2].clone(), Name::of, Values::Family)),
        named("generation", intern_column(family, Aspect::Suffix, |text| last(text)[3].clone(), str::to_owned, Values::Category)),
    ];
    fields.extend(middle.map(|middle| {
        named("middle name", intern_column(middle, Aspect::Middle, |text| between(text)[1].clone(), words, Values::Middle))
    }));
    fields
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

/// All addresses or numbers of a record as one value.
fn contacts(table: &Table, meaning: &str, aspect: Aspect) -> Option<Field> {
    let columns = of_meaning(table, &[meaning]);
    let first = columns.first()?;
    let parts = |key: &str| key.split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let mails = |key: &str| parts(key).iter().map(|part| mail(part)).collect();
    if let [column] = &columns[..] {
        let key = |text: &str| contact(text, aspect);
        return Some(match aspect {
            Aspect::Email => intern_column(column, aspect, key, mails, Values::Mail),
            _ => intern_column(column, aspect, key, parts, Values::Phone),
        });
    }
    let cleaned: Vec<Vec<String>> =
        columns.iter().map(|column| column.values.iter().map(|text| contact(text, aspect)).collect()).collect();
    let keys = (0..table.len()).map(|record| {
        let cells = columns.iter().zip(&cleaned).map(|(column, cleaned)| cleaned[column.cells[record] as usize].as_str());
        let mut parts: Vec<&str> = cells.flat_map(|cell| cell.split('|')).filter(|part| !part.is_empty()).collect();
        parts.sort_unstable();
        parts.dedup();
        parts.join("|")
    });
    Some(match aspect {
        Aspect::Email => intern(&first.header, aspect, keys, mails, Values::Mail),
        _ => intern(&first.header, aspect, keys, parts, Values::Phone),
    })
}

/// Addresses in lower case; numbers as their last nine digits, which the national and the international form share.
fn contact(text: &str, aspect: Aspect) -> String {
    let parts = text.split([';', ',', '|']).map(str::trim).filter(|part| !part.is_empty());
    let clean = |part: &str| match aspect {
        Aspect::Email => part.to_lowercase().replace(' ', ""),
        _ => {
            let digits: String = part.chars().filter(char::is_ascii_digit).collect();
            digits[digits.len().saturating_sub(9)..].to_owned()
        }
    };
    let mut parts: Vec<String> = parts.map(clean).filter(|part| part.len() >= 3).collect();
    parts.sort_unstable();
    parts.dedup();
    parts.join("|")
}

fn mail(text: &str) -> Mail {
    let (local, domain) = text.split_once('@').unwrap_or((text, ""));
    Mail::of(fold(local.split('+').next().unwrap_or(local)).replace(' ', ""), domain)
}

/// Columns with streets or whole addresses: one field, if hardly a record fills two of them; else one each.
fn streets(table: &Table) -> Vec<Field> {
    let columns = of_meaning(table, &["street", "address"]);
    let full = |record: usize| columns.iter().filter(|column| !column.cell(record).is_empty()).count();
    let both = (0..table.len()).filter(|record| full(*record) > 1).count();
    let street = |text: &str| text.split_once(',').map_or(text, |(street, _)| street).to_owned();
    if columns.len() > 1 && both * 10 < table.len() {
        let first = |record: usize| columns.iter().map(|column| column.cell(record)).find(|cell| !cell.is_empty());
        let keys = (0..table.len()).map(|record| street_key(&street(first(record).unwrap_or_default())));
        return vec![intern("address", Aspect::Street, keys, Street::of, Values::Street)];
    }
    let field = |column: &&Column| {
        intern_column(column, Aspect::Street, |text| street_key(&street(text)), Street::of, Values::Street)
    };
    columns.iter().map(field).collect()
}

/// Words that mean the same in addresses, or nothing.
const STREET_WORDS: [(&str, &str); 44] = [
    ("street", "st"), ("str", "st"), ("strasse", "st"), ("avenue", "ave"), ("av", "ave"), ("road", "rd"), ("drive", "dr"),
    ("lane", "ln"), ("court", "ct"), ("boulevard", "blvd"), ("bd", "blvd"), ("place", "pl"), ("square", "sq"),
    ("terrace", "ter"), ("crescent", "cres"), ("highway", "hwy"), ("parkway", "pkwy"), ("circuit", "cct"), ("close", "cl"),
    ("west", "w"), ("east", "e"), ("north", "n"), ("south", "s"), ("apartment", "apt"), ("suite", "ste"), ("floor", "fl"),
    ("first", "1"), ("second", "2"), ("third", "3"), ("fourth", "4"), ("fifth", "5"), ("sixth", "6"), ("seventh", "7"),
    ("eighth", "8"), ("ninth", "9"), ("tenth", "10"), ("saint", "st"), ("mount", "mt"), ("fort", "ft"), ("circle", "cir"),
    ("way", "wy"), ("trail", "trl"), ("the", ""), ("between", "btwn"),
];

fn street_key(text: &str) -> String {
    let folded = fold(text);
    let word = |word: &str| {
        let ordinal = word.strip_suffix("st").or(word.strip_suffix("nd")).or(word.strip_suffix("rd")).or(word.strip_suffix("th"));
        let ordinal = ordinal.filter(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
        let known = STREET_WORDS.iter().find(|(long, _)| *long == word).map(|(_, short)| *short);
        ordinal.or(known).unwrap_or(word).to_owned()
    };
    folded.split(' ').map(word).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A field whose meaning is known.
fn known(column: &Column, meaning: &str, aspect: Aspect) -> Option<Field> {
    let few = column.values.len() <= 60;
    Some(match meaning {
        "gender" | "region" | "country" if few => category(column, aspect),
        "city" | "region" | "country" => intern_column(column, aspect, fold, str::to_owned, Values::Word),
        "postcode" | "domain" => code(column, aspect),
        "identifier" => {
            let key = |text: &str| fold(text).replace(' ', "");
            intern_column(column, aspect, key, str::to_owned, Values::Identifier)
        }
        "organisation_name" | "name" => organisation(column, aspect),
        _ => category(column, aspect),
    })
}

fn category(column: &Column, aspect: Aspect) -> Field {
    intern_column(column, aspect, fold, str::to_owned, Values::Category)
}

fn code(column: &Column, aspect: Aspect) -> Field {
    intern_column(column, aspect, |text| fold(text).replace(' ', ""), str::to_owned, Values::Code)
}

fn organisation(column: &Column, aspect: Aspect) -> Field {
    text(column, aspect, |value| organisation_words(value).join(" "))
}

/// Several words, with how telling each is: rare ones say more.
fn text(column: &Column, aspect: Aspect, key: impl Fn(&str) -> String + Sync) -> Field {
    let mut field = intern_column(column, aspect, key, |key| (key.to_owned(), words(key)), |prepared| {
        let mut frequency: HashMap<&str, u32> = HashMap::new();
        for (_, words) in &prepared {
            for word in words {
                *frequency.entry(word).or_insert(0) += 1;
            }
        }
        let all = prepared.len() as f32;
        let weigh = |word: &String| (word.clone(), (all / frequency[word.as_str()] as f32).ln().max(0.2));
        let texts = prepared.iter().map(|(whole, words)| Text { whole: whole.clone(), words: words.iter().map(weigh).collect() });
        Values::Text(texts.collect())
    });
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
        Shape::Number => intern_column(column, Aspect::Other, |text| fold(text).replace(' ', "").clone().chars().next().map(|_| text.to_owned()).unwrap_or_default(), number, Values::Number),
        Shape::Category => category(column, Aspect::Other),
        Shape::Code => code(column, Aspect::Other),
        Shape::Word => intern_column(column, Aspect::Other, fold, str::to_owned, Values::Word),
        Shape::Text => text(column, Aspect::Other, fold),
        Shape::Mail => {
            intern_column(column, Aspect::Email, |text| contact(text, Aspect::Email), |key| key.split('|').filter(|part| !part.is_empty()).map(mail).collect(), Values::Mail)
        }
        Shape::Phone => {
            let parts = |key: &str| key.split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect();
            intern_column(column, Aspect::Phone, |text| contact(text, Aspect::Phone), parts, Values::Phone)
        }
    })
}

/// Whether a column says where its records come from: by its header, and by having few values.
fn is_source(column: &Column) -> bool {
    const WORDS: [&str; 12] = [
        "source", "src", "origin", "system", "dataset", "database", "list", "file", "quelle", "fuente", "fonte", "origine",
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
