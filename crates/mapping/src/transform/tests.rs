use proptest::prelude::*;
use velocity_model::DateOrder::{Dmy, Mdy, Ymd};
use velocity_model::{DateOrder, DecimalSign, Field};

use super::{Context, plain_clock, transform};

fn context(region: &str, currency: &str) -> Context {
    let mut profile = crate::fixture::shipped("hubspot/contacts").clone();
    profile.region = Some(region.to_owned()).filter(|region| !region.is_empty());
    profile.currency = Some(currency.to_owned()).filter(|currency| !currency.is_empty());
    Context::of(&profile)
}

/// One line a case: the text, then the canonical value or `!` and the code.
fn check(field: &str, context: &Context, cases: &[(&str, &str)]) {
    let field = Field::from_name(field).unwrap();
    for (text, expected) in cases {
        let got = match transform(&field, text, context) {
            Ok(resolved) => resolved.value,
            Err(code) => format!("!{code}"),
        };
        assert_eq!(got, *expected, "{field} from {text:?}");
    }
}

#[test]
fn text_loses_what_cannot_be_seen_and_nothing_else() {
    check(
        "city",
        &Context::default(),
        &[
            ("  Lyon  ", "Lyon"),
            ("\u{feff}Lyon\u{200b}", "Lyon"),
            ("Saint\u{a0}\u{202f}Denis", "Saint Denis"),
            ("e\u{301}te\u{301}", "\u{e9}t\u{e9}"),
            ("a\u{0}b\u{7f}", "ab"),
            ("line one \r\n  line   two\n\n", "line one\nline two"),
            ("\u{200d}=1+1", "=1+1"),
            (" \u{a0}\u{200b}\t", "!value.blank"),
            ("", "!value.blank"),
            ("\u{1F469}\u{1F3FD}", "\u{1F469}\u{1F3FD}"),
        ],
    );
    check(
        "given_name",
        &Context::default(),
        &[("  JEAN\nmarie ", "JEAN marie"), ("O'Brien-d\u{2019}Arc", "O'Brien-d\u{2019}Arc")],
    );
}

#[test]
fn the_steps_say_what_was_done() {
    let steps = |field: &str, text: &str, context: &Context| {
        transform(&Field::from_name(field).unwrap(), text, context).unwrap().steps
    };
    assert!(steps("city", "Lyon", &Context::default()).is_empty());
    assert_eq!(steps("city", "\u{200b} Saint  Denis ", &Context::default()), ["invisible", "trim", "blanks"]);
    assert_eq!(steps("email", "<a@X.example>", &Context::default()), ["address only", "domain lower case"]);
    assert_eq!(steps("phone", "06 39 98 00 01", &context("FR", "")), ["phone FR"]);
    assert_eq!(steps("birth_date", "31/03/2020", &Context::default().with_date_order(Some(Dmy))), ["date dmy"]);
    assert_eq!(steps("at", "2026-03-31 08:15", &Context::default()), ["date", "assume UTC"]);
    assert_eq!(steps("amount", "1.234 ", &context("", "EUR")), ["trim", "money", "`.` separates groups", "assume EUR"]);
}

#[test]
fn email() {
    check(
        "email",
        &Context::default(),
        &[
            ("Camille.Durand@Maison.EXAMPLE", "Camille.Durand@maison.example"),
            ("mailto:jane@x.example?subject=hi", "jane@x.example"),
            ("MAILTO:jane@x.example", "jane@x.example"),
            ("Jane Doe <jane@x.example>", "jane@x.example"),
            ("<jane@x.example>;", "jane@x.example"),
            ("jane+tag@x.example", "jane+tag@x.example"),
            ("\u{fc}ml@b\u{fc}cher.example", "\u{fc}ml@b\u{fc}cher.example"),
            ("\"a b\"@x.example", "\"a b\"@x.example"),
            ("poppy.foxo3@rivera.c6m", "poppy.foxo3@rivera.c6m"),
            ("jane@x", "!email.invalid"),
            ("jane@localhost.", "!email.invalid"),
            ("jane@@x.example", "!email.invalid"),
            ("jane doe@x.example", "!email.invalid"),
            ("a@b.example, c@d.example", "!email.invalid"),
            ("@x.example", "!email.invalid"),
            ("jane@", "!email.invalid"),
            (".jane@x.example", "!email.invalid"),
            ("jane@-x.example", "!email.invalid"),
            ("jane@192.0.2.1", "!email.invalid"),
            ("n/a", "!email.invalid"),
            ("<", "!email.invalid"),
            ("<>", "!email.invalid"),
        ],
    );
}

