//! The workbook of the fixtures as XLSB.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Number formats by their numbers; the style of a cell is the place of its format in `STYLES`.
const FORMATS: [(u16, &str); 6] = [
    (164, "00000"),
    (165, "\"+33 \"0\" \"00\" \"00\" \"00\" \"00"),
    (166, "000\\-00\\-0000"),
    (167, "dd/mm/yyyy hh:mm:ss"),
    (168, "0000\" \"0000;\\-0000"),
    (169, "0.0"),
];
const STYLES: [u16; 11] = [0, 164, 165, 166, 169, 3, 9, 14, 167, 46, 168];

enum Cell {
    Text(&'static str),
    Number(f64, u32),
    Bool(bool),
    Error(u8),
}
use Cell::{Bool, Error, Number, Text};

/// Adds a record (MS-XLSB §2.1.4).
fn record(part: &mut Vec<u8>, kind: u16, content: &[u8]) {
    let mut packed = |mut number: usize| loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        part.push(if number > 0 { low | 0x80 } else { low });
        if number == 0 {
            return;
        }
    };
    packed(usize::from(kind));
    packed(content.len());
    part.extend_from_slice(content);
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&(text.encode_utf16().count() as u32).to_le_bytes()[..], &units].concat()
}

fn values(values: &[u32]) -> Vec<u8> {
    values.iter().copied().flat_map(u32::to_le_bytes).collect()
}

fn styles() -> Vec<u8> {
    let mut part = Vec::new();
    record(&mut part, 0x0116, &[]);
    record(&mut part, 0x0267, &values(&[FORMATS.len() as u32]));
    for (number, code) in FORMATS {
        record(&mut part, 0x002c, &[&number.to_le_bytes()[..], &wide(code)].concat());
    }
    record(&mut part, 0x0268, &[]);
    let style = |format: u16| {
        let values = [0_u16, format, 0, 0, 0, 0, 0x1000, 0].into_iter();
        values.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    };
    // Styles that cells inherit from are none of theirs.
    record(&mut part, 0x0272, &values(&[1]));
    record(&mut part, 0x002f, &style(0));
    record(&mut part, 0x0273, &[]);
    record(&mut part, 0x0269, &values(&[STYLES.len() as u32]));
    STYLES.iter().for_each(|format| record(&mut part, 0x002f, &style(*format)));
    record(&mut part, 0x026a, &[]);
    record(&mut part, 0x0117, &[]);
    part
}

fn workbook(names: &[&str]) -> Vec<u8> {
    let mut part = Vec::new();
    record(&mut part, 0x0083, &[]);
    record(&mut part, 0x0099, &values(&[0, 0, 0]));
    record(&mut part, 0x008f, &[]);
    for (number, name) in (1..).zip(names) {
        record(&mut part, 0x009c, &[values(&[0, number]), wide(&format!("rId{number}")), wide(name)].concat());
    }
    record(&mut part, 0x0090, &[]);
    record(&mut part, 0x0084, &[]);
    part
}

/// A sheet whose first cell stands at a row and a column, with cells that span columns.
fn sheet(start: (u32, u32), rows: &[Vec<Option<Cell>>], merged: &[[u32; 4]]) -> Vec<u8> {
    let mut part = Vec::new();
    record(&mut part, 0x0081, &[]);
    let (height, width) = (rows.len() as u32, rows[0].len() as u32);
    record(&mut part, 0x0094, &values(&[start.0, start.0 + height - 1, start.1, start.1 + width - 1]));
    record(&mut part, 0x0091, &[]);
    for (number, row) in (start.0..).zip(rows) {
        record(&mut part, 0x0000, &[values(&[number, 0]), vec![0; 9]].concat());
        for (column, cell) in (start.1..).zip(row) {
            let Some(cell) = cell else { continue };
            let at = |style| values(&[column, style]);
            match cell {
                Text(text) => record(&mut part, 0x0006, &[at(0), wide(text)].concat()),
                Bool(value) => record(&mut part, 0x0004, &[at(0), vec![u8::from(*value)]].concat()),
                Error(code) => record(&mut part, 0x0003, &[at(0), vec![*code]].concat()),
                // A whole number of at most 30 bits, marked as one; its style has a flag beside it.
                Number(number, style) if number.fract() == 0.0 && *number < 5e8 => {
                    let packed = ((*number as u32) << 2) | 2;
                    record(&mut part, 0x0002, &[at(style | 0x0100_0000), values(&[packed])].concat());
                }
                Number(number, style) => {
                    record(&mut part, 0x0005, &[at(*style), number.to_le_bytes().to_vec()].concat());
                }
            }
        }
    }
    record(&mut part, 0x0092, &[]);
    record(&mut part, 0x00b1, &values(&[merged.len() as u32]));
    merged.iter().for_each(|region| record(&mut part, 0x00b0, &values(region)));
    record(&mut part, 0x00b2, &[]);
    record(&mut part, 0x0082, &[]);
    part
}

