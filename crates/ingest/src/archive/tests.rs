use std::io::Write;

use velocity_model::blob_id;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const PEOPLE: &[u8] = b"name,city\nAna,Oslo\nBo,Rome\n";

fn read(bytes: &[u8]) -> Result<Vec<Staged>, ReadError> {
    read_bytes(bytes, "", blob_id(bytes), &mut Allowance::new(bytes.len() as u64))
}

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a member");
        writer.write_all(content).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

fn gzip_of(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(content).expect("written");
    encoder.finish().expect("a stream")
}

fn tar_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        builder.append_data(&mut header, name, *content).expect("written");
    }
    builder.into_inner().expect("an archive")
}

fn names(tables: &[Staged]) -> Vec<&str> {
    tables.iter().map(|staged| staged.table.name.as_deref().unwrap_or("")).collect()
}

fn workbook() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for name in ["First", "Second"] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).expect("a name").write_row(0, 0, ["name", "city"]).expect("written");
        sheet.write_row(1, 0, ["Ana", "Oslo"]).expect("written");
    }
    workbook.save_to_buffer().expect("a workbook")
}

#[test]
fn members_are_tables_in_the_order_of_their_names() {
    let packed = gzip_of(PEOPLE);
    let book = workbook();
    let members: [(&str, &[u8]); 7] = [
        ("z.csv", PEOPLE),
        ("book.xlsx", &book),
        ("data/b.csv.gz", &packed),
        ("data/a.csv", PEOPLE),
        ("__MACOSX/data/._a.csv", b"\0\x05\x16\x07"),
        ("data/.DS_Store", b"\0\0\0\x01Bud1"),
        ("data/", b""),
    ];
    let tables = read(&zip_of(&members)).expect("an archive");
    assert_eq!(names(&tables), ["book.xlsx/First", "book.xlsx/Second", "data/a.csv", "data/b.csv.gz", "z.csv"]);
    assert!(tables.iter().all(|staged| staged.table.issues.is_empty()), "nothing to say of what is passed over");
    assert_eq!(tables[3].column(1), ["Oslo", "Rome"]);
}

#[test]
fn tables_of_a_file_have_numbers_of_their_own() {
    let bytes = zip_of(&[("b.csv", PEOPLE), ("a.xlsx", &workbook())]);
    let tables = crate::read_tables(&bytes, blob_id(&bytes), "export.zip").expect("an archive");
    let numbers: Vec<u32> = tables.iter().map(|staged| staged.table.table).collect();
    assert_eq!(numbers, [0, 1, 2]);
}

#[test]
fn what_is_no_table_is_told_of_and_costs_the_others_nothing() {
    let tables = read(&zip_of(&[("a.pdf", b"%PDF-1.4 ..."), ("b.csv", PEOPLE), ("c.csv", b"")])).expect("one table");
    assert_eq!(names(&tables), ["b.csv"]);
    let issues: Vec<&str> = tables[0].table.issues.iter().map(|issue| issue.code.as_str()).collect();
    assert_eq!(issues, ["read.member_refused", "read.member_refused"]);
    assert!(tables[0].table.issues[0].message.starts_with("`a.pdf` in the archive was left out: the file is a PDF"));

    let refused = read(&zip_of(&[("b.pdf", b"%PDF-1.4 ..."), ("a.csv", b"")])).expect_err("no table");
    assert_eq!(refused.code(), "read.empty");
    assert!(refused.to_string().contains("`a.csv`"), "{refused}");
    assert!(matches!(read(&zip_of(&[])), Err(ReadError::NoMember)));
}

#[test]
fn many_refused_members_are_counted_rather_than_listed() {
    let names: Vec<String> = (0..100).map(|number| format!("{number}.png")).collect();
    let mut members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"\x89PNG"[..])).collect();
    members.push(("people.csv", PEOPLE));
    let tables = read(&zip_of(&members)).expect("one table");
    let issues = &tables[0].table.issues;
    assert_eq!(issues.len(), NAMED + 1);
    assert!(issues[NAMED].message.starts_with("80 further members"));
}

#[test]
fn tape_archives_packed_or_not() {
    let bytes = tar_of(&[("people/b.csv", PEOPLE), ("people/a.csv", PEOPLE), ("people/c.bin", b"%PDF")]);
    for bytes in [bytes.clone(), gzip_of(&bytes)] {
        let tables = read(&bytes).expect("an archive");
        assert_eq!(names(&tables), ["people/a.csv", "people/b.csv"]);
        assert_eq!(tables[1].column(0), ["Ana", "Bo"]);
    }
    assert!(read(&bytes[..700]).is_err(), "cut off within the second member");
}

