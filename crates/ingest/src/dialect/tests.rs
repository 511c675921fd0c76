use super::*;

#[test]
fn the_delimiter_is_the_one_that_makes_a_table() {
    for (text, expected) in [
        ("a,b,c\n1,2,3\n", b','),
        ("Nom;Prénom;Ville\nLefèvre;Hélène;Paris, 5e\n", b';'),
        ("a\tb\tc\n1\t2,5\t3\n", b'\t'),
        ("id|name|note\n1|x|a, b\n2|y|c\n", b'|'),
        ("sep=;\na,b;c\n", b';'),
        ("Title of it all\nPrinted today\n\na;b;c\n1;2;3\n4;5;6\n", b';'),
        ("\"a;b;c\",d\n\"e;f;g\",h\n", b','),
        ("one column\nanother row\n", b','),
        ("when\n2026-01-02 10:00:00\n2026-01-03 11:00:00\n", b','),
        ("a;b\nx,y;z,u\nx,y;z,u\nv;w\n", b';'),
    ] {
        assert_eq!(char::from(detect(text.as_bytes()).dialect.delimiter), char::from(expected), "{text:?}");
    }
}

#[test]
fn quotes_behind_a_space_hold_delimiters() {
    let text = "id, name, note\n1, Ana, \"one, two, three\"\n2, Ben, \"four\"\n3, Cid, \"a,b,c\"\n4, Dan, \"x, y\"\n";
    let found = detect(text.as_bytes());
    assert_eq!(found.dialect, Dialect { spaced: true, ..Dialect::plain(b',') });
    assert!(is_certain(text.as_bytes()), "columns of fixed width would be no better");
    // Where the quotes do not decide, a space is text unless it stands everywhere.
    assert!(!detect(b"a,b\n1, \"x\"\n2,y\n").dialect.spaced);
}
