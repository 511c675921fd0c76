use super::*;

#[test]
fn placeholders_stand_for_numbers_and_texts() {
    let matches = |pattern: &str, header: &str| HeaderPattern::new(pattern).matches(header);
    assert!(matches("E-mail {n} - Value", "e-mail 12 - value"));
    for other in ["e-mail - value", "e-mail  - value", "e-mail x - value", "e-mail 1 - label", "e-mail 1 - value 2"] {
        assert!(!matches("E-mail {n} - Value", other), "{other}");
    }
    assert!(matches("TEL;type={any}", "tel;type=cell,work 2"));
    assert!(!matches("TEL;type={any}", "tel;type=cell;pref"));
    assert!(!matches("TEL;type={any}", "tel;type="));
    assert!(matches(" Name ", "name"));
}

#[test]
fn one_placeholder_that_is_known() {
    assert!(is_sound("Person{n}Email"));
    assert!(is_sound("Order #"));
    for bad in ["{n} {n}", "{m}", "{n", "{any}{n}"] {
        assert!(!is_sound(bad), "{bad}");
    }
}