#[test]
fn phone_with_a_region() {
    check(
        "phone",
        &context("FR", ""),
        &[
            ("06 39 98 00 01", "+33639980001"),
            ("0639980001", "+33639980001"),
            ("06.39.98.00.01", "+33639980001"),
            ("639980001", "+33639980001"),
            ("+33 6 39 98 00 01", "+33639980001"),
            ("+33 (0)6 39 98 00 01", "+33639980001"),
            ("0033639980001", "+33639980001"),
            ("33639980001", "+33639980001"),
            ("33639980001.0", "+33639980001"),
            ("\u{202a}+33 6 39 98 00 01\u{202c}", "+33639980001"),
            ("tel:+33639980001", "+33639980001"),
            ("447700900123", "+447700900123"),
            ("+44 7700 900123", "+447700900123"),
            ("01 99 00 12 34 poste 12", "+33199001234;ext=12"),
            ("+33 1 99 00 12 34 ext. 7", "+33199001234;ext=7"),
            ("+33 1 99 00 12 34 x7", "+33199001234;ext=7"),
            ("\u{ff0b}\u{ff13}\u{ff13}639980001", "+33639980001"),
            ("12", "!phone.invalid"),
            ("3.3639980001E+10", "!phone.invalid"),
            ("1-800-FLOWERS", "!phone.invalid"),
            ("jane@x.example", "!phone.invalid"),
            ("unknown", "!phone.invalid"),
            ("+", "!phone.invalid"),
            ("+999 12345678", "!phone.invalid"),
            ("06 39 98 00 01 / 06 39 98 00 02", "!phone.invalid"),
        ],
    );
    // A number of the region goes before the reading with a country code.
    check(
        "phone",
        &context("IN", ""),
        &[("9820011001", "+919820011001"), ("33639980001", "+33639980001"), ("919820011001", "+919820011001")],
    );
    check("phone", &context("US", ""), &[("(305) 555-0112", "+13055550112"), ("702-919-1300", "+17029191300")]);
}

#[test]
fn phone_without_a_region_is_not_guessed() {
    check(
        "phone",
        &Context::default(),
        &[
            ("06 39 98 00 01", "!phone.region_unknown"),
            ("702-919-1300", "!phone.region_unknown"),
            ("+33 6 39 98 00 01", "+33639980001"),
            ("00 33 6 39 98 00 01", "+33639980001"),
            ("12025550123", "+12025550123"),
            ("33639980001", "!phone.region_unknown"),
            ("+27 0 16165", "+2716165"),
            // With one zero taken off it would be the number above as soon as it is read again.
            ("+27 00 16165", "!phone.invalid"),
            ("00 27 00 16165", "!phone.invalid"),
            ("100", "!phone.invalid"),
        ],
    );
}

