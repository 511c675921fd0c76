//! Streets and addresses in one line.

use super::{intern, intern_column, of_meaning};
use crate::features::fold;
use crate::fields::kind::Kind;
use crate::fields::{Aspect, Field};
use crate::table::{Column, Table};

/// Columns with streets or whole addresses: one field, or one each.
pub(super) fn streets(table: &Table, is_one: bool) -> Vec<Field> {
    let columns = of_meaning(table, &["street", "address"]);
    if is_one {
        let first = |record: usize| columns.iter().map(|(_, column)| column.cell(record)).find(|cell| !cell.is_empty());
        let keys = (0..table.len()).map(|record| street_key(&street(first(record).unwrap_or_default())));
        return vec![intern("address", Aspect::Street, Kind::Street, keys)];
    }
    let field = |(_, column): &(usize, &Column)| {
        intern_column(column, Aspect::Street, Kind::Street, |text| street_key(&street(text)))
    };
    columns.iter().map(field).collect()
}

/// The part of an address in one line that names the street: the first that begins with a number, or has one.
fn street(line: &str) -> String {
    let parts = || line.split(',').map(str::trim);
    let starts = |part: &&str| part.starts_with(|c: char| c.is_ascii_digit()) && part.chars().any(char::is_alphabetic);
    let has = |part: &&str| part.bytes().any(|byte| byte.is_ascii_digit());
    parts().find(starts).or_else(|| parts().find(has)).or_else(|| parts().next()).unwrap_or_default().to_owned()
}

/// Words that mean the same in addresses, or nothing.
const STREET_WORDS: [(&str, &str); 44] = [
    ("street", "st"),
    ("str", "st"),
    ("strasse", "st"),
    ("avenue", "ave"),
    ("av", "ave"),
    ("road", "rd"),
    ("drive", "dr"),
    ("lane", "ln"),
    ("court", "ct"),
    ("boulevard", "blvd"),
    ("bd", "blvd"),
    ("place", "pl"),
    ("square", "sq"),
    ("terrace", "ter"),
    ("crescent", "cres"),
    ("highway", "hwy"),
    ("parkway", "pkwy"),
    ("circuit", "cct"),
    ("close", "cl"),
    ("west", "w"),
    ("east", "e"),
    ("north", "n"),
    ("south", "s"),
    ("apartment", "apt"),
    ("suite", "ste"),
    ("floor", "fl"),
    ("first", "1"),
    ("second", "2"),
    ("third", "3"),
    ("fourth", "4"),
    ("fifth", "5"),
    ("sixth", "6"),
    ("seventh", "7"),
    ("eighth", "8"),
    ("ninth", "9"),
    ("tenth", "10"),
    ("saint", "st"),
    ("mount", "mt"),
    ("fort", "ft"),
    ("circle", "cir"),
    ("way", "wy"),
    ("trail", "trl"),
    ("the", ""),
    ("between", "btwn"),
];

fn street_key(text: &str) -> String {
    let folded = fold(text);
    let word = |word: &str| {
        let ordinal =
            word.strip_suffix("st").or(word.strip_suffix("nd")).or(word.strip_suffix("rd")).or(word.strip_suffix("th"));
        let ordinal = ordinal.filter(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
        let known = STREET_WORDS.iter().find(|(long, _)| *long == word).map(|(_, short)| *short);
        ordinal.or(known).unwrap_or(word).to_owned()
    };
    folded.split(' ').map(word).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
