mod things;

use std::collections::HashMap;

use super::*;
use crate::matcher::mix;

const GIVEN: [&str; 12] = [
    "anna",
    "benjamin",
    "clara",
    "dominic",
    "elena",
    "felix",
    "greta",
    "hannes",
    "irene",
    "jonas",
    "katharina",
    "leopold",
];
const FAMILY: [&str; 15] = [
    "albrecht",
    "bergmann",
    "castellano",
    "dubois",
    "eriksen",
    "fontaine",
    "gallagher",
    "hoffmann",
    "iversen",
    "janssen",
    "kowalski",
    "lindqvist",
    "moreau",
    "novak",
    "oliveira",
];

type Row = [String; 5];

/// People with one or two rows each, the second with a slip; every fifth has a brother or sister at home, some of them twins.
fn people(count: usize) -> Vec<(String, String, Row)> {
    let mut rows = Vec::new();
    for number in 0..count {
        let random = |what: u64, below: usize| (mix(number as u64, what) % below as u64) as usize;
        let given = GIVEN[random(1, GIVEN.len())].to_owned();
        let family = format!("{}{}", FAMILY[random(2, FAMILY.len())], ["", "er", "sen", "ini"][random(3, 4)]);
        let birth = format!("{}-{:02}-{:02}", 1940 + random(4, 60), 1 + random(5, 12), 2 + random(6, 26));
        let street = format!("{} {} street", 1 + random(7, 200), FAMILY[random(8, FAMILY.len())]);
        let email = format!("{given}.{family}{number}@mail.example");
        let row = [given, family, birth, street, email];
        if number % 2 == 0 {
            let mut slipped = row.clone();
            match number % 6 {
                0 => slipped[1].insert(3, 'x'),
                2 => slipped.swap(0, 1),
                _ => slipped[4].clear(),
            }
            rows.push((format!("r{number:05}b"), format!("e{number}"), slipped));
        }
        if number % 5 == 1 {
            let other = GIVEN[(random(1, GIVEN.len()) + 5) % GIVEN.len()];
            let mut sibling = row.clone();
            (sibling[0], sibling[4]) = (other.to_owned(), format!("{other}.{number}@mail.example"));
            if number % 50 != 1 {
                sibling[2] = format!("{}-{:02}-{:02}", 1940 + random(9, 60), 1 + random(10, 12), 2 + random(11, 26));
            }
            rows.push((format!("r{number:05}t"), format!("e{number}t"), sibling));
        }
        rows.push((format!("r{number:05}a"), format!("e{number}"), row));
    }
    rows
}

fn table(rows: &[(String, String, Row)]) -> Table {
    let headers = ["given_name", "family_name", "birth_date", "street", "email"];
    let headers = headers.map(|header| (header.to_owned(), Some(header.to_owned()))).to_vec();
    Table::of(rows.iter().map(|(id, ..)| id.clone()).collect(), headers, |row, column| &rows[row].2[column])
}

fn clusters(rows: &[(String, String, Row)]) -> Vec<(String, String)> {
    let found = dedupe(&table(rows), &DedupeOptions::default(), &|_, _, _| {});
    found.clusters().map(|(record, entity)| (record.to_owned(), entity.to_owned())).collect()
}

#[test]
fn people_are_found_and_twins_kept_apart_in_small_and_large_tables() {
    // The first is looked at whole, the second by blocks.
    for count in [300, 1800] {
        let rows = people(count);
        let entity_of: HashMap<&str, &str> =
            rows.iter().map(|(id, entity, _)| (id.as_str(), entity.as_str())).collect();
        let found = clusters(&rows);
        let truth = found.iter().map(|(id, _)| (id.clone(), entity_of[id.as_str()].to_owned())).collect();
        let metrics = crate::metrics::pairwise(&truth, &found.iter().cloned().collect());
        assert!(metrics.precision >= 0.99 && metrics.recall >= 0.95, "{count}: {metrics:?}");
    }
}

#[test]
fn neither_order_nor_threads_reach_the_result() {
    let rows = people(1700);
    let mut turned = rows.clone();
    turned.reverse();
    let expected = clusters(&rows);
    assert_eq!(clusters(&turned), expected);
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        assert_eq!(pool.install(|| clusters(&rows)), expected, "{threads} threads");
    }
}

#[test]
fn what_is_said_of_a_pair_adds_up() {
    let rows = people(200);
    let found = dedupe(&table(&rows), &DedupeOptions::default(), &|_, _, _| {});
    let why = found.why("r00000a", "r00000b").expect("both are there");
    let steps: MilliBits = why.fields.iter().map(|step| step.weight + step.rarity).sum();
    assert_eq!(why.against[0], ("strangers", why.prior + steps));
    assert_eq!(why.waterfall().steps.iter().map(|step| step.weight).sum::<MilliBits>(), why.weight);
    assert_eq!(why.against.iter().min_by_key(|(_, weight)| *weight), Some(&(why.explanation, why.weight)));
    assert!(why.are_one && why.weight >= found.cut);
    let siblings = found.why("r00006a", "r00006t").expect("both are there");
    assert!(!siblings.are_one && siblings.explanation == "relatives", "{siblings:?}");
    assert!(found.why("r00000a", "nobody").is_none());
    let pair = found.pairs().find(|pair| (pair.a, pair.b) == ("r00000a", "r00000b")).expect("it weighs enough");
    assert_eq!(pair.weight, why.weight);
    let weights: Vec<MilliBits> = found.pairs().map(|pair| pair.weight).collect();
    assert!(pair.probability > 0.9 && weights.is_sorted_by(|a, b| a >= b));
}

