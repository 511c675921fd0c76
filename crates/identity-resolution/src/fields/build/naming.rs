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

/// The column that says what the things of a table are called, if it lists neither people nor what is known to have a name: the
/// first whose header says so, or else the text of most values. Most records have a value, many one of their own.
pub(in crate::fields) fn naming(table: &Table, columns: &[Reading]) -> Option<usize> {
    const NAMES: [&str; 4] = ["given_name", "family_name", "full_name", "name"];
    if !of_meaning(table, &NAMES).is_empty() {
        return None;
    }
    let may_name = |(column, reading): &(&Column, &Reading)| {
        let (filled, distinct) = (column.filled(), column.values.len() - 1);
        let values = || column.values.iter().skip(1);
        is_left(column)
            && !is_source(column)
            && (matches!(reading.shape, Shape::Text | Shape::Word)
                || (reading.shape == Shape::Category && distinct * 10 >= filled * 7))
            && filled * 2 >= table.len()
            && distinct * 10 >= filled
            && values().filter(|value| value.contains(char::is_alphabetic)).count() * 2 >= distinct
            && words_of_each(column) <= LONGEST
    };
    let named = |column: &Column| fold(&column.header).split(' ').any(|word| WORDS.contains(&word));
    let found = table.columns.iter().zip(columns).enumerate().filter(|(_, both)| may_name(both));
    let best = found.max_by_key(|(place, (column, reading))| {
        (
            named(column),
            matches!(reading.shape, Shape::Text | Shape::Category),
            column.values.len(),
            std::cmp::Reverse(*place),
        )
    });
    best.map(|(place, _)| place)
}

/// Signs of a number within a name, at least: fewer count or measure.
const SHORTEST: usize = 4;

/// The numbers within names: of two things of one maker they are what differs.
pub(in crate::fields) fn codes_of(column: &Column) -> Field {
    let of_name = |text: &str| {
        let word = |word: &str| fold(word).replace(' ', "");
        let is_code = |word: &String| word.len() >= SHORTEST && word.bytes().any(|byte| byte.is_ascii_digit());
        let mut codes: Vec<String> = text.split_whitespace().map(word).filter(is_code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.join(" ")
    };
    let name = format!("number in the {}", column.header);
    Field { name, ..intern_column(column, Aspect::Code, Kind::Codes, of_name) }
}

fn words_of_each(column: &Column) -> f64 {
    let words: usize = column.values.iter().map(|value| value.split_whitespace().count()).sum();
    words as f64 / (column.values.len() - 1).max(1) as f64
}
