use super::*;

#[test]
fn files_are_told_by_their_first_bytes() {
    let is = |bytes: &[u8]| detect(bytes).map_err(|refused| refused.code());
    assert_eq!(is(b"PK\x03\x04..."), Ok(Container::Zip));
    assert_eq!(is(b"PAR1\x15\x04"), Ok(Container::Parquet));
    assert_eq!(is(b"ARROW1\0\0\xff\xff\xff\xff"), Ok(Container::Arrow(Ipc::File)));
    assert_eq!(is(b"\xff\xff\xff\xff\x38\x01\0\0"), Ok(Container::Arrow(Ipc::Stream)));
    assert_eq!(is(b"PAR1,name\n1,Ana\n"), Ok(Container::Text), "a text that begins with the same letters");
    assert_eq!(is(b"\xff\xfea\0,\0b\0\n\0"), Ok(Container::Text));
    assert_eq!(is(b"7z\xbc\xaf\x27\x1c\0\x04"), Err("read.packed"));
    assert_eq!(is(b"%PDF-1.7"), Err("read.binary"));
    assert_eq!(is(b"\0\0\0\0"), Err("read.empty"));
}
