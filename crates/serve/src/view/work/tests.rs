use super::*;
use crate::view::samples;

#[test]
fn open_deals_come_first_and_a_missed_close_is_said_in_a_word() {
    let related = samples::person().related;
    let deals = deals(&related, "2026-03-15");
    assert!(deals.iter().map(|deal| !deal.open).is_sorted());
    assert_eq!(deals[0].close, "28 Feb 2026, overdue");
    assert_eq!(deals[0].amount, "18,000 EUR");
    let won = deals.iter().find(|deal| !deal.open).unwrap();
    assert!(!won.close.contains("overdue"));
}

#[test]
fn done_tasks_are_never_overdue() {
    let related = samples::person().related;
    let tasks = tasks(&related, "2026-03-15");
    assert!(tasks.iter().map(|task| task.done).is_sorted());
    assert!(tasks.iter().any(|task| task.due.ends_with("overdue")));
    assert!(tasks.iter().filter(|task| task.done).all(|task| !task.due.contains("overdue")));
}

#[test]
fn a_person_is_not_their_own_colleague() {
    let rows = samples::person();
    let names: Vec<String> =
        people(&rows.colleagues, rows.entity.record.id).into_iter().map(|person| person.title).collect();
    assert!(!names.is_empty() && !names.contains(&rows.entity.record.title));
}
