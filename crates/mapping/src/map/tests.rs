use std::collections::BTreeSet;

use proptest::prelude::*;
use velocity_model::{DateOrder, EntityKind, Evidence, LinkTarget, Profile, RecordId};

use super::{Mapped, map};
use crate::fixture::{csv, shipped, table};
use crate::parse;

fn accounts_for_every_row(mapped: &Mapped, rows: u64) {
    let mut seen: Vec<u64> = mapped.rows.iter().map(|(row, _)| *row).collect();
    seen.extend(mapped.quarantined.iter().map(|row| row.row));
    seen.sort_unstable();
    assert_eq!(seen, (2..rows + 2).collect::<Vec<_>>());
    let used: BTreeSet<u32> = mapped.rows.iter().flat_map(|(_, indexes)| indexes.iter().copied()).collect();
    assert_eq!(used.len(), mapped.evidence.len(), "every record is stated by a row");
    assert!(mapped.rows.iter().all(|(_, indexes)| !indexes.is_empty()));
    let versions: BTreeSet<_> = mapped.evidence.iter().map(|evidence| evidence.version).collect();
    assert_eq!(versions.len(), mapped.evidence.len(), "unique by version");
}

/// Persons by name and birth date, without a key; companies by name.
fn people() -> Profile {
    parse(
        r#"name = "acme/people"
version = 1
source = "acme"
label = "People"
trust = 50
region = "FR"
recognise = { headers = ["Name", "Born"] }
[[entity]]
kind = "person"
id = "person"
field = [{ to = "full_name", from = "Name" }, { to = "birth_date", from = "Born" }, { to = "phone", from = "Phone" }]
link = [{ role = "employer", entity = "company" }]
[[entity]]
kind = "organisation"
id = "company"
field = [{ to = "name", from = "Company" }]
[[entity]]
kind = "note"
id = "note"
field = [{ to = "body", from = "Note" }]
link = [{ role = "person", entity = "person" }]
"#,
    )
    .unwrap()
}

const HEADERS: [&str; 5] = ["Name", "Born", "Phone", "Company", "Note"];

fn mapped(profile: &Profile, rows: &[[&str; 5]]) -> Mapped {
    let rows: Vec<Vec<Option<String>>> =
        rows.iter().map(|row| row.iter().map(|cell| Some((*cell).to_owned())).collect()).collect();
    let (staged, frame) = table(&HEADERS, &rows);
    let mapped = map(profile, &staged, &frame);
    accounts_for_every_row(&mapped, staged.rows);
    mapped
}

fn of_kind(mapped: &Mapped, kind: EntityKind) -> Vec<&Evidence> {
    mapped.evidence.iter().filter(|evidence| evidence.kind == kind).collect()
}

/// The birth dates of people born on the given days: canonical, or `!` and the code; then the questions asked.
fn births(profile: &Profile, texts: &[&str]) -> (Vec<String>, usize) {
    let names: Vec<String> = (0..texts.len()).map(|index| format!("Person {index}")).collect();
    let rows: Vec<[&str; 5]> = texts.iter().zip(&names).map(|(text, name)| [name.as_str(), text, "", "", ""]).collect();
    let mapped = mapped(profile, &rows);
    let births = mapped
        .evidence
        .iter()
        .flat_map(|evidence| evidence.assertions.iter())
        .filter(|value| value.field.name() == "birth_date");
    let births = births
        .map(|value| value.unresolved.as_ref().map_or_else(|| value.value.clone(), |code| format!("!{code}")))
        .collect();
    (births, mapped.questions.len())
}

#[test]
fn one_value_decides_the_order_of_its_column() {
    let (births, questions) = births(&people(), &["03/04/2020", "25/12/2020", "2020-01-02"]);
    assert_eq!((births, questions), (vec!["2020-04-03".into(), "2020-12-25".into(), "2020-01-02".into()], 0));
    let (births, _) = self::births(&people(), &["03/04/2020", "12/25/2020"]);
    assert_eq!(births, ["2020-03-04", "2020-12-25"]);
}

#[test]
fn an_undecided_column_is_asked_about_once() {
    let (births, questions) = births(&people(), &["03/04/2020", "05/06/2020", "07/07/2020"]);
    assert_eq!(births, ["!date.order_unknown", "!date.order_unknown", "2020-07-07"]);
    assert_eq!(questions, 1);
}

#[test]
fn a_contradicting_column_is_asked_about_and_what_is_certain_stands() {
    let (births, questions) = births(&people(), &["03/04/2020", "25/12/2020", "12/25/2020"]);
    assert_eq!(births, ["!date.order_unknown", "2020-12-25", "2020-12-25"]);
    assert_eq!(questions, 1);
}

