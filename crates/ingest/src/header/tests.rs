use super::*;

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn titles_come_before_the_header() {
    for (text, preamble, has_header) in [
        ("id,name,email\n1,Ana,ana@mail.example", 0, true),
        ("Call report\nMarch\nfrom,to,time\n100,200,10:00\n101,202,10:05", 2, true),
        ("1,Ana,ana@mail.example\n2,Ben,ben@mail.example", 0, false),
        ("Report,,\nid,name,email\n1,Ana,ana@mail.example\n2,Ben,ben@mail.example", 1, true),
        ("name\nAna\nBen", 0, true),
        ("First Name,Last Name,E-mail 1 - Value,E-mail 2 - Value\nAna,Example,,", 0, true),
    ] {
        assert_eq!(find(&rows(text)), Head { preamble, has_header }, "{text:?}");
    }
}