fn texts(cells: &[&'static str]) -> Vec<Option<Cell>> {
    cells.iter().map(|text| (!text.is_empty()).then_some(Text(text))).collect()
}

/// The workbook.
pub(super) fn customers() -> Vec<u8> {
    let day = 86_400.0;
    let ana = [
        Text("Ana Example"),
        Number(760.0, 1),
        Number(639_981_234.0, 2),
        Number(21_123_456.0, 3),
        Number(33_639_981_234.0, 0),
        Number(1.23456, 4),
        Number(1_234_567.0, 5),
        Number(0.125, 6),
        Number(46_112.0, 7),
        Number(46_112.0 + 36_610.0 / day, 8),
        Number(93_784.0 / day, 9),
        Bool(true),
        Error(0x07),
        Number(411_111_111_111_111.0, 10),
    ];
    let bo = [
        Text("Bo Example"),
        Number(123_456.0, 1),
        Number(39_981_235.0, 2),
        Number(521_123_456.0, 3),
        Number(123_456_789_012_345.0, 0),
        Number(29.02, 4),
        Number(7.0, 5),
        Number(1.0, 6),
        Number(1_463.0, 7),
        Number(36_525.0 + 86_399.0 / day, 8),
        Number(61.0 / day, 9),
        Bool(false),
        Error(0x2a),
        Number(7.0, 10),
    ];
    let header = texts(&[
        "Name",
        "Postcode",
        "Phone",
        "Insurance",
        "Long id",
        "Price",
        "Sold",
        "Share",
        "Born",
        "Seen",
        "Took",
        "Flag",
        "Broken",
        "Card",
    ]);
    let people = [header, ana.map(Some).into(), bo.map(Some).into()];
    let code = |code, count| vec![Some(Number(code, 1)), Some(Number(count, 0))];
    let codes = [texts(&["Code", "Count"]), code(42.0, 42.0), code(42.0, 42.0), code(42.0, 42.0), code(7.0, 8.0)];
    let place = |name, street, phone| {
        let mut row = texts(&[name, street, "Lyon"]);
        row.push(Some(Number(phone, 2)));
        row
    };
    let places = [
        texts(&["Name", "Address", "", "Phone"]),
        texts(&["", "Street", "City", ""]),
        place("Ana Example", "1 rue Neuve", 639_981_234.0),
        place("Bo Example", "2 rue Neuve", 39_981_235.0),
    ];
    let relations = (1..=3).map(|number| {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet";
        format!(r#"<Relationship Id="rId{number}" Type="{kind}" Target="worksheets/sheet{number}.bin"/>"#)
    });
    let schema = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relations =
        format!(r#"<Relationships xmlns="{schema}">{}</Relationships>"#, relations.collect::<String>()).into_bytes();
    let parts: [(&str, Vec<u8>); 6] = [
        ("xl/workbook.bin", workbook(&["People", "Codes & more", "Places"])),
        ("xl/_rels/workbook.bin.rels", relations),
        ("xl/styles.bin", styles()),
        ("xl/worksheets/sheet1.bin", sheet((0, 0), &people, &[])),
        ("xl/worksheets/sheet2.bin", sheet((2, 2), &codes, &[])),
        ("xl/worksheets/sheet3.bin", sheet((0, 0), &places, &[[0, 0, 1, 2]])),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(&content).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}
