use super::*;

#[test]
fn columns_come_back_as_they_were_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("made/columns.parquet");
    // More than one row group holds.
    let rows = (1 << 20) + 3;
    let texts: Vec<String> = (0..rows).map(|row| "é".repeat(row % 5)).collect();
    let ends = texts.iter().scan(0, |end, text| {
        *end += text.len() as u32;
        Some(*end)
    });
    let columns = vec![
        ("id".to_owned(), Plain::Ids((0..rows).map(|row| (row as u128).to_be_bytes()).collect())),
        ("number".to_owned(), Plain::Numbers((0..rows as u32).rev().collect())),
        ("real".to_owned(), Plain::Reals((0..rows).map(|row| row as f64 / 3.0).collect())),
        ("text".to_owned(), Plain::Texts(texts.concat(), ends.collect())),
    ];
    write_plain(&path, columns.clone()).expect("written");
    let read = read_plain(&path).expect("read");
    assert_eq!(read, columns.into_iter().map(|(_, plain)| plain).collect::<Vec<_>>());
}