#[test]
fn dates_that_say_what_they_mean() {
    check(
        "birth_date",
        &Context::default(),
        &[
            ("2026-03-31", "2026-03-31"),
            ("2026/3/1", "2026-03-01"),
            ("20260331", "2026-03-31"),
            ("2026-03-31 00:00:00", "2026-03-31"),
            ("2026-03-31T23:30:00Z", "2026-03-31"),
            ("1 January 2020", "2020-01-01"),
            ("1er janvier 2020", "2020-01-01"),
            ("Jan 1st, 2020", "2020-01-01"),
            ("3. M\u{e4}rz 1980", "1980-03-03"),
            ("5 de mayo de 2020", "2020-05-05"),
            ("15 ao\u{fb}t 1999", "1999-08-15"),
            ("26-Sep-2026", "2026-09-26"),
            ("26sep2026", "2026-09-26"),
            ("Donnerstag, 31. Dezember 2020", "2020-12-31"),
            ("septembre 2020", "2020-09"),
            ("03/2020", "2020-03"),
            ("2020-03", "2020-03"),
            ("1954", "1954"),
            ("--04-08", "--04-08"),
            ("8 avril", "--04-08"),
            ("04/04/2020", "2020-04-04"),
            ("29 feb 2020", "2020-02-29"),
            ("29 feb 2021", "!date.invalid"),
            ("2020-02-30", "!date.invalid"),
            ("0000-00-00", "!date.invalid"),
            ("0/0/00", "!date.invalid"),
            ("1/2/18", "!date.two_digit_year"),
            ("26 Sep 18", "!date.two_digit_year"),
            ("32/01/2020", "!date.invalid"),
            ("04/08", "!date.invalid"),
            ("45631", "!date.invalid"),
            ("soon", "!date.invalid"),
            ("3 mars avril 2020", "!date.invalid"),
            ("192.168.1.20", "!date.invalid"),
            ("12:30", "!date.invalid"),
        ],
    );
}

#[test]
fn numeric_dates_need_an_order() {
    let with = |order: Option<DateOrder>, cases: &[(&str, &str)]| {
        check("birth_date", &Context::default().with_date_order(order), cases)
    };
    with(None, &[("03/04/2020", "!date.order_unknown"), ("25/12/2020", "2020-12-25"), ("12-25-2020", "2020-12-25")]);
    with(
        Some(Dmy),
        &[("03/04/2020", "2020-04-03"), ("3.4.2020", "2020-04-03"), ("12/25/2020", "!date.order_contradicted")],
    );
    with(Some(Mdy), &[("03/04/2020", "2020-03-04"), ("25/12/2020", "!date.order_contradicted")]);
    with(Some(Ymd), &[("2020/03/04", "2020-03-04"), ("03/04/2020", "!date.order_contradicted")]);
}

#[test]
fn instants() {
    let mut profile = crate::fixture::shipped("hubspot/contacts").clone();
    check(
        "at",
        &Context::of(&profile).with_date_order(Some(Dmy)),
        &[
            ("2026-03-31T08:15:00Z", "2026-03-31T08:15:00Z"),
            ("2026-03-31T08:15:00.123456Z", "2026-03-31T08:15:00Z"),
            ("2026-03-31T08:15:00+02:00", "2026-03-31T06:15:00Z"),
            ("2026-03-31 08:15", "2026-03-31T08:15:00Z"),
            ("2026-03-31", "2026-03-31"),
            ("26/09/2026 10:15", "2026-09-26T10:15:00Z"),
            ("26 Sep 2026, 6:05 pm", "2026-09-26T18:05:00Z"),
            ("26 Sep 2026, 6:05\u{202f}p. m.", "2026-09-26T18:05:00Z"),
            ("1/5/2026, 12:30 AM", "2026-05-01T00:30:00Z"),
            ("26 septembre 2026 \u{e0} 14h05", "2026-09-26T14:05:00Z"),
            ("Sat, 26 Sep 2026 18:05:00 +0530", "2026-09-26T12:35:00Z"),
            ("20260331T081500Z", "2026-03-31T08:15:00Z"),
            ("20260331T0815", "2026-03-31T08:15:00Z"),
            ("20260331T081500 Europe/Paris", "2026-03-31T06:15:00Z"),
            ("20260331T08150", "!date.invalid"),
            ("20260331T081500 Europe/Atlantis", "!time.zone_unknown"),
            ("2026-03-31 24:00", "!date.invalid"),
            ("2026-03-31 13:00 pm", "!date.invalid"),
            ("2026-03-31 10:00 CEST", "!time.zone_unknown"),
            ("2026-03", "!date.invalid"),
            ("10:15", "!date.invalid"),
        ],
    );
    profile.time_zone = Some("Europe/Paris".to_owned());
    check(
        "at",
        &Context::of(&profile),
        &[
            ("2026-03-31 08:15", "2026-03-31T06:15:00Z"),
            ("2026-01-31 08:15", "2026-01-31T07:15:00Z"),
            ("2026-10-25 02:30", "2026-10-25T00:30:00Z"),
        ],
    );
}

