use super::*;
use crate::view::samples;

#[test]
fn a_fact_names_its_sources_and_counts_what_lost() {
    let rows = samples::person();
    let origins = Origins::new(&rows.evidence);
    let groups = groups(&rows.entity.record, &origins);
    let facts: Vec<&Fact> = groups.iter().flat_map(|group| &group.facts).collect();
    let city = facts.iter().find(|fact| fact.field == "city").unwrap();
    assert_eq!(city.values[0].text, "Lyon");
    assert_eq!(city.values[0].others, 1);
    assert_eq!(city.values[0].source, "hubspot");
    assert_eq!(city.values[0].place, "hubspot_contacts.csv, row 1,204");
    let email = facts.iter().find(|fact| fact.field == "email").unwrap();
    assert_eq!(email.values[0].source, "2 sources");
    assert!(email.why.ends_with("/email"));
    // Every value of the record is shown.
    let shown: usize = facts.iter().map(|fact| fact.values.len()).sum();
    assert_eq!(shown, rows.entity.record.fields.values().map(Vec::len).sum::<usize>());
}

#[test]
fn an_unresolved_value_is_shown_raw_with_its_question() {
    let rows = samples::person();
    let origins = Origins::new(&rows.evidence);
    let shown = unresolved(&rows.entity.record, &origins, &rows.questions);
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].raw, "03/04/1988");
    assert_eq!(shown[0].code, "date.order_unknown");
    assert!(shown[0].question.is_some() && !shown[0].answer.is_empty());
}

#[test]
fn no_value_becomes_a_script() {
    let website = Field::known("website");
    assert_eq!(link(&website, "javascript:alert(1)"), None);
    assert_eq!(link(&website, "data:text/html,x"), None);
    assert_eq!(link(&website, "HTTPS://firm.example").as_deref(), Some("HTTPS://firm.example"));
    assert_eq!(link(&Field::known("email"), "a?cc=b@x.example").as_deref(), Some("mailto:a%3Fcc%3Db@x.example"));
}
