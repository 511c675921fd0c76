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
    let names: Vec<PersonName> = (0..table.len())
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
    let of = |part: fn(&PersonName) -> String| names.iter().map(part);
    vec![
        intern("given name", Aspect::Given, of(|name| name.given.join(" ")), Name::of, Values::Given),
        intern("middle name", Aspect::Middle, of(|name| name.middle.join(" ")), words, Values::Middle),
        intern("family name", Aspect::Family, of(|name| name.family.join(" ")), Name::of, Values::Family),
        intern(
            "generation",
            Aspect::Suffix,
            of(|name| name.suffix.clone().unwrap_or_default()),
            str::to_owned,
            Values::Category,
        ),
    ]
}

/// Names of which each part has a column of its own: each distinct part is looked at once.
fn separate_names(given: &Column, middle: Option<&Column>, family: &Column) -> Vec<Field> {
    let first = |text: &str| PersonName::from_parts(text, "", "", "", "").given.join(" ");
    let between = |text: &str| PersonName::from_parts("", text, "", "", "").middle.join(" ");
    let last = |text: &str| PersonName::from_parts("", "", text, "", "").family.join(" ");
    let generation = |text: &str| PersonName::from_parts("", "", text, "", "").suffix.unwrap_or_default();
    let named = |name: &str, field: Field| Field { name: name.to_owned(), ..field };
    let mut fields = vec![
        named("given name", intern_column(given, Aspect::Given, first, Name::of, Values::Given)),
        named("family name", intern_column(family, Aspect::Family, last, Name::of, Values::Family)),
        named("generation", intern_column(family, Aspect::Suffix, generation, str::to_owned, Values::Category)),
    ];
    fields.extend(
        middle
            .map(|middle| named("middle name", intern_column(middle, Aspect::Middle, between, words, Values::Middle))),
    );
    fields
}