#[test]
fn money_in_many_hands() {
    check(
        "amount",
        &context("", "EUR"),
        &[
            ("15000", "1500000 EUR"),
            ("1.234,56", "123456 EUR"),
            ("1,234.56", "123456 EUR"),
            ("1 234", "123400 EUR"),
            ("1\u{202f}234,5", "123450 EUR"),
            ("1'234.50", "123450 EUR"),
            ("1.234.567", "123456700 EUR"),
            ("1.234", "123400 EUR"),
            ("0,5", "50 EUR"),
            (".5", "50 EUR"),
            ("45k", "4500000 EUR"),
            ("1.5M", "150000000 EUR"),
            ("1.5E7", "1500000000 EUR"),
            ("\u{20ac} 1.234,56", "123456 EUR"),
            ("1.234,56\u{20ac}", "123456 EUR"),
            ("45k\u{20ac}", "4500000 EUR"),
            ("-12.00", "-1200 EUR"),
            ("(12.00)", "-1200 EUR"),
            ("USD 1,234.56", "123456 USD"),
            ("\u{a3}99", "9900 GBP"),
            ("JPY 1500", "1500 JPY"),
            ("0", "0 EUR"),
            ("-0", "0 EUR"),
            ("12.345,678", "1234568 EUR"),
            ("$5", "!money.currency_unknown"),
            ("KWD 1,234", "!number.ambiguous"),
            ("1,23,4", "!money.invalid"),
            ("1.2.3", "!money.invalid"),
            ("12 apples", "!money.invalid"),
            ("free", "!money.invalid"),
            ("99999999999999999999", "!money.invalid"),
            ("1e99", "!money.invalid"),
        ],
    );
    check(
        "amount",
        &context("IN", "INR"),
        &[
            ("70,000", "7000000 INR"),
            ("1,50,000", "15000000 INR"),
            ("1.9 Cr", "1900000000 INR"),
            ("45 lakh", "450000000 INR"),
            ("Rs. 70k", "7000000 INR"),
            ("\u{20b9}1,50,000/-", "15000000 INR"),
        ],
    );
    check("amount", &context("US", "USD"), &[("$1,234.56", "123456 USD")]);
    check("amount", &Context::default(), &[("15000", "1500000")]);
}

#[test]
fn numbers_and_durations() {
    check(
        "employee_count",
        &Context::default(),
        &[
            ("1,234", "1234"),
            ("12.0", "12"),
            ("1 234", "1234"),
            ("-5", "-5"),
            ("007", "7"),
            ("11-50", "!integer.invalid"),
            ("1.5", "!integer.invalid"),
            ("1.234", "!number.ambiguous"),
            ("x", "!integer.invalid"),
        ],
    );
    check(
        "value",
        &Context::default(),
        &[
            ("0.50", "0.5"),
            ("0,5", "0.5"),
            ("1.234", "!number.ambiguous"),
            ("1,234", "!number.ambiguous"),
            ("1.2345", "1.2345"),
            ("50%", "0.5"),
            ("12.5 %", "0.125"),
            ("-0.0", "0"),
            ("1e5", "!decimal.invalid"),
            ("1234567,5", "1234567.5"),
        ],
    );
    let comma = Context::default().with_decimal(Some(DecimalSign::Comma));
    let point = Context::default().with_decimal(Some(DecimalSign::Point));
    check("value", &comma, &[("1.234", "1234"), ("1,234", "1.234"), ("0.5", "0.5")]);
    check("value", &point, &[("1.234", "1.234"), ("1,234", "1234"), ("1.234.567", "1234567")]);
    check("employee_count", &comma, &[("1.234", "1234"), ("5,000", "5"), ("1,234", "!integer.invalid")]);
    check("amount", &point, &[("1.234 EUR", "123 EUR"), ("1,234 EUR", "123400 EUR"), ("KWD 1,234", "1234000 KWD")]);
    check(
        "duration_seconds",
        &Context::default(),
        &[
            ("0:02:05", "125"),
            ("01:00:00", "3600"),
            ("100:00:01", "360001"),
            ("42", "42"),
            ("2:05", "!duration.ambiguous"),
            ("0:61:00", "!duration.invalid"),
            ("a:b:c", "!duration.invalid"),
            ("99999999:00:00", "!duration.invalid"),
        ],
    );
}