#[test]
fn an_encrypted_member_is_refused_as_that() {
    let mut bytes = zip_of(&[("a.csv", PEOPLE)]);
    // Bit 0 of the flags, in the member's own header and in the central directory.
    let central = bytes.windows(4).position(|window| window == b"PK\x01\x02").expect("a directory");
    bytes[6] |= 1;
    bytes[central + 8] |= 1;
    let refused = read(&bytes).expect_err("encrypted");
    assert_eq!(refused.code(), "read.password", "{refused}");
}

#[test]
fn a_damaged_member_and_a_cut_archive_are_refused() {
    let whole = zip_of(&[("a.csv", PEOPLE), ("b.csv", PEOPLE)]);
    let mut bytes = whole.clone();
    bytes[40] ^= 0x55;
    let tables = read(&bytes).expect("the other member");
    assert_eq!(names(&tables), ["b.csv"]);
    assert_eq!(tables[0].table.issues[0].code, "read.member_refused");
    assert_eq!(read(&whole[..whole.len() - 30]).expect_err("cut").code(), "read.damaged");
}

#[test]
fn packings_inside_packings_end_at_the_limit() {
    let mut bytes = PEOPLE.to_vec();
    for depth in 1..=4 {
        bytes = zip_of(&[("inner", &bytes)]);
        assert_eq!(read(&bytes).map_err(|refused| refused.code()).is_ok(), depth <= 3, "{depth} deep");
    }
    assert_eq!(read(&bytes).expect_err("too deep").code(), "read.limit");
}

#[test]
fn an_archive_of_too_many_files_is_refused() {
    let names: Vec<String> = (0..20_000).map(|number| format!("{number}.csv")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), PEOPLE)).collect();
    let refused = read(&zip_of(&members)).expect_err("too many");
    assert_eq!(refused.code(), "read.limit");
    assert!(refused.to_string().contains("10000 files"), "{refused}");
}

#[test]
fn a_bomb_among_the_members_leaves_the_others() {
    let zeros = vec![b'0'; 80 << 20];
    let bytes = zip_of(&[("a.csv", PEOPLE), ("bomb.csv", &zeros)]);
    let tables = read(&bytes).expect("one table");
    assert_eq!(names(&tables), ["a.csv"]);
    assert!(tables[0].table.issues[0].message.contains("more than 250 times its size"));
}

#[test]
fn a_workbook_that_grows_beyond_the_limits_is_refused() {
    let zeros = vec![b' '; 80 << 20];
    let bytes = zip_of(&[("[Content_Types].xml", b"<a/>"), ("xl/workbook.xml", b"<a/>"), ("xl/s.xml", &zeros)]);
    assert_eq!(read(&bytes).expect_err("a bomb").code(), "read.limit");
}

#[test]
fn documents_that_are_archives_are_named() {
    let refusal = |names: &[&str]| {
        let members: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, PEOPLE)).collect();
        read(&zip_of(&members)).expect_err("a document").to_string()
    };
    assert!(refusal(&["[Content_Types].xml", "word/document.xml"]).contains("Word"));
    assert!(refusal(&["[Content_Types].xml", "ppt/presentation.xml"]).contains("PowerPoint"));
    assert!(refusal(&["META-INF/MANIFEST.MF", "a/B.class"]).contains("Java"));
    assert!(refusal(&["mimetype", "META-INF/container.xml"]).contains("EPUB"));
    let tables = read(&zip_of(&[("word/people.csv", PEOPLE)])).expect("a folder that happens to have the name");
    assert_eq!(names(&tables), ["word/people.csv"]);
}

#[test]
fn names_are_shown_whatever_their_encoding() {
    let mut bytes = zip_of(&[("kXnder.csv", PEOPLE)]);
    for at in 0..bytes.len() - 6 {
        if bytes[at..].starts_with(b"kXnder") {
            // ä in CP437.
            bytes[at + 1] = 0x84;
        }
    }
    assert_eq!(names(&read(&bytes).expect("an archive")), ["känder.csv"]);
    assert_eq!(shown("a\\b\u{7}.csv"), "a/b\u{fffd}.csv");
}
