use proptest::prelude::*;
use velocity_model::blob_id;

use crate::ReadError;
use crate::frame::Staged;
use crate::read::{Lines, read_held};

use super::*;

fn read(bytes: &[u8], blob: BlobId) -> Result<Vec<Staged>, ReadError> {
    read_held(Lines::Delimited, bytes, blob, Sizes::USUAL)
}

fn stage(bytes: &[u8]) -> Staged {
    read(bytes, blob_id(bytes)).expect("text").swap_remove(0)
}

fn column(staged: &Staged, name: &str) -> Vec<Option<String>> {
    let column = staged.frame.column(name).expect("there").str().expect("text");
    column.iter().map(|cell| cell.map(str::to_owned)).collect()
}

fn numbers(staged: &Staged, name: &str) -> Vec<u64> {
    staged.frame.column(name).expect("there").u64().expect("numbers").iter().flatten().collect()
}

fn codes(staged: &Staged) -> Vec<(u64, &str)> {
    staged.table.quarantined.iter().map(|row| (row.row, row.code.as_str())).collect()
}

#[test]
fn a_legacy_export_with_titles_and_a_total() {
    let text = "Liste des clients\r\nImprim\u{e9}e le 3 mars\r\n\r\nNom;Pr\u{e9}nom;Ville\r\nLef\u{e8}vre;H\u{e9}l\u{e8}ne;Paris\r\nTotal : 1 client\r\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let staged = stage(&bytes);
    assert_eq!(staged.table.encoding, "windows-1252");
    assert_eq!(staged.table.headers, ["Nom", "Prénom", "Ville"]);
    assert_eq!((staged.table.header_row, staged.table.preamble.len(), staged.table.rows), (Some(4), 2, 1));
    assert_eq!(column(&staged, "c1"), [Some("Hélène".to_owned())]);
    assert_eq!(codes(&staged), [(6, "read.single_cell")]);
}

#[test]
fn rows_that_are_no_rows_are_set_aside_by_line() {
    let text = b"id,name,city\n1,Ana,Lyon\n2,Ben,Lyon,too,many\n3,C\0d,Lyon\nid,name,city\n4,Dana\n5,\"open,Lyon\n6,Eve,Lyon\n";
    let staged = stage(text);
    let expected =
        [(3, "read.too_many_cells"), (4, "read.nul"), (5, "read.repeated_header"), (7, "read.unterminated_quote")];
    assert_eq!(codes(&staged), expected);
    assert_eq!(numbers(&staged, "_row"), [2, 6, 8]);
    assert_eq!(column(&staged, "c2"), [Some("Lyon".to_owned()), None, Some("Lyon".to_owned())]);
}

#[test]
fn tables_below_each_other_are_told_apart() {
    let text =
        b"id,name,city\n1,Ana,Lyon\n2,Ben,Metz\n\nPayments\nday,sum\n2026-01-02,10\n2026-01-03,12\n\nid,name\n1,2\n";
    let tables = read(text, blob_id(text)).expect("text");
    let heads: Vec<_> = tables.iter().map(|staged| (staged.table.header_row, staged.table.rows)).collect();
    assert_eq!(heads, [(Some(1), 2), (Some(6), 2), (Some(10), 1)]);
    assert_eq!(tables[1].table.preamble, ["Payments"]);
    assert_eq!(numbers(&tables[1], "_row"), [7, 8]);
}

#[test]
fn a_blank_line_alone_parts_nothing() {
    let staged = stage(b"name,city\nAna,Lyon\n\nBen,Metz\nDana,Lille\n");
    assert_eq!(staged.table.rows, 3);
}

#[test]
fn quotes_that_are_letters_join_no_lines() {
    let staged = stage(b"page,title\n1,\"\n2,\"Heroes\"\n3,x\"y\n4,\"\n5,z\n");
    assert_eq!(staged.table.rows, 5);
    let multi = stage(b"page,title\n1,\"two\nlines\"\n2,x\n");
    assert_eq!(multi.table.rows, 2);
}

#[test]
fn a_row_in_another_dialect_is_mended_and_one_that_ends_early_is_not() {
    let staged = stage(b"id,name,city\n1,\"Ana, B\",Lyon\n2;Ben;Metz\n3,'Roe, Dana',Lille\nx;y;z,b\n");
    let cities = [Some("Lyon"), Some("Metz"), Some("Lille"), None].map(|cell| cell.map(str::to_owned));
    assert_eq!(column(&staged, "c2"), cities);
    assert_eq!(column(&staged, "c0")[3], Some("x;y;z".to_owned()));
    let mended = staged.table.issues.iter().find(|issue| issue.code == "read.other_dialect").expect("told");
    assert_eq!(mended.row, Some(3));
    assert!(mended.message.starts_with("2 rows"), "{}", mended.message);
}

