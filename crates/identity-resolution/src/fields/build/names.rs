//! Names of people.

use rayon::prelude::*;

use super::{intern, intern_column, of_meaning, words};
use crate::features::PersonName;
use crate::fields::values::{Name, Values};
use crate::fields::{Aspect, Field};
use crate::table::{Column, Table};

/// Given, middle and family names and generations, from whichever columns hold them.
pub(super) fn person_names(table: &Table) -> Vec<Field> {
    let column = |meaning: &str| of_meaning(table, &[meaning]);
    let (given, middle, family) = (column("given_name"), column("middle_name"), column("family_name"));
    let (full, suffix) = (column("full_name"), column("name_suffix"));
    if given.is_empty() && family.is_empty() && full.is_empty() {
        return Vec::new();
    }
    if let ([given], [family], true) =
        (&given[..], &family[..], full.is_empty() && suffix.is_empty() && middle.len() < 2)
    {
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
        named(
            "given name",
            intern_column(given, Aspect::Given, |text| first(text)[0].clone(), Name::of, Values::Given),
        ),
        named(
            "family name",
            intern_column(family, Aspect::Family, |text| last(text)[2].clone(), Name::of, Values::Family),
        ),
        named(
            "generation",
            intern_column(family, Aspect::Suffix, |text| last(text)[3].clone(), str::to_owned, Values::Category),
        ),
    ];
    fields.extend(middle.map(|middle| {
        named(
            "middle name",
            intern_column(middle, Aspect::Middle, |text| between(text)[1].clone(), words, Values::Middle),
        )
    }));
    fields
}
