use super::*;

#[test]
fn values_are_unescaped_and_split() {
    assert_eq!(unescape(r"a\, b\; c\\n\nd\x"), "a, b; c\\n\nd\\x");
    assert_eq!(components(r"P\;O;;x\\;y"), ["P;O", "", "x\\", "y"]);
}

#[test]
fn what_is_no_escape_of_quoted_printable_stays() {
    assert_eq!(unquote_printable(b"a=3D=C3=A9 =zz=4="), "a=é =zz=4".as_bytes());
}

#[test]
fn the_charset_stated_comes_first_and_a_guess_last() {
    let latin2 = Encoding::for_label(b"iso-8859-2");
    assert_eq!(decode(b"\xb1", latin2, UTF_8), ("ą".to_owned(), false));
    assert_eq!(decode("ą".as_bytes(), None, WINDOWS_1252), ("ą".to_owned(), false));
    assert_eq!(decode(b"\xe9", None, WINDOWS_1252), ("é".to_owned(), false));
    assert_eq!(decode(b"\xe9", None, UTF_8), ("é".to_owned(), true));
}
