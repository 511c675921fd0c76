use super::*;
use crate::fields::fields;
use crate::table::Table;

/// Whether the first half of the rows (passport, birth date) attests another person than the second, in a table full of slips.
fn are_two(rows: &[[&str; 2]]) -> bool {
    doubted(rows, -3_000) > 0
}

/// What speaks against one entity where a contradiction weighs so much.
fn doubted(rows: &[[&str; 2]], weight: MilliBits) -> MilliBits {
    let headers = [("passport", "identifier"), ("born", "birth_date")];
    let headers = headers.map(|(header, meaning)| (header.to_owned(), Some(meaning.to_owned()))).to_vec();
    let ids = (0..rows.len()).map(|row| format!("{row}")).collect();
    let table = Table::of(ids, headers, |row, column| rows[row][column]);
    let (a, b): (Vec<u32>, Vec<u32>) = (0..rows.len() as u32).partition(|row| (*row as usize) * 2 < rows.len());
    let fields = fields(&table).0;
    let weights: Vec<Vec<MilliBits>> = fields
        .iter()
        .map(|field| {
            let last = field.levels().len() - 1;
            (0..=last).map(|level| if level == last { weight } else { 0 }).collect()
        })
        .collect();
    doubt(&fields, &weights, &a, &b)
}

#[test]
fn what_is_stated_once_counts_in_a_table_without_slips() {
    let rows = [["", "1993-09-14"], ["", ""], ["", "1987-02-03"], ["", ""]];
    assert_eq!(doubted(&rows, -3_500), 0);
    assert!(doubted(&rows, -5_000) > 5_000);
    let near = [["", "1993-09-14"], ["", "1987-02-03"], ["", "1987-02-03"], ["", ""]];
    assert_eq!(doubted(&near, -5_000), 0, "one value fits");
}

#[test]
fn what_both_groups_state_twice_and_otherwise_tells_them_apart() {
    assert!(are_two(&[["10251111", ""], ["10251111", ""], ["10252222", ""], ["10252222", ""]]));
    assert!(are_two(&[["", "1993-09-14"], ["", "1993-09-14"], ["", "1987-02-03"], ["", "1987-02-03"]]));
}

#[test]
fn what_one_group_states_once_may_be_a_slip() {
    assert!(!are_two(&[["10251111", ""], ["10251111", ""], ["10252222", ""], ["10253333", ""]]));
    assert!(!are_two(&[["10251111", ""], ["10251111", ""], ["10251112", ""], ["10251112", ""]]));
}

#[test]
fn one_value_that_fits_both_is_enough() {
    let rows = [["1025111", ""], ["1025111", ""], ["8842333", ""], ["8842333", ""], ["8842333", ""], ["1025111", ""]];
    assert!(!are_two(&rows));
}

#[test]
fn a_year_alone_attests_nothing() {
    assert!(!are_two(&[["", "1993-01-01"], ["", "1993-01-01"], ["", "1987-01-01"], ["", "1987-01-01"]]));
}
