//! `velocity review`.

use std::path::Path;

use velocity_model::{Action, Question, ReviewId};
use velocity_pipeline::{Order, Workspace, Yield};
use velocity_store::{OpenReview, ReviewState};

use super::{author, open};
use crate::args::{Global, Review};
use crate::error::{CliError, Exit};
use crate::output::Output;
use crate::render::{counted, question};

pub(super) async fn run(global: &Global, review: &Review, output: &Output) -> Result<Exit, CliError> {
    let workspace = open(global).await?;
    if let Some(decision) = review.undo {
        let withdrawal = workspace.withdraw(decision, &author()).await?;
        output.result(&format!("Undone: {decision}."), &serde_json::json!({ "withdrawal": withdrawal }))?;
        return Ok(Exit::Fine);
    }
    if let Some(id) = review.show {
        super::approval::show(&workspace, id, output).await?;
        return Ok(Exit::Fine);
    }
    if let Some(id) = review.approve {
        super::approval::approve(&workspace, id, review, output).await?;
        return Ok(Exit::Fine);
    }
    if let Some(profile) = &review.profile {
        super::approval::answer(&workspace, profile, review, output).await?;
        return Ok(Exit::Fine);
    }
    if let Some(id) = review.leave_out {
        workspace.leave_out(id).await?;
        output.result("It waits no longer; imported again, it waits again.", &serde_json::json!({ "left_out": id }))?;
        return Ok(Exit::Fine);
    }
    if let Some(truth) = &review.simulate {
        return simulate(&workspace, truth, output).await;
    }
    let verdicts = [(review.merge, "merged"), (review.apart, "kept apart"), (review.hold, "held")];
    for (place, (id, word)) in verdicts.into_iter().enumerate() {
        let Some(id) = id else { continue };
        let item = find(&workspace, id).await?;
        let (a, b) = (item.pair.lo, item.pair.hi);
        let action = match place {
            0 => Action::Same { a, b },
            1 => Action::Different { a, b },
            _ => Action::Unsure { a, b },
        };
        let decision = workspace.decide(action, &author(), &review.reason).await?;
        let left = workspace.store().review_count().await?;
        let human = format!(
            "{} and {} are {word}; {left} questions left.\nUndo: velocity review --undo {decision}",
            item.left_title, item.right_title
        );
        output.result(&human, &serde_json::json!({ "decision": decision, "left": left }))?;
    }
    if verdicts.iter().all(|(id, _)| id.is_none()) {
        list(&workspace, review.limit, output).await?;
    }
    Ok(Exit::Fine)
}

/// Decisions after which agreement is measured.
const STEPS: [u64; 2] = [100, 1_000];

async fn simulate(workspace: &Workspace, truth: &Path, output: &Output) -> Result<Exit, CliError> {
    let truth = super::evaluate::read(truth)?;
    let mut lines = Vec::new();
    let mut value = serde_json::Map::new();
    for (order, name) in [(Order::Queue, "in the queue's order"), (Order::Shuffled, "in any order")] {
        let found = workspace.review_yield(truth.clone(), order, STEPS.to_vec()).await?;
        lines.push(format!("Questions answered {name}"));
        lines.extend(found.iter().map(|Yield { decisions, agreement, open }| {
            format!(
                "  {decisions:>5} decisions: precision {:.4}  recall {:.4}  F1 {:.4}; {open} questions left",
                agreement.precision, agreement.recall, agreement.f1
            )
        }));
        let key = if order == Order::Queue { "queue" } else { "shuffled" };
        value.insert(key.to_owned(), serde_json::to_value(found).unwrap_or_default());
    }
    output.result(&lines.join("\n"), &value)?;
    Ok(Exit::Fine)
}

async fn find(workspace: &Workspace, id: ReviewId) -> Result<OpenReview, CliError> {
    let found = workspace.store().review(id).await?;
    found.ok_or_else(|| CliError::Usage(format!("no open question `{id}`; `velocity review` lists them")))
}

async fn list(workspace: &Workspace, limit: u32, output: &Output) -> Result<(), CliError> {
    let items = workspace.store().reviews(limit).await?;
    let total = workspace.store().review_count().await?;
    let (mut human, waiting) = super::approval::list(workspace).await?;
    let questions = workspace.store().questions().await?;
    human.push_str(&columns(&questions));
    human.push_str(&format!("{} of records\n", counted(total, "open pair", "open pairs")));
    for item in &items {
        let state = if item.state == ReviewState::Held { " (held)" } else { "" };
        let risks: Vec<&str> = item.pair.risks.iter().map(|risk| risk.sentence()).collect();
        human.push_str(&format!(
            "\n{}  {} / {}{state}\n    weight {:.1} bits{}\n",
            item.id,
            item.left_title,
            item.right_title,
            f64::from(item.pair.weight) / 1000.0,
            if risks.is_empty() { String::new() } else { format!("; waits because {}", risks.join(", ")) }
        ));
    }
    let json: Vec<_> = items
        .iter()
        .map(|item| {
            serde_json::json!({ "id": item.id, "left": item.left, "right": item.right, "left_title": item.left_title,
                "right_title": item.right_title, "kind": item.kind, "state": item.state, "pair": item.pair })
        })
        .collect();
    output.result(
        &human,
        &serde_json::json!({ "open": total, "items": json, "questions": questions, "waiting": waiting }),
    )
}

/// Questions about columns of imported files, with how each is answered.
fn columns(questions: &[Question]) -> String {
    if questions.is_empty() {
        return String::new();
    }
    let mut text = format!("{} about columns\n", counted(questions.len() as u64, "question", "questions"));
    for asked in questions {
        let Question { profile, column, rows, message, answer, .. } = asked;
        let rows = counted(*rows, "row", "rows");
        text.push_str(&format!("\n{column}, {rows} of {profile}: {message}\n"));
        question::lines(asked).iter().for_each(|line| text.push_str(&format!("    {line}\n")));
        text.push_str(&format!("    {answer}\n"));
    }
    text.push('\n');
    text
}
