use super::*;
use crate::view::samples;

impl MergeView {
    /// An open question, one on hold without its waterfall, the last one.
    pub(crate) fn samples() -> Vec<Self> {
        let rows = samples::merge();
        let mut held = MergeRows { waterfall: None, ..rows.clone() };
        held.item.state = ReviewState::Held;
        held.item.pair.risks.clear();
        let last = MergeRows { queue: vec![rows.item.clone()], total: 1, ..rows.clone() };
        vec![Self::new(&rows), Self::new(&held), Self::new(&last)]
    }
}

#[test]
fn every_field_of_both_sides_stands_once_in_the_grid() {
    let rows = samples::merge();
    let view = MergeView::new(&rows);
    let fields: BTreeSet<&Field> = rows.sides.iter().flat_map(|side| side.entity.record.fields.keys()).collect();
    assert_eq!(view.differing.len() + view.agreeing.len(), fields.len());
    assert!(view.agreeing.iter().all(|row| row.state == "agrees"));
    assert!(
        view.agreeing.iter().all(|row| row.cells.iter().all(|cell| cell.values.iter().flatten().all(|s| !s.differs)))
    );
}

#[test]
fn what_weighs_most_stands_first_and_what_one_side_lacks_later() {
    let view = MergeView::new(&samples::merge());
    // The weights are +5.6, −3.4 and −1.3 bits.
    let labels: Vec<&str> = view.differing.iter().map(|row| row.label.as_str()).take(3).collect();
    assert_eq!(labels, ["Full name", "Phone", "City"]);
    let states: Vec<bool> = view.differing.iter().map(|row| row.state == "only on one side").collect();
    assert!(states.is_sorted(), "{states:?}");
}

#[test]
fn linked_items_add_up() {
    let rows = samples::merge();
    for moved in MergeView::new(&rows).moves {
        let number = |text: &str| text.parse::<u64>().unwrap();
        assert_eq!(number(&moved.left) + number(&moved.right), number(&moved.together), "{moved:?}");
    }
}

#[test]
fn the_queue_leads_back_and_forth() {
    let rows = samples::merge();
    let view = MergeView::new(&rows);
    assert_eq!(view.queue.iter().filter(|link| link.current).count(), 1);
    assert_eq!(view.next.as_deref(), Some(view.queue[1].href.as_str()));
    assert_eq!(view.previous, None);
    assert_eq!(view.agreement(), format!("{} fields agree", view.agreeing.len()));
}
