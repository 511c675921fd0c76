use super::*;

/// Rows written with `|` between cells; `<` stands for a cell that the one before it spans.
fn joined(text: &str) -> (usize, Vec<String>) {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut merged: Vec<Vec<Range<usize>>> = Vec::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let mut spans: Vec<Range<usize>> = Vec::new();
        for (column, _) in cells.iter().enumerate().filter(|(_, cell)| **cell == "<") {
            match spans.last_mut() {
                Some(last) if last.end == column => last.end += 1,
                _ => spans.push(column - 1..column + 1),
            }
        }
        merged.push(spans);
        rows.push(cells.into_iter().map(|cell| cell.trim_start_matches('<').to_owned()).collect());
    }
    let merged: Vec<&[Range<usize>]> = merged.iter().map(Vec::as_slice).collect();
    let found = find(&mut rows, &merged);
    (found.preamble, header::join(&rows[found.preamble..found.preamble + found.rows], str::to_owned))
}

#[test]
fn the_upper_name_stands_before_each_of_the_lower_ones() {
    let expected = ["Name", "Address Street", "Address City", "Phone"].map(str::to_owned).to_vec();
    assert_eq!(joined("Name|Address|<|Phone\n|Street|City|\nAna|1 rue|Lyon|1\nBo|2 rue|Oslo|2"), (0, expected.clone()));
    assert_eq!(
        joined("List|||\n|Address|<|\nName|Street|City|Phone\nAna|1 rue|Lyon|1\nBo|2 rue|Oslo|2"),
        (1, expected)
    );
    let two = ["Home City", "Home Zip", "Work City", "Work Zip"].map(str::to_owned).to_vec();
    assert_eq!(joined("Home|<|Work|<\nCity|Zip|City|Zip\nLyon|1|Oslo|2\nRome|3|Bern|4"), (0, two));
}

#[test]
fn titles_and_rows_are_no_part_of_a_header() {
    let plain = ["Name", "City", "Phone"].map(str::to_owned).to_vec();
    assert_eq!(joined("Our people|<|<\nName|City|Phone\nAna|Lyon|1\nBo|Oslo|2"), (1, plain.clone()));
    assert_eq!(joined("Our people|<|\nName|City|Phone\nAna|Lyon|1\nBo|Oslo|2"), (1, plain));
    assert_eq!(joined("Home|<|Phone\nCity|Zip|").0, 0);
    assert_eq!(joined("Home|<|Phone\nCity|Zip|").1, ["Home", "", "Phone"].map(str::to_owned).to_vec());
    let spanned = ["Name", "Phone", "", "City"].map(str::to_owned).to_vec();
    assert_eq!(joined("Name|Phone|<|City\nAna|1|2|Lyon\nBo|3|4|Oslo"), (0, spanned));
}
