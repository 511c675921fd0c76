//! A pair in one sentence: "Probably the same person: same e-mail, similar name, but different phone and city."

use velocity_model::{EntityKind, StepWeight, Waterfall};

use super::waterfall::band;

/// The sentence on top of a merge question.
pub(crate) fn pair(kind: EntityKind, waterfall: &Waterfall) -> String {
    let mut steps: Vec<&StepWeight> =
        waterfall.steps.iter().filter(|step| step.weight != 0 && step.compares()).collect();
    steps.sort_by_key(|step| std::cmp::Reverse(step.weight.unsigned_abs()));
    let words = |positive: bool| -> Vec<String> {
        let wanted = steps.iter().filter(|step| (step.weight > 0) == positive);
        wanted.filter_map(|step| step.field.as_deref().map(|noun| phrase(step, noun))).collect()
    };
    let verdict = verdict(kind, waterfall.probability_ppm, !waterfall.risks.is_empty());
    match (words(true).as_slice(), words(false).as_slice()) {
        ([], []) => format!("{verdict}: nothing tells them apart or together."),
        (same, []) => format!("{verdict}: {}.", same.join(", ")),
        ([], different) => format!("{verdict}: different {}.", and(different)),
        (same, different) => format!("{verdict}: {}, but different {}.", same.join(", "), and(different)),
    }
}

/// The verdict alone, where the steps are not at hand.
pub(crate) fn verdict(kind: EntityKind, ppm: u32, has_risks: bool) -> String {
    let lead = match band(ppm) {
        "sure" if !has_risks => "Almost certainly",
        "sure" | "likely" => "Probably",
        "unsure" => "Possibly",
        _ => "Probably not",
    };
    let noun = if kind == EntityKind::Organisation { "organisation" } else { "person" };
    format!("{lead} the same {noun}")
}

/// A step as part of the sentence. What is neither the same nor said to be similar is called similar if it speaks for the pair.
fn phrase(step: &StepWeight, noun: &str) -> String {
    let level = step.level.as_str();
    let is_long = level.split(' ').count() > 3;
    match () {
        () if step.weight < 0 => noun.to_owned(),
        () if level.starts_with("same") && !is_long => format!("same {noun}"),
        () if level.starts_with("same ") || level.starts_with("similar ") => level.to_owned(),
        () => format!("similar {noun}"),
    }
}

fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests;