#[test]
fn a_weight_that_may_stop_early_is_the_weight_that_does_not() {
    let rows = people(150);
    let matcher = dedupe(&table(&rows), &DedupeOptions::default(), &|_, _, _| {}).matcher;
    let weigh = |a, b, least| matcher.weights.weigh(&matcher.fields, &matcher.rows, a, b, least);
    for a in 0..rows.len() {
        for b in a + 1..rows.len() {
            let whole = weigh(a, b, MilliBits::MIN).expect("nothing is too little");
            assert_eq!(weigh(a, b, Resolution::KEPT), Some(whole).filter(|weight| *weight >= Resolution::KEPT));
            assert_eq!(matcher.why(a, b).weight, whole);
        }
    }
}

#[test]
fn odd_tables_have_a_sound_result() {
    let of = |rows: Vec<Row>| -> Vec<(String, String, Row)> {
        rows.into_iter().enumerate().map(|(number, row)| (format!("{number:06}"), String::new(), row)).collect()
    };
    let entities =
        |rows: &[(String, String, Row)]| dedupe(&table(rows), &DedupeOptions::default(), &|_, _, _| {}).entities();
    let empty = || ["", "", "", "", ""].map(str::to_owned);
    let ana = || ["ana", "smith", "", "", "ana@mail.example"].map(str::to_owned);
    assert_eq!(entities(&of(vec![])), 0);
    assert_eq!(entities(&of(vec![ana()])), 1);
    assert_eq!(entities(&of(vec![empty(), empty(), empty()])), 3, "who says nothing is nobody's double");
    assert_eq!(entities(&of(vec![ana(); 20_000])), 1);
    let many: Vec<Row> = (0..3000).map(|_| ["ana", "smith", "", "", ""].map(str::to_owned)).collect();
    assert_eq!(entities(&of(many)), 3000, "a name alone makes nobody one");
}

/// People with two rows each, and firms with two rows each that have a branch of the same name in another country.
fn people_and_branches(count: usize) -> Vec<(String, String, [String; 8])> {
    let mut rows = Vec::new();
    for number in 0..count {
        let random = |what: u64, below: usize| (mix(number as u64, what) % below as u64) as usize;
        let none = String::new;
        let given = GIVEN[random(1, GIVEN.len())].to_owned();
        let family = format!("{}{}", FAMILY[random(2, FAMILY.len())], ["", "er", "sen", "ini"][random(3, 4)]);
        let birth = format!("{}-{:02}-{:02}", 1940 + random(4, 60), 1 + random(5, 12), 2 + random(6, 26));
        let street = format!("{} {} street", 1 + random(7, 900), FAMILY[random(8, FAMILY.len())]);
        for (row, street) in [street, none()].into_iter().enumerate() {
            let email = format!("{given}{number}@mail.example");
            let person = [given.clone(), family.clone(), birth.clone(), street, none(), none(), none(), email];
            rows.push((format!("p{number:03}{row}"), format!("p{number}"), person));
        }
        if number % 4 > 0 {
            continue;
        }
        for (branch, country) in ["india", "brazil"].into_iter().enumerate() {
            let random = |what: u64, below: usize| random(what + branch as u64, below);
            let name = format!("{} logistics {number} {country}", FAMILY[number % FAMILY.len()]);
            let street = format!("{} {} road", 1 + random(10, 900), FAMILY[random(12, FAMILY.len())]);
            let tax_id = format!("{}", 40_000_000 + random(14, 9_000_000));
            for (row, tax_id) in [tax_id, none()].into_iter().enumerate() {
                let firm = [none(), none(), none(), street.clone(), name.clone(), country.to_owned(), tax_id, none()];
                rows.push((format!("f{number:03}{branch}{row}"), format!("f{number}{branch}"), firm));
            }
        }
    }
    rows
}

#[test]
fn branches_of_a_firm_are_told_apart_in_a_table_of_people() {
    let rows = people_and_branches(36);
    let meanings = ["given_name", "family_name", "birth_date", "street", "name", "country", "identifier", "email"];
    let headers = meanings.map(|meaning| (meaning.to_owned(), Some(meaning.to_owned()))).to_vec();
    let ids = rows.iter().map(|(id, ..)| id.clone()).collect();
    let table = Table::of(ids, headers, |row, column| &rows[row].2[column]);
    let found = dedupe(&table, &DedupeOptions::default(), &|_, _, _| {});
    let truth = rows.iter().map(|(id, entity, _)| (id.clone(), entity.clone())).collect();
    let clusters = found.clusters().map(|(id, entity)| (id.to_owned(), entity.to_owned())).collect();
    let metrics = crate::metrics::pairwise(&truth, &clusters);
    assert!(metrics.precision >= 0.95 && metrics.recall >= 0.95, "{metrics:?}");
}

#[test]
fn firms_whose_names_are_made_of_few_words_are_not_one() {
    let trades =
        ["bank", "builders", "dental", "energy", "foods", "logistics", "media", "motors", "realty", "textiles"];
    let names: Vec<String> = FAMILY.iter().flat_map(|family| trades.map(|trade| format!("{family} {trade}"))).collect();
    let ids = (0..names.len()).map(|number| format!("{number:03}")).collect();
    let headers = vec![("company".to_owned(), Some("name".to_owned()))];
    let found = dedupe(&Table::of(ids, headers, |row, _| &names[row]), &DedupeOptions::default(), &|_, _, _| {});
    let entities: std::collections::BTreeSet<&str> = found.clusters().map(|(_, entity)| entity).collect();
    assert!(entities.len() * 10 >= names.len() * 9, "{} of {}", entities.len(), names.len());
}