#[test]
fn a_stated_order_goes_before_what_the_values_say() {
    let mut profile = people();
    profile.read.date_order = Some(DateOrder::Mdy);
    let (births, questions) = births(&profile, &["03/04/2020", "25/12/2020"]);
    assert_eq!((births, questions), (vec!["2020-03-04".into(), "!date.order_contradicted".into()], 0));
    profile.entities[0].fields[1].date_order = Some(DateOrder::Dmy);
    assert_eq!(self::births(&profile, &["03/04/2020"]).0, ["2020-04-03"]);
}

#[test]
fn years_of_two_digits_are_read_where_the_century_is_known() {
    let mut profile = people();
    assert_eq!(births(&profile, &["25/12/20"]), (vec!["!date.two_digit_year".into()], 0));
    profile.read.century = Some(2000);
    assert_eq!(births(&profile, &["03/04/20", "25/12/20"]), (vec!["2020-04-03".into(), "2020-12-25".into()], 0));
    assert_eq!(births(&profile, &["03/04/20", "05/04/20"]).1, 1, "nothing proves the order");
    // The first number changes less than the last: the year may stand first.
    let open = vec!["!date.order_unknown".to_owned(), "!date.order_unknown".to_owned()];
    assert_eq!(births(&profile, &["25/12/01", "25/12/31"]), (open, 1));
    profile.read.date_order = Some(DateOrder::Ymd);
    assert_eq!(births(&profile, &["25/12/01", "25/12/31"]).0, ["2025-12-01", "2025-12-31"]);
}

#[test]
fn the_answer_to_a_question_keeps_the_record() {
    let rows = [["Jane Example", "03/04/2020", "06 39 98 00 01", "", ""]];
    let before = mapped(&people(), &rows);
    let mut answered = people();
    answered.read.date_order = Some(DateOrder::Dmy);
    let after = mapped(&answered, &rows);
    assert_eq!(before.evidence[0].record, after.evidence[0].record);
    assert_ne!(before.evidence[0].version, after.evidence[0].version);
    assert_eq!((before.questions.len(), after.questions.len()), (1, 0));
}

#[test]
fn fifty_rows_that_name_one_company_state_it_once() {
    let names: Vec<String> = (0..50).map(|index| format!("Person {index}")).collect();
    let rows: Vec<[&str; 5]> = names.iter().map(|name| [name.as_str(), "", "", "Bluebay Ltd", ""]).collect();
    let mapped = mapped(&people(), &rows);
    let companies = of_kind(&mapped, EntityKind::Organisation);
    assert_eq!(companies.len(), 1);
    let person = of_kind(&mapped, EntityKind::Person);
    assert_eq!(person.len(), 50);
    assert!(person.iter().all(|person| person.links[0].target == LinkTarget::Record(companies[0].record)));
}

#[test]
fn spellings_of_a_company_are_versions_of_one_record() {
    let mapped = mapped(&people(), &[["A", "", "", "Bluebay Ltd", ""], ["B", "", "", " BLUEBAY  LTD", ""]]);
    let companies = of_kind(&mapped, EntityKind::Organisation);
    assert_eq!(companies.len(), 2);
    assert_eq!(companies[0].record, companies[1].record);
}

#[test]
fn the_same_row_twice_is_two_records_and_a_grown_file_keeps_them() {
    let row = ["Jane Example", "2000-01-01", "", "", "Hello"];
    let twice = mapped(&people(), &[row, row]);
    assert_eq!(of_kind(&twice, EntityKind::Person).len(), 2);
    let grown = mapped(&people(), &[["Someone Else", "", "", "", ""], row, row]);
    let ids =
        |mapped: &Mapped| -> BTreeSet<RecordId> { mapped.evidence.iter().map(|evidence| evidence.record).collect() };
    assert!(ids(&twice).is_subset(&ids(&grown)));
}

#[test]
fn one_text_about_two_people_is_two_notes() {
    let mapped = mapped(&people(), &[["Jane", "", "", "", "Hello"], ["John", "", "", "", "Hello"]]);
    let notes = of_kind(&mapped, EntityKind::Note);
    assert_eq!(notes.len(), 2);
    // Told apart by whom they are about and not by their place.
    assert!(notes.iter().all(|note| note.key.ends_with(":1")), "{notes:?}");
}

#[test]
fn a_repeated_key_is_reported() {
    let text = "Record ID,First Name,Last Name,Email\n1,Jane,Example,jane@example.com\n1,Janet,Example,jane@example.com\n1,Jane,Example,jane@example.com\n";
    let (staged, frame) = csv(text, ',');
    let mapped = map(shipped("hubspot/contacts"), &staged, &frame);
    assert_eq!(mapped.evidence.len(), 2);
    assert_eq!(mapped.rows.iter().map(|(_, indexes)| indexes[0]).collect::<Vec<_>>(), [0, 1, 0]);
    assert_eq!(mapped.issues.iter().map(|issue| issue.code.as_str()).collect::<Vec<_>>(), ["map.key_repeated"]);
}

