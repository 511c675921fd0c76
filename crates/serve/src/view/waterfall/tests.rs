use super::*;
use crate::view::samples;

#[test]
fn bars_join_and_stay_inside() {
    let waterfall = samples::waterfall();
    let view = WaterfallView::new(&waterfall);
    assert_eq!(view.bars.len(), waterfall.steps.len());
    for bar in &view.bars {
        assert!(bar.x >= 0 && bar.x + bar.width <= WIDTH, "{bar:?}");
    }
    let email = view.bars.iter().find(|bar| bar.label == "e-mail").unwrap();
    assert_eq!((email.strength.as_str(), email.side), ("+ strong", Side::For));
    let birth = view.bars.iter().find(|bar| bar.label == "birth date").unwrap();
    assert_eq!((birth.strength.as_str(), birth.side), ("not stated", Side::None));
    assert_eq!(view.total, "+5.2");
    let marks: Vec<String> = view.told().map(Bar::mark).collect();
    let wanted = [
        "+ given name: forms of one given name",
        "+ same e-mail",
        "\u{2212} different phone",
        "\u{2212} city: different",
    ];
    assert_eq!(marks, wanted);
}

#[test]
fn a_waterfall_without_steps_is_empty() {
    let none = Waterfall { steps: Vec::new(), weight: 0, ..samples::waterfall() };
    assert!(WaterfallView::new(&none).bars.is_empty());
}

#[test]
fn certainty_is_a_word_and_a_number_and_never_one() {
    assert_eq!(certainty(930_000), "likely 0.93");
    assert_eq!(certainty(1_000_000), "sure 0.999");
    assert_eq!(certainty(995_400), "sure 0.995");
    assert_eq!(certainty(120_000), "unlikely 0.12");
    assert_eq!(ppm(0), 500_000);
    assert!(ppm(4_000) > 900_000 && ppm(-4_000) < 100_000);
}