#[test]
fn blank_lines_above_a_table_hide_no_header() {
    assert_eq!(stage(("\n".repeat(300) + "id,name\n1,Ana\n").as_bytes()).table.header_row, Some(301));
}

#[test]
fn comments_and_rows_without_value_are_told() {
    let staged = stage(b"# made by hand\nid,name,city\n1,Ana,Lyon\n# and this\n,,\n2,Ben,Metz\n");
    assert_eq!(codes(&staged), [(4, "read.comment")]);
    assert_eq!(staged.table.preamble, ["# made by hand"]);
    assert!(staged.table.issues.iter().any(|issue| issue.code == "read.blank_rows"));
}

#[test]
fn a_header_of_two_rows_is_joined() {
    let staged = stage(b"first,last,born,height\nname,name,on,in m\nAna,X,1980-01-02,1.7\nBen,Y,1981-02-03,1.8\n");
    assert_eq!(staged.table.headers, ["first name", "last name", "born on", "height in m"]);
    assert_eq!((staged.table.header_row, staged.table.rows), (Some(1), 2));
}

#[test]
fn a_table_without_header_has_none() {
    let staged = stage(b"1,Ana,ana@mail.example\n2,Ben,ben@mail.example\n");
    assert_eq!((staged.table.header_row, staged.table.rows), (None, 2));
    assert_eq!(staged.table.headers, ["", "", ""]);
}

#[test]
fn utf16_places_are_those_of_the_stored_bytes() {
    let text = "name,city\nZoë,Łódź\n𝒜,x\n";
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let staged = stage(&bytes);
    let (offsets, lens) = (numbers(&staged, "_offset"), numbers(&staged, "_len"));
    let slice = |row: usize| {
        let (start, len) = (offsets[row] as usize, lens[row] as usize);
        let units = bytes[start..start + len].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        String::from_utf16(&units.collect::<Vec<_>>()).expect("whole code points")
    };
    assert_eq!((slice(0).as_str(), slice(1).as_str()), ("Zoë,Łódź", "𝒜,x"));
}

#[test]
fn utf32_places_are_those_of_the_stored_bytes() {
    let bytes: Vec<u8> = "name,city\nZoë,Łódź\n𝒜,x\n".chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
    let staged = stage(&bytes);
    assert_eq!(column(&staged, "c1"), [Some("Łódź".to_owned()), Some("x".to_owned())]);
    assert_eq!((numbers(&staged, "_offset"), numbers(&staged, "_len")), (vec![40, 76], vec![32, 12]));
}

#[test]
fn less_than_a_character_at_the_end_is_no_row() {
    let utf16: Vec<u8> = "\u{feff}a,b\n1,é".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf32: Vec<u8> = "\u{feff}a,b\n1,é".chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
    for bytes in [[&utf16[..], b"\n"].concat(), [&utf32[..], b"\r\n"].concat()] {
        let staged = stage(&bytes);
        assert_eq!((staged.table.rows, codes(&staged)), (1, Vec::new()));
        assert!(numbers(&staged, "_offset")[0] + numbers(&staged, "_len")[0] <= bytes.len() as u64);
        assert_eq!(column(&staged, "c1"), [Some("é".to_owned())]);
    }
}

