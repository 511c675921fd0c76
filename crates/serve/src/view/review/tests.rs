use super::*;
use crate::view::samples;

impl ReviewView {
    /// A full queue, one that is longer than the page, an empty one.
    pub(crate) fn samples() -> Vec<Self> {
        let items: Vec<_> = samples::reviews().into_iter().map(|item| (item, Some(samples::waterfall()))).collect();
        let open = items.iter().filter(|(item, _)| item.state == ReviewState::Open).count() as u64;
        vec![
            Self::new(&items, open, &samples::questions(), &samples::waiting()),
            Self::new(&items, 1_214, &[], &[]),
            Self::new(&[], 0, &[], &[]),
        ]
    }
}

#[test]
fn held_items_stand_apart_and_nothing_is_dropped() {
    let view = &ReviewView::samples()[0];
    assert_eq!(view.open.len() + view.held.len(), samples::reviews().len());
    assert!(!view.held.is_empty());
    assert!(view.cut().is_empty());
    assert!(ReviewView::samples()[1].cut().contains("of 1,214"));
}

#[test]
fn an_item_without_its_waterfall_still_has_a_sentence() {
    let items: Vec<_> = samples::reviews().into_iter().map(|item| (item, None)).collect();
    for line in ReviewView::new(&items, 3, &[], &[]).open {
        assert!(line.sentence.ends_with('.') && line.sentence.contains("the same"), "{}", line.sentence);
    }
}
