//! The report of a resolution as one page that needs no server: charts, weights and the pairs that say most.

mod chart;

use askama::Template;
use velocity_pipeline::ResolutionReport;

use crate::assets::STYLESHEET;
use crate::error::ServeError;
use crate::format;
use crate::view::waterfall::WaterfallView;
use chart::{Bar, Curve, Mark, Plane};

/// The page; `title` is what was resolved.
///
/// # Errors
/// A template that cannot be rendered.
pub fn resolution_page(title: &str, report: &ResolutionReport) -> Result<String, ServeError> {
    Ok(ResolutionPage::new(title, report).render()?)
}

#[derive(Template)]
#[template(path = "resolution.html")]
struct ResolutionPage<'a> {
    title: &'a str,
    style: &'static str,
    report: &'a ResolutionReport,
    histogram: Vec<Bar>,
    marks: Vec<Mark>,
    precision: Curve,
    recall: Curve,
    curve_marks: Vec<Mark>,
    sizes: Vec<Bar>,
    reliability: Curve,
    pairs: Vec<Pair<'a>>,
}

/// A pair with its steps.
struct Pair<'a> {
    a: &'a str,
    b: &'a str,
    are_one: bool,
    waterfall: WaterfallView,
    cells: &'a [[String; 3]],
}

impl<'a> ResolutionPage<'a> {
    fn new(title: &'a str, report: &'a ResolutionReport) -> Self {
        let weights = Plane::over(report.histogram.iter().map(|(from, _)| *from));
        let curve = Plane::over(report.curve.iter().map(|point| point.weight));
        let points = |of: fn(&velocity_pipeline::Expected) -> f64| {
            report.curve.iter().map(move |point| (point.weight, of(point))).collect::<Vec<_>>()
        };
        let pair = |line: &'a velocity_pipeline::PairLine| Pair {
            a: &line.a,
            b: &line.b,
            are_one: line.waterfall.outcome == velocity_model::PairOutcome::Automatic,
            waterfall: WaterfallView::new(&line.waterfall),
            cells: &line.cells,
        };
        Self {
            title,
            style: STYLESHEET,
            report,
            histogram: weights.bars(&report.histogram),
            marks: weights.thresholds(report.cut, report.automatic),
            precision: curve.line(&points(|point| point.precision)),
            recall: curve.line(&points(|point| point.recall)),
            curve_marks: curve.thresholds(report.cut, report.automatic),
            sizes: chart::columns(&report.sizes),
            reliability: Curve::unit(report.reliability.iter().map(|bin| (bin.thought, bin.are))),
            pairs: report.pairs.iter().map(pair).collect(),
        }
    }

    fn count(&self, number: &u64) -> String {
        format::count(*number)
    }

    fn bits(&self, weight: &i32) -> String {
        format::bits(*weight)
    }

    fn percent(&self, share: &f64) -> String {
        match share * 100.0 {
            percent if percent >= 10.0 => format!("{percent:.0} %"),
            percent if percent >= 0.1 => format!("{percent:.1} %"),
            percent if percent > 0.0 => format!("{percent:.4} %"),
            _ => "0 %".to_owned(),
        }
    }

    /// What is expected at the cut: precision and recall.
    fn expected(&self) -> Option<(String, String)> {
        let at = self.report.curve.iter().rev().find(|point| point.weight <= self.report.cut);
        at.map(|point| (format!("{:.3}", point.precision), format!("{:.3}", point.recall)))
    }
}

#[cfg(test)]
mod tests;
