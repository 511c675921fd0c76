//! Names of people.

use rayon::prelude::*;

use super::{intern, intern_column, of_meaning};
use crate::features::PersonName;
use crate::fields::kind::Kind;
use crate::fields::{Aspect, Field};
use crate::table::{Column, Table};

/// Given, middle and family names and generations, from whichever columns hold them.
pub(super) fn person_names(table: &Table) -> Vec<Field> {
    let column =
        |meaning: &str| of_meaning(table, &[meaning]).into_iter().map(|(_, column)| column).collect::<Vec<_>>();
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
        intern("given name", Aspect::Given, Kind::Given, of(|name| name.given.join(" "))),
        intern("middle name", Aspect::Middle, Kind::Middle, of(|name| name.middle.join(" "))),
        intern("family name", Aspect::Family, Kind::Family, of(|name| name.family.join(" "))),
        intern("generation", Aspect::Suffix, Kind::Category, of(|name| name.suffix.clone().unwrap_or_default())),
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
        named("given name", intern_column(given, Aspect::Given, Kind::Given, first)),
        named("family name", intern_column(family, Aspect::Family, Kind::Family, last)),
        named("generation", intern_column(family, Aspect::Suffix, Kind::Category, generation)),
    ];
    fields.extend(
        middle.map(|middle| named("middle name", intern_column(middle, Aspect::Middle, Kind::Middle, between))),
    );
    fields
}
