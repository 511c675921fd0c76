use proptest::prelude::*;

use super::*;

const COMMA: Dialect = Dialect::plain(b',');

fn rows(text: &[u8]) -> Vec<Vec<String>> {
    rows_of(text, COMMA)
}

fn rows_of(text: &[u8], dialect: Dialect) -> Vec<Vec<String>> {
    let split = |row: RowSpan| {
        let mut found = Vec::new();
        let (spans_quotes, row) = (!row.unterminated, &text[row.span]);
        cells(row, dialect, spans_quotes, |cell| {
            found.push(String::from_utf8_lossy(cell.bytes(row)).into_owned());
        });
        found
    };
    Rows::new(text, 0, dialect).map(split).collect()
}

#[test]
fn a_quote_amid_the_text_closes_only_where_no_other_does() {
    for (text, expected) in [
        ("\"the \"old\" road\",x", vec![vec!["the \"old\" road", "x"]]),
        ("\"a\"b,\"c\"", vec![vec!["ab", "c"]]),
        ("\"a\"b,x\n\"c\",d", vec![vec!["ab", "x"], vec!["c", "d"]]),
        ("\"1,\"b, c\",d", vec![vec!["\"1", "b, c", "d"]]),
    ] {
        assert_eq!(rows(text.as_bytes()), expected, "{text:?}");
    }
}

#[test]
fn proper_quoting_is_told_from_quotes_in_the_text() {
    for (row, expected) in [
        ("a,\"b\"\"\",\"\"", true),
        ("a,b\"c", true),
        ("\"a\"b,c", false),
        ("\"a,b", false),
        ("\"the \"old\" road\"", false),
    ] {
        assert_eq!(is_quoted_properly(row.as_bytes(), COMMA), expected, "{row}");
    }
}

#[test]
fn other_dialects() {
    let single = Dialect { quote: Some(b'\''), ..COMMA };
    assert_eq!(rows_of(b"'a,b','it''s'", single), [["a,b", "it's"]]);
    let escaped = Dialect { escape: Some(b'\\'), ..COMMA };
    assert_eq!(rows_of(b"\"say \\\"a,b\\\"\",c\\d", escaped), [["say \"a,b\"", "c\\d"]]);
    let spaced = Dialect { spaced: true, ..COMMA };
    assert_eq!(rows_of(b"a, \"b, c\",  d", spaced), [["a", "b, c", " d"]]);
    let bare = Dialect { quote: None, ..COMMA };
    assert_eq!(rows_of(b"\"a,b\"\nc,d", bare), [["\"a", "b\""], ["c", "d"]]);
}

#[test]
fn quotes_and_line_ends() {
    for (text, expected) in [
        ("a,b\nc,d\n", vec![vec!["a", "b"], vec!["c", "d"]]),
        ("a,b\r\nc,d", vec![vec!["a", "b"], vec!["c", "d"]]),
        ("a,b\rc,d\r", vec![vec!["a", "b"], vec!["c", "d"]]),
        ("\"a,1\",b", vec![vec!["a,1", "b"]]),
        ("\"a\nb\",c", vec![vec!["a\nb", "c"]]),
        ("\"say \"\"hi\"\"\",x", vec![vec!["say \"hi\"", "x"]]),
        ("5\" pipe,x", vec![vec!["5\" pipe", "x"]]),
        ("\"a\"b,x", vec![vec!["ab", "x"]]),
        (",", vec![vec!["", ""]]),
        ("a,\"open\nb,c\n", vec![vec!["a", "\"open"], vec!["b", "c"]]),
    ] {
        assert_eq!(rows(text.as_bytes()), expected, "{text:?}");
    }
}

#[test]
fn lines_are_counted_through_quoted_line_ends() {
    let text = b"h\n\"a\r\nb\"\n\nz";
    let lines: Vec<u64> = Rows::new(text, 0, COMMA).map(|row| row.line).collect();
    assert_eq!(lines, [1, 2, 4, 5]);
}

/// What the `csv` crate reads from the same bytes.
fn oracle(text: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    let row = |row: csv::ByteRecord| row.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
    reader.byte_records().map(|record| row(record.expect("in memory"))).collect()
}

proptest! {
    #[test]
    fn what_a_csv_writer_writes_is_read_as_the_csv_crate_reads_it(
        table in proptest::collection::vec(proptest::collection::vec("[a-z\",\r\n é]{0,6}", 2..5), 1..8)
    ) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &table {
            writer.write_record(row).expect("in memory");
        }
        let text = writer.into_inner().expect("in memory");
        prop_assert_eq!(rows(&text), oracle(&text));
    }

    #[test]
    fn every_byte_is_in_one_row_or_is_a_line_end(text in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut at = 0;
        for row in Rows::new(&text, 0, COMMA) {
            prop_assert!(text[at..row.span.start].iter().all(|byte| *byte == b'\r' || *byte == b'\n'));
            prop_assert!(row.span.end >= row.span.start);
            at = row.span.end;
        }
        prop_assert!(text[at..].iter().all(|byte| *byte == b'\r' || *byte == b'\n'));
    }
}
