//! What a file is, by its first bytes.

use crate::ReadError;
use crate::compression::Compression;

/// A kind of file that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    /// A ZIP archive: of files, or a workbook (XLSX, XLSB or ODS).
    Zip,
    /// XLS: a compound file.
    CompoundWorkbook,
    /// A tape archive.
    Tar,
    /// One compressed file.
    Compressed(Compression),
    /// Parquet.
    Parquet,
    /// Arrow IPC, as a file (also known as Feather, version 2) or as a stream.
    Arrow(Ipc),
    /// Text of some encoding.
    Text,
}

/// The two forms of Arrow IPC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ipc {
    /// With a table of its parts at the end.
    File,
    /// Message after message.
    Stream,
}

/// First bytes of well-known files that are no tables.
const OTHERS: [(&[u8], &str); 13] = [
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PARE", "a Parquet file with an encrypted footer"),
    (b"FEA1", "a Feather file of version 1"),
    (b"Obj\x01", "an Avro file"),
    (b"ORC\x08", "an ORC file"),
    (b"ORC\x0a", "an ORC file"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x09\x00\x04\x00", "a workbook of Excel 2"),
    (b"\x09\x02\x06\x00", "a workbook of Excel 3"),
    (b"\x09\x04\x06\x00", "a workbook of Excel 4"),
];

/// First bytes of packings that are not unpacked.
const PACKINGS: [(&[u8], &str); 7] = [
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x1f\x9d", "compressed by `compress` (.Z)"),
    (b"\x04\x22\x4d\x18", "compressed by LZ4"),
    (b"\xff\x06\0\0sNaPpY", "compressed by Snappy"),
    (b"LZIP", "compressed by lzip"),
    (b"PK\x07\x08", "one part of a ZIP archive in several"),
];

/// Decides by content.
pub(crate) fn detect(bytes: &[u8]) -> Result<Container, ReadError> {
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(ReadError::Empty);
    }
    if let Some((_, what)) = OTHERS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(ReadError::Binary(what));
    }
    if let Some((_, what)) = PACKINGS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(ReadError::Packed(what));
    }
    if let Some(container) = by_magic(bytes) {
        return Ok(container);
    }
    Ok(Container::Text)
}

fn by_magic(bytes: &[u8]) -> Option<Container> {
    match bytes {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Container::Zip),
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => Some(Container::CompoundWorkbook),
        [b'P', b'A', b'R', b'1', rest @ ..] if !rest.first().is_some_and(u8::is_ascii_graphic) => {
            Some(Container::Parquet)
        }
        [b'A', b'R', b'R', b'O', b'W', b'1', 0, 0, ..] => Some(Container::Arrow(Ipc::File)),
        // A continuation mark and the length of the schema, which is padded to eight bytes.
        [0xff, 0xff, 0xff, 0xff, low, _, _, high, ..] if low % 8 == 0 && *high == 0 => {
            Some(Container::Arrow(Ipc::Stream))
        }
        _ if bytes.get(257..262) == Some(b"ustar") => Some(Container::Tar),
        _ => Compression::detect(bytes).map(Container::Compressed),
    }
}

#[cfg(test)]
mod tests;
