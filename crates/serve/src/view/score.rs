//! Score series as a small line and a table.

use std::collections::BTreeMap;

use serde::Serialize;
use velocity_model::EntityKind;
use velocity_store::Related;

use super::href;
use crate::format;

/// Size of a sparkline in its own units.
pub(crate) const WIDTH: f64 = 240.0;
/// Height of a sparkline.
pub(crate) const HEIGHT: f64 = 40.0;

/// One named series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ScoreSeries {
    /// Its name.
    pub(crate) name: String,
    /// Newest value.
    pub(crate) latest: String,
    /// Newest minus the one before, with its sign and a word: "up 4", "down 2", "unchanged"; empty for one point.
    pub(crate) change: String,
    /// Points of the line, as an SVG `points` attribute; empty for fewer than two numbers.
    pub(crate) line: String,
    /// The last point.
    pub(crate) last: Option<(String, String)>,
    /// The values, newest first.
    pub(crate) points: Vec<ScorePoint>,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ScorePoint {
    /// Day.
    pub(crate) at: String,
    /// Value.
    pub(crate) value: String,
    /// Version of the model that gave it.
    pub(crate) model: String,
    /// Where it comes from.
    pub(crate) why: String,
}

/// The score series among the records that point here, by name.
pub(crate) fn series(related: &[Related]) -> Vec<ScoreSeries> {
    let mut by_name: BTreeMap<String, Vec<&Related>> = BTreeMap::new();
    for item in related.iter().filter(|item| item.record.kind == EntityKind::Score) {
        let name = item.record.value("name").unwrap_or("Score");
        by_name.entry(name.to_owned()).or_default().push(item);
    }
    by_name.into_iter().map(|(name, items)| one(name, items)).collect()
}

fn one(name: String, mut items: Vec<&Related>) -> ScoreSeries {
    items.sort_by_key(|item| (item.record.value("at").unwrap_or_default().to_owned(), item.record.id));
    let numbers: Vec<f64> = items
        .iter()
        .filter_map(|item| item.record.value("value")?.parse().ok())
        .filter(|number: &f64| number.is_finite())
        .collect();
    let change = match numbers.as_slice() {
        [.., before, last] if last > before => format!("up {}", plain(last - before)),
        [.., before, last] if last < before => format!("down {}", plain(before - last)),
        [.., _, _] => "unchanged".to_owned(),
        _ => String::new(),
    };
    let coordinates = scaled(&numbers);
    let line: Vec<String> = coordinates.iter().map(|(x, y)| format!("{x},{y}")).collect();
    let points: Vec<ScorePoint> = items.iter().rev().map(|item| point(item)).collect();
    ScoreSeries {
        name,
        latest: points.first().map(|point| point.value.clone()).unwrap_or_default(),
        change,
        line: if line.len() < 2 { String::new() } else { line.join(" ") },
        last: coordinates.last().cloned(),
        points,
    }
}

fn point(item: &Related) -> ScorePoint {
    let text = |field: &str| item.record.value(field).unwrap_or_default();
    ScorePoint {
        at: format::date(text("at").split('T').next().unwrap_or_default()),
        value: text("value").to_owned(),
        model: text("model_version").to_owned(),
        why: href::why(item.record.id),
    }
}

/// Evenly spaced points with a margin of 4 units, largest value on top; a flat series runs through the middle.
fn scaled(numbers: &[f64]) -> Vec<(String, String)> {
    let lowest = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let steps = numbers.len().saturating_sub(1).max(1) as f64;
    let place = |(index, number): (usize, &f64)| {
        let x = 4.0 + (WIDTH - 8.0) * index as f64 / steps;
        let part = if highest > lowest { (number - lowest) / (highest - lowest) } else { 0.5 };
        let y = HEIGHT - 4.0 - (HEIGHT - 8.0) * part;
        (format!("{x:.1}"), format!("{y:.1}"))
    };
    numbers.iter().enumerate().map(place).collect()
}

/// A difference without rounding noise and trailing zeros.
fn plain(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests;
