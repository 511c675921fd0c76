use std::collections::BTreeMap;

use crate::{DedupeOptions, Table, dedupe};

/// Twenty people, each twice, with a typing error in some.
fn table() -> (Table, BTreeMap<String, String>) {
    let given = ["anna", "benjamin", "clara", "dominic", "elena"];
    let family = ["albrecht", "bergmann", "castellano", "dupont"];
    let mut rows = Vec::new();
    for person in 0..20_usize {
        let name = (given[person % 5].to_owned(), family[person / 5].to_owned());
        let mail = format!("{}.{person}@mail.example", name.0);
        let slip = if person % 3 == 0 { format!("{}e", name.1) } else { name.1.clone() };
        rows.push([format!("{person:02}a"), name.0.clone(), name.1, mail.clone()]);
        rows.push([format!("{person:02}b"), name.0, slip, mail]);
    }
    let truth = rows.iter().map(|row| (row[0].clone(), row[0][..2].to_owned())).collect();
    let headers = [("first", "given_name"), ("last", "family_name"), ("mail", "email")];
    let headers = headers.map(|(header, meaning)| (header.to_owned(), Some(meaning.to_owned()))).to_vec();
    let ids = rows.iter().map(|row| row[0].clone()).collect();
    (Table::of(ids, headers, |row, column| &rows[row][column + 1]), truth)
}

#[test]
fn a_report_adds_up() {
    let (table, truth) = table();
    let found = dedupe(&table, &DedupeOptions::default(), &|_, _, _| {});
    let report = found.report(&table, Some(&truth));
    assert_eq!((report.records, report.entities), (40, 20));
    assert_eq!(report.sizes.iter().map(|(size, count)| size * count).sum::<u64>(), 40);
    assert_eq!(report.sizes.iter().map(|(_, count)| count).sum::<u64>(), report.entities);
    let pairs = found.pairs().count() as u64;
    assert_eq!(report.histogram.iter().map(|(_, count)| count).sum::<u64>(), pairs);
    assert_eq!(report.reliability.iter().map(|bin| bin.pairs).sum::<u64>(), pairs);
    assert!(
        report.curve.is_sorted_by(|a, b| a.weight < b.weight && a.precision <= b.precision && a.recall >= b.recall)
    );
    for field in &report.fields {
        for sum in [
            field.levels.iter().map(|level| level.matched).sum::<f64>(),
            field.levels.iter().map(|level| level.strangers).sum::<f64>(),
        ] {
            assert!((sum - 1.0).abs() < 1e-6, "{field:?}");
        }
    }
    assert!(report.weakest.is_sorted_by_key(|line| line.weakest) && report.biggest.iter().all(|line| line.size == 2));
    assert!(report.passes.is_empty(), "so few records are looked at whole");
}
