use super::*;

#[test]
fn numbers_are_shown_as_a_spreadsheet_does() {
    let shown = |number: f64| shown(&Data::Float(number), None);
    assert_eq!(shown(33_639_981_234.0), "33639981234");
    assert_eq!(shown(29.020000000000003), "29.02");
    assert_eq!(shown(0.1 + 0.2), "0.3");
    assert_eq!(shown(1_234_567_890_123_456.0), "1234567890123456");
    assert_eq!(shown(-0.0), "0");
}

#[test]
fn leading_zeros_of_a_number_format_are_kept() {
    let shown = |number: f64, format: &str| shown(&Data::Float(number), Some(format));
    assert_eq!(shown(760.0, "00000"), "00760");
    assert_eq!(shown(123_456.0, "00000"), "123456");
    assert_eq!(shown(21_123_456.0, "000-00-0000"), "021-12-3456");
    assert_eq!(shown(21_234_567.0, "\"+47\" 00 00 00 00"), "+47 21 23 45 67");
    for format in ["General", "0", "0.00", "#,##0", "0%", "00.0", "[<=99]00;000", "@"] {
        assert_eq!(shown(7.0, format), "7", "{format}");
    }
    assert_eq!(shown(7.5, "000"), "7.5");
}

#[test]
fn dates_and_times_that_are_held_as_text() {
    let date = |text: &str| shown(&Data::DateTimeIso(text.to_owned()), None);
    assert_eq!(date("2026-03-31T00:00:00"), "2026-03-31");
    assert_eq!(date("2026-03-31T10:10:10"), "2026-03-31T10:10:10");
    assert_eq!(date("2026-03-31T10:10:10.730000000"), "2026-03-31T10:10:10.73");
    assert_eq!(date("2026-03-31T00:00:00.000"), "2026-03-31");
    let duration = |text: &str| shown(&Data::DurationIso(text.to_owned()), None);
    assert_eq!(duration("PT01H02M03S"), "1:02:03");
    assert_eq!(duration("PT10H10M10.123456S"), "10:10:10");
    assert_eq!(duration("P1D"), "P1D");
}

#[test]
fn times_keep_fractions_of_a_second_and_show_no_noise() {
    let kind = calamine::ExcelDateTimeType::DateTime;
    let time = |days: f64| shown(&Data::DateTime(ExcelDateTime::new(days, kind, false)), None);
    assert_eq!(time(46_112.0 + 36_610.73 / 86_400.0), "2026-03-31T10:10:10.73");
    assert_eq!(time(46_112.0 + 36_610.0 / 86_400.0), "2026-03-31T10:10:10");
    assert_eq!(time(46_112.0), "2026-03-31");
}
