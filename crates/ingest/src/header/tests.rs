use super::*;

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn titles_come_before_the_header() {
    for (text, preamble, header) in [
        ("id,name,email\n1,Ana,ana@mail.example", 0, 1),
        ("Call report\nMarch\nfrom,to,time\n100,200,10:00\n101,202,10:05", 2, 1),
        ("1,Ana,ana@mail.example\n2,Ben,ben@mail.example", 0, 0),
        ("Report,,\nid,name,email\n1,Ana,ana@mail.example\n2,Ben,ben@mail.example", 1, 1),
        ("name\nAna\nBen", 0, 1),
        ("Ana,Lyon,x,y,7\nBen,Metz,u,v,8\nDana,Lille,u,v,9", 0, 0),
        ("id,name,sum,day\nin list,in full,in EUR,of payment\n1,Ana,10,2026-01-02\n2,Ben,11,2026-01-03", 0, 2),
        ("name,city,sum,day\nAna,Lyon,,\nBen,Metz,11,2026-01-03\nDana,Lille,12,2026-01-04", 0, 1),
        ("First Name,Last Name,E-mail 1 - Value,E-mail 2 - Value\nAna,Example,,", 0, 1),
        ("id,http://terms.example/v1#name,http://terms.example/v1/phone_number\n1,Ana,404/231\n2,Ben,", 0, 1),
        (
            "http://terms.example/v1#id,http://terms.example/v1#name,http://terms.example/v1#fax\n1,Ana,404/231\n2,Ben,404/9",
            0,
            1,
        ),
        ("Ana Example,https://site.example/ana\nBen Example,\nCleo Example,", 0, 0),
        ("Ana,https://site.example/in/ana\nBen,https://site.example/in/ben\nCleo,https://site.example/in/cleo", 0, 0),
    ] {
        let found = find(&rows(text));
        assert_eq!((found.preamble, found.rows), (preamble, header), "{text:?}");
    }
}
