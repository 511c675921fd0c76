use super::*;

/// Each value is worse than the one before it.
fn check(value_type: ValueType, best_first: &[&str]) {
    for pair in best_first.windows(2) {
        assert!(quality(value_type, pair[0]) > quality(value_type, pair[1]), "{pair:?}");
    }
}

#[test]
fn more_of_a_date_is_better() {
    check(ValueType::Date, &["2026-03-31", "2026-03", "2026"]);
    check(ValueType::Date, &["2026-03-31", "--03-31", "2026"]);
    check(ValueType::DateTime, &["2026-03-31T08:15:00Z", "2026-03-31"]);
    assert_eq!(quality(ValueType::Date, "--03-31"), quality(ValueType::Date, "2026-03"));
}

#[test]
fn a_name_is_better_with_whole_words_then_capitals_then_length() {
    check(ValueType::Name, &["ANNE MARIE", "Anne", "anne", "A."]);
    check(ValueType::Name, &["Anne-Marie", "Anne"]);
    check(ValueType::Name, &["Annette", "Anne", "ANNETTE"]);
    check(ValueType::Name, &["李小龍", "李"]);
}

#[test]
fn a_text_is_better_with_capitals_then_length_and_an_amount_with_its_currency() {
    check(ValueType::Text, &["Head of Sales", "Sales", "HEAD OF SALES"]);
    check(ValueType::Money, &["1500000 EUR", "15000000000"]);
}

#[test]
fn values_of_other_types_are_equally_good() {
    assert_eq!(quality(ValueType::Code, "LONGER"), quality(ValueType::Code, "a"));
    assert_eq!(quality(ValueType::Email, "a@b.example"), quality(ValueType::Email, "Ann@b.example"));
}
