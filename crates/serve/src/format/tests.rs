use super::*;

#[test]
fn dates_read_as_people_write_them() {
    for (canonical, text) in [
        ("2026-03-31", "31 Mar 2026"),
        ("2026-03", "Mar 2026"),
        ("2026", "2026"),
        ("--03-09", "9 Mar"),
        ("2026-03-31T08:15:00Z", "31 Mar 2026, 08:15"),
        ("yesterday", "yesterday"),
        ("2026-13-01", "2026-13-01"),
        ("", ""),
    ] {
        assert_eq!(date(canonical), text);
    }
    assert_eq!(day_heading("2026-03-31T08:15:00Z"), "Tuesday 31 March 2026");
    assert_eq!(day_heading("2026-03"), "Mar 2026");
    assert_eq!(instant(1_773_306_840_000_000), "12 Mar 2026, 09:14 UTC");
    assert_eq!(canonical_day(1_773_306_840_000_000), "2026-03-12");
}

#[test]
fn money_follows_the_currency() {
    for (canonical, text) in [
        ("1500000 EUR", "15,000 EUR"),
        ("1500050 EUR", "15,000.50 EUR"),
        ("1500050 JPY", "1,500,050 JPY"),
        ("1500050 KWD", "1,500.050 KWD"),
        ("-505 USD", "\u{2212}5.05 USD"),
        ("1500000", "15,000 (currency unknown)"),
        ("a lot", "a lot"),
    ] {
        assert_eq!(money(canonical), text);
    }
}

#[test]
fn phones_are_grouped_and_keep_every_digit() {
    for (canonical, text) in [
        ("+33612345678", "+33 6 12 34 56 78"),
        ("+14155550132", "+1 415 555 0132"),
        ("+447700900123", "+44 7700 900123"),
        ("+4930123456;ext=12", "+49 301 234 56 ext. 12"),
        ("+351210000000", "+351 210 000 000"),
        ("06 12 34", "06 12 34"),
        ("+", "+"),
    ] {
        assert_eq!(phone(canonical), text);
    }
}

#[test]
fn counts_and_weights() {
    assert_eq!(count(0), "0");
    assert_eq!(count(999), "999");
    assert_eq!(count(1_234_567), "1,234,567");
    assert_eq!(plural(1, "row", "rows"), "1 row");
    assert_eq!(plural(1_204, "row", "rows"), "1,204 rows");
    assert_eq!(bits(0), "0.0");
    assert_eq!(bits(9_240), "+9.2");
    assert_eq!(bits(-1_350), "\u{2212}1.4");
    assert_eq!(duration("252"), "4 min 12 s");
}