#[test]
fn a_file_of_nothing_but_open_quotes_ends() {
    let staged = stage("a,b\n\"x\n".repeat(20_000).as_bytes());
    assert!(staged.table.rows + staged.table.quarantined.len() as u64 >= 39_998);
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic_and_every_span_is_its_row(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for staged in read(&bytes, blob_id(&bytes)).unwrap_or_default() {
            for (offset, len) in numbers(&staged, "_offset").into_iter().zip(numbers(&staged, "_len")) {
                prop_assert!((offset + len) as usize <= bytes.len());
            }
        }
    }

    #[test]
    fn written_tables_read_back(
        table in proptest::collection::vec(proptest::collection::vec("[a-zé]{1,5}( \"[a-z,;\n]{0,3})?", 3), 1..12),
        delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|']),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["alpha", "beta", "gamma"]).expect("in memory");
        for row in &table {
            writer.write_record(row).expect("in memory");
        }
        let bytes = writer.into_inner().expect("in memory");
        let staged = stage(&bytes);
        for (number, name) in ["c0", "c1", "c2"].into_iter().enumerate() {
            let expected: Vec<Option<String>> = table.iter().map(|row| Some(row[number].clone())).collect();
            prop_assert_eq!(column(&staged, name), expected);
        }
        let spans = numbers(&staged, "_offset").into_iter().zip(numbers(&staged, "_len"));
        for ((offset, len), row) in spans.zip(&table) {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter)
                .from_reader(&bytes[offset as usize..(offset + len) as usize]);
            let read = reader.records().next().expect("a row").expect("in memory");
            prop_assert_eq!(read.iter().collect::<Vec<_>>(), row.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}

/// Texts in which rows are odd: several tables, quotes that nothing closes or that are letters, other dialects, titles, NUL bytes.
fn odd_text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        4 => "[a-c]{1,2},[0-9]{1,3},[xé]{0,2}",
        2 => "[a-c]{1,2},\"[a-z,\n]{0,5}\",[0-9]{1,2}",
        2 => Just(String::new()),
        1 => Just("id,day,name".to_owned()),
        1 => Just("id,2026-01-02,b".to_owned()),
        1 => "[a-c]{1,2}(;[a-z]{1,2}){2}",
        1 => "\"[a-c]{1,3},[0-9],\"?",
        1 => "[a-d#\"',;\0\r 1é𝒜]{0,12}",
    ];
    let end = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    (proptest::collection::vec(line, 1..40), end).prop_map(|(lines, end)| lines.join(end))
}

/// The stored bytes of a text, in one of some encodings.
fn stored(text: &str, encoding: u8) -> Vec<u8> {
    match encoding {
        0 => text.as_bytes().to_vec(),
        1 => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        2 => encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
        3 => [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        4 => ['\u{feff}'].into_iter().chain(text.chars()).flat_map(|c| (c as u32).to_be_bytes()).collect(),
        // A damaged row.
        _ => [text.as_bytes(), b"\nb,\xff\xc3,c\n"].concat(),
    }
}

proptest! {
    #[test]
    fn a_text_reads_the_same_in_parts_of_any_size(
        text in odd_text(), encoding in 0_u8..6, block in 1_usize..40, rows in 1_usize..5, bytes in 1_u64..60,
    ) {
        let bytes_stored = stored(&text, encoding);
        let blob = blob_id(&bytes_stored);
        let whole = read(&bytes_stored, blob);
        let parts = read_held(Lines::Delimited, &bytes_stored, blob, Sizes { block, rows, bytes, cells: 1_000 });
        prop_assert_eq!(whole.is_ok(), parts.is_ok());
        let (whole, parts) = (whole.unwrap_or_default(), parts.unwrap_or_default());
        prop_assert_eq!(whole.len(), parts.len());
        for (whole, parts) in whole.iter().zip(&parts) {
            prop_assert_eq!(&whole.table, &parts.table);
            prop_assert!(whole.frame.equals_missing(&parts.frame));
        }
    }
}

/// What is set aside of a text of which a row has `size` bytes.
fn large_row(before: &str, size: usize, behind: &str) -> (u64, Vec<(u64, u64, String)>) {
    let text = [b"id,name,city\n1,Ana,Lyon\n", before.as_bytes(), &vec![b'x'; size], behind.as_bytes()].concat();
    let staged = stage(&text);
    let place = |row: &velocity_model::QuarantinedRow| (row.row, row.len, row.code.clone());
    (staged.table.rows, staged.table.quarantined.iter().map(place).collect())
}

#[test]
fn a_row_that_no_window_holds_costs_itself() {
    const SIZE: usize = 100 * 1024 * 1024;
    let too_large = |row, around| (row, (SIZE + around) as u64, "read.cell_too_large".to_owned());
    assert_eq!(large_row("2,", SIZE, ",Metz\n3,Ben,Metz\n"), (2, vec![too_large(3, 7)]));
    assert_eq!(large_row("2,\"", SIZE, "\",Metz\n3,Ben,Metz\n"), (2, vec![too_large(3, 9)]));
    // Nothing closes the quote near enough, so that the row ends with its line.
    let open = large_row("2,\"open\n3,Ben,Metz\n", SIZE, ",x,y\n4,Dana,Rome\n5,\"x\",Rome\n");
    let expected = vec![(3, 7, "read.unterminated_quote".to_owned()), too_large(5, 4)];
    assert_eq!(open, (4, expected));
}

#[test]
fn a_text_of_one_line_is_no_more_than_its_beginning() {
    let staged = stage(&vec![b'x'; 100 * 1024 * 1024]);
    assert_eq!((staged.table.rows, codes(&staged)), (0, vec![(1, "read.cell_too_large")]));
    assert_eq!(staged.table.quarantined[0].cells[0].len(), 64 * 1024);
}
