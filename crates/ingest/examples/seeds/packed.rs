//! Files packed in every way that is unpacked.

use std::io::{Cursor, Write};

use flate2::write::{GzEncoder, ZlibEncoder};

use crate::Made;

/// Target and packed file. Nothing here packs xz and LZMA, so that these two hold the same few words every time.
pub(crate) fn each(content: &[u8]) -> Made<Vec<(&'static str, Vec<u8>)>> {
    let mut gzip = GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(content)?;
    let mut zlib = ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zlib.write_all(content)?;
    let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    bzip2.write_all(content)?;
    Ok(vec![
        ("compression", gzip.finish()?),
        ("compression", zlib.finish()?),
        ("compression", bzip2.finish()?),
        ("compression", zstd::encode_all(content, 3)?),
        ("compression", XZ.to_vec()),
        ("compression", LZMA.to_vec()),
        ("archive", zip(&[("a/people.csv", content), ("b.csv", b"a,b\n1,2\n")])?),
        ("archive", tar(content)?),
    ])
}

fn zip(members: &[(&str, &[u8])]) -> Made {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        archive.start_file(*name, zip::write::SimpleFileOptions::default())?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn tar(content: &[u8]) -> Made {
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_size(content.len() as u64);
    archive.append_data(&mut header, "people.csv", content)?;
    Ok(archive.into_inner()?)
}

const XZ: &[u8] = b"\
    \xfd\x37\x7a\x58\x5a\x00\x00\x04\xe6\xd6\xb4\x46\x02\x00\x21\x01\x16\x00\x00\x00\x74\x2f\xe5\xa3\x01\x00\x1a\x6e\
    \x61\x6d\x65\x2c\x63\x69\x74\x79\x0a\x41\x6e\x61\x2c\x4f\x73\x6c\x6f\x0a\x42\x6f\x2c\x52\x6f\x6d\x65\x0a\x00\x00\
    \x4a\x79\x88\x52\x14\x59\x20\x6b\x00\x01\x33\x1b\xf7\x19\x88\x5e\x1f\xb6\xf3\x7d\x01\x00\x00\x00\x00\x04\x59\x5a\
";
const LZMA: &[u8] = b"\
    \x5d\x00\x00\x80\x00\xff\xff\xff\xff\xff\xff\xff\xff\x00\x37\x18\x49\xfd\xfa\x62\x96\x8c\x3a\x4c\xce\xb5\x03\x1b\
    \x7a\xa4\x97\x33\xb7\xe8\x46\xae\xab\x14\x82\xab\x59\xd6\xed\xd0\xec\xe2\x7f\xfe\x03\xf8\x00\
";
