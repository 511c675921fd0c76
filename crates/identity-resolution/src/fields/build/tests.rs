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
