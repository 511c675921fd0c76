use super::*;

fn table(headers: &[(&str, &str)], rows: &[&[&str]]) -> Table {
    let meaning = |meaning: &str| Some(meaning.to_owned()).filter(|meaning| !meaning.is_empty());
    let headers = headers.iter().map(|(header, meant)| ((*header).to_owned(), meaning(meant))).collect();
    let ids = (0..rows.len()).map(|row| format!("{row:03}")).collect();
    Table::of(ids, headers, |row, column| rows[row][column])
}

fn names(table: &Table) -> Vec<String> {
    fields(table).0.into_iter().map(|field| field.name).collect()
}

#[test]
fn a_column_that_repeats_another_is_left_out() {
    let rows: [&[&str]; 4] =
        [&["Ana", "x", "list 1"], &["Ben", "y", "list 2"], &["Cleo", "z", "list 3"], &["Ana", "x", "list 1"]];
    let of = |rows: &[&[&str]]| names(&table(&[("who", "city"), ("batch", ""), ("kind", "")], rows));
    assert_eq!(of(&rows), ["who"]);
    let other: [&[&str]; 4] =
        [&["Ana", "x", "list 1"], &["Ben", "y", "list 1"], &["Cleo", "z", "list 2"], &["Ana", "y", "list 1"]];
    assert_eq!(of(&other), ["who", "batch", "kind"]);
}

#[test]
fn of_too_many_columns_a_rare_identifier_stays() {
    let count = MOST + 8;
    let mut headers = vec![("tax id", "identifier")];
    headers.extend(std::iter::repeat_n(("note", ""), count));
    let texts: Vec<Vec<String>> = (0..12)
        .map(|row| (0..count).map(|column| format!("note {}", (row * 7 + column * row) % 11)).collect())
        .collect();
    let rows: Vec<Vec<&str>> = texts
        .iter()
        .enumerate()
        .map(|(row, texts)| {
            std::iter::once(["84123", "13765"].get(row).copied().unwrap_or(""))
                .chain(texts.iter().map(String::as_str))
                .collect()
        })
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    assert!(names(&table(&headers, &rows)).contains(&"tax id".to_owned()));
}

#[test]
fn what_a_firm_is_called_in_several_columns_are_names_of_one_thing() {
    let rows: [&[&str]; 3] =
        [&["Kestrel Foods India", "Kestrel Foods"], &["Kestrel Foods Ltd", ""], &["Redwood Textiles", ""]];
    let (fields, _) = fields(&table(&[("name", "name"), ("other name", "name")], &rows));
    assert_eq!(fields.len(), 1);
    assert_eq!(fields[0].level(0, 1), 0, "one of the names is the same");
    assert!(fields[0].level(0, 2) > 3);
}

#[test]
fn the_name_of_things_is_found_by_its_header_or_as_the_most_telling_text() {
    let named = |headers: &[(&str, &str)], rows: &[&[&str]]| {
        let (fields, _) = fields(&table(headers, rows));
        fields.into_iter().find(|field| field.aspect == Aspect::Title).map(|field| field.name)
    };
    let rows: [&[&str]; 3] = [
        &["Joins by hashing", "Ana Example and Ben Example", "9.50"],
        &["Lineage of views", "Clara Example and Dan Example", "7.20"],
        &["Sampling of streams", "Eva Example and Finn Example", "3.10"],
    ];
    assert_eq!(named(&[("title", "title"), ("by", ""), ("price", "amount")], &rows), Some("title".to_owned()));
    assert_eq!(named(&[("what", ""), ("product", ""), ("price", "")], &rows), Some("product".to_owned()));
    assert_eq!(named(&[("what", ""), ("by", ""), ("price", "")], &rows), Some("what".to_owned()));
    // People have names of their own.
    assert_eq!(named(&[("what", ""), ("by", "full_name"), ("price", "")], &rows), None);
}

#[test]
fn numbers_within_names_are_compared_by_the_most_telling_one() {
    let rows: [&[&str]; 4] = [
        &["Kestrel Phone - KX-T108W 2010"],
        &["kestrel kxt108w phone"],
        &["Kestrel Phone KXT208W 2010"],
        &["Kestrel Radio 2010"],
    ];
    let (fields, _) = fields(&table(&[("product", "")], &rows));
    let codes = fields.iter().find(|field| field.aspect == Aspect::Model);
    let level = |a, b| codes.map(|codes| codes.level(a, b));
    assert_eq!((level(0, 1), level(0, 2), level(1, 2)), (Some(0), Some(1), Some(2)));
}