#[test]
fn a_wrong_profile_quarantines_and_says_what_is_missing() {
    let (staged, frame) = csv("A,B\n1,2\n3,4\n", ',');
    let mapped = map(shipped("hubspot/contacts"), &staged, &frame);
    accounts_for_every_row(&mapped, 2);
    assert_eq!(mapped.quarantined.len(), 2);
    assert_eq!(mapped.quarantined[0].cells, ["1", "2"]);
    assert_eq!(mapped.issues.iter().filter(|issue| issue.code == "map.column_missing").count(), 4);
    assert_eq!(mapped.unmapped, ["A", "B"]);
}

/// The values that one entity of a profile states of a table with one row, as `field=value`.
fn stated(entity: &str, headers: &[&str], row: &[&str]) -> Vec<String> {
    let head = "name = \"acme/things\"\nversion = 1\nsource = \"acme\"\nlabel = \"Things\"\ntrust = 50\n";
    let recognise = "recognise = { headers = [\"Id\"], optional = [\"Kind\", \"Sub\"] }\n[[entity]]\nid = \"it\"\n";
    let profile = parse(&format!("{head}{recognise}{entity}")).unwrap();
    let row = row.iter().map(|cell| Some((*cell).to_owned())).collect();
    let (staged, frame) = table(headers, &[row]);
    let mapped = map(&profile, &staged, &frame);
    accounts_for_every_row(&mapped, 1);
    let values = mapped.evidence.iter().flat_map(|evidence| {
        let key = std::iter::once(format!("key={}", evidence.key)).filter(|key| !key.contains("content:"));
        let values = evidence.assertions.iter().map(|value| format!("{}={}", value.field, value.value));
        key.chain(values).collect::<Vec<_>>()
    });
    values.chain(mapped.unmapped.iter().map(|header| format!("unmapped {header}"))).collect()
}

#[test]
fn a_header_with_a_placeholder_takes_its_family_but_for_what_is_named() {
    let entity =
        "kind = \"person\"\nfield = [{ to = \"email\", from = \"Mail {n}\" }, { to = \"x_fax\", from = \"Mail 2\" }]";
    let headers = ["Id", "Mail 1", "Mail 2", "Mail 10", "Mail x"];
    let expected = ["email=a@x.example", "x_fax=b@x.example", "email=c@x.example", "unmapped Id", "unmapped Mail x"];
    assert_eq!(stated(entity, &headers, &["1", "a@x.example", "b@x.example", "c@x.example", "d"]), expected);
}

#[test]
fn the_first_filled_column_joined_columns_and_what_completes_a_value() {
    let either = "kind = \"person\"\nfield = [{ to = \"full_name\", from = \"Id\", or_from = [\"B\", \"C\"] }]";
    assert_eq!(stated(either, &["Id", "B", "C"], &[" ", "", "Ada"]), ["full_name=Ada"]);
    assert_eq!(stated(either, &["Id", "B", "C"], &["", "Bo", "Ada"]), ["full_name=Bo"]);
    let joined = "kind = \"person\"\nfield = [{ to = \"street\", from = \"Id\", join = [\"B\", \"C\"] }]";
    assert_eq!(stated(joined, &["Id", "B", "C"], &["1 High St", "", "Flat 2"]), ["street=1 High St, Flat 2"]);
    assert_eq!(stated(joined, &["Id", "B", "C"], &["", "Floor 3", ""]), ["street=Floor 3"]);
    let amount = "kind = \"opportunity\"\nfield = [{ to = \"amount\", from = \"Id\", with = \"B\" }]";
    assert_eq!(stated(amount, &["Id", "B"], &["1,200.50", "eur"]), ["amount=120050 EUR"]);
    assert_eq!(stated(amount, &["Id", "B"], &["$12", "USD"]), ["amount=1200 USD"]);
    assert_eq!(stated(amount, &["Id", "B"], &["", "USD"]), [""; 0]);
    let phone = "kind = \"person\"\nfield = [{ to = \"phone\", from = \"Id\", with = \"B\" }]";
    for (number, code) in [("6 39 98 00 01", "33"), ("639980001", "+33"), ("+33639980001", "44")] {
        assert_eq!(stated(phone, &["Id", "B"], &[number, code]), ["phone=+33639980001"]);
    }
}

