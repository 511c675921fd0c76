//! One file a source system. What a system exports, and how, is what its real exports look like.

mod calls;
mod clients;
mod google;
mod hubspot;
mod lines;
mod portal;
mod scores;

use crate::SynthError;
use crate::graph::Graph;
use crate::table::Rendered;

/// All sources, by file name.
pub(crate) fn render_all(graph: &Graph, seed: u64) -> Result<Vec<Rendered>, SynthError> {
    Ok(vec![
        calls::render(graph, seed),
        clients::render(graph, seed),
        google::render(graph, seed),
        hubspot::companies(graph, seed),
        hubspot::contacts(graph, seed),
        hubspot::deals(graph, seed),
        lines::notes(graph, seed),
        portal::render(graph, seed)?,
        scores::render(graph, seed),
        lines::tasks(graph, seed),
    ])
}

/// A day, counted back from the day on which the sources were exported, 31 October 2026: months of 28 days keep it simple and
/// valid.
fn day_before(days: usize) -> (usize, usize, usize) {
    let months = days / 28;
    let month = 2026 * 12 + 9 - months;
    (month / 12, month % 12 + 1, 28 - days % 28)
}

/// `2026-10-28`.
fn iso(days: usize) -> String {
    let (year, month, day) = day_before(days);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Whether HubSpot knows this person: the key of their contact, if so.
fn hubspot_key(graph: &Graph, seed: u64, number: usize) -> Option<usize> {
    let known = crate::random::Random::of(seed, "in hubspot", number).chance(60);
    (known && number < graph.people.len()).then_some(10_001 + number)
}
