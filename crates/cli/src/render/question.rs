//! What a question about a column is asked by, and what its answers would change.

use velocity_model::{PossibleAnswer, Question};

use super::{counted, grouped};

/// Different values printed; the JSON has all.
const VALUES_SHOWN: usize = 12;

/// A line for the values that it is about, and one for each answer.
pub(crate) fn lines(question: &Question) -> Vec<String> {
    let value = |(value, rows): &(String, u64)| format!("{value} ({})", grouped(*rows));
    let mut values: Vec<String> = question.evidence.iter().take(VALUES_SHOWN).map(value).collect();
    if question.evidence.len() > VALUES_SHOWN {
        values.push("…".to_owned());
    }
    let evidence = (!values.is_empty()).then(|| format!("values: {}", values.join(", ")));
    evidence.into_iter().chain(question.answers.iter().map(line)).collect()
}

fn line(possible: &PossibleAnswer) -> String {
    let PossibleAnswer { answer, means, values, example } = possible;
    // What is read as it stands needs no example.
    let example = example.as_ref().filter(|(raw, value)| raw != value);
    let example = example.map(|(raw, value)| format!(", such as {raw} as {value}")).unwrap_or_default();
    format!("{answer}: {means}; reads {}{example}", counted(*values, "value", "values"))
}
