use super::*;
use crate::view::samples;

#[test]
fn a_series_is_drawn_in_time_order() {
    let series = series(&samples::person().related);
    assert_eq!(series.len(), 1);
    let series = &series[0];
    assert_eq!((series.latest.as_str(), series.change.as_str()), ("78", "up 7"));
    let xs: Vec<f64> = series.line.split(' ').map(|point| point.split(',').next().unwrap().parse().unwrap()).collect();
    assert!(xs.is_sorted() && xs.len() == series.points.len());
    assert_eq!(series.last.clone().unwrap().1, "4.0");
}

#[test]
fn points_stay_inside_and_a_flat_series_is_a_flat_line() {
    for numbers in [vec![5.0, 5.0, 5.0], vec![1.0], vec![-3.0, 1e12, 0.5], vec![]] {
        for (x, y) in scaled(&numbers) {
            let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
            assert!((0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y), "{numbers:?}");
        }
    }
    let ys: Vec<String> = scaled(&[5.0, 5.0]).into_iter().map(|(_, y)| y).collect();
    assert_eq!(ys[0], ys[1]);
    assert_eq!(plain(0.300_000_000_000_000_04), "0.3");
}
