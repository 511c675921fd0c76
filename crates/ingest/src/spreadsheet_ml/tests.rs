use velocity_model::blob_id;

use super::*;

const BOOK: &str = r#"<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Styles><Style ss:ID="s1"><NumberFormat ss:Format="00000"/></Style><Style ss:ID="s2"/></Styles>
 <Worksheet ss:Name="People"><Table>
  <Row><Cell ss:MergeAcross="3"><Data ss:Type="String">Export &amp; more</Data></Cell></Row>
  <Row ss:Index="3"><Cell><Data ss:Type="String">Name</Data></Cell><Cell ss:MergeAcross="1"><Data ss:Type="String">Address</Data></Cell><Cell><Data ss:Type="String">Since</Data></Cell></Row>
  <Row><Cell ss:Index="2"><Data ss:Type="String">Postcode</Data></Cell><Cell><Data ss:Type="String">City</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">Ana</Data><Comment><Data>no value</Data></Comment></Cell><Cell ss:StyleID="s1"><Data ss:Type="Number">760</Data></Cell><Cell ss:Index="4"><Data ss:Type="DateTime">2026-03-31T00:00:00.000</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">Bo</Data></Cell><Cell ss:StyleID="s2"><Data ss:Type="Number">29.020000000000003</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
 </Table></Worksheet>
 <Worksheet ss:Name="Empty"><Table/></Worksheet>
</Workbook>"#;

fn stage(text: &str) -> Result<Vec<Staged>, ReadError> {
    assert!(detect(text.as_bytes()));
    read(&Markup::new(text.as_bytes()).expect("text"), blob_id(b""))
}

#[test]
fn a_workbook_as_xml_is_read_as_a_workbook() {
    let [staged] = stage(BOOK).expect("a workbook").try_into().expect("one sheet with data");
    assert_eq!((staged.table.name.as_deref(), staged.table.format), (Some("People"), TableFormat::Workbook));
    assert_eq!(
        (staged.table.header_row, staged.table.preamble.as_slice()),
        (Some(3), ["Export & more".to_owned()].as_slice())
    );
    assert_eq!(staged.table.headers, ["Name", "Address Postcode", "Address City", "Since"]);
    assert_eq!(staged.column(0), ["Ana", "Bo"]);
    assert_eq!(staged.column(1), ["00760", "29.02"]);
    assert_eq!(staged.column(2), ["", "TRUE"]);
    assert_eq!(staged.column(3), ["2026-03-31", ""]);
    let number = |name: &str| staged.frame.column(name).expect("there").u64().expect("numbers").get(1).unwrap_or(0);
    let (offset, len) = (number("_offset") as usize, number("_len") as usize);
    assert!(BOOK[offset..offset + len].starts_with("<Row><Cell><Data ss:Type=\"String\">Bo"));
    assert_eq!(number("_row"), 6);
}

#[test]
fn places_of_cells_are_not_believed_without_bound() {
    let row = "<Row><Cell ss:Index='16384'><Data>x</Data></Cell></Row>".repeat(3_000);
    let text = format!(
        "<Workbook xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet><Table>{row}</Table></Worksheet></Workbook>"
    );
    let [staged] = stage(&text).expect("a workbook").try_into().expect("one sheet");
    assert!(staged.frame.height() + staged.table.quarantined.len() >= 2_999);
}

#[test]
fn a_workbook_that_is_cut_off_is_refused() {
    assert_eq!(stage(&BOOK[..BOOK.len() - 20]).expect_err("cut").code(), "read.xml");
    assert_eq!(
        stage(&BOOK[..BOOK.find("<Row").unwrap_or(0)].replace("<Table>", "</Worksheet></Workbook>"))
            .expect_err("empty")
            .code(),
        "read.no_sheet"
    );
}

#[test]
fn a_damaged_cell_costs_its_row() {
    let book = BOOK.replace("\"1.0\"", "\"1.0\" encoding=\"UTF-8\"");
    let mut bytes = book.as_bytes().to_vec();
    let at = book.find(">Bo<").expect("there") + 1;
    bytes[at] = 0xff;
    let read = read(&Markup::new(&bytes).expect("text"), blob_id(b"")).expect("a workbook");
    let [staged] = read.try_into().expect("one sheet");
    assert_eq!(staged.column(0), ["Ana"]);
    let [aside] = &staged.table.quarantined[..] else { panic!("{:?}", staged.table.quarantined) };
    assert_eq!((aside.code.as_str(), aside.row), ("read.bad_encoding", 6));
    assert!(aside.cells[0].starts_with("<Row>") && aside.cells[0].contains("\u{fffd}o"), "{:?}", aside.cells);
}
