use super::chart::{Curve, Plane, columns};

#[test]
fn bars_and_marks_stay_inside() {
    let steps = [(-4_000, 3), (0, 1), (12_000, 400)];
    let plane = Plane::over(steps.iter().map(|(from, _)| *from));
    for bar in plane.bars(&steps) {
        assert!(bar.x >= 0.0 && bar.x + bar.width <= 600.0 && bar.y >= 0.0 && bar.height >= 1.0, "{bar:?}");
    }
    let marks = plane.thresholds(0, Some(9_000));
    assert_eq!(marks.iter().map(|mark| mark.is_late).collect::<Vec<_>>(), [false, true]);
    assert_eq!(plane.thresholds(0, Some(-1_000)).len(), 1, "a second threshold below the cut says nothing");
    assert_eq!(plane.bars(&steps)[1].says, "+0 to +1 bits: 1 pairs");
}

#[test]
fn many_sizes_are_gathered() {
    let bars = columns(&[(1, 100), (2, 25), (30, 2), (40, 1)]);
    assert_eq!(bars.len(), 20);
    assert_eq!(bars[19].says, "20 or more records: 3 entities");
    assert!(bars[0].height > bars[1].height && bars[5].height == 0.0);
}

#[test]
fn a_line_goes_through_its_points() {
    let curve = Curve::unit([(0.0, 0.0), (1.0, 1.0)].into_iter());
    assert_eq!(curve.path, "M0.0 160.0L600.0 0.0");
}
