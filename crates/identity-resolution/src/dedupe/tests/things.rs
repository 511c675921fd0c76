//! Lists of papers and of products, of which nobody knows what a column means.

use super::super::*;
use crate::matcher::mix;

const WORDS: [&str; 40] = [
    "adaptive",
    "balanced",
    "caching",
    "declarative",
    "elastic",
    "federated",
    "graphs",
    "hashing",
    "indexes",
    "joins",
    "keyword",
    "lineage",
    "mining",
    "nested",
    "online",
    "parallel",
    "queries",
    "ranking",
    "sampling",
    "streams",
    "temporal",
    "updates",
    "views",
    "warehouses",
    "xml",
    "approximate",
    "buffers",
    "clusters",
    "deadlocks",
    "estimates",
    "filters",
    "grouping",
    "histograms",
    "integrity",
    "logging",
    "models",
    "networks",
    "objects",
    "partitions",
    "storage",
];
const AUTHORS: [&str; 12] = [
    "Ana Albrecht",
    "Ben Castellano",
    "Clara Dubois",
    "Dan Eriksen",
    "Eva Fontaine",
    "Finn Gallagher",
    "Greta Hoffmann",
    "Hans Iversen",
    "Ida Janssen",
    "Jon Kowalski",
    "Kai Lindqvist",
    "Lea Moreau",
];

fn random(number: usize, what: u64, below: usize) -> usize {
    (mix(number as u64, what) % below as u64) as usize
}

fn table(headers: &[&str], rows: &[(String, Vec<String>)]) -> Table {
    let mut known: Vec<(String, Option<String>)> = headers.iter().map(|header| ((*header).to_owned(), None)).collect();
    known.push(("source".to_owned(), Some("source".to_owned())));
    Table::of(rows.iter().map(|(id, _)| id.clone()).collect(), known, |row, column| {
        rows[row].1.get(column).map_or(&rows[row].0[..1], String::as_str)
    })
}

/// Pairs joined rightly and wrongly, where records of one entity have one id but for their list: `a7`, `b7`.
fn counts(table: &Table) -> (usize, usize) {
    let resolution = dedupe(table, &DedupeOptions::default(), &|_, _, _| {});
    let clusters: Vec<(&str, &str)> = resolution.clusters().collect();
    let (mut right, mut wrong) = (0, 0);
    for (place, (a, entity)) in clusters.iter().enumerate() {
        for (b, other) in &clusters[place + 1..] {
            if entity == other {
                let is_right = a[1..] == b[1..];
                (right, wrong) = (right + usize::from(is_right), wrong + usize::from(!is_right));
            }
        }
    }
    (right, wrong)
}

/// Two lists of papers: the second names venues otherwise and authors in another order. Every issue of a journal has a message of its
/// chair, called alike each time.
fn papers(count: usize) -> Vec<(String, Vec<String>)> {
    let mut rows = Vec::new();
    for number in 0..count {
        let title: Vec<&str> = (0..6).map(|word| WORDS[random(number, word, WORDS.len())]).collect();
        let (first, second) = (AUTHORS[random(number, 7, 12)], AUTHORS[random(number, 8, 12)]);
        let (title, authors, year) = match number % 25 {
            0 => ("Message of the chair".to_owned(), [AUTHORS[0], AUTHORS[0]], 1990 + number / 25),
            _ => (title.join(" "), [first, second], 1990 + random(number, 9, 10)),
        };
        let of = |title: String, authors: [&str; 2], venue: &str| {
            vec![title, authors.join(", "), venue.to_owned(), year.to_string()]
        };
        rows.push((format!("a{number}"), of(title.clone(), authors, ["VLDB", "SIGMOD"][number % 2])));
        let other = [authors[1], authors[0]];
        rows.push((
            format!("b{number}"),
            of(title.to_uppercase(), other, ["Very Large Data Bases", "Management of Data"][number % 2]),
        ));
    }
    rows
}

#[test]
fn papers_of_two_lists_are_found_though_no_column_is_known() {
    let (right, wrong) = counts(&table(&["title", "authors", "venue", "year"], &papers(1000)));
    assert!(right >= 950 && wrong <= 20, "{right} right, {wrong} wrong");
}

/// Each maker's products are called alike but for the number of the model; the second list leaves words out and adds others.
fn products(count: usize) -> Vec<(String, Vec<String>)> {
    let mut rows = Vec::new();
    for number in 0..count {
        let maker = ["Northwind", "Kestrel", "Redwood", "Halcyon"][number % 4];
        let kind = ["Cordless Telephone", "Laser Printer", "Kitchen Scale"][random(number, 1, 3)];
        let model = format!("{}{}{:03}", &maker[..2].to_uppercase(), ["X", "K", "T"][number % 3], number);
        let price = 20 + random(number, 2, 400);
        let colour = ["Black", "White", "Silver"][random(number, 3, 3)];
        rows.push((
            format!("a{number}"),
            vec![
                format!("{maker} {colour} {kind} - {model}"),
                format!("{kind} by {maker} in {colour} with display and two year warranty"),
                price.to_string(),
            ],
        ));
        rows.push((
            format!("b{number}"),
            vec![
                format!("{maker} {model} {kind}"),
                if number % 3 == 0 { String::new() } else { format!("{kind}, {colour}") },
                (price + random(number, 4, 9)).to_string(),
            ],
        ));
    }
    rows
}

#[test]
fn products_that_differ_by_the_number_of_their_model_are_two() {
    let (right, wrong) = counts(&table(&["name", "description", "price"], &products(900)));
    assert!(right >= 750 && wrong <= 30, "{right} right, {wrong} wrong");
}
