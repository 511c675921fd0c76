use velocity_model::blob_id;

use super::*;
use crate::read_tables;

fn read(text: &str) -> Staged {
    read_tables(text.as_bytes(), blob_id(text.as_bytes()), "").expect("text").swap_remove(0)
}

#[test]
fn ragged_rows_stand_in_their_place() {
    let raw = read("id,name,city\n1,Ana,Lyon\n2,Ben,Metz,x\n3,Dana\nTotal 3\n").raw();
    let rows: Vec<Vec<&str>> =
        raw.rows.iter().map(|row| row.iter().map(|cell| cell.as_deref().unwrap_or("∅")).collect()).collect();
    assert_eq!(raw.headers.as_deref(), Some(&["id", "name", "city"].map(str::to_owned)[..]));
    assert_eq!(rows, [vec!["1", "Ana", "Lyon"], vec!["2", "Ben", "Metz", "x"], vec!["3", "Dana", "∅"]]);
}

#[test]
fn no_header_is_invented() {
    assert_eq!(read("1,2\n3,4\n").raw().headers, None);
}

#[test]
fn parquet_columns_have_names_of_their_own() {
    use polars::prelude::{ParquetReader, SerReader};
    let bytes = to_parquet(&read("a,,a\n1,2,3\n")).expect("encodes");
    let frame = ParquetReader::new(std::io::Cursor::new(bytes)).finish().expect("reads");
    assert_eq!(frame.get_column_names(), ["a", "column_2", "a_2"]);
}
