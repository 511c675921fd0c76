use std::io::Write;

use flate2::write::{GzEncoder, ZlibEncoder};

use super::*;

const PEOPLE: &[u8] = b"name,city\nAna,Oslo\nBo,Rome\n";
/// [`PEOPLE`], packed by `xz`.
const XZ: &[u8] = b"\
    \xfd\x37\x7a\x58\x5a\x00\x00\x04\xe6\xd6\xb4\x46\x02\x00\x21\x01\x16\x00\x00\x00\x74\x2f\xe5\xa3\x01\x00\x1a\x6e\
    \x61\x6d\x65\x2c\x63\x69\x74\x79\x0a\x41\x6e\x61\x2c\x4f\x73\x6c\x6f\x0a\x42\x6f\x2c\x52\x6f\x6d\x65\x0a\x00\x00\
    \x4a\x79\x88\x52\x14\x59\x20\x6b\x00\x01\x33\x1b\xf7\x19\x88\x5e\x1f\xb6\xf3\x7d\x01\x00\x00\x00\x00\x04\x59\x5a\
";
/// [`PEOPLE`], packed by `xz --format=lzma`.
const LZMA: &[u8] = b"\
    \x5d\x00\x00\x80\x00\xff\xff\xff\xff\xff\xff\xff\xff\x00\x37\x18\x49\xfd\xfa\x62\x96\x8c\x3a\x4c\xce\xb5\x03\x1b\
    \x7a\xa4\x97\x33\xb7\xe8\x46\xae\xab\x14\x82\xab\x59\xd6\xed\xd0\xec\xe2\x7f\xfe\x03\xf8\x00\
";

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder =
        flate2::GzBuilder::new().filename("/tmp/people.csv").write(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).expect("written");
    encoder.finish().expect("a stream")
}

fn each() -> Vec<(Compression, Vec<u8>)> {
    let mut zlib = ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zlib.write_all(PEOPLE).expect("written");
    let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    bzip2.write_all(PEOPLE).expect("written");
    vec![
        (Compression::Gzip, gzip(PEOPLE)),
        (Compression::Zlib, zlib.finish().expect("a stream")),
        (Compression::Bzip2, bzip2.finish().expect("a stream")),
        (Compression::Xz, XZ.to_vec()),
        (Compression::Lzma, LZMA.to_vec()),
        (Compression::Zstd, zstd::encode_all(PEOPLE, 3).expect("a stream")),
    ]
}

fn unpack(bytes: &[u8]) -> Result<(Vec<u8>, Option<String>), ReadError> {
    let compression = Compression::detect(bytes).expect("compressed");
    compression.unpack(bytes, &mut Allowance::new(bytes.len() as u64))
}

#[test]
fn every_compression_gives_the_same() {
    for (compression, bytes) in each() {
        assert_eq!(Compression::detect(&bytes), Some(compression));
        let (content, name) = unpack(&bytes).expect("whole");
        assert_eq!(content, PEOPLE, "{compression:?}");
        assert_eq!(name.as_deref(), (compression == Compression::Gzip).then_some("people.csv"));
    }
}

#[test]
fn what_is_cut_off_is_refused() {
    for (compression, bytes) in each() {
        for end in [bytes.len() * 3 / 4, bytes.len() - 1] {
            let refused = compression.unpack(&bytes[..end], &mut Allowance::new(end as u64));
            assert_eq!(refused.expect_err("cut").code(), "read.damaged", "{compression:?} cut at {end}");
        }
    }
}

#[test]
fn several_streams_one_behind_the_other_are_one_file() {
    for (compression, bytes) in each() {
        if matches!(compression, Compression::Gzip | Compression::Bzip2 | Compression::Xz | Compression::Zstd) {
            let (content, _) = unpack(&[bytes.as_slice(), &bytes].concat()).expect("whole");
            assert_eq!(content, [PEOPLE, PEOPLE].concat(), "{compression:?}");
        }
    }
}

#[test]
fn zeros_may_follow_gzip_and_nothing_else() {
    let bytes = gzip(PEOPLE);
    assert_eq!(unpack(&[&bytes[..], &[0; 512]].concat()).expect("whole").0, PEOPLE);
    assert_eq!(unpack(&[&bytes[..], b"lost"].concat()).expect_err("more").code(), "read.damaged");
}

#[test]
fn texts_that_begin_like_a_compressed_file_are_texts() {
    for text in ["x^2,y^2\n1,4\n", "x\u{1},y\n", "BZh91,name\n1,Ana\n", "]\0\0,a\n1,2\n3,4\n5,6\n"] {
        assert_eq!(Compression::detect(text.as_bytes()), None, "{text:?}");
    }
}

#[test]
fn a_gibibyte_of_zeros_is_refused_long_before_it_is_there() {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![0; 1 << 20]).expect("written");
    let mebibyte = encoder.finish().expect("a stream");
    let bomb = mebibyte.repeat(1024);
    let mut allowance = Allowance::new(bomb.len() as u64);
    let refused = Compression::Gzip.unpack(&bomb, &mut allowance).expect_err("a bomb");
    assert_eq!(refused.code(), "read.limit");
    assert!(!refused.hint().is_empty());
}
