use super::*;
use crate::fields::fields;
use crate::fit::levels;
use crate::table::Table;

/// Three records: a home, another one in another town, and another street of the first town.
fn homes() -> Vec<Field> {
    let rows = [
        ["12 Oak Street", "Salem", "97301"],
        ["7 Harbour Avenue", "Dayton", "45402"],
        ["90 Mill Lane", "Salem", "97301"],
    ];
    let ids = ["a", "b", "c"].map(str::to_owned).to_vec();
    let headers = ["street", "city", "postcode"].map(|name| (name.to_owned(), Some(name.to_owned()))).to_vec();
    fields(&Table::of(ids, headers, |row, column| rows[row][column])).0
}

fn told(fields: &[Field], a: usize, b: usize) -> Vec<&str> {
    let levels = levels(fields, a, b);
    fields.iter().zip(levels).filter(|(_, level)| *level != MISSING).map(|(field, _)| field.name.as_str()).collect()
}

#[test]
fn another_town_says_nothing_beside_another_street() {
    assert_eq!(told(&homes(), 0, 1), ["street"]);
}

#[test]
fn the_same_town_counts_beside_another_street() {
    assert_eq!(told(&homes(), 0, 2), ["street", "city", "postcode"]);
}