#[test]
fn urls_and_domains() {
    check(
        "website",
        &Context::default(),
        &[
            ("Bluebay.example", "https://bluebay.example"),
            ("HTTP://X.example/Path?q=1", "http://x.example/Path?q=1"),
            ("https://x.example:8080", "https://x.example:8080"),
            ("javascript:alert(1)", "!url.invalid"),
            ("https://bank.example@evil.example/", "!url.invalid"),
            ("ftp://x.example", "!url.invalid"),
            ("not a url", "!url.invalid"),
            ("localhost", "!url.invalid"),
            ("jane@x.example", "!url.invalid"),
        ],
    );
    check(
        "domain",
        &Context::default(),
        &[
            ("www.Shop.Example.co.uk", "example.co.uk"),
            ("https://blog.bluebay.example/x", "bluebay.example"),
            ("jane@mail.bluebay.example", "bluebay.example"),
            ("co.uk", "!domain.invalid"),
            ("192.0.2.1", "!domain.invalid"),
            ("Bluebay Ltd", "!domain.invalid"),
        ],
    );
}

/// Text with the characters that numbers, dates and addresses are made of, so that parsers get far.
fn near_miss() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9./:, T+()eEhZ-]{0,24}",
        "[+0-9 ().x#-]{0,20}",
        "[a-z.@<>:\"]{0,20}",
        "[0-9]{1,2}[ -]?(jan|mars|M\u{e4}rz|ene|\u{e0}|er)[ -]?[0-9]{0,4}",
        "[-(]?[0-9., '\u{a0}]{1,12}[kKmMlLcr\u{20ac}$%)]{0,3}",
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn no_text_breaks_a_transform_and_every_result_is_canonical(text in near_miss(), order in prop::option::of(prop::sample::select(vec![Dmy, Mdy, Ymd]))) {
        let context = context("FR", "EUR").with_date_order(order);
        for spec in velocity_model::EntityKind::ALL.into_iter().flat_map(velocity_model::fields_of) {
            let field = Field::from_name(spec.name).unwrap();
            if let Ok(resolved) = transform(&field, &text, &context) {
                prop_assert!(!resolved.value.is_empty(), "{} from {text:?}", spec.name);
                // What is canonical stays as it is. An amount in minor units is not what a person would write.
                if spec.value_type == velocity_model::ValueType::Money {
                    continue;
                }
                let again = transform(&field, &resolved.value, &context);
                prop_assert_eq!(again.map(|again| again.value), Ok(resolved.value), "{} from {:?}", spec.name, text);
            }
        }
    }
}

#[test]
fn times_of_day_in_cells_of_their_own() {
    let cases = [
        ("19:05", "19:05"),
        ("19.05", "19:05"),
        ("19.05.12", "19:05:12"),
        ("오후 7:05", "7:05 pm"),
        ("下午7:05:12", "7:05:12 pm"),
        ("7:05 م", "7:05 pm"),
        ("7:05 p. m.", "7:05 p. m."),
        ("Europe/Paris", "Europe/Paris"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("08:15:00+02:00", "08:15:00+02:00"),
        ("um 7:05", "um 7:05"),
        ("", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(plain_clock(text), expected, "{text}");
    }
}
