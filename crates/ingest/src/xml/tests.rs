use proptest::prelude::*;
use velocity_model::blob_id;

use super::*;

fn stage(text: &[u8]) -> Vec<Staged> {
    assert!(detect(text));
    read(&Markup::new(text).expect("text"), blob_id(text)).expect("a document")
}

fn rows(staged: &Staged) -> Vec<Vec<&str>> {
    let columns: Vec<Vec<&str>> = (0..staged.table.headers.len()).map(|column| staged.column(column)).collect();
    (0..staged.frame.height()).map(|row| columns.iter().map(|column| column[row]).collect()).collect()
}

fn spans(staged: &Staged) -> Vec<(u64, usize, usize)> {
    let numbers = |name: &str| -> Vec<u64> {
        staged.frame.column(name).expect("there").u64().expect("numbers").iter().flatten().collect()
    };
    let places = numbers("_row").into_iter().zip(numbers("_offset")).zip(numbers("_len"));
    places.map(|((row, offset), len)| (row, offset as usize, len as usize)).collect()
}

#[test]
fn elements_beside_each_other_are_rows() {
    let text = "<?xml version=\"1.0\"?>\n<export at=\"2026\" xmlns:a=\"urn:a\"><source>shop</source><customers>\n\
  <customer id=\"1\"><name>Ana &amp; &#201;ve</name><address type=\"home\"><city>Lyon</city></address><tag>a</tag><tag>b</tag></customer>\n\
  <customer id=\"2\"><name><![CDATA[<Bo>]]></name><address><city/></address><price currency=\"EUR\">12.50</price></customer>\n</customers></export>\n";
    let [staged] = stage(text.as_bytes()).try_into().expect("one table");
    assert_eq!(staged.table.headers, ["id", "name", "address.type", "address.city", "tag", "price.currency", "price"]);
    let expected = [["1", "Ana & Éve", "home", "Lyon", "a ::: b", "", ""], ["2", "<Bo>", "", "", "", "EUR", "12.50"]];
    assert_eq!(rows(&staged), expected);
    assert_eq!(staged.table.preamble, ["export.at: 2026", "export.source: shop"]);
    for (row, (line, offset, len)) in spans(&staged).into_iter().enumerate() {
        assert_eq!(line, row as u64 + 3);
        let element = &text[offset..offset + len];
        assert!(element.starts_with("<customer id") && element.ends_with("</customer>"), "{element}");
    }
    assert_eq!(staged.table.detected[1].found, "export.customers.customer");
}

#[test]
fn several_kinds_of_rows_are_several_tables_and_the_largest_comes_first() {
    let text = "<db><tag n='1'/><tag n='2'/><person><name>Ana</name><name>Anna</name></person><person><name>Bo</name></person></db>";
    let tables = stage(text.as_bytes());
    let named: Vec<_> = tables.iter().map(|one| (one.table.table, one.table.name.as_deref(), one.table.rows)).collect();
    assert_eq!(named, [(0, Some("person"), 2), (1, Some("tag"), 2)]);
    assert_eq!(rows(&tables[0]), [["Ana ::: Anna"], ["Bo"]]);
}

#[test]
fn a_document_without_repetition_is_one_row_and_lists_of_texts_are_one_column() {
    let [one] = stage(b"<a><b><c x='1'>2</c><x>3</x></b></a>").try_into().expect("one table");
    assert_eq!(
        (one.table.headers.clone(), rows(&one)),
        (vec!["c.x".into(), "c".into(), "x".into()], vec![vec!["1", "2", "3"]])
    );
    let [list] = stage(b"<names><name>Ana</name><name>Bo</name></names>").try_into().expect("one table");
    assert_eq!((list.table.headers.clone(), rows(&list)), (vec!["name".to_owned()], vec![vec!["Ana"], vec!["Bo"]]));
    // An attribute gives way to an element of its name.
    let [both] = stage(b"<r><p id='1'><id>2</id></p><p/></r>").try_into().expect("one table");
    assert_eq!(both.table.headers, ["@id", "id"]);
}

#[test]
fn encodings_are_those_that_are_declared_and_places_those_of_the_stored_bytes() {
    let text = "<?xml version='1.0' encoding='LABEL'?><r><p n='Ž'>Zoë</p><p n='ž'>x</p></r>";
    let encodings = [encoding_rs::WINDOWS_1250, encoding_rs::ISO_8859_15, encoding_rs::UTF_8];
    for encoding in encodings {
        let bytes = encoding.encode(&text.replace("LABEL", encoding.name())).0.into_owned();
        check_places(&bytes, &encoding.encode("<p n").0, encoding.name());
    }
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let bytes = [vec![0xfe, 0xff], wide(&text.replace("LABEL", "UTF-16"))].concat();
    check_places(&bytes, &wide("<p n"), "UTF-16BE");
    let marked = [b"\xef\xbb\xbf".as_slice(), text.replace("LABEL", "utf-8").as_bytes()].concat();
    check_places(&marked, b"<p n", "UTF-8");
}

