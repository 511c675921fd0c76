//! Charts as numbers: where a bar stands, and where a line goes. A chart is 600 wide and 160 high.

/// Width of a chart in its own units.
const WIDTH: f64 = 600.0;
/// Height of a chart.
const HEIGHT: f64 = 160.0;

/// A bar with what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bar {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    /// "+12 to +13 bits: 1,204 pairs".
    pub(super) says: String,
    /// What stands below it; empty where there is no room.
    pub(super) label: String,
}

/// A line, and its points with what they say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Curve {
    /// The path of the line.
    pub(super) path: String,
    pub(super) points: Vec<(f64, f64, String)>,
}

/// A threshold.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) x: f64,
    pub(super) says: String,
    /// Whether its words stand to the left of it.
    pub(super) is_late: bool,
}

/// Weights from left to right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plane {
    least: i32,
    most: i32,
}

impl Plane {
    /// A plane that shows all of these weights, in thousandths of a bit.
    pub(super) fn over(weights: impl Iterator<Item = i32> + Clone) -> Self {
        let least = weights.clone().min().unwrap_or(0);
        Self { least, most: weights.max().unwrap_or(0).max(least) + 1_000 }
    }

    fn x(self, weight: i32) -> f64 {
        f64::from(weight - self.least) / f64::from(self.most - self.least) * WIDTH
    }

    /// A bar for each step of a bit. Heights are roots, so that few pairs can be seen beside many.
    pub(super) fn bars(self, steps: &[(i32, u64)]) -> Vec<Bar> {
        let most = steps.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1) as f64;
        let width = WIDTH * 1_000.0 / f64::from(self.most - self.least);
        let bar = |(from, count): &(i32, u64)| {
            let height = ((*count as f64 / most).sqrt() * HEIGHT).max(1.0);
            let bits = from / 1_000;
            let label = if bits % 5 == 0 { format!("{bits:+}") } else { String::new() };
            let says = format!("{bits:+} to {:+} bits: {} pairs", bits + 1, crate::format::count(*count));
            Bar { x: self.x(*from), y: HEIGHT - height, width: (width - 1.0).max(1.0), height, says, label }
        };
        steps.iter().map(bar).collect()
    }

    /// The two thresholds, where they are in sight.
    pub(super) fn thresholds(self, cut: i32, automatic: Option<i32>) -> Vec<Mark> {
        let mark = |weight: i32, name: &str| {
            let x = self.x(weight);
            let says = format!("{name} {}", crate::format::bits(weight));
            (weight >= self.least && weight <= self.most).then_some(Mark { x, says, is_late: x > WIDTH * 0.7 })
        };
        let automatic = automatic.filter(|automatic| *automatic > cut).and_then(|at| mark(at, "995 of 1,000 right"));
        mark(cut, "one from here:").into_iter().chain(automatic).collect()
    }

    /// A line through shares by weight.
    pub(super) fn line(self, points: &[(i32, f64)]) -> Curve {
        let at = |(weight, share): &(i32, f64)| {
            let says = format!("{} bits: {share:.3}", crate::format::bits(*weight));
            (self.x(*weight), (1.0 - share) * HEIGHT, says)
        };
        Curve::through(points.iter().map(at).collect())
    }
}

impl Curve {
    /// A line through shares by shares.
    pub(super) fn unit(points: impl Iterator<Item = (f64, f64)>) -> Self {
        let at = |(x, y): (f64, f64)| (x * WIDTH, (1.0 - y) * HEIGHT, format!("thought {x:.2}, are {y:.2}"));
        Self::through(points.map(at).collect())
    }

    fn through(points: Vec<(f64, f64, String)>) -> Self {
        let step = |(place, (x, y, _)): (usize, &(f64, f64, String))| {
            format!("{}{x:.1} {y:.1}", if place == 0 { 'M' } else { 'L' })
        };
        Self { path: points.iter().enumerate().map(step).collect(), points }
    }
}

/// Columns of counts by size; those beyond the twentieth are one.
pub(super) fn columns(sizes: &[(u64, u64)]) -> Vec<Bar> {
    const MOST: u64 = 20;
    let mut counts = vec![0_u64; MOST as usize + 1];
    sizes.iter().for_each(|(size, count)| counts[(*size).min(MOST) as usize] += count);
    let last = counts.iter().rposition(|count| *count > 0).unwrap_or(0).max(1);
    let most = counts.iter().copied().max().unwrap_or(1).max(1) as f64;
    let width = WIDTH / last as f64;
    let bar = |size: usize| {
        let count = counts[size];
        let height = if count == 0 { 0.0 } else { ((count as f64 / most).sqrt() * HEIGHT).max(1.0) };
        let more = if size as u64 == MOST { " or more" } else { "" };
        let says = format!("{size}{more} records: {} entities", crate::format::count(count));
        let label = format!("{size}{}", if more.is_empty() { "" } else { "+" });
        let (x, width) = ((size - 1) as f64 * width, (width - 2.0).max(1.0));
        Bar { x, y: HEIGHT - height, width, height, says, label }
    };
    (1..=last).map(bar).collect()
}
