use velocity_model::{DateOrder, Field, Profile, Question};

use super::{Choices, choose, unanswered};
use crate::fixture::csv;
use crate::{map, suggest};

const TABLE: &str =
    "id,first name,last name,email,born,company\n1,Ana,Example,ana@mail.example,03/04/1988,Sample Ltd\n";

fn draft() -> (Profile, Vec<Question>) {
    let (table, frame) = csv(TABLE, ',');
    let draft = suggest(&table, &frame, "people.csv", &[]);
    (draft.profile, draft.questions)
}

fn fields(choices: &[(&str, Option<&'static str>)]) -> Choices {
    let field = |(header, name): &(&str, Option<&'static str>)| ((*header).to_owned(), name.map(Field::known));
    Choices { fields: choices.iter().map(field).collect(), ..Choices::default() }
}

fn values(profile: &Profile, field: &str) -> Vec<String> {
    let (table, frame) = csv(TABLE, ',');
    let mapped = map(profile, &table, &frame);
    let values = mapped.evidence.iter().flat_map(|evidence| evidence.values(field));
    values.map(str::to_owned).collect()
}

#[test]
fn nothing_chosen_changes_nothing() {
    let (profile, _) = draft();
    assert_eq!(choose(&profile, &Choices::default()).unwrap(), profile);
    let same = fields(&[("first name", Some("given_name")), ("email", Some("email"))]);
    assert_eq!(choose(&profile, &same).unwrap(), profile);
}

#[test]
fn a_column_is_read_as_another_field_or_left_out() {
    let (profile, _) = draft();
    let chosen = choose(&profile, &fields(&[("first name", Some("nickname")), ("email", None)])).unwrap();
    assert_eq!(values(&chosen, "nickname"), ["Ana"]);
    assert!(values(&chosen, "given_name").is_empty() && values(&chosen, "email").is_empty());
    assert!(chosen.ignore.contains(&"email".to_owned()));
    let back = choose(&chosen, &fields(&[("email", Some("email"))])).unwrap();
    assert_eq!(values(&back, "email"), ["ana@mail.example"]);
    assert!(!back.ignore.contains(&"email".to_owned()));
}

#[test]
fn what_no_record_has_is_refused() {
    let (profile, _) = draft();
    let refused = choose(&profile, &fields(&[("first name", Some("amount"))])).unwrap_err();
    assert!(refused.to_string().contains("amount"), "{refused}");
    let all = ["first name", "last name", "email", "born", "company"].map(|header| (header, None));
    assert!(choose(&profile, &fields(&all)).is_err(), "a row would state nothing");
}

#[test]
fn a_question_is_answered_by_an_order_or_by_leaving_the_column_out() {
    let (profile, questions) = draft();
    assert_eq!(unanswered(&profile, &questions, &Choices::default()).len(), 1);
    let mut choices = Choices::default();
    choices.orders.insert("born".to_owned(), Some(DateOrder::Dmy));
    let chosen = choose(&profile, &choices).unwrap();
    assert!(unanswered(&chosen, &questions, &choices).is_empty());
    assert_eq!(values(&chosen, "birth_date"), ["1988-04-03"]);
    choices.orders.insert("born".to_owned(), None);
    assert!(unanswered(&choose(&profile, &choices).unwrap(), &questions, &choices).is_empty());
    let out = fields(&[("born", None)]);
    assert!(unanswered(&choose(&profile, &out).unwrap(), &questions, &out).is_empty());
}
