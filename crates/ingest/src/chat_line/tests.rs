use super::*;

fn parts(line: &str) -> Option<(String, String, String)> {
    let head = head(line)?;
    Some((head.date, head.time, line[head.behind..].to_owned()))
}

#[test]
fn beginnings_in_the_manner_of_many_languages() {
    let cases = [
        ("22/03/2020, 19:05 - Ana: hi", "22/03/2020", "19:05"),
        ("3/22/20, 7:05 PM - Ana: hi", "3/22/20", "7:05 PM"),
        ("3/22/20, 7:05\u{202f}PM - Ana: hi", "3/22/20", "7:05\u{202f}PM"),
        ("22/3/20, 7:05 p. m. - Ana: hi", "22/3/20", "7:05 p. m."),
        ("22.03.20, 19:05 - Ana: hi", "22.03.20", "19:05"),
        ("22.3.2020 klo 19.05 - Ana: hi", "22.3.2020", "19.05"),
        ("22/03/2020 à 19:05 - Ana: hi", "22/03/2020", "19:05"),
        ("22-03-2020 19:05 - Ana: hi", "22-03-2020", "19:05"),
        ("2020-03-22 19:05 - Ana: hi", "2020-03-22", "19:05"),
        ("22. 3. 2020, 19:05 \u{2013} Ana: hi", "22. 3. 2020", "19:05"),
        ("2020. 3. 22. 오후 7:05 - Ana: hi", "2020. 3. 22.", "오후 7:05"),
        ("2020/3/22 下午7:05 - Ana: hi", "2020/3/22", "下午7:05"),
        ("22\u{200f}/3\u{200f}/2020، 7:05 م - Ana: hi", "22/3/2020", "7:05 م"),
        ("٢٢/٣/٢٠٢٠، ٧:٠٥ م - Ana: hi", "٢٢/٣/٢٠٢٠", "٧:٠٥ م"),
        ("[22/03/2020, 19:05:12] Ana: hi", "22/03/2020", "19:05:12"),
        ("\u{200e}[22.03.20, 19:05:12] Ana: hi", "22.03.20", "19:05:12"),
        ("[3/22/20, 7:05:12\u{202f}PM] Ana: hi", "3/22/20", "7:05:12\u{202f}PM"),
        ("[2020/3/22 下午7:05:12] Ana: hi", "2020/3/22", "下午7:05:12"),
        ("[22/03/20 19:05:12] Ana: hi", "22/03/20", "19:05:12"),
    ];
    for (line, date, time) in cases {
        let (found_date, found_time, rest) = parts(line).unwrap_or_else(|| panic!("{line}"));
        assert_eq!((found_date.as_str(), found_time.as_str(), rest.trim_start()), (date, time, "Ana: hi"), "{line}");
    }
}

#[test]
fn other_lines_are_none() {
    let lines = [
        "",
        "Ana: hi",
        "22/03/2020",
        "22/03/2020, lunch - at noon: yes",
        "22/03 19:05 - Ana: hi",
        "2020-03-22 19:05:12,123 - root - INFO: started",
        "22/03/2020,Ana,19:05",
        "22/03/2020;19:05 - 20:00;Ana",
        "+33 6 39 98 12 34 - Ana: hi",
        "[id];[name]",
        "[1, 2, 3]",
        "[[2020, 3], 1]",
        "1.2.3, 4:5 - x: y",
    ];
    for line in lines {
        assert_eq!(parts(line), None, "{line}");
    }
}
