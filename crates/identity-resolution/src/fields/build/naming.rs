//! What names the things of a table whose names nobody knows: products, books, films.

use super::{intern_column, is_left, is_source, of_meaning};
use crate::features::fold;
use crate::fields::columns::Shape;
use crate::fields::kind::Kind;
use crate::fields::readings::Reading;
use crate::fields::{Aspect, Field};
use crate::table::{Column, Table};

/// What columns of names are called.
const WORDS: [&str; 26] = [
    "name", "title", "titel", "titre", "titulo", "titolo", "nom", "nombre", "nome", "naam", "namn", "navn", "nazwa",
    "product", "produkt", "produit", "producto", "produto", "prodotto", "album", "song", "track", "film", "movie",
    "book", "article",
];

/// Words of a name, on average; what has more describes a thing.
const LONGEST: f64 = 25.0;

/// What says who somebody is, or whom to ask: a table that has it needs no name to tell its records apart.
const TELLING: [&str; 9] = [
    "given_name",
    "family_name",
    "full_name",
    "name",
    "birth_date",
    "email",
    "phone",
    "identifier",
    "organisation_name",
];
/// Of these some are what is called a name anyway.
const NAMES: [&str; 4] = ["given_name", "family_name", "full_name", "name"];

/// The column that says what the things of a table are called, if it lists neither people nor what is known to have a name: one whose
/// header says so, or else, where nothing tells the records apart, the text of most values. Most records have a value, many one of
/// their own.
pub(in crate::fields) fn naming(table: &Table, columns: &[Reading]) -> Option<usize> {
    if !of_meaning(table, &NAMES).is_empty() {
        return None;
    }
    let needs_none = !of_meaning(table, &TELLING).is_empty();
    let may_name = |(column, reading): &(&Column, &Reading)| {
        let (filled, distinct) = (column.filled(), column.values.len() - 1);
        let values = || column.values.iter().skip(1);
        let is_called_so = header_says(column) > 0;
        is_left(column)
            && !is_source(column)
            && (is_called_so || (!needs_none && is_unknown(column)))
            && (matches!(reading.shape, Shape::Text | Shape::Word)
                || (reading.shape == Shape::Category && distinct * 10 >= filled * 7))
            && filled * 2 >= table.len()
            && distinct * 10 >= filled
            && values().filter(|value| value.contains(char::is_alphabetic)).count() * 2 >= distinct
            && words_of_each(column) <= LONGEST
    };
    let found = table.columns.iter().zip(columns).enumerate().filter(|(_, both)| may_name(both));
    let best = found.max_by_key(|(place, (column, reading))| {
        let is_text = matches!(reading.shape, Shape::Text | Shape::Category);
        (header_says(column), is_text, column.values.len(), std::cmp::Reverse(*place))
    });
    best.map(|(place, _)| place)
}

/// How surely a header says that its column names things: 2 if it is the word alone, 1 if the word is in it.
fn header_says(column: &Column) -> u8 {
    let header = fold(&column.header);
    match () {
        () if WORDS.contains(&header.as_str()) => 2,
        () if header.split(' ').any(|word| WORDS.contains(&word)) => 1,
        () => 0,
    }
}

/// Whether nobody knows what a column means.
fn is_unknown(column: &Column) -> bool {
    column.meaning.as_deref().is_none_or(|meaning| meaning.starts_with("x_"))
}

/// Signs of a number within a name, at least: fewer count or measure.
const SHORTEST: usize = 4;

/// The numbers within names: of two things of one maker they are what differs.
pub(in crate::fields) fn models_of(column: &Column) -> Field {
    let of_name = |text: &str| {
        let word = |word: &str| fold(word).replace(' ', "");
        let is_code = |word: &String| word.len() >= SHORTEST && word.bytes().any(|byte| byte.is_ascii_digit());
        let mut codes: Vec<String> = text.split_whitespace().map(word).filter(is_code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.join(" ")
    };
    let name = format!("number in the {}", column.header);
    Field { name, ..intern_column(column, Aspect::Model, Kind::Models, of_name) }
}

fn words_of_each(column: &Column) -> f64 {
    let words: usize = column.values.iter().map(|value| value.split_whitespace().count()).sum();
    words as f64 / (column.values.len() - 1).max(1) as f64
}
