use super::*;

#[test]
fn names_are_plain_words_and_never_twice() {
    let mut taken = BTreeSet::new();
    let mut name = |path, sheet| sql_name("staged", path, sheet, &mut taken);
    assert_eq!(name("HubSpot contacts (2).csv", None), "staged_hubspot_contacts_2");
    assert_eq!(name("a/b.xlsx", Some("März 1")), "staged_a_b_m_rz_1");
    assert_eq!(name("a-b.xlsx", Some("März 1")), "staged_a_b_m_rz_1_2");
}