#[test]
fn words_of_the_source_are_translated_and_quotes_taken_off() {
    let words = "kind = \"task\"\nfield = [{ to = \"title\", from = \"Id\" }, { to = \"status\", from = \"S\", values = { \"Yes\" = \"done\", \"-\" = \"\" } }]";
    for (said, meant) in [(" YES ", Some("status=done")), ("-", None), ("maybe", Some("status=maybe"))] {
        let expected: Vec<&str> = std::iter::once("title=T").chain(meant).collect();
        assert_eq!(stated(words, &["Id", "S"], &["T", said]), expected);
    }
    let tags = "kind = \"person\"\nfield = [{ to = \"tag\", from = \"Id\", split = \",\", extract = \"unquoted\" }]";
    assert_eq!(stated(tags, &["Id"], &[r#"["VIP", "Fair"]"#]), ["tag=VIP", "tag=Fair"]);
    assert_eq!(stated(tags, &["Id"], &[r#"="08540""#]), ["tag=08540"]);
    assert_eq!(stated(tags, &["Id"], &["[]"]), [""; 0]);
}

#[test]
fn a_condition_decides_whether_a_row_states_an_entity() {
    let entity = |condition: &str| {
        format!(
            "kind = \"person\"\nwhen = {{ column = \"Kind\", {condition} }}\nfield = [{{ to = \"full_name\", from = \"Id\" }}]"
        )
    };
    for (condition, kind, is_stated) in [
        ("is = [\"Contact\"]", "contact ", true),
        ("is = [\"Contact\"]", "lead", false),
        ("is = [\"\"]", "", true),
        ("is_not = [\"True\"]", "", true),
        ("is_not = [\"True\"]", "true", false),
        ("starts_with = [\"003\", \"00Q\"]", "00q5", true),
        ("starts_with = [\"003\"]", "0013", false),
    ] {
        let found = stated(&entity(condition), &["Id", "Kind"], &["Ada", kind]);
        assert_eq!(found.contains(&"full_name=Ada".to_owned()), is_stated, "{condition} {kind:?}");
    }
}

#[test]
fn a_key_may_have_a_prefix_and_be_blank_where_the_profile_says_so() {
    let entity = "kind = \"person\"\nkey = [\"Id\", \"Sub\"]\nkey_prefix = \"z_\"\nkey_may_be_blank = true\nfield = [{ to = \"full_name\", from = \"Name\" }]";
    let headers = ["Id", "Sub", "Name"];
    assert_eq!(stated(entity, &headers, &["z_7", "", "Ada"]), ["key=7", "full_name=Ada"]);
    assert_eq!(stated(entity, &headers, &["7", "2", "Ada"]), ["key=7\u{1f}2", "full_name=Ada"]);
    assert_eq!(stated(entity, &headers, &["", "", "Ada"]), ["full_name=Ada"]);
    let strict = entity.replace("key_may_be_blank = true\n", "");
    assert_eq!(stated(&strict, &headers, &["7", "", "Ada"]), [""; 0]);
}

/// Cells that profiles meet, and cells that nobody expects.
fn cell() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        1 => Just(None),
        2 => Just(Some(String::new())),
        4 => prop::sample::select(vec!["Jane", "03/04/2020", "25/12/2020", "06 39 98 00 01", "Bluebay", " ", "1;2"]).prop_map(|text| Some(text.to_owned())),
        2 => any::<String>().prop_map(Some),
    ]
}

fn rows() -> impl Strategy<Value = Vec<Vec<Option<String>>>> {
    prop::collection::vec(prop::collection::vec(cell(), 0..6), 0..12)
}

/// Every statement, without the place of the row.
fn statements(mapped: &Mapped) -> BTreeSet<(RecordId, String)> {
    let describe = |evidence: &Evidence| (evidence.record, format!("{:?} {:?}", evidence.assertions, evidence.links));
    mapped.evidence.iter().map(describe).collect()
}

proptest! {
    #[test]
    fn any_table_is_mapped_and_every_row_accounted_for(rows in rows(), profile in prop::sample::select(crate::shipped().to_vec())) {
        let (staged, frame) = table(&HEADERS, &rows);
        accounts_for_every_row(&map(&people(), &staged, &frame), staged.rows);
        let headers: Vec<&str> = profile.recognise.headers.iter().chain(&profile.recognise.optional).map(String::as_str).collect();
        let (staged, frame) = table(&headers, &rows);
        let mapped = map(&profile, &staged, &frame);
        accounts_for_every_row(&mapped, staged.rows);
        // The same arguments, the same result.
        prop_assert_eq!(map(&profile, &staged, &frame), mapped);
    }

    #[test]
    fn ids_do_not_depend_on_the_order_of_rows((rows, shuffled) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))) {
        let (staged, frame) = table(&HEADERS, &rows);
        let (other_staged, other_frame) = table(&HEADERS, &shuffled);
        prop_assert_eq!(
            statements(&map(&people(), &staged, &frame)),
            statements(&map(&people(), &other_staged, &other_frame))
        );
    }
}
