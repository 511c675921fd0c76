use proptest::prelude::*;
use velocity_model::blob_id;

use super::*;

const PEOPLE: &str = "ID    NAME          CITY        BALANCE\n\
0001  Ana Lind      Lyon           12.5\n\
0002  Bo Holm       Oslo          100.0\n\
0003  Zoë de Vries  Den Haag        7.0\n\
0004                Rome           -3.0\n";

fn stage(text: &str) -> Staged {
    assert!(detect(text.as_bytes()), "{text}");
    let [staged] = read(text.as_bytes(), blob_id(b"")).expect("text").try_into().expect("one table");
    staged
}

#[test]
fn rows_keep_their_places_and_zeros() {
    let text = PEOPLE;
    let staged = stage(text);
    assert_eq!(staged.column(0), ["0001", "0002", "0003", "0004"]);
    assert_eq!(staged.column(1), ["Ana Lind", "Bo Holm", "Zoë de Vries", ""]);
    assert_eq!(staged.column(3), ["12.5", "100.0", "7.0", "-3.0"]);
    let offsets = staged.frame.column("_offset").expect("there").u64().expect("numbers");
    let starts: Vec<&str> = offsets.iter().flatten().map(|at| &text[at as usize..at as usize + 4]).collect();
    assert_eq!(starts, ["0001", "0002", "0003", "0004"]);
    assert!(
        staged
            .table
            .detected
            .iter()
            .any(|finding| finding.of == "columns" && finding.found == "at positions 1, 7, 21, 33")
    );
}

#[test]
fn a_rule_below_the_header_is_no_row() {
    let text = "id name    city\n-- ------- ----\n 1 Ana     Lyon\n 2 Bo Holm Oslo\n10 Carla   Rome\n";
    let staged = stage(text);
    assert_eq!(
        (staged.table.headers.clone(), staged.column(1)),
        (vec!["id".to_owned(), "name".into(), "city".into()], vec!["Ana", "Bo Holm", "Carla"])
    );
}

#[test]
fn addresses_of_mail_and_dates_are_cells_too() {
    let text = "Code  Name       Email             Since\n\
0001  Ana Lind   ana@lind.example  2026-01-02\n0002  Bo Holm    bo@holm.example   2026-01-03\n0003  Cy de Rex  cy@rex.example    2026-01-04\n";
    let staged = stage(text);
    assert_eq!(staged.column(2), ["ana@lind.example", "bo@holm.example", "cy@rex.example"]);
    assert_eq!(staged.column(3), ["2026-01-02", "2026-01-03", "2026-01-04"]);
}

#[test]
fn other_texts_are_none() {
    let texts = [
        "name,  city\nAna,   Lyon\nBo,    Oslo\nCarl,  Rome\n",
        "a b c\n1 2 3\n4 5 6\n7 8 9\n1 2 3\n",
        "Dear Ana,\n\nthank you for your letter of last week.\nWe have looked at the roof\nand will come on Monday  at nine.\nYours, Bo\n",
        "2026-01-02 10:00\n2026-01-03 10:01\n2026-01-04 10:02\n2026-01-05 10:03\n",
        "name\nAna\nBo\nCarl\nDora\n",
        "name\tcity  x\nAna\tLyon  x\nBo\tOslo  x\nCarl\tRome  x\n",
        "id    name\n1     Ana\n",
    ];
    for text in texts {
        assert!(!detect(text.as_bytes()), "{text}");
    }
}

#[test]
fn a_damaged_cell_costs_its_row() {
    let rows: String = (0..40).map(|row| format!("{:<14}{:<14}{row}\n", format!("Zoë{row}"), "Köln")).collect();
    let mut bytes = format!("{:<14}{:<14}Number\n{rows}", "Name", "City").into_bytes();
    let at = bytes.windows(6).position(|part| part == "Zoë7 ".as_bytes()).expect("there");
    bytes[at + 2] = 0xff;
    let [staged] = read(&bytes, blob_id(b"")).expect("text").try_into().expect("one table");
    let [aside] = &staged.table.quarantined[..] else { panic!("{:?}", staged.table.quarantined) };
    assert_eq!((aside.code.as_str(), aside.row, aside.offset), ("read.bad_encoding", 9, at as u64));
    assert!(aside.cells[0].starts_with("Zo\u{fffd}"), "{:?}", aside.cells);
    assert_eq!(staged.frame.height(), 39);
    assert!(staged.column(0).iter().all(|name| !name.contains('\u{fffd}')));
}

proptest! {
    /// A table that is padded to columns comes back.
    #[test]
    fn padded_tables_come_back(cells in prop::collection::vec(prop::collection::vec("[a-z]{1,6}( [a-z]{1,4})?", 3), 4..12)) {
        let rows: Vec<Vec<String>> = std::iter::once(["alpha", "beta", "gamma"].map(str::to_owned).to_vec()).chain(cells.clone()).collect();
        let text: String = rows.iter().map(|row| format!("{:<14}{:<14}{}\n", row[0], row[1], row[2])).collect();
        // Blanks inside cells may stand in one position of all lines.
        let filled = |at: usize| text.lines().any(|line| line.as_bytes().get(at).is_some_and(|byte| *byte != b' '));
        prop_assume!(detect(text.as_bytes()) && (0..2).all(|column| (1..6).all(|at| !filled(column * 14 + at + 1) || filled(column * 14 + at))));
        let staged = stage(&text);
        if staged.table.headers == ["alpha", "beta", "gamma"] {
            for column in 0..3 {
                let expected: Vec<&str> = cells.iter().map(|row| row[column].as_str()).collect();
                prop_assert_eq!(staged.column(column), expected);
            }
        }
    }

    #[test]
    fn no_bytes_stop_a_reading(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let bytes = [PEOPLE.as_bytes(), &bytes].concat();
        let _ = read(&bytes, blob_id(b""));
    }
}
