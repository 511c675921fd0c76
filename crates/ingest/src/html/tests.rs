use proptest::prelude::*;
use velocity_model::blob_id;

use super::*;

fn stage(text: &[u8]) -> Result<Vec<Staged>, ReadError> {
    assert!(detect(text));
    read(&Markup::new(text).expect("text"), blob_id(text))
}

fn rows(staged: &Staged) -> Vec<Vec<&str>> {
    let columns: Vec<Vec<&str>> = (0..staged.table.headers.len()).map(|column| staged.column(column)).collect();
    (0..staged.frame.height()).map(|row| columns.iter().map(|column| column[row]).collect()).collect()
}

#[test]
fn a_page_under_the_name_of_a_workbook() {
    let text = b"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\n<head><meta charset=windows-1252><style>td { x: \"</td>\" }</style></head>\n<body>\n\
<table border=0>\n<TR><TH>Name<TH>Phone<TH colspan=2>Address</TR>\n<tr><th></th><th></th><th>Street</th><th>City</th></tr>\n\
<tr><td>Zo\xeb &amp; Co&nbsp;</td><td>+33 6 39 98 12 34</td><td>1 rue<br>Neuve</td><td>Lyon</td></tr>\n\
<tr><td rowspan=2>Ana</td><td>1</td><td>2</td><td>Oslo</td></tr>\n<tr><td>3</td><td>a < b</td><td>Rome</td></tr>\n\
<![if supportMisalignedColumns]><tr><td></td></tr><![endif]>\n</table></body></html>";
    let [staged] = stage(text).expect("a page").try_into().expect("one table");
    assert_eq!(staged.table.headers, ["Name", "Phone", "Address Street", "Address City"]);
    let expected = [
        ["Zoë & Co", "+33 6 39 98 12 34", "1 rue\nNeuve", "Lyon"],
        ["Ana", "1", "2", "Oslo"],
        ["", "3", "a < b", "Rome"],
    ];
    assert_eq!(rows(&staged), expected);
    assert_eq!((staged.table.header_row, staged.table.encoding.as_str()), (Some(5), "windows-1252"));
    let place =
        |name: &str| staged.frame.column(name).expect("there").u64().expect("numbers").get(0).unwrap_or(0) as usize;
    let row = &text[place("_offset")..place("_offset") + place("_len")];
    assert!(row.starts_with(b"<tr><td>Zo\xeb") && row.ends_with(b"</td></tr>"));
    assert_eq!(place("_row"), 7);
}

#[test]
fn a_damaged_cell_costs_its_row() {
    let text = b"<meta charset=utf-8><table><tr><td>Name<td>City\n<tr><td>a\xffb<td>Rome\n<tr><td>Zo\xc3\xab<td>Oslo\n<tr><td>c<td>\0d</table>";
    let [staged] = stage(text).expect("a page").try_into().expect("one table");
    assert_eq!(rows(&staged), [["Zoë", "Oslo"]]);
    let [damaged, nul] = &staged.table.quarantined[..] else { panic!("{:?}", staged.table.quarantined) };
    assert_eq!((damaged.code.as_str(), nul.code.as_str()), ("read.bad_encoding", "read.nul"));
    let raw = &text[damaged.offset as usize..(damaged.offset + damaged.len) as usize];
    assert!(raw.starts_with(b"<tr><td>a\xffb"));
    assert!(damaged.cells[0].starts_with("<tr><td>a\u{fffd}b"), "{:?}", damaged.cells);
}

#[test]
fn tables_inside_tables_are_tables_of_their_own() {
    let text =
        b"<table><tr><td><table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table></td></tr></table>";
    let [staged] = stage(text).expect("a page").try_into().expect("one table");
    assert_eq!((staged.table.headers.clone(), rows(&staged)), (vec!["a".to_owned(), "b".into()], vec![vec!["1", "2"]]));
}

#[test]
fn pages_about_something_else_are_refused() {
    let texts = [
        "<!DOCTYPE html><html><body><h1>Please log in</h1><form></form></body></html>",
        "<html><body>Your session is over. Go to the start page.<table><tr><td>ok</td><td>x</td></tr></table></body></html>",
        "<html><script>var t = \"<table><tr><td>1</td><td>2</td></tr></table>\";</script></html>",
    ];
    for text in texts {
        assert_eq!(stage(text.as_bytes()).expect_err(text).code(), "read.html");
    }
}

#[test]
fn cells_that_claim_to_span_everything_are_bounded() {
    let text = format!("<table>{}</table>", "<tr><td colspan=99999999 rowspan=99999>x<td>y".repeat(2_000));
    let [staged] = stage(text.as_bytes()).expect("a page").try_into().expect("one table");
    assert!(staged.table.headers.len() <= 1_002);
}

#[test]
fn signs_that_stand_for_themselves_cost_no_more_than_letters() {
    for sign in ["<", "< ", "<a", "</", "<!", "<?", "&"] {
        let text = format!("<table><tr><td>a<td>b<tr><td>1<td>{}</table>", sign.repeat(300_000));
        let _ = stage(text.as_bytes());
    }
}

proptest! {
    #[test]
    fn no_bytes_stop_a_reading(bytes in prop::collection::vec(any::<u8>(), 0..60), tags in "(<tr>|<td colspan='3' rowspan=2>|</td>|</tr>|<table>|</table>|<br/>|<script>|</script>|<!--|-->|<!\\[if x\\]>|&nbsp;|&x|<\\?|<|é|t){0,30}") {
        let bytes = [b"<table>", tags.as_bytes(), &bytes].concat();
        if let Ok(markup) = Markup::new(&bytes) {
            let _ = read(&markup, blob_id(b""));
        }
    }
}
