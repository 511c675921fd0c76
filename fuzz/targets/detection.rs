#![no_main]

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use libfuzzer_sys::fuzz_target;
use velocity_fuzz::{check, sound};
use velocity_ingest::Staged;
use velocity_ingest::fuzzing::read_whole;

/// A text's bytes, and how they become text again.
type Stored = (Vec<u8>, fn(&[u8]) -> String);

fuzz_target!(|bytes: &[u8]| check(|| {
    sound(bytes, &read_whole(bytes).unwrap_or_default());
    // A mark at the beginning of the text itself would be told apart from the one of the encoding only in some of them.
    let text = String::from_utf8_lossy(bytes).replace(['\u{feff}', '\u{fffe}'], "");
    let mut first: Option<String> = None;
    for (bytes, decode) in stored(&text) {
        let tables = read_whole(&bytes).unwrap_or_default();
        sound(&bytes, &tables);
        let said = tables.iter().map(|staged| said(staged, &bytes, decode)).collect::<Vec<_>>().join("\n");
        assert_eq!(&said, first.get_or_insert_with(|| said.clone()), "every encoding with a mark reads the same");
    }
}));

/// The text in every encoding that a mark proves.
fn stored(text: &str) -> [Stored; 5] {
    let marked = || ['\u{feff}'].into_iter().chain(text.chars());
    let units = || [0xfeff].into_iter().chain(text.encode_utf16());
    [
        (marked().collect::<String>().into_bytes(), |bytes| plain(UTF_8, bytes)),
        (units().flat_map(u16::to_le_bytes).collect(), |bytes| plain(UTF_16LE, bytes)),
        (units().flat_map(u16::to_be_bytes).collect(), |bytes| plain(UTF_16BE, bytes)),
        (marked().flat_map(|c| (c as u32).to_le_bytes()).collect(), |bytes| wide(bytes, u32::from_le_bytes)),
        (marked().flat_map(|c| (c as u32).to_be_bytes()).collect(), |bytes| wide(bytes, u32::from_be_bytes)),
    ]
}

fn plain(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn wide(bytes: &[u8], number: fn([u8; 4]) -> u32) -> String {
    bytes.chunks(4).filter_map(|four| char::from_u32(number(four.try_into().ok()?))).collect()
}

/// What was read, with the text that stands at the place of each row.
fn said(staged: &Staged, bytes: &[u8], decode: fn(&[u8]) -> String) -> String {
    let column = |name: &str| {
        staged.frame.column(name).expect("there").u64().expect("numbers").iter().flatten().collect::<Vec<_>>()
    };
    let at = |from: u64, len: u64| decode(&bytes[from as usize..(from + len) as usize]);
    let rows: Vec<String> =
        column("_offset").into_iter().zip(column("_len")).map(|(from, len)| at(from, len)).collect();
    let table = &staged.table;
    let aside: Vec<_> =
        table.quarantined.iter().map(|row| (row.row, &row.code, &row.cells, at(row.offset, row.len))).collect();
    let detected: Vec<_> = table.detected.iter().filter(|finding| finding.of != "encoding").collect();
    format!("{:?} {rows:?} {aside:?} {detected:?} {:?}", staged.raw(), table.preamble)
}
