use super::*;
use crate::view::samples;

const TODAY: &str = "2026-03-15";

#[test]
fn entries_stand_under_their_day_newest_first() {
    let rows = samples::person();
    let timeline = timeline(&rows.related, TODAY, 50);
    let headings: Vec<&str> = timeline.days.iter().map(|day| day.heading.as_str()).collect();
    assert_eq!(headings[..3], ["Ahead: Friday 20 March 2026", "Friday 13 March 2026", "Thursday 12 March 2026"]);
    assert_eq!(headings.last(), Some(&"Without a date"));
    let mut unique = headings.clone();
    unique.dedup();
    assert_eq!(unique, headings);
    let call = &timeline.days[2].entries[0];
    assert_eq!((call.channel.as_str(), call.time.as_str()), ("Call", "16:20"));
    assert_eq!(call.details, ["incoming", "4 min 12 s"]);
}

#[test]
fn nothing_is_lost_when_the_page_is_cut() {
    let rows = samples::person();
    let whole = timeline(&rows.related, TODAY, usize::MAX);
    for shown in 0..=whole.total {
        let cut = timeline(&rows.related, TODAY, shown);
        let entries: usize = cut.days.iter().map(|day| day.entries.len()).sum();
        assert_eq!((entries, cut.older, cut.total), (shown, whole.total - shown, whole.total));
    }
    // Scores have a place of their own.
    let scores = rows.related.iter().filter(|item| item.record.kind == EntityKind::Score).count();
    assert_eq!(whole.total, rows.related.len() - scores);
}

#[test]
fn an_item_with_two_roles_stands_once() {
    let mut rows = samples::person();
    let total = timeline(&rows.related, TODAY, 50).total;
    let twice = rows.related[0].clone();
    rows.related.push(twice);
    assert_eq!(timeline(&rows.related, TODAY, 50).total, total);
}
