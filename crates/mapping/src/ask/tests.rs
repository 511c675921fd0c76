use velocity_model::{EntityKind, LinkRole, PossibleAnswer, Profile, Question};

use crate::fixture::csv;
use crate::{Choices, Mapped, choose, map, parse, suggest, unanswered};

/// A deal a row, with its numbers and the telephone of whoever it is about.
fn deals() -> Profile {
    parse(
        r#"name = "acme/deals"
version = 1
source = "acme"
label = "Deals"
trust = 50
currency = "EUR"
recognise = { headers = ["Deal"] }
[[entity]]
kind = "opportunity"
id = "deal"
field = [
    { to = "title", from = "Deal" }, { to = "probability", from = "Chance" }, { to = "amount", from = "Amount" },
    { to = "close_date", from = "Close" },
]
[[entity]]
kind = "person"
id = "person"
field = [{ to = "full_name", from = "Who" }, { to = "phone", from = "Phone" }]
"#,
    )
    .unwrap()
}

/// The columns of every row that follows the name of the deal.
fn mapped(profile: &Profile, header: &str, rows: &[&str]) -> Mapped {
    let rows: Vec<String> = rows.iter().enumerate().map(|(number, row)| format!("Deal {number};{row}")).collect();
    let (staged, frame) = csv(&format!("Deal;{header}\n{}\n", rows.join("\n")), ';');
    map(profile, &staged, &frame)
}

/// Each answer with the number of values that it reads, and what becomes of the first.
fn answers<'a>(question: &'a Question) -> Vec<(&'a str, u64, &'a str)> {
    let one = |possible: &'a PossibleAnswer| {
        let PossibleAnswer { answer, values, example, .. } = possible;
        (answer.as_str(), *values, example.as_ref().map_or("", |(_, value)| value.as_str()))
    };
    question.answers.iter().map(one).collect()
}

#[test]
fn an_answer_says_what_it_would_change() {
    let found = mapped(&deals(), "Close", &["03/04/2020", "2020-01-01", "05/06/2021", ""]);
    let [question] = found.questions.as_slice() else { panic!("{:?}", found.questions) };
    assert_eq!((question.code.as_str(), question.rows), (Question::ORDER_UNKNOWN, 2));
    assert_eq!(answers(question), [("dmy", 2, "2020-04-03"), ("mdy", 2, "2020-03-04")]);

    let found = mapped(&deals(), "Who;Phone", &["Ana;06 39 98 00 01", "Ben;06 39 98 00 02", "Cleo;+33 6 39 98 00 03"]);
    let [question] = found.questions.as_slice() else { panic!("{:?}", found.questions) };
    assert_eq!((question.code.as_str(), question.rows), (Question::REGION_UNKNOWN, 2));
    assert_eq!(answers(question), [("FR", 2, "+33639980001")], "the country of the others");
    let found = mapped(&deals(), "Who;Phone", &["Ana;06 39 98 00 01"]);
    assert_eq!(answers(&found.questions[0]), [], "nobody knows");
}

/// The values of a field, `!` and the code where one stays raw.
fn values(mapped: &Mapped, field: &str) -> Vec<String> {
    let all = mapped.evidence.iter().flat_map(|evidence| &evidence.assertions);
    let own = all.filter(|assertion| assertion.field.name() == field);
    own.map(|assertion| match &assertion.unresolved {
        Some(code) => format!("!{code}"),
        None => assertion.value.clone(),
    })
    .collect()
}