fn check_places(bytes: &[u8], begin: &[u8], name: &str) {
    let [staged] = stage(bytes).try_into().expect("one table");
    assert_eq!((rows(&staged), staged.table.encoding.as_str()), (vec![vec!["Ž", "Zoë"], vec!["ž", "x"]], name));
    for (_, offset, len) in spans(&staged) {
        assert!(bytes[offset..offset + len].starts_with(begin), "{name}");
    }
}

#[test]
fn a_damaged_cell_costs_its_row() {
    let [staged] =
        stage(b"<?xml version='1.0' encoding='UTF-8'?><r><p>a\xff</p><p>b</p><p>c</p></r>").try_into().expect("one");
    assert_eq!(
        (rows(&staged), staged.table.quarantined[0].code.as_str()),
        (vec![vec!["b"], vec!["c"]], "read.bad_encoding")
    );
}

#[test]
fn entities_that_a_document_declares_are_not_expanded() {
    let mut text = "<!DOCTYPE r [<!ENTITY a0 \"lol\">".to_owned();
    for level in 1..20 {
        text += &format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10));
    }
    text += "]><r><p n='&a19;'>&a19;</p><p n='x'>&eacute;</p></r>";
    let [staged] = stage(text.as_bytes()).try_into().expect("one table");
    assert_eq!(rows(&staged), [["&a19;", "&a19;"], ["x", "é"]]);
    assert_eq!(staged.table.issues[0].code, "read.unknown_entity");
}

#[test]
fn what_is_not_well_formed_is_refused_with_its_place() {
    for (text, place) in [
        ("<r>\n<p>a</p>\n<p>b", (3, 5)),
        ("<r><p>a</q></r>", (1, 8)),
        ("<r/>x", (1, 5)),
        ("<r/><r/>", (1, 5)),
        ("<r", (1, 1)),
    ] {
        let refused = read(&Markup::new(text.as_bytes()).expect("text"), blob_id(b"")).expect_err(text);
        let ReadError::Xml { line, column } = refused else { panic!("{text}: {refused}") };
        assert_eq!((line, column), place, "{text}");
    }
}

#[test]
fn deep_and_strange_documents_cost_no_more_than_others() {
    let deep = format!("<r><p>{}x{}</p><p>y</p></r>", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let [staged] = stage(deep.as_bytes()).try_into().expect("one table");
    assert_eq!(staged.frame.height(), 2);
    let many: String = (0..20_000).map(|number| format!("<p><n{number}>x</n{number}></p>")).collect();
    let [staged] = stage(format!("<r>{many}</r>").as_bytes()).try_into().expect("one table");
    assert_eq!(staged.frame.height(), 20_000);
}

proptest! {
    /// What is written as elements comes back as cells.
    #[test]
    fn values_come_back(table in prop::collection::vec(prop::collection::vec("[a-zé<>&\"' ]{0,8}", 3), 2..6)) {
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let row = |cells: &Vec<String>| {
            format!("<row a=\"{}\"><b>{}</b><c>{}</c></row>", escape(&cells[0]), escape(&cells[1]), escape(&cells[2]))
        };
        let text = format!("<t>{}</t>", table.iter().map(row).collect::<String>());
        let [staged] = stage(text.as_bytes()).try_into().expect("one table");
        let expected: Vec<Vec<&str>> = table.iter().map(|cells| cells.iter().map(|cell| cell.trim()).collect()).collect();
        let filled: Vec<Vec<&str>> = expected.into_iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
        prop_assert_eq!(rows(&staged), filled);
    }

    #[test]
    fn no_bytes_stop_a_reading(bytes in prop::collection::vec(any::<u8>(), 0..100), tags in "(<a x='1'>|</a>|<b/>|&amp;|&x;|<!\\[CDATA\\[|\\]\\]>|<!--|-->|<\\?x|t){0,20}") {
        let bytes = [b"<a>", tags.as_bytes(), &bytes, b"</a>"].concat();
        if let Ok(markup) = Markup::new(&bytes) {
            let _ = read(&markup, blob_id(b""));
        }
    }
}
