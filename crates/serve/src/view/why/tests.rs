use super::*;
use crate::view::samples;

impl WhyFieldView {
    /// A value with losers, a multi-valued field, a value that waits for an answer, a pinned value.
    pub(crate) fn samples() -> Vec<Self> {
        let rows = samples::person();
        let of = |name: &str| {
            let field = Field::from_name(name).unwrap();
            Self::new(&rows.entity, &rows.evidence, &rows.questions, &field).unwrap()
        };
        vec![of("city"), of("email"), of("birth_date"), of("owner")]
    }
}

#[test]
fn the_chain_leads_to_the_bytes_of_the_cell() {
    let city = &WhyFieldView::samples()[0];
    let chain = city.values[0].chain.as_ref().unwrap();
    assert_eq!(chain.file, "hubspot_contacts.csv");
    assert_eq!(chain.row, "row 1,204");
    assert!(chain.bytes.starts_with("bytes 201,344 to 201,512 of blob "), "{}", chain.bytes);
    assert_eq!(chain.column, "City (column 6)");
    assert_eq!((chain.raw.as_str(), chain.value.as_str()), (" Lyon ", "Lyon"));
    let lost = &city.values[0].losers[0];
    assert_eq!((lost.text.as_str(), lost.why), ("Lyons", "its source is trusted more"));
    assert_eq!(lost.chain.as_ref().unwrap().source, "portal");
}

#[test]
fn each_statement_of_a_value_is_shown_once() {
    let email = &WhyFieldView::samples()[1];
    let value = &email.values[0];
    assert_eq!(
        value.support.len() + 1,
        samples::person().entity.record.fields[&Field::known("email")][0].support.len()
    );
    assert!(!value.support.contains(value.chain.as_ref().unwrap()));
}

#[test]
fn a_field_that_nobody_states_has_no_page() {
    let rows = samples::person();
    let field = Field::known("gender");
    assert_eq!(WhyFieldView::new(&rows.entity, &rows.evidence, &rows.questions, &field), None);
}