#[test]
fn a_column_of_numbers_decides_what_separates_decimals_or_is_asked() {
    let chance = |rows: &[&str]| values(&mapped(&deals(), "Chance", rows), "probability");
    assert_eq!(chance(&["1.234", "12,5"]), ["1234", "12.5"], "a comma stands before decimals elsewhere");
    assert_eq!(chance(&["1.234", "0.5"]), ["1.234", "0.5"]);
    assert_eq!(chance(&["1,234", "1.234.567"]), ["1.234", "1234567"]);
    assert_eq!(chance(&["1.234", "0,5", "0.5"]), ["!number.ambiguous", "0.5", "0.5"], "contradicted");
    // A price has no three decimals, unless its column has them everywhere.
    let amount = |rows: &[&str]| values(&mapped(&deals(), "Amount", rows), "amount");
    assert_eq!(amount(&["1.234", "5.678 €"]), ["123400 EUR", "567800 EUR"]);
    assert_eq!(amount(&["1.234", "12.5"]), ["123 EUR", "1250 EUR"]);

    let found = mapped(&deals(), "Chance", &["1.234", "5,678", "7"]);
    let [question] = found.questions.as_slice() else { panic!("{:?}", found.questions) };
    assert_eq!((question.code.as_str(), question.rows), (Question::NUMBER_AMBIGUOUS, 2));
    assert_eq!(answers(question), [("point", 2, "1.234"), ("comma", 2, "1234")]);
    assert_eq!(values(&found, "probability"), ["!number.ambiguous", "!number.ambiguous", "7"]);
    let mut choices = Choices::default();
    assert!(choices.take("Chance", "comma") && choices.answer(question) && !choices.take("Chance", "perhaps"));
    let revised = choose(&deals(), &choices).unwrap();
    let found = mapped(&revised, "Chance", &["1.234", "5,678", "7"]);
    assert_eq!((values(&found, "probability").join(" "), found.questions.len()), ("1234 5.678 7".to_owned(), 0));
}

#[test]
fn what_a_status_is_about_is_asked_with_its_words() {
    let draft = |text: &str| {
        let (staged, frame) = csv(text, ',');
        (suggest(&staged, &frame, "guests.csv", &[]), staged, frame)
    };
    let text = "id,first name,last name,status\n1,Ana,Example,Proposal sent\n2,Ben,Example,Won\n3,Cleo,Example,Won\n";
    let (drafted, staged, frame) = draft(text);
    let [question] = drafted.questions.as_slice() else { panic!("{:?}", drafted.questions) };
    assert_eq!(
        (question.code.as_str(), question.column.as_str(), question.rows),
        (Question::STATUS_UNKNOWN, "status", 3)
    );
    assert_eq!(question.evidence, [("Won".to_owned(), 2), ("Proposal sent".to_owned(), 1)]);
    let offered = answers(question);
    let expected = ["lifecycle", "stage", "status"].map(|answer| (answer, 3, "Proposal sent"));
    assert_eq!(offered, expected);
    assert_eq!(unanswered(&drafted.profile, &drafted.questions, &Choices::default()).len(), 1);

    let answered = |answer: &str| {
        let mut choices = Choices::default();
        assert!(choices.take("status", answer));
        assert!(unanswered(&drafted.profile, &drafted.questions, &choices).is_empty(), "{answer}");
        map(&choose(&drafted.profile, &choices).unwrap(), &staged, &frame)
    };
    assert_eq!(values(&answered("lifecycle"), "lifecycle"), ["Proposal sent", "Won", "Won"]);
    assert_eq!(values(&answered("status"), "status"), values(&answered("raw"), "status"));
    let staged_deals = answered("stage");
    let deals: Vec<_> =
        staged_deals.evidence.iter().filter(|evidence| evidence.kind == EntityKind::Opportunity).collect();
    assert_eq!(values(&staged_deals, "stage"), ["Proposal sent", "Won", "Won"]);
    assert_eq!((deals.len(), deals[1].key.as_str(), deals[1].links[0].role), (3, "2", LinkRole::Person));

    // What says more, and what is no list of states, is no question.
    for text in [
        "first name,last name,status\nAna,Example,active\nBen,Example,Inactive\n".to_owned(),
        "first name,last name,lifecycle stage\nAna,Example,lead\n".to_owned(),
        "first name,last name,lead status\nAna,Example,New\n".to_owned(),
        "deal,amount,stage,close date\nRoof,12,Won,2020-01-31\n".to_owned(),
        (0..30).fold("first name,last name,status\n".to_owned(), |text, n| format!("{text}Ana,Example,said {n}\n")),
    ] {
        let asked = draft(&text).0.questions;
        assert!(asked.iter().all(|question| question.code != Question::STATUS_UNKNOWN), "{text}");
    }
}
