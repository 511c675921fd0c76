use super::*;

fn label(bytes: &[u8]) -> &'static str {
    detect(bytes).expect("text").name()
}

#[test]
fn a_proof_comes_before_a_guess() {
    assert_eq!(label(b"\xef\xbb\xbfa,b"), "UTF-8");
    assert_eq!(label(b"\xff\xfea\0,\0b\0"), "UTF-16LE");
    assert_eq!(label(b"n\0a\0m\0e\0,\0c\0i\0t\0y\0\n\0"), "UTF-16LE");
    let utf32: Vec<u8> = "name,city\nZoë,Łódź".chars().flat_map(|c| (c as u32).to_le_bytes()).collect();
    assert_eq!(label(&utf32), "UTF-32LE");
    assert_eq!(label(&[&[0xff, 0xfe, 0, 0], &utf32[..]].concat()), "UTF-32LE");
    let turned: Vec<u8> = utf32.chunks(4).flat_map(|four| four.iter().rev().copied()).collect();
    assert_eq!(label(&turned), "UTF-32BE");
    assert_eq!(label("Zoë,Łódź\n".as_bytes()), "UTF-8");
    assert_eq!(label(b"Nom;Pr\xe9nom\r\nLef\xe8vre;H\xe9l\xe8ne\r\n"), "windows-1252");
}

#[test]
fn a_mark_comes_before_the_pattern_of_nuls() {
    // UTF-16 in which every other character is NUL.
    let text: Vec<u8> = "a,b\nc,d\n".bytes().flat_map(|byte| [byte, 0, 0, 0]).collect();
    assert_eq!(label(&[b"\xff\xfe", &text[..]].concat()), "UTF-16LE");
}

#[test]
fn one_damaged_row_does_not_make_a_utf8_file_legacy() {
    let mut bytes = "Zoë,Łódź\n".repeat(20).into_bytes();
    bytes.extend_from_slice(b"Fran\xe7ois,Paris\n");
    assert_eq!(label(&bytes), "UTF-8");
}

#[test]
fn binary_is_refused() {
    assert!(detect(&[1, 2, 3, 4, 0, 0, 5, 6, 200, 201]).is_err());
}

#[test]
fn a_character_may_stand_on_the_border_of_what_is_read_at_once() {
    // Blocks have an even number of bytes, so that each border parts a character.
    let bytes = format!("x{}", "é".repeat(1_600_000)).into_bytes();
    assert_eq!(label(&bytes), "UTF-8");
    assert_ne!(label(&bytes[..bytes.len() - 1]), "UTF-8");
    let lines = format!("xyz{}", "é,Zoë\n".repeat(400_000)).into_bytes();
    assert_eq!(label(&[&lines[..], b"Fran\xe7ois,Paris\n"].concat()), "UTF-8");
}
